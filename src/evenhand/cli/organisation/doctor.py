# SPDX-License-Identifier: Apache-2.0
"""`evenhand doctor`: looks at a deployment and says what to mend."""

from argparse import ArgumentParser, Namespace

from evenhand.cli.asking import DOES_NOT_HOLD, HOLDS, Command, ask_for_format
from evenhand.cli.organisation.opening import ask_for_folder, folder_of, now
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_folder(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Look at everything; 1 if something has to be mended."""
    from evenhand.store.setup import set_up

    set_up()
    from evenhand.procedure.examining_deployment import Fault, examine

    found = list(examine(folder_of(asked), at=now()))
    expired = _expired()
    if expired:
        says = f"{expired} invitations have expired, and whoever was invited never came."
        found.append(Fault(says, "See whose: evenhand accounts; then: evenhand invite NUMBER"))
    if asked.format == "json":
        terminal.json({"holds": not found, "faults": [{"what": one.what, "mend": one.mend} for one in found]})
    for one in found if asked.format == "text" else ():
        terminal.say(f"{one.what} {one.mend}", style="bold red")
    if not found and asked.format == "text":
        terminal.say("Nothing has to be mended.", style="green")
    return DOES_NOT_HOLD if found else HOLDS


def _expired() -> int:
    """How many invitations have expired; none where the tables cannot be read, which is told already."""
    from django.db import DatabaseError

    from evenhand.web.accounts import links

    try:
        return links.expired_invitations(at=now())
    except DatabaseError:
        return 0


COMMAND = Command(
    words=("doctor",),
    says="Looks at an organisation's folder, keys, database, record, mail, disk and clock, and says what to mend.",
    example="evenhand doctor --dir harbour",
    ask=ask,
    run=run,
)
