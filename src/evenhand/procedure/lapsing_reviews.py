# SPDX-License-Identifier: Apache-2.0
"""What the clock does in a review: a decision still open on its last day is referred, and silence makes none of them stand.

A lapse is dated to the day on which it was due, whoever looks and whenever: after a month without a worker it is the same.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime

from django.db import transaction

from evenhand.procedure import seating, telling
from evenhand.procedure.authority import locked
from evenhand.procedure.doubting import call_reviewers, enlist, last_day, last_resort
from evenhand.procedure.pen import Pen
from evenhand.procedure.review_rows import Row, row_of, rows_of, source_of
from evenhand.store import books, models, rows
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation

BY_CLOCK = "Nobody recorded what becomes of this decision by its last day, so it is referred; silence never makes a decision stand."
AGREE = 2
"""So many have to be there to settle anything."""
TOLD = "An earlier decision in this matter is looked at by others, because the time to look at it has passed without a result."


def lapse_reviews(organisation: Organisation, *, at: datetime, chance: Chance) -> int:
    """Hands on every decision whose last day has passed, in every review; returns how many. Each review in its own transaction."""
    now, referred = at.astimezone(UTC), 0
    waiting = rows.column(models.Affected, "review_id", due__gt="", due__lte=now.date().isoformat(), disposition="")
    late = rows.column(models.Matter, "ident", ident__in=sorted(set(waiting)), over=False) if waiting else []
    for ident in sorted(late):
        with transaction.atomic():
            row = locked(ident)
            referred += enter_owed(Pen(organisation, max(now, row.last), chance), row)
    return referred


def enter_owed(pen: Pen, review: models.Matter) -> int:
    """Enters what the clock owes in a review that is locked; returns how many decisions were handed on.

    What lies before the body of last resort goes to other people of it; where nobody is left, it stays open, and late,
    until somebody decides.
    """
    calendar = books.calendar_of(books.rules_of(review.rulebook))
    if last_resort(books.rules_of(review.rulebook)) is None:
        return 0
    owed = [
        row
        for row in rows_of(pen.organisation, review)
        if row.open and row.listed.due and calendar.ends(date.fromisoformat(row.listed.due)) <= pen.at
    ]
    if review.names:
        return _to_others(pen, review, owed)
    for row in sorted(owed, key=lambda one: (one.listed.due, one.listed.rank)):
        about = {"ident": row.listed.ident, "disposition": "referred", "by": [], "clock": True}
        due = calendar.ends(date.fromisoformat(row.listed.due))
        pen.note(review.ident, "disposition_recorded", {"body.disposition": about, "text.reasons": BY_CLOCK}, due=due)
    for row in owed:
        telling.tell(pen, row.matter, row.entry, TOLD)
    if owed:
        refer(pen, review, owed)
        after_disposing(pen, review)
    return len(owed)


def _to_others(pen: Pen, review: models.Matter, owed: Sequence[Row]) -> int:
    """The seats that let the last day pass go to others of the same body, who have the whole time again."""
    body = last_resort(books.rules_of(review.rulebook))
    if body is None or not owed or seating.others(pen, review, body) < AGREE:
        return 0
    for seat in review.parts.filter(kind="seat", status__in=seating.LIVE).order_by("pseudonym"):
        about = {"pseudonym": seat.pseudonym, "why": "nothing was recorded in time"}
        pen.note(review.ident, "seat_passed", {"body.seat": about})
    for row in owed:
        make_due(pen, row, because="nobody decided")
    call_reviewers(pen, review.ident, body)
    return len(owed)


def refer(pen: Pen, review: models.Matter, rows: Sequence[Row]) -> None:
    """Hands decisions over to the body of last resort: a review of its own, with what was entered about each of them."""
    over = models.Matter.objects.filter(kind=review.kind, names=review.ident, over=False).first()
    ident = over.ident if over is not None else _open_over(pen, review, rows)
    already = models.Affected.objects.filter(review_id=ident).count()
    for number, row in enumerate(rows, already + 1):
        about = {name: value for name, value in row.about.items() if name not in ("ident", "rank", "due")}
        enlist(pen, ident, number, about, ground=row.says.get("text.ground", ""), person=row.listed.person, due=True)
    call_reviewers(pen, ident, last_resort(books.rules_of(review.rulebook)))


def _open_over(pen: Pen, review: models.Matter, rows: Sequence[Row]) -> str:
    source = source_of(pen.organisation, review)
    ident = pen.open()
    pen.note(
        ident,
        "review_opened",
        {
            "body.opens": {"kind": review.kind, "rulebook": review.rulebook, "names": review.ident},
            "body.review": {
                "because": "handed over by the first reviewers",
                "decisions": len(rows),
                "since": source.get("since", ""),
            },
            "person.review": {name: source[name] for name in ("person", "case", "fact") if name in source},
        },
    )
    return ident


def make_due(pen: Pen, row: Row, *, because: str) -> None:
    """A disposition of a decision that needed none falls due, because somebody asked or took it up; a closed review opens."""
    about = {"ident": row.listed.ident, "due": last_day(pen), "because": because}
    pen.note(row.review.ident, "decision_due", {"body.due": about})
    row.listed.due = about["due"]


def after_disposing(pen: Pen, review: models.Matter) -> None:
    """Closes a review when no decision that is due is open (D11)."""
    rows = models.Affected.objects.filter(review=review)
    if rows.exclude(due="").filter(disposition="").exists():
        return
    counts = Counter(rows.exclude(disposition="").values_list("disposition", flat=True))
    about = {"listed": rows.count(), "disposed": dict(sorted(counts.items()))}
    pen.note(review.ident, "review_closed", {"body.closed": about})


def asked_by_a_party(pen: Pen, decision: models.Entry) -> Sequence[str]:
    """Makes a listed decision due because a party of it asked; the reviews in which it is."""
    found = []
    for one in models.Affected.objects.filter(decision=decision.id, disposition="", due="").order_by("review_id"):
        review = locked(one.review_id)
        row = row_of(pen.organisation, review, one.ident)
        if row is not None:
            make_due(pen, row, because="a party asked")
            call_reviewers(pen, review.ident, row.body)
            found.append(review.ident)
    return found
