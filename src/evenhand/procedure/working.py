# SPDX-License-Identifier: Apache-2.0
"""What is done in the background: lapses, seats that pass on, letters that go out, seals, and the public copy.

Nothing here decides anything. If nobody runs it for a month, the same lapses are entered with the days on which they fell
due, and letters go out late; the record says so.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from evenhand.letters.mailing import NotSent, message, to_folder, to_server
from evenhand.procedure.declaring import pass_on
from evenhand.procedure.lapsing import lapse_everywhere
from evenhand.procedure.lapsing_reviews import lapse_reviews
from evenhand.procedure.naming import record_of
from evenhand.procedure.publishing import publish_when_due
from evenhand.procedure.standing_aside import lapse_asides
from evenhand.procedure.terms import pass_on_ended
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal
from evenhand.store.write.rows import change

AGAIN = timedelta(minutes=10)
"""How long after a first failure it is tried again; each further time it takes twice as long, a day at most."""
MAIL_SETTINGS = ("host", "port", "user", "password", "tls")
ADDRESS = re.compile(r"[^\s<>()]+@[^\s<>()]+")
"""Who was written to does not stand in a column (ADR 14)."""
BATCH = 50
"""So many are handed over in one transaction; if it is cut off, they are handed over again."""
MAIL = "There is something for you"


@dataclass
class Worked:
    """What one round did."""

    lapses: int = 0
    seats: int = 0
    letters: int = 0
    failed: int = 0
    size: int = 0
    published: bool = False


def work(organisation: Organisation, *, at: datetime, chance: Chance) -> Worked:
    """One round of everything that is due at an instant."""
    done = Worked()
    done.lapses = lapse_everywhere(organisation, at=at, chance=chance)
    done.lapses += lapse_reviews(organisation, at=at, chance=chance)
    done.lapses += lapse_asides(organisation, at=at, chance=chance)
    done.seats = pass_on(organisation, at=at, chance=chance)
    done.seats += pass_on_ended(organisation, at=at, chance=chance)
    _outbox(organisation, at, done)
    done.published = publish_when_due(organisation, at=at, chance=chance)
    done.size = seal(organisation)
    return done


def _outbox(organisation: Organisation, at: datetime, done: Worked) -> None:
    while True:
        with transaction.atomic():
            waiting = models.Outbox.objects.filter(done=None, due__lte=at).order_by("due", "id")
            if connection.vendor == "postgresql":
                waiting = waiting.select_for_update(skip_locked=True)
            some = list(waiting[:BATCH])
            if not some:
                return
            for one in some:
                _try(organisation, one, at, done)


def _try(organisation: Organisation, one: models.Outbox, at: datetime, done: Worked) -> None:
    try:
        _hand_over(organisation, one, at)
    except NotSent as trouble:
        done.failed += 1
        one.tries += 1
        one.trouble = ADDRESS.sub("an address", str(trouble))[:255]
        one.due = at + min(AGAIN * 2 ** min(one.tries - 1, 10), timedelta(days=1))
    else:
        done.letters += 1
        one.done = at
    now = {name: getattr(one, name) for name in ("tries", "trouble", "due", "done")}
    change(models.Outbox, now, id=one.id)


def _hand_over(organisation: Organisation, one: models.Outbox, at: datetime) -> None:
    """Sends a mail that says no more than that there is something to read; whoever has no address is told at their next visit."""
    if organisation.demo and not organisation.settings.get("mail"):
        return  # nobody there has an address
    person = one.about.get("person") or _person(one)
    about = record_of(organisation, person) if person else {}
    if not about.get("address"):
        return
    settings = dict(organisation.settings.get("mail", {}))
    mail = message(
        to=about["address"],
        name=about.get("name", ""),
        sender=str(settings.pop("sender", "evenhand@localhost.invalid")),
        subject=f"{organisation.name}: {MAIL.lower()}",
        body=_mail_body(organisation),
        id=f"outbox-{one.id}",
        at=at,
    )
    if settings.get("host"):
        to_server(mail, **{name: value for name, value in settings.items() if name in MAIL_SETTINGS})
    else:
        to_folder(organisation.outgoing, mail, id=f"outbox-{one.id}")


def _mail_body(organisation: Organisation) -> str:
    where = organisation.settings.get("base") or f"ask {organisation.contact}"
    return f"{MAIL} at {organisation.name}. Sign in to read it: {where}\n"


def _person(one: models.Outbox) -> str:
    part = models.Part.objects.filter(pseudonym=one.about.get("to", "")).first()
    return part.person if part is not None else ""
