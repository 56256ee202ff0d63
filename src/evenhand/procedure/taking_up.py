# SPDX-License-Identifier: Apache-2.0
"""Takes up a matter that was open before this record began, under the rules, or enters how it ended elsewhere (M12)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import locked, refuse_conflict
from evenhand.procedure.before_the_record import old_of
from evenhand.procedure.naming_parties import administers
from evenhand.procedure.opening import enters_as
from evenhand.procedure.opening_items import begin_on
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep, repeated
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

ENDS = ("decided", "settled", "withdrawn", "dropped", "lost")
"""How such a matter can have ended outside this record; `lost` is a file of which nothing more is to be found."""
SAYS = {
    "ended": "This matter is closed already; see how it ended.",
    "how": "Say how it ended.",
    "source": "Say in a sentence from where it is known how it ended.",
    "twice": "This matter takes up an older one already.",
}
RULE = "procedure/before"


def keeps_old_matters(person: str, at: datetime) -> str:
    """The role in which somebody reads and ends them, which is that of who enters complaints; empty for everybody else."""
    return enters_as(person, at)


@once_more
def take_up(
    organisation: Organisation,
    ident: str,
    person: str,
    old: str,
    *,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A matter under the rules (`ident`) takes up an old one: both say so. By who holds the administering seat.

    `NotYours` for everybody else; `Refused` for one that is closed, and where the matter takes one up already.
    """
    with transaction.atomic():
        pen, row, part, again = begin_on(organisation, ident, person, at, chance, key)
        if again is not None:
            return again
        if not administers(row, part):
            raise NotYours
        refuse_conflict(pen, row, part, "assign")
        before = locked(old)
        if not before.before or before.book:
            raise NotYours
        if row.before:
            raise Refused(RULE, SAYS["twice"])
        if before.over:
            raise Refused(RULE, SAYS["ended"])
        known = old_of(organisation, before)
        about = {"received": known.received, "source": known.source, "matter": old}
        fields = {"body.before": about, "text.reference": known.reference}
        pen.note(ident, "before_named", fields, role=part.role, by=part.pseudonym)
        _by(pen, before, person, part.role, "before_taken_up", {"body.taken": {"matter": ident}})
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


@once_more
def end_before(
    organisation: Organisation,
    old: str,
    person: str,
    *,
    how: str,
    source: str,
    at: datetime,
    chance: Chance,
    key: str = "",
) -> Done:
    """Enters how an old matter ended outside this record. `NotYours` for who enters no complaints; `Refused` without a source."""
    source = clean(source).strip()
    with transaction.atomic():
        before = locked(old)
        pen = Pen(organisation, max(at, before.last), chance)
        again = repeated(key, person)
        if again is not None:
            return again
        role = keeps_old_matters(person, pen.at)
        if not role or not before.before or before.book:
            raise NotYours
        if before.over:
            raise Refused(RULE, SAYS["ended"])
        if how not in ENDS:
            raise Refused(f"{RULE}/how", SAYS["how"])
        if len(source.split()) < 2:
            raise Refused(f"{RULE}/source", SAYS["source"])
        _by(pen, before, person, role, "before_ended", {"body.ended": {"how": how}, "text.source": source})
        done = keep(pen, key, old, person)
    seal(organisation)
    return done


def _by(pen: Pen, before: models.Matter, person: str, role: str, name: str, fields: dict[str, Any]) -> None:
    """An entry in an old matter, by somebody who has no seat in it: the part says who it was, and opens nothing."""
    mine = {"pseudonym": pen.hex(), "person": person, "role": role, "kind": "seat", "status": "left"}
    pen.note(before.ident, name, {**fields, "person.parts": [mine]}, role=role, by=mine["pseudonym"])
