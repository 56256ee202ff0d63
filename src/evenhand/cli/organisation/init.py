# SPDX-License-Identifier: Apache-2.0
"""`evenhand init DIR`: an organisation in a folder, under its own rulebook, with its registers."""

import secrets
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evenhand.cli.asking import HOLDS, Command, ask_for_format
from evenhand.cli.organisation.opening import now
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    parser.add_argument("dir", metavar="DIR", type=Path, help="the folder to make; it is not there yet, or is empty")
    parser.add_argument("--name", metavar="NAME", required=True, help="what the organisation is called")
    parser.add_argument("--rules", metavar="FILE", type=Path, required=True, help="its rulebook, which is in force")
    says = "the name of its log, such as record.example.org/harbour"
    parser.add_argument("--origin", metavar="NAME", required=True, help=says)
    says = "the legal basis on which personal data are processed; goes into the impact assessment that is begun"
    parser.add_argument("--basis", metavar="TEXT", required=True, help=says)
    parser.add_argument("--contact", metavar="TEXT", default="the office", help="where a party writes, calls or comes")
    says = "another database than SQLite in the folder: postgres://USER@HOST:PORT/NAME"
    parser.add_argument("--database", metavar="URL", default="", help=says)
    parser.add_argument("--members", metavar="FILE", type=Path, help="CSV: number,name,address,since,until,language")
    says = "CSV: number,office,since,until; an office is a pool of the rulebook, such as panel or case_officer"
    parser.add_argument("--offices", metavar="FILE", type=Path, help=says)
    says = "CSV: number,kind,with,since,until; kind is slate, branch, employed_by, reports_to, family or business"
    parser.add_argument("--ties", metavar="FILE", type=Path, help=says)
    says = "CSV: reference,received,what,source: matters that were open before, entered as such"
    parser.add_argument("--before", metavar="FILE", type=Path, help=says)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Make the folder and fill the registers; if a file of the register is wrong, nothing is made."""
    from evenhand.store.setup import set_up

    set_up()
    from evenhand.procedure.founding import Plan, found
    from evenhand.procedure.importing import import_into, read_registers
    from evenhand.procedure.inviting import named_by
    from evenhand.rulebook.loading import loads

    rules = asked.rules.read_text("utf-8")
    named = named_by(loads(rules, str(asked.rules)))
    registers = read_registers(
        asked.members, asked.offices, asked.ties, asked.before, named=named, began=now().date().isoformat()
    )
    plan = Plan(
        name=asked.name,
        origin=asked.origin,
        contact=asked.contact,
        rules=rules,
        basis=asked.basis,
        database=asked.database,
    )
    with terminal.long("making the organisation"):
        organisation = found(asked.dir, plan, at=now(), chance=secrets.token_bytes)
        counts = import_into(organisation, registers, at=now(), chance=secrets.token_bytes)
    key = (organisation.log / "vkey").read_text("utf-8").strip()
    if asked.format == "json":
        terminal.json({"dir": str(organisation.folder), "key": key, **counts})
        return HOLDS
    terminal.say(f"{asked.name} keeps its record in {organisation.folder}.")
    terminal.say(", ".join(f"{number} {what}" for what, number in counts.items()) + " were entered.")
    terminal.say(f"Give this key to everybody who may want to verify, by another way than this folder: {key}")
    terminal.say(
        f"Keep a copy of {organisation.folder / 'keys'} apart from the database, and complete impact-assessment.md."
    )
    return HOLDS


COMMAND = Command(
    words=("init",),
    says="Makes an organisation in a folder: keys, database, rulebook, registers, and its record.",
    example='evenhand init harbour --name "Harbour Federation" --rules rulebooks/harbour.yaml '
    '--origin harbour.example/record --basis "legitimate activities of a not-for-profit body"',
    ask=ask,
    run=run,
)
