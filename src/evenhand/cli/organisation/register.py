# SPDX-License-Identifier: Apache-2.0
"""`evenhand register`: keeps the registers in step with the files from which they are kept."""

import secrets
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evenhand.cli.asking import HOLDS, Command, Wrong, ask_for_format
from evenhand.cli.organisation.opening import ask_for_folder, now, opened
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    parser.add_argument("--members", metavar="FILE", type=Path, help="CSV: number,name,address,since,until,language")
    says = "CSV: number,office,since,until,withdrawn; an office is a pool of the rulebook"
    parser.add_argument("--offices", metavar="FILE", type=Path, help=says)
    says = "CSV: number,kind,with,since,until,withdrawn; kinds as for “evenhand init”"
    parser.add_argument("--ties", metavar="FILE", type=Path, help=says)
    says = "CSV: reference,received,what,source: matters that were open before this record began"
    parser.add_argument("--before", metavar="FILE", type=Path, help=says)
    says = "what came from a register and stands in its file no more was never true: withdraw it"
    parser.add_argument("--withdraw", action="store_true", help=says)
    parser.add_argument("--dry-run", action="store_true", help="tell what would be entered, and enter nothing")
    ask_for_folder(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Enter what changed, all or nothing; reading the same files twice enters nothing."""
    if not (asked.members or asked.offices or asked.ties or asked.before):
        raise Wrong("Name at least one file: --members, --offices, --ties or --before.")
    organisation = opened(asked)
    from evenhand.procedure.before_the_record import began
    from evenhand.procedure.importing import in_register, keep_in_step, read_registers
    from evenhand.procedure.inviting import offices_ever_named

    registers = read_registers(
        asked.members,
        asked.offices,
        asked.ties,
        asked.before,
        named=offices_ever_named(),
        known=in_register(organisation),
        began=began(organisation),
    )
    with terminal.long("comparing the files with the register"):
        counts = keep_in_step(
            organisation, registers, at=now(), chance=secrets.token_bytes, withdraw=asked.withdraw, dry=asked.dry_run
        )
    if asked.format == "json":
        terminal.json({"entered": not asked.dry_run, **counts.__dict__})
        return HOLDS
    for line in counts.told:
        terminal.say(line)
    for line in counts.left:
        terminal.say(f"Left out, {line}: nobody there holds an office or is a party (docs/running.md).", style="yellow")
    if counts.seats or counts.reviews:
        would = "would be" if asked.dry_run else "were"
        terminal.say(
            f"{counts.seats} seats {would} given up, and {counts.reviews} lists of decisions in doubt {would} opened."
        )
    if not counts.anything:
        terminal.say("Nothing changed.")
    elif asked.dry_run:
        terminal.say("Nothing was entered. Leave --dry-run out to enter it.")
    return HOLDS


COMMAND = Command(
    words=("register",),
    says="Compares CSV files with the registers and enters what changed: people, terms of office, ties.",
    example="evenhand register --members members.csv --offices offices.csv --dry-run --dir harbour",
    ask=ask,
    run=run,
)
