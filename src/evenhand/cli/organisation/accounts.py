# SPDX-License-Identifier: Apache-2.0
"""`evenhand accounts`: who has an account, and how one is shut."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from evenhand.cli.asking import HOLDS, Command, Wrong, ask_for_format
from evenhand.cli.organisation.opening import ask_for_folder, now, opened
from evenhand.cli.terminal import Terminal

if TYPE_CHECKING:
    from evenhand.store.organisation import Organisation


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    says = "shuts the account of the person with this number or address, and ends its sessions"
    parser.add_argument("--close", metavar="WHO", help=says)
    says = (
        "asks the register and the provider about everybody who signed in by it, and ends the sessions of who is gone"
    )
    parser.add_argument("--end-gone", action="store_true", help=says)
    ask_for_folder(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """List the accounts, or shut one."""
    organisation = opened(asked)
    from evenhand.procedure.inviting import person_of, somebody
    from evenhand.web.accounts import keeping

    if asked.end_gone:
        return _end_gone(organisation, asked, terminal)
    if asked.close:
        ended = keeping.close(person_of(organisation, asked.close))
        if ended is None:
            raise Wrong(f"{asked.close} has no account.")
        if asked.format == "json":
            terminal.json({"closed": asked.close, "sessions": ended})
        else:
            terminal.say(f"The account is closed; {ended} open sessions were ended.")
        return HOLDS
    rows = []
    for one in keeping.kept():
        about = somebody(organisation, one.person, at=now())
        rows.append(
            {
                "number": about.number,
                "name": about.name,
                "offices": list(about.offices),
                "state": one.state,
                "seen": one.seen.isoformat() if one.seen else "",
                "second_factor": one.factor,
            }
        )
    if asked.format == "json":
        terminal.json({"accounts": rows, "without_a_name": keeping.without_a_name()})
        return HOLDS
    _tell(terminal, rows)
    terminal.say(f"{len(rows)} accounts of people of the register, and {keeping.without_a_name()} of receipt codes.")
    return HOLDS


GONE = {
    "left": "no member now, and holds no office",
    "term": "the last term of office has ended",
    "closed": "the account was closed",
    "changed": "the organisation signs in by another provider now",
    "only": "had signed in another way",
}
"""Why a session was ended; whatever else is said by the provider."""


def _end_gone(organisation: "Organisation", asked: Namespace, terminal: Terminal) -> int:
    from evenhand.procedure.inviting import somebody
    from evenhand.web.provider.watching import end_those_gone

    rows = []
    with terminal.long("asking the register and the provider"):
        for person, why in end_those_gone():
            about = somebody(organisation, person, at=now())
            rows.append({"number": about.number, "name": about.name, "why": GONE.get(why, "the provider said no")})
    if asked.format == "json":
        terminal.json({"ended": rows})
        return HOLDS
    terminal.rows([((row["number"] or "–", ""), (row["why"], ""), (row["name"], "")) for row in rows])
    terminal.say(f"{len(rows)} sessions were ended.")
    return HOLDS


def _tell(terminal: Terminal, rows: list[dict[str, object]]) -> None:
    heads = ("number", "state", "last seen", "second factor", "offices", "name")
    told = [tuple((head, "dim") for head in heads)] if rows else []
    for row in rows:
        offices = row["offices"]
        told.append(
            (
                (str(row["number"]) or "–", ""),
                (str(row["state"]), ""),
                (str(row["seen"])[:10] or "never", ""),
                ("yes" if row["second_factor"] else "no", ""),
                (", ".join(offices) if isinstance(offices, list) and offices else "–", ""),
                (str(row["name"]), ""),
            )
        )
    terminal.rows(told)


COMMAND = Command(
    words=("accounts",),
    says="Lists who has an account, when it was last used and whether a second factor is set up; or shuts one.",
    example="evenhand accounts --dir harbour",
    ask=ask,
    run=run,
)
