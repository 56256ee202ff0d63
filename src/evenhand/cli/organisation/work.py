# SPDX-License-Identifier: Apache-2.0
"""`evenhand work`: lapses, letters, seals and the public copy, round after round."""

import secrets
import time
from argparse import ArgumentParser, Namespace

from evenhand.cli.asking import HOLDS, Command, ask_for_format
from evenhand.cli.organisation.opening import ask_for_folder, brought_up_to_date, now
from evenhand.cli.terminal import Terminal

PAUSE = 15
"""Seconds between two rounds."""


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_folder(parser)
    parser.add_argument("--once", action="store_true", help="one round, then stop")
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Work until stopped; whatever was acknowledged is safe whenever that is."""
    organisation = brought_up_to_date(asked)
    from evenhand.procedure.working import work

    while True:
        done = work(organisation, at=now(), chance=secrets.token_bytes)
        if asked.format == "json":
            terminal.json(done.__dict__)
        elif asked.once or done.lapses or done.letters or done.failed or done.published:
            said = f"{done.lapses} lapses, {done.seats} seats passed on, {done.letters} letters handed over"
            terminal.say(f"{said}, {done.failed} to be tried again; the record has {done.size:,} entries.")
        if asked.once:
            return HOLDS
        time.sleep(PAUSE)


COMMAND = Command(
    words=("work",),
    says="Does what is due in the background: lapses, letters, seals, the public copy. Decides nothing.",
    example="evenhand work --dir harbour --once",
    ask=ask,
    run=run,
)
