# SPDX-License-Identifier: Apache-2.0
"""`evenhand record export TO`: the organisation's record for an auditor, as files that other software verifies."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from evenhand.cli.asking import HOLDS, Command, ask_for_format
from evenhand.cli.organisation.opening import ask_for_folder, opened
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    parser.add_argument("to", metavar="TO", type=Path, help="the folder to write into; it is not there yet")
    ask_for_folder(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Write log, rulebooks and everything that opens an entry."""
    organisation = opened(asked)
    from evenhand.procedure.exporting import export
    from evenhand.store.sealing import seal

    size = seal(organisation)
    count = export(organisation, asked.to)
    if asked.format == "json":
        terminal.json({"size": size, "opened": count, "origin": organisation.origin})
        return HOLDS
    terminal.say(
        f"{asked.to} holds {size:,} entries, of which {count:,} are opened. It shows everything: hand it to an auditor."
    )
    terminal.say(f"evenhand-verify {asked.to} --key VKEY checks it; pin the key from somewhere else.")
    return HOLDS


COMMAND = Command(
    words=("record", "export"),
    says="Writes an organisation's record for an auditor: the log, the rulebooks, and what opens each entry.",
    example="evenhand record export audit-2026 --dir harbour",
    ask=ask,
    run=run,
)
