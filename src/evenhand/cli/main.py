# SPDX-License-Identifier: Apache-2.0
"""Where `evenhand` begins: runs the command that was asked for and turns whatever happens into an exit code."""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from evenhand.cli.asking import CANNOT_READ, HOLDS, Wrong
from evenhand.cli.parser import build, chosen
from evenhand.cli.stopping import told_when_stopped
from evenhand.cli.terminal import Terminal

BY_SIGNAL = 128
"""Exit codes above this say which signal stopped a command: 130 after Ctrl-C, 141 when nobody reads what it prints."""


def main(argv: Sequence[str] | None = None, *, signals: Sequence[int] = ()) -> int:
    """Run one command and return its exit code; without arguments, print the help.

    `signals` are those received so far, and may grow while the command runs. With `--debug` an error is raised.
    """
    given = sys.argv[1:] if argv is None else list(argv)
    terminal = Terminal(sys.stdout, sys.stderr)
    try:
        return _run(given, terminal)
    except SystemExit as stopped:
        if signals:
            return _interrupted(terminal, signals)
        return stopped.code if isinstance(stopped.code, int) else HOLDS  # argparse, after --help and --version
    except BrokenPipeError:
        _give_up_stdout()
        return BY_SIGNAL + signal.SIGPIPE
    except KeyboardInterrupt:
        return _interrupted(terminal, signals or (signal.SIGINT,))
    except Exception as error:
        if signals:  # DuckDB hands on a signal as an error of its own
            return _interrupted(terminal, signals)
        if "--debug" in given:
            raise
        if isinstance(error, OSError) and error.filename is None:
            _give_up_stdout()
        terminal.wrong(sentence_of(error))
        return CANNOT_READ


def entry() -> NoReturn:
    """The installed command: `main` in a process of its own, which cleans up when it is told to stop."""
    signals = told_when_stopped()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter must not turn a finding into an error.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    sys.exit(main(signals=signals))


def _run(given: list[str], terminal: Terminal) -> int:
    parser = build()
    if not given:
        parser.print_help()
        return HOLDS
    asked = chosen(parser, given)
    code: int = asked.command.run(asked, terminal)
    sys.stdout.flush()  # here, so that a reader who went away is noticed while it can still be told
    return code


def _interrupted(terminal: Terminal, signals: Sequence[int]) -> int:
    terminal.wrong("Interrupted; nothing was left half done.")
    return BY_SIGNAL + signals[0]


def _give_up_stdout() -> None:
    """Whoever read stdout is gone, or the disk is full: Python flushes once more when it ends, and would complain."""
    with suppress(OSError, ValueError):  # a stdout that is no file of the system needs nothing
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def sentence_of(error: Exception) -> str:
    """What a person is told in place of a traceback."""
    if isinstance(error, Wrong):
        return error.sentence
    if isinstance(getattr(error, "sentence", None), str):  # Malformed, Unreadable: sentences for people already
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename} cannot be read or written: {error.strerror}."
    if isinstance(error, OSError):
        return f"Nothing more can be read or written: {error.strerror or error}."
    if isinstance(error, ValueError):
        from evenhand.rulebook.table import TooLarge  # here, because it brings numpy with it

        if isinstance(error, TooLarge):
            return str(error)
    if isinstance(error, MemoryError):
        return "There is not enough memory for this; close other programs, or give a smaller file."
    return (
        f"Evenhand itself failed ({type(error).__name__}: {error}); "
        "run the same command with --debug and send what it prints to the developers."
    )


if __name__ == "__main__":
    entry()
