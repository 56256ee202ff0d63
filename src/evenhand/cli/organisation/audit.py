# SPDX-License-Identifier: Apache-2.0
"""`evenhand audit`: replays the whole record and names each difference."""

from argparse import ArgumentParser, Namespace

from evenhand.cli.asking import DOES_NOT_HOLD, HOLDS, Command, ask_for_format
from evenhand.cli.organisation.opening import ask_for_folder, now, opened
from evenhand.cli.record.asking import CLOSING, ask_for_keys, keys
from evenhand.cli.terminal import Terminal

LISTS = {
    "unlawful": "Not lawful",
    "lapses_missing": "A lapse is missing",
    "numbering": "Numbering",
    "entries_differ": "An entry differs",
    "tables_differ": "A table differs",
    "record": "The record",
}


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_folder(parser)
    ask_for_keys(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Audit everything; 1 if something does not hold."""
    organisation = opened(asked)
    from evenhand.procedure.auditing import audit

    with terminal.long("replaying the record"):
        found = audit(organisation, at=now(), vkeys=tuple(keys(asked.key)))
    if asked.format == "json":
        terminal.json(found.as_data())
        return HOLDS if found.holds else DOES_NOT_HOLD
    for name, says in LISTS.items():
        for line in getattr(found, name):
            terminal.say(f"{says}: {line}", style="bold red")
    terminal.say(f"{found.entries:,} entries of {found.matters:,} matters were replayed; the root is {found.root}.")
    if found.erased:
        terminal.say(f"{found.erased:,} entries cannot be opened any more: what they said was erased.")
    if found.holds:
        terminal.say(
            "Every act was lawful, every lapse is there, and the tables follow from the entries.", style="green"
        )
    terminal.say(CLOSING)
    return HOLDS if found.holds else DOES_NOT_HOLD


COMMAND = Command(
    words=("audit",),
    says="Replays the whole record: lawful acts, lapses, numbering, tables, tree and signatures.",
    example="evenhand audit --dir harbour",
    ask=ask,
    run=run,
)
