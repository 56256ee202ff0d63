# SPDX-License-Identifier: Apache-2.0
"""`evenhand restore FILE DIR`: an organisation from its backup, on either database, with the same record or not at all."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from evenhand.cli.asking import DOES_NOT_HOLD, HOLDS, Command, ask_for_format
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup")
    parser.add_argument("dir", metavar="DIR", type=Path, help="the folder to make; it is not there yet, or is empty")
    parser.add_argument("--keys", metavar="PATH", type=Path, help="the file of the keys, where they lie apart")
    says = "an empty database: postgres://USER@HOST:PORT/NAME; SQLite in the folder if not given"
    parser.add_argument("--database", metavar="URL", default="", help=says)
    newest = parser.add_mutually_exclusive_group(required=True)
    says = (
        "what is known of the record besides: the organisation's old folder, its public copy, a checkpoint or a receipt that "
        "somebody holds; may be given again"
    )
    newest.add_argument("--known", metavar="PATH", type=Path, action="append", help=says)
    says = "say that nothing was entered after this backup was made, as after moving a server that was stopped"
    newest.add_argument("--newest", action="store_true", help=says)
    says = "restore a backup that lacks what others hold, to be read; nothing is signed until it is there"
    parser.add_argument("--older", action="store_true", help=says)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Restore all of it, or leave nothing, and audit what came of it; 1 if something does not hold."""
    from evenhand.store.setup import set_up

    set_up()
    from evenhand.procedure.auditing import audit
    from evenhand.procedure.restoring import restore

    with terminal.long("restoring"):
        made = restore(
            asked.file,
            asked.dir,
            keys=asked.keys,
            database=asked.database,
            known=asked.known or (),
            older=asked.older,
        )
    with terminal.long("replaying the record"):
        # What has fallen due since the backup was made is entered by the next round of work.
        found = audit(made.organisation, at=made.at)
    if asked.format == "json":
        terminal.json(
            {"dir": str(made.organisation.folder), "size": made.size, "root": made.root, "entries": made.entries}
            | {"missing": made.missing, "audit": found.as_data()}
        )
        return HOLDS if found.holds else DOES_NOT_HOLD
    terminal.say(f"{made.organisation.name} was restored to {made.organisation.folder}: {made.entries:,} entries.")
    terminal.say(f"Its log has {made.size:,} entries; the root is {made.root}.")
    if made.missing:
        says = (
            f"{made.missing:,} entries that others hold are missing. What is entered from now on is kept and not sealed, so that "
            "there are never two histories. Bring a newer backup, or end this log as docs/record.md says."
        )
        terminal.say(says, style="bold red")
    if found.holds:
        terminal.say("The audit holds.", style="green")
    else:
        terminal.say("The audit does not hold; run “evenhand audit” and read what it names.", style="bold red")
    return HOLDS if found.holds else DOES_NOT_HOLD


COMMAND = Command(
    words=("restore",),
    says="Brings an organisation back from a backup, on either database, or refuses where that would make two histories.",
    example="evenhand restore monday.backup harbour-again --keys monday.keys --known harbour",
    ask=ask,
    run=run,
)
