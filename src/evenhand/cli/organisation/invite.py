# SPDX-License-Identifier: Apache-2.0
"""`evenhand invite`: a link for once, by which somebody of the register opens their account."""

import secrets
from argparse import ArgumentParser, Namespace
from datetime import timedelta
from typing import TYPE_CHECKING

from evenhand.cli.asking import DOES_NOT_HOLD, HOLDS, Command, Wrong, ask_for_format
from evenhand.cli.organisation.opening import ask_for_folder, now, opened
from evenhand.cli.terminal import Terminal

if TYPE_CHECKING:
    from evenhand.store.organisation import Organisation

LASTS, LONGEST = 7, 30
HERE = "http://localhost:8000"


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    says = "whom: the number in the register, or the e-mail address that stands there"
    parser.add_argument("who", metavar="WHO", nargs="?", help=says)
    says = "instead of one person: everybody who holds this office today"
    parser.add_argument("--office", metavar="OFFICE", help=says)
    says = f"how many days the link lasts; {LASTS} if not given, {LONGEST} at most"
    parser.add_argument("--for", metavar="DAYS", dest="days", type=int, default=LASTS, help=says)
    says = "takes away password, second factor and sessions, and opens an account that was closed"
    parser.add_argument("--anew", action="store_true", help=says)
    ask_for_folder(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Print a link for each, and mail it where mail is set up; 1 if a mail could not be handed over."""
    if bool(asked.who) == bool(asked.office):
        raise Wrong("Say whom: either a number or an address, or everybody of an office with --office.")
    if not 1 <= asked.days <= LONGEST:
        raise Wrong(f"A link lasts between 1 and {LONGEST} days; --for says {asked.days}.")
    organisation = opened(asked)
    from evenhand.procedure.inviting import holders_of, person_of, somebody
    from evenhand.web import place

    at = now()
    people = [person_of(organisation, asked.who)] if asked.who else holders_of(asked.office, at=at)
    with place.serving(organisation):
        found = [_one(organisation, person, asked) for person in people]
    failed = [one for one in found if one["trouble"]]
    if asked.format == "json":
        terminal.json({"invited": found})
        return DOES_NOT_HOLD if failed else HOLDS
    for person, one in zip(people, found, strict=True):
        about = somebody(organisation, person, at=at)
        terminal.say(
            f"{about.name or 'Somebody whose name is not known'}{f' ({about.number})' if about.number else ''}"
        )
        if one["link"]:
            terminal.document(f"  {one['link']}")
        if one["mailed"]:
            terminal.say("  was mailed to the address in the register.")
        if one["trouble"]:
            terminal.say(f"  {one['trouble']}", style="bold red")
    if any(one["link"] for one in found):
        lasts = "one day" if asked.days == 1 else f"{asked.days} days"
        terminal.say(f"Each link works once and lasts {lasts}. Hand it to its owner and to nobody else.")
        if not organisation.settings.get("base"):
            terminal.say(f"The settings name no “base”; {HERE} stands in its place.")
    return DOES_NOT_HOLD if failed else HOLDS


def _one(organisation: "Organisation", person: str, asked: Namespace) -> dict[str, object]:
    from evenhand.procedure.inviting import NotSent, mail_link
    from evenhand.web.accounts import keeping

    said: dict[str, object] = {"person": person, "link": "", "mailed": False, "trouble": ""}
    lifetime = timedelta(days=asked.days)
    try:
        token = keeping.invite(person, at=now(), chance=secrets.token_bytes, lifetime=lifetime, anew=asked.anew)
    except keeping.Shut:
        return said | {"trouble": "This account was closed; open it again with --anew."}
    url = f"{str(organisation.settings.get('base') or HERE).rstrip('/')}/in/{token}/"
    try:
        mailed = mail_link(organisation, person, url, days=asked.days, at=now(), id=secrets.token_hex(8))
    except NotSent as trouble:
        return said | {"link": url, "trouble": f"It was not mailed. {trouble}"}
    return said | {"link": url, "mailed": mailed}


COMMAND = Command(
    words=("invite",),
    says="Prints a link for once by which somebody of the register opens their account, and mails it if mail is set up.",
    example="evenhand invite H0007 --dir harbour",
    ask=ask,
    run=run,
)
