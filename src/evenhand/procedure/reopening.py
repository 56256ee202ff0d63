# SPDX-License-Identifier: Apache-2.0
"""Reopens a matter that is over: only on the route that the rules gave on the day of the decision, on a listed ground (G05).

The request is a matter of its own, before people who did not decide what is looked at (`below`, G02). Where they reopen,
a new matter begins under the book of the old one before other people, and what was decided is stayed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from evenhand.casework.acts import Request
from evenhand.casework.deciding import decide
from evenhand.casework.fields import act_of
from evenhand.casework.form_reading import clean
from evenhand.casework.matter import new_matter
from evenhand.casework.refusal import Refused
from evenhand.casework.routes import begins_anew, grounds_listed
from evenhand.casework.running_book import RunningBook
from evenhand.procedure import consequences
from evenhand.procedure.asking import Done
from evenhand.procedure.declaring import begin
from evenhand.procedure.linking import Way, in_the_name_of, lodge_linked, way_to
from evenhand.procedure.opening import NAMED
from evenhand.procedure.pen import Pen
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation

SAYS = {
    "ground": "Choose the ground on which it is to be reopened; the rules list them, and there is no other.",
    "erased": "What was complained of was erased after its time; the request to reopen says what is looked at again.",
}


def ask(
    organisation: Organisation,
    main: str,
    person: str,
    *,
    book: str,
    act: str,
    ground: str,
    carries: Mapping[str, Any],
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """Asks to reopen a matter that is over, or appeals in a matter of its own; the new matter's identifier comes back.

    `ground` is one of those that the rules list for the book. `NotYours` without a part; `Refused` on no listed ground and
    where the rules in force at the decision had no route.
    """

    def go(pen: Pen, row: models.Matter, part: models.Part) -> Done:
        way = way_to(row, part, book, act, pen.at)
        return lodge_linked(pen, row, part, way, carries, more=_ground(way, clean(ground)), key=key)

    return in_the_name_of(
        organisation, main, person, f"{book}.{act}", go, at=at, chance=chance, key=key, sealing=sealing
    )


def _ground(way: Way, ground: str) -> dict[str, Any]:
    listed = grounds_listed(way.rules, way.route.book)
    if listed and ground not in listed:
        raise Refused(f"books/{way.route.book}/says", SAYS["ground"])
    return {"body.ground": {"listed": ground}} if ground else {}


def reopened(pen: Pen, review: models.Matter, act: str) -> str | None:
    """Opens the new matter where an act of the request reopens the old one; its identifier, or None where it does not.

    What opened the old matter opens the new one, under the rules of today where they still know that act: the same
    complaint by the same people, with its reading of the day of the conduct. The old matter says that it is stayed.
    """
    if not begins_anew(books.running(review.rulebook, review.book), act):
        return None
    old = models.Matter.objects.get(ident=review.names)
    theirs = begin(pen.organisation, old.ident, at=pen.at, chance=pen.chance)
    theirs.note(old.ident, "decision_stayed", {"body.stayed": {"by": review.book, "outcome": review.outcome}})
    return _begin_anew(theirs, old, review)


def _begin_anew(pen: Pen, old: models.Matter, review: models.Matter) -> str:
    first = models.Entry.objects.get(matter=old.ident, n=1)
    try:
        fields: Mapping[str, Any] = said(first, pen.organisation.keyring)
        was = act_of(fields)
        carries = dict(was.carries)
        about = fields.get("person.about")
    except (Erased, KeyError):
        carries, about = {"account": SAYS["erased"]}, None
    name, by = first.rule.partition(".")[2], first.role
    book, act = _opening(pen, old, name, by, carries)
    ident = pen.open()
    parts = [
        {"pseudonym": pen.hex(), "person": one.person, "role": one.role, "kind": "party", "status": one.status}
        for one in old.parts.filter(kind="party", status__in=("party", NAMED)).order_by("since", "pseudonym")
    ]
    mine = old.parts.get(pseudonym=first.by)
    if mine.kind != "party":
        # Whoever entered it for somebody opens it again on paper only: other people hold the seats this time.
        parts.append({"pseudonym": pen.hex(), "person": mine.person, "role": by, "kind": "seat", "status": "left"})
    opens = {
        "kind": old.kind, "book": old.book, "rulebook": book.rulebook.digest, "conduct": old.conduct,
        "raised": "reopened", "names": review.ident, "anew": old.ident,
    }  # fmt: skip
    more: dict[str, Any] = {"body.opens": opens, "person.parts": parts}
    if about:
        more["person.about"] = about
    author = next(part["pseudonym"] for part in parts if part["person"] == mine.person and part["role"] == by)
    pen.act(ident, act, book=old.book, by=author, more=more)
    consequences.after(pen, ident, act, new_matter(book))
    return ident


def _opening(pen: Pen, old: models.Matter, name: str, by: str, carries: Mapping[str, Any]) -> tuple[RunningBook, Any]:
    """The act that opens it, as the kernel takes it under the rules of today, or else under those of the old matter."""
    refused: Exception | None = None
    for digest in (pen.rules.digest, old.rulebook):
        try:
            book = books.running(digest, old.book)
            act = decide(book, new_matter(book), Request(act=name, by=by, carries=carries), pen.at)[-1]
        except (Refused, KeyError) as why:
            refused = why
        else:
            return book, act
    raise Refused(f"books/{old.book}", "The rules know no way any more to begin this matter again.") from refused
