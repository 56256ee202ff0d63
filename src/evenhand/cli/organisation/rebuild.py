# SPDX-License-Identifier: Apache-2.0
"""`evenhand rebuild`: makes the read tables anew from the entries."""

from argparse import ArgumentParser, Namespace

from evenhand.cli.asking import HOLDS, Command, ask_for_format
from evenhand.cli.organisation.opening import ask_for_folder, opened
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_folder(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Rebuild in one transaction: all of it, or nothing is changed."""
    organisation = opened(asked)
    from evenhand.procedure.rebuilding import rebuild

    with terminal.long("reading the entries"):
        read = rebuild(organisation)
    if asked.format == "json":
        terminal.json({"entries": read})
    else:
        terminal.say(f"The tables were made anew from {read:,} entries.")
    return HOLDS


COMMAND = Command(
    words=("rebuild",),
    says="Makes the read tables anew from the record.",
    example="evenhand rebuild --dir harbour",
    ask=ask,
    run=run,
)
