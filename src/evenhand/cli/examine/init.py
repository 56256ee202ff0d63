# SPDX-License-Identifier: Apache-2.0
"""`evenhand examine init SOURCE --out MAPPING`: a first mapping, made by looking at the columns."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from evenhand.cli.asking import HOLDS, Command
from evenhand.cli.examine.asking import ask_for_source
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_source(parser)
    says = "the folder to make for the mapping; it must not exist yet"
    parser.add_argument("--out", metavar="MAPPING", type=Path, required=True, help=says)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Write the mapping and say what was guessed."""
    from evenhand.examine.starting import start_mapping

    with terminal.long(f"looking at {asked.source}") as tell:
        said = start_mapping(asked.source, asked.out, tell)
    for sentence in said:
        terminal.say(sentence)
    terminal.say(f"The mapping is {asked.out}; fill in what is marked FILL IN, then:")
    terminal.say(f"evenhand examine check {asked.out} {asked.source}", indent=2)
    return HOLDS


COMMAND = Command(
    words=("examine", "init"),
    says="Writes a first mapping for files that nobody has seen before, by looking at their columns.",
    example="evenhand examine init .demo/source --out my-mapping",
    ask=ask,
    run=run,
)
