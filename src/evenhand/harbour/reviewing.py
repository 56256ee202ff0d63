# SPDX-License-Identifier: Apache-2.0
"""How the oversight body looks at decisions in doubt: one proposes what becomes of each, a second agrees with it (D11)."""

from datetime import datetime

from evenhand.casework.refusal import Refused
from evenhand.harbour.playing import Nobody, Play
from evenhand.procedure.asking import NotYours
from evenhand.procedure.disposing import answer, propose
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation

KIND = "affected"


def review_of(organisation: Organisation, person: str, *, at: datetime, chance: Chance) -> Play | None:
    """The newest review that is open and lists what this person helped decide, at an instant."""
    listed = models.Affected.objects.filter(person=person, review__over=False).order_by("-entry")
    ident = listed.values_list("review_id", flat=True).first()
    return None if ident is None else Play(organisation, at, chance, ident=ident, kind=KIND)


def waiting(review: Play) -> list[models.Affected]:
    """What is listed there and due, the weightiest first."""
    listed = models.Affected.objects.filter(review_id=review.ident, disposition="").exclude(due="")
    return list(listed.order_by("rank", "ident"))


def dispose(review: Play, listed: models.Affected, role: str, becomes: str, *, reasons: str, told: str = "") -> str:
    """Two of a body agree on what becomes of a decision; gives the rule on which it was refused, or nothing."""
    people = [seat.person for seat in review.seats(role)]
    proposed, given = False, review.given
    for person in people:
        review.later(minutes=10)
        try:
            if not proposed:
                given = {"reasons": reasons, "told": told, **review.given}
                propose(review.organisation, review.ident, person, listed.ident, becomes, **given)
                proposed = True
            else:
                given = {"reasons": "I have read the file and see it in the same way.", **review.given}
                answer(review.organisation, review.ident, person, listed.ident, agrees=True, **given)
                return ""
        except NotYours:
            continue  # another pair sees to this one
        except Refused as why:
            if not proposed:
                return why.rule
    if not people:
        raise Nobody("Nobody sits in this review.")
    return ""
