# SPDX-License-Identifier: Apache-2.0
"""What a new fact about a person does at once: their seats are suspended, and what they helped decide is listed.

In the transaction of the fact itself: in one order of two requests the vote is refused, in the other it is listed, never
neither. The list is seen by the oversight body alone at first (conflicts.md); silence never makes a decision stand.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from evenhand.conflicts.affected import in_order
from evenhand.conflicts.facts import bounds
from evenhand.conflicts.grounds import bar_against
from evenhand.procedure import seating
from evenhand.procedure.authority import locked
from evenhand.procedure.past_acts import past_acts
from evenhand.procedure.pen import Pen
from evenhand.procedure.weighing import Weighed, weigh
from evenhand.rulebook.model import Role, Rulebook, Span
from evenhand.store import models
from evenhand.store.querying import query

TO_DISPOSE = Span(20, "wd")
"""By when a decision that did not stand without the person must have its disposition."""


def reconsider(
    pen: Pen, person: str, *, because: str, always: bool = False, case: str = "", fact: str = "", since: str = ""
) -> str | None:
    """Suspends the seats that the person may not keep, and lists what they decided; the review's identifier, or None.

    Whoever became a respondent (in the matter `case`) has all of it listed (`always`); after another `fact`, which has been
    so `since` a day, the list is opened if it bars any of it. What is listed and open already is not listed again.
    """
    suspend(pen, person)
    rows = doubtful(pen, person, since=since)
    if not rows or not (always or any(row.affected.kind != "not barred" for row in rows)):
        return None
    return _open_review(pen, person, rows, because, {"case": case, "fact": fact})


def suspend(pen: Pen, person: str) -> list[str]:
    """Takes a person off every seat in an open matter from which the rules bar them now; others are called (D10).

    Each of these matters is locked first: a vote that is being carried out in one of them is either done before, and then
    listed, or finds the seat gone.
    """
    off = []
    seats = models.Part.objects.filter(person=person, kind="seat", status__in=seating.LIVE, matter__over=False)
    for seat in list(seats.exclude(matter__book="").order_by("matter_id", "pseudonym")):
        row = locked(seat.matter_id)
        seat.refresh_from_db()
        if row.over or seat.status not in seating.LIVE:
            continue
        barred = bar_against(
            query, pen.rules, person=person, matter=row.ident, act="decide", role=seat.role, at=pen.at, known=pen.at
        )
        if barred is None:
            seating.unsettled(pen, row, seat)
            continue
        pen.note(
            row.ident,
            "seat_suspended",
            # The ground stays sealed: read by the parties here, it would tell them of a matter elsewhere.
            {
                "body.seat": {"pseudonym": seat.pseudonym, "role": seat.role},
                "person.ground": {"ground": barred.ground},
            },
        )
        seating.fill(pen, row.ident)
        off.append(row.ident)
    return off


def doubtful(pen: Pen, person: str, *, since: str = "") -> tuple[Weighed, ...]:
    """Everything the person took part in since their term began, whatever the day of the fact, in the order of weight (M03).

    Where the fact is older than the term, from the day of the fact. Each act is judged at its own instant.
    """
    began = _term_began(person, pen.at)
    day = min(began, bounds(since)[0]) if since else began
    waiting = models.Affected.objects.filter(person=person, disposition="", review__over=False)
    listed = set(waiting.values_list("decision", flat=True))
    rows = [weigh(pen, person, act) for act in past_acts(pen, person, day) if act.entry.id not in listed]
    place = {row.decision: number for number, row in enumerate(in_order(one.affected for one in rows))}
    return tuple(sorted(rows, key=lambda one: place[one.affected.decision]))


def _term_began(person: str, at: datetime) -> str:
    """The look-back where a rulebook names none: the earliest term of office that still runs (M03)."""
    held = models.Fact.objects.filter(kind="holds", a=person, b__startswith="office:", withdrawn=None)
    today = at.date().isoformat()
    held = held.exclude(until_lo__lte=today)
    return held.order_by("since_lo").values_list("since_lo", flat=True).first() or "0001-01-01"


def _open_review(pen: Pen, person: str, rows: tuple[Weighed, ...], because: str, source: Mapping[str, str]) -> str:
    ident = pen.open()
    pen.note(
        ident,
        "review_opened",
        {
            "body.opens": {"kind": "affected", "rulebook": pen.rules.digest},
            "body.review": {"because": because, "decisions": len(rows), "since": _term_began(person, pen.at)},
            "person.review": {"person": person, **{name: value for name, value in source.items() if value}},
        },
    )
    for number, row in enumerate(rows, 1):
        enlist(pen, ident, number, row.as_listed(), ground=row.affected.sentence, person=person)
    call_reviewers(pen, ident, oversight(pen.rules))
    return ident


def enlist(
    pen: Pen, review: str, number: int, listed: Mapping[str, Any], *, ground: str, person: str, due: bool | None = None
) -> str:
    """Enters one decision in a review; its identifier there. `due` says otherwise than its weight whether one is due."""
    ident = pen.hex()
    owed = bool(listed["pivotal"] or listed["quorum_lost"] or listed["casting_vote"]) if due is None else due
    last = last_day(pen) if owed else ""
    about = {**listed, "ident": ident, "rank": number, "due": last}
    pen.note(
        review, "decision_listed", {"body.listed": about, "text.ground": ground, "person.listed": {"person": person}}
    )
    return ident


def last_day(pen: Pen) -> str:
    """The last day for a disposition that falls due today."""
    return pen.calendar.due(pen.calendar.local_day(pen.at), TO_DISPOSE).isoformat()


def call_reviewers(pen: Pen, review: str, role: Role | None) -> None:
    """Calls the seats of a body in a review that nobody of it has yet, and others where one of them was on a decision."""
    if role is None:
        return
    matter = models.Matter.objects.get(ident=review)
    taken = models.Part.objects.filter(matter=matter, role=role.id, status__in=seating.LIVE).count()
    if taken < role.seats:
        seating.call(pen, matter, role, role.seats - taken)
    if matter.kind == "affected":
        from evenhand.procedure import review_bench  # it reads the rows of a review, which come from here

        review_bench.complete(pen, matter, role)


def oversight(rules: Rulebook) -> Role | None:
    """The body from outside that looks at endings and lists; the body of last resort where there is no other."""
    outside = [role for role in rules.roles.values() if role.external and role.kind == "person"]
    other = [role for role in outside if role.id != rules.conflicts.whole_body]
    return next(iter((*other, *outside)), None)


def last_resort(rules: Rulebook) -> Role | None:
    """The body to which a decision is referred; None where the rulebook names none besides the oversight body."""
    whole, first = rules.roles.get(rules.conflicts.whole_body or ""), oversight(rules)
    return None if whole is None or (first is not None and whole.id == first.id) else whole
