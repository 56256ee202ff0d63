# SPDX-License-Identifier: Apache-2.0
"""`evenhand retention`: which matters are due for erasure, and what waits for a second person."""

from argparse import ArgumentParser, Namespace

from evenhand.cli.asking import HOLDS, Command, ask_for_format
from evenhand.cli.organisation.opening import ask_for_folder, now, opened
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_folder(parser)
    parser.add_argument("--all", action="store_true", help="also what is kept for longer, each with its day")
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """List what is due. Nothing is erased here: two people do it at the desk, and the record says who."""
    organisation = opened(asked)
    from evenhand.procedure.erasing import requests
    from evenhand.procedure.retaining import due_for_erasure, kept_matters

    at = now()
    due = due_for_erasure(at)
    listed = list(kept_matters(at)) if asked.all else due
    waiting = [one for one in requests(organisation) if one.status == "open"]
    rows = [
        {
            "code": one.row.code, "kind": one.kind, "period": one.period, "ended": one.ended.date().isoformat(),
            "due": one.due.isoformat() if one.due else "", "held": one.held,
        }
        for one in listed
    ]  # fmt: skip
    if asked.format == "json":
        terminal.json({"due": len(due), "waiting": len(waiting), "matters": rows})
        return HOLDS
    terminal.say(f"{len(due):,} matters are due for erasure; {len(waiting):,} requests wait for a second person.")
    for row in rows:
        day = f"due from {row['due']}" if row["due"] else "no time is named"
        held = f"; kept: {row['held']}" if row["held"] else ""
        terminal.say(f"{row['code']}: ended {row['ended']} ({row['kind']}), {day}{held}")
    return HOLDS


COMMAND = Command(
    words=("retention",),
    says="Lists the matters that are due for erasure by the times that the rulebook names.",
    example="evenhand retention --dir harbour",
    ask=ask,
    run=run,
)
