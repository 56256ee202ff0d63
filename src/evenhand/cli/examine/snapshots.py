# SPDX-License-Identifier: Apache-2.0
"""`evenhand examine snapshots MAPPING FILE FILE ... --out DIR`: what changed in a published file."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from evenhand.cli.asking import HOLDS, Command, ask_for_format
from evenhand.cli.examine.asking import ask_for_mapping, ask_for_out, must_not_hold_the_results
from evenhand.cli.examine.telling import told_of_snapshots
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_mapping(parser)
    says = "two files or more, the oldest first; each is compared with the next"
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help=says)
    ask_for_out(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Compare each file with the next and say what changed. Changes are findings, not failures: the code is 0."""
    must_not_hold_the_results(asked.out, asked.mapping, *asked.files)
    from evenhand.examine.snapshots import compare_snapshots

    with terminal.long("comparing the snapshots") as tell:
        findings = compare_snapshots(asked.mapping, asked.files, asked.out, tell)
    if asked.format == "json":
        terminal.json({"snapshots": findings})
        return HOLDS
    terminal.rows([((about, "dim"), (line, "")) for about, line in told_of_snapshots(findings)])
    terminal.say(f"Every change, a row each: {asked.out / 'snapshots.parquet'}")
    return HOLDS


COMMAND = Command(
    words=("examine", "snapshots"),
    says="Compares editions of one published file: what was added, removed, altered, blanked, replaced.",
    example="evenhand examine snapshots mappings/nyc-ccrb-penalties 2023.csv 2024.csv --out changes",
    ask=ask,
    run=run,
)
