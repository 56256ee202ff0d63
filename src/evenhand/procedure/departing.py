# SPDX-License-Identifier: Apache-2.0
"""Departs, with reasons, from what the rulebook says of naming who complained to the other side (B03).

The default is the rulebook's and needs no entry. A departure is for one complainant, by who holds the administering seat,
and the last one counts. A name that the other side has read cannot be withheld any more, and is not said to be.
"""

from datetime import datetime

from django.db import transaction

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.casework.ways_in import complaining_side
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import refuse_conflict
from evenhand.procedure.naming import complainant_named
from evenhand.procedure.naming_parties import administers
from evenhand.procedure.opening_items import begin_on
from evenhand.procedure.performing import keep
from evenhand.procedure.reading import DEPARTED
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

RULE = "publication/complainant_named_to_respondent"
SAYS = {
    "read": "The other side has been told of the matter and reads this name already; it cannot be withheld any more.",
    "same": "That is what holds already; there is nothing to depart from.",
    "reasons": "Give the reasons in a sentence at least: every departure from the rulebook's default carries them.",
    "wish": "Say first that they wish it: the rulebook withholds the name, and it is theirs.",
}


def named_now(organisation: Organisation, row: models.Matter, part: models.Part) -> bool:
    """Whether the other side reads who this complainant is, once it is told of the matter."""
    named = complainant_named(books.rules_of(row.rulebook))
    for entry in models.Entry.objects.filter(matter=row.ident, rule=DEPARTED).order_by("n"):
        try:
            about = said(entry, organisation.keyring)["body.identity"]
        except Erased:
            continue
        named = about["named"] if about["whose"] == part.pseudonym else named
    return named


def complainants(row: models.Matter) -> list[models.Part]:
    """Everybody of the complaining side who has a name that could be read."""
    side = complaining_side(books.rules_of(row.rulebook))
    parts = row.parts.filter(kind="party", status="party", role__in=side).exclude(person="")
    return list(parts.order_by("since", "pseudonym"))


@once_more
def depart(
    organisation: Organisation,
    ident: str,
    person: str,
    whose: str,
    *,
    named: bool,
    reasons: str,
    wished: bool = False,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """Names a complainant (by pseudonym) to the other side, or withholds them from it, against what holds now.

    `wished` says that they wish to be named. `NotYours` for who does not administer the matter; `Refused` without reasons,
    where nothing would change, for a name that was read already, and for naming somebody who does not wish it.
    """
    reasons = clean(reasons).strip()
    with transaction.atomic():
        pen, row, part, again = begin_on(organisation, ident, person, at, chance, key)
        if again is not None:
            return again
        if not administers(row, part):
            raise NotYours
        refuse_conflict(pen, row, part, "assign")
        about = next((one for one in complainants(row) if one.pseudonym == whose), None)
        if about is None:
            raise NotYours
        if named_now(organisation, row, about) == named:
            raise Refused(RULE, SAYS["same"])
        if not named and row.told:
            raise Refused(RULE, SAYS["read"])
        if named and not wished and not complainant_named(books.rules_of(row.rulebook)):
            raise Refused(f"{RULE}/wished", SAYS["wish"])
        if len(reasons.split()) < 3:
            raise Refused(f"{RULE}/reasons", SAYS["reasons"])
        fields = {"body.identity": {"whose": whose, "named": named, "wished": wished}, "text.reasons": reasons}
        pen.note(ident, "identity_departed", fields, role=part.role, by=part.pseudonym)
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done
