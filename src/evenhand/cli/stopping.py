# SPDX-License-Identifier: Apache-2.0
"""Stops a command when somebody presses Ctrl-C or the machine is shut down, so that it leaves nothing half done."""

import os
import signal
import sys
import time
from threading import Thread
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM)
AGAIN = 0.2
"""Seconds between two attempts to break off a query: a command may begin the next one before it notices."""


def told_when_stopped() -> list[int]:
    """From here on these signals unwind the stack of the main thread; the list returned holds those received."""
    signals: list[int] = []

    def unwind(number: int, frame: FrameType | None) -> None:
        signals.append(number)
        # After a KeyboardInterrupt Python itself may end as if Ctrl-C had been pressed, wrong of any other signal.
        raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)

    for number in STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:  # whoever started it with nohup meant it
            signal.signal(number, unwind)
    if os.name == "posix":  # elsewhere Python wakes sockets only
        _break_off_queries()
    return signals


def _break_off_queries() -> None:
    """A query in a library runs outside Python, which cannot unwind before it ends: another thread breaks it off."""
    heard, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    Thread(target=_wait_and_break_off, args=(heard,), daemon=True).start()


def _wait_and_break_off(heard: int) -> None:
    while os.read(heard, 1)[0] not in STOPPING:
        pass
    while True:
        # Looked up now: most commands never load it.
        sandbox = sys.modules.get("evenhand.examine.sandbox")
        if sandbox is not None:
            sandbox.interrupt()
        time.sleep(AGAIN)
