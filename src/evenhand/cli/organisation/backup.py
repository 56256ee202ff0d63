# SPDX-License-Identifier: Apache-2.0
"""`evenhand backup FILE`: everything of one moment in one file, while everybody goes on working."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from evenhand.cli.asking import HOLDS, Command, ask_for_format
from evenhand.cli.organisation.opening import ask_for_folder, now, opened
from evenhand.cli.terminal import Terminal

KEYS = {
    "apart": "The keys lie in {keys}. Keep it in another place than {file}: who has both can read everything.",
    "within": "The keys are in it: who has {file} can read everything. Keep it as you keep the server.",
    "none": "The keys are not in it, and nothing in it can be read without them. See to it that a copy of them is kept.",
}


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup to make; it is not there yet")
    chosen = parser.add_mutually_exclusive_group(required=True)
    says = "put the keys into this file of their own, to be kept in another place"
    chosen.add_argument("--keys", metavar="PATH", type=Path, help=says)
    chosen.add_argument("--keys-within", action="store_true", help="put the keys into the backup itself")
    chosen.add_argument(
        "--without-keys", action="store_true", help="put the keys nowhere; a copy is kept some other way"
    )
    ask_for_folder(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Make the backup: all of it, or nothing is left."""
    organisation = opened(asked)
    from evenhand.procedure.backing_up import back_up

    with terminal.long("making the backup"):
        made = back_up(organisation, asked.file, at=now(), keys=asked.keys, within=asked.keys_within)
    if asked.format == "json":
        terminal.json(asdict(made))
        return HOLDS
    terminal.say(f"{asked.file} holds {made.entries:,} entries and {made.files:,} files of {made.origin}.")
    terminal.say(f"Its log has {made.size:,} entries; the root is {made.root}.")
    terminal.say(KEYS[made.keys].format(file=asked.file, keys=asked.keys))
    return HOLDS


COMMAND = Command(
    words=("backup",),
    says="Puts everything of one moment into one file, while everybody goes on working.",
    example="evenhand backup monday.backup --keys monday.keys --dir harbour",
    ask=ask,
    run=run,
)
