# SPDX-License-Identifier: Apache-2.0
"""A party who was told that others look at a decision again asks that it be decided what becomes of it (D11).

Only then: before, the question alone would tell whoever asks of a case elsewhere. What was due already stays due.
"""

from datetime import datetime

from django.db import transaction

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import part_of
from evenhand.procedure.declaring import begin
from evenhand.procedure.lapsing_reviews import asked_by_a_party
from evenhand.procedure.performing import keep, repeated
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal


def can_be_asked(organisation: Organisation, row: models.Matter, part: models.Part) -> list[models.Entry]:
    """The decisions of a matter of which its parties were told, and of which this party has not asked yet."""
    if part.kind != "party":
        return []
    told = _named(organisation, row, "parties_told", "body.told")
    asked = _named(organisation, row, "disposition_asked", "body.asked", by=part.pseudonym)
    return list(models.Entry.objects.filter(matter=row.ident, leaf__in=set(told) - set(asked)).order_by("n"))


def _named(organisation: Organisation, row: models.Matter, name: str, field: str, **which: str) -> list[str]:
    """The decisions that entries of one kind name, by their leaves."""
    found = []
    for entry in models.Entry.objects.filter(matter=row.ident, rule=f"procedure.{name}", **which):
        try:
            found.append(str(said(entry, organisation.keyring)[field]["leaf"]))
        except Erased:
            continue
    return found


@once_more
def ask_again(
    organisation: Organisation,
    ident: str,
    person: str,
    leaf: str,
    reasons: str,
    *,
    at: datetime,
    chance: Chance,
    key: str = "",
) -> Done:
    """Enters that a party asks; a disposition falls due. `NotYours` for who is no party, `Refused` for another decision."""
    reasons = clean(reasons)
    with transaction.atomic():
        pen = begin(organisation, ident, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
        row = models.Matter.objects.get(ident=ident)
        part = part_of(row, person, pen.at)
        if part is None or part.kind != "party":
            raise NotYours
        decision = next((one for one in can_be_asked(organisation, row, part) if one.leaf == leaf), None)
        if decision is None:
            raise Refused("conflicts/affected", "Choose a decision of which you were told, and not asked before.")
        if len(reasons.split()) < 3:
            raise Refused("conflicts/affected/reasons", "Say in a sentence why others should look at it again.")
        about = {"body.asked": {"n": decision.n, "leaf": leaf}, "text.reasons": reasons}
        pen.note(ident, "disposition_asked", about, role=part.role, by=part.pseudonym)
        asked_by_a_party(pen, decision)
        done = keep(pen, key, ident, person)
    seal(organisation)
    return done
