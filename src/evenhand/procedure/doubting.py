# SPDX-License-Identifier: Apache-2.0
"""What a new fact about a person does at once: their seats are suspended, and what they helped decide is listed.

In the transaction of the fact itself: in one order of two requests the vote is refused, in the other it is listed, never
neither. The list is seen by the oversight body alone at first (conflicts.md); silence never makes a decision stand.
"""

from datetime import datetime
from fractions import Fraction
from typing import Any

from evenhand.ballots.pivotal import Pivotal, pivotal
from evenhand.ballots.voting import Choice, Majority, Vote
from evenhand.conflicts.affected import Affected, Class, in_order
from evenhand.conflicts.grounds import bar_against
from evenhand.procedure import seating
from evenhand.procedure.pen import Pen
from evenhand.rulebook.model import Role, Rulebook, Span
from evenhand.store import books, models
from evenhand.store.opened import said
from evenhand.store.querying import query

TO_DISPOSE = Span(20, "wd")
"""By when a decision that did not stand without the person must have its disposition."""


def reconsider(pen: Pen, person: str, *, because: str, always: bool = False) -> str | None:
    """Suspends the seats that the person may not keep, and lists what they decided; the review's identifier, or None.

    Whoever became a respondent has all of it listed (`always`); after another fact the list is opened if it bars any of it.
    """
    suspend(pen, person)
    rows = doubtful(pen, person)
    if not rows or not (always or any(row.kind != "not barred" for row in rows)):
        return None
    return _open_review(pen, person, rows, because)


def suspend(pen: Pen, person: str) -> list[str]:
    """Takes a person off every seat in an open matter from which the rules bar them now; others are called (D10)."""
    off = []
    for seat in models.Part.objects.filter(person=person, kind="seat", status__in=seating.LIVE, matter__over=False):
        row = models.Matter.objects.get(ident=seat.matter_id)
        if not row.book:
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


def doubtful(pen: Pen, person: str) -> tuple[Affected, ...]:
    """Every decision of the person since their term began, each evaluated at its own instant, in the order of weight."""
    since = _term_began(person, pen.at)
    decided = models.Fact.objects.filter(kind="decided", a=person, since_lo__gte=since).order_by("since_lo", "entry")
    rows = []
    for fact in decided:
        entry = models.Entry.objects.get(id=fact.entry)
        rows.append(_one(pen, person, entry))
    return in_order(rows)


def _term_began(person: str, at: datetime) -> str:
    """The look-back where a rulebook names none: the earliest term of office that still runs (M03)."""
    held = models.Fact.objects.filter(kind="holds", a=person, b__startswith="office:", withdrawn=None)
    today = at.date().isoformat()
    held = held.exclude(until_lo__lte=today)
    return held.order_by("since_lo").values_list("since_lo", flat=True).first() or "0001-01-01"


def _one(pen: Pen, person: str, entry: models.Entry) -> Affected:
    row = models.Matter.objects.get(ident=entry.matter)
    rules = books.rules_of(row.rulebook)
    fields = said(entry, pen.organisation.keyring)
    asked: dict[str, Any] = {"person": person, "matter": row.ident, "act": "decide", "role": entry.role, "at": entry.at}
    then = bar_against(query, rules, known=entry.at, **asked)
    now = bar_against(query, rules, known=pen.at, **asked)
    kind: Class = "barred then" if then else "barred on today's knowledge" if now else "not barred"
    ground = then or now
    people = dict(models.Part.objects.filter(matter=row).values_list("pseudonym", "person"))
    cast = fields.get("body.votes", {}).get("cast") or [[entry.by, "for"]]
    weight = _weight(rules.roles[entry.role], [(people.get(by, by), choice) for by, choice in cast], person)
    sanction = fields.get("body.tariff", {}).get("sanction", "")
    return Affected(
        decision=entry.leaf,
        at=entry.at.isoformat(),
        kind=kind,
        sentence=ground.sentence if ground else "No ground of the rules of that day stood against it.",
        was=weight.was,
        without=weight.without,
        pivotal=weight.pivotal,
        could_have_been=weight.could_have_been_pivotal,
        quorum_lost=weight.quorum_lost,
        casting_vote=weight.conflicted_casting_vote,
        appeal_open=not row.over,
        graver=_rank(rules, sanction),
    )


def _weight(role: Role, cast: list[tuple[str, Choice]], person: str) -> Pivotal:
    rule = Majority(share=Fraction(role.majority, role.seats), base="entitled", at_least=True, quorum=role.majority)
    return pivotal(Vote(ballots=dict(cast), entitled=max(role.seats, len(cast)), rule=rule), [person])


def _rank(rules: Rulebook, sanction: str) -> int:
    return rules.sanctions[sanction].rank if sanction in rules.sanctions else 0


def _open_review(pen: Pen, person: str, rows: tuple[Affected, ...], because: str) -> str:
    ident = pen.open()
    pen.note(
        ident,
        "review_opened",
        {
            "body.opens": {"kind": "affected", "rulebook": pen.rules.digest},
            "body.review": {"because": because, "decisions": len(rows)},
            "person.review": {"person": person},
        },
    )
    due = pen.calendar.due(pen.calendar.local_day(pen.at), TO_DISPOSE).isoformat()
    for number, row in enumerate(rows, 1):
        listed = {
            "ident": pen.hex(), "leaf": row.decision, "rank": number, "class": row.kind, "was": row.was,
            "without": row.without, "pivotal": row.pivotal, "could_have_been": row.could_have_been,
            "quorum_lost": row.quorum_lost, "casting_vote": row.casting_vote, "due": due if row.due else "",
        }  # fmt: skip
        pen.note(
            ident,
            "decision_listed",
            {"body.listed": listed, "text.ground": row.sentence, "person.listed": {"person": person}},
        )
    matter = models.Matter.objects.get(ident=ident)
    role = oversight(pen.rules)
    if role is not None:
        seating.call(pen, matter, role, role.seats)
    return ident


def oversight(rules: Rulebook) -> Role | None:
    """The body from outside that looks at endings and lists; the body of last resort where there is no other."""
    outside = [role for role in rules.roles.values() if role.external and role.kind == "person"]
    other = [role for role in outside if role.id != rules.conflicts.whole_body]
    return next(iter((*other, *outside)), None)
