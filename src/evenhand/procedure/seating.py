# SPDX-License-Identifier: Apache-2.0
"""Fills the seats that a matter needs next: by lot or by rota, from who holds the office and is not in conflict.

A seat is needed when an act that its role could do is open. Who is barred is left out before anybody is called and is told
nothing (D01); who is called sees a conflict sheet and declares before they see any content (D02).
"""

from collections import Counter
from collections.abc import Callable

from evenhand.ballots.draw import may_draw, order
from evenhand.casework.fits import obstacle
from evenhand.casework.running_book import RunningBook
from evenhand.conflicts.grounds import conflicts_of, unbarred
from evenhand.procedure.authority import bench_for, judge_of, pool_of, waiting_on
from evenhand.procedure.flagging import flag
from evenhand.procedure.pen import Pen
from evenhand.procedure.retaliation import handled_the_first, judged_with_them
from evenhand.rulebook.model import Role, Span
from evenhand.store import books, models, rows, states
from evenhand.store.querying import query

LIVE = ("called", "declared", "sits")
TO_DECLARE = Span(2, "wd")
"""How long a seat waits for the declaration of whoever is called before it passes on (D02)."""
TO_RULE = Span(5, "wd")
"""How long whoever has to be ruled on waits for it; then the seat passes on (D03). The judge may have to be called first."""
ASSIGN = "assign"
"""The name under which the conflict rules ask whether somebody can be given a seat."""

ASKED_FOR = ("procedure.ruling_asked", "procedure.pool_flagged")
"""Entries in a matter by which the judge of challenges is called to it."""
ALLEGED = "procedure.fact_recorded"


def fill(pen: Pen, matter: str) -> None:
    """Calls people to every seat that the matter needs now and that is empty."""
    row = rows.one(models.Matter, ident=matter)
    if row.kind == "affected" and not row.over:
        from evenhand.procedure import review_bench  # it calls people by this module

        review_bench.fill(pen, row)
    if row.over or not row.state:
        return
    book = books.running(row.rulebook, row.book)
    taken = Counter(rows.column(models.Part, "role", matter_id=row.ident, status__in=LIVE))
    for role in needed(book, row):
        if taken[role.id] < role.seats:
            call(pen, row, role, role.seats - taken[role.id])
    judge = judge_of(pen.rules)
    if judge is not None and _judge_is_due(pen, row, judge):
        call(pen, row, judge, judge.seats)


def _judge_is_due(pen: Pen, row: models.Matter, judge: Role) -> bool:
    """Whether the judge of challenges is called to a matter: asked for, told of a pool, or nobody else can rule (D03, M02)."""
    seats = rows.rows(models.Part, matter_id=row.ident, kind="seat")
    if any(seat.role == judge.id and seat.status in LIVE for seat in seats):
        return False
    entries = rows.values(models.Entry, ("rule", "id"), matter=row.ident, rule__in=(ALLEGED, *ASKED_FOR))
    if any(rule in ASKED_FOR for rule, _ in entries):
        return True
    alleged = [ident for _, ident in entries]
    if alleged and rows.any_row(models.Fact, status="potential", withdrawn=None, entry__in=alleged):
        return True
    waiting = (seat for seat in seats if seat.status == "declared" or (seat.status == "sits" and seat.until))
    return any(bench_for(pen, row, seat).judge for seat in waiting)


def unsettled(pen: Pen, row: models.Matter, seat: models.Part) -> None:
    """Enters that something has to be ruled on about somebody who sits, by when, and calls whoever can rule (D03)."""
    if seat.status != "sits" or seat.until:
        return
    waits = sorted({one.category for one in waiting_on(pen, row, seat) if one.silences})
    if not waits:
        return
    until = pen.calendar.due(pen.calendar.local_day(pen.at), TO_RULE).isoformat()
    about = {"pseudonym": seat.pseudonym, "role": seat.role, "until": until, "waits": waits}
    pen.note(row.ident, "ruling_due", {"body.seat": about})
    fill(pen, row.ident)


def needed(book: RunningBook, row: models.Matter) -> list[Role]:
    """The roles of people that could act in the matter as it stands, in the order of the rulebook."""
    state = states.of_data(row.state)
    open_to = {by for act in book.book.acts.values() if obstacle(act, state) is None for by in act.by}
    return [role for role in book.rulebook.roles.values() if role.kind == "person" and role.id in open_to]


def call(
    pen: Pen, row: models.Matter, role: Role, number: int, *, fit: Callable[[str], bool] = lambda person: True
) -> int:
    """Calls so many people to seats of a role, from its pool and then from the rulebook's substitutes; how many were found.

    `fit` says who of them can be called for what has to be done there.
    """
    found = 0
    sources = _sources(pen, role)
    for source in sources:
        free = [person for person in able(pen, row, role, source) if fit(person)]
        missing = number - found
        if not free or ("lot" in role.chosen and not may_draw(len(free), missing) and source != sources[-1]):
            continue  # with so few left a lot decides nothing: the substitutes sit (S13)
        chosen = _by_lot(pen, row, role, free) if "lot" in role.chosen else _by_rota(free)
        if source != role.id:
            pen.note(row.ident, "body_replaced", {"body.body": {"role": role.id, "by": source}})
        for place, person in enumerate(chosen[: number - found], 1):
            _call_one(pen, row, role, person, place)
            found += 1
        if found == number:
            break
    return found


def others(pen: Pen, row: models.Matter, role: Role) -> int:
    """How many people could still be called to a role in this matter, from wherever."""
    return len({person for source in _sources(pen, role) for person in able(pen, row, role, source)})


def _sources(pen: Pen, role: Role) -> list[str]:
    # The rulebook's order: the role's own pool, its substitutes, and at last the body of last resort (D08).
    named = [name for name in (role.id, role.substitutes, pen.rules.conflicts.whole_body) if name in pen.rules.roles]
    return list(dict.fromkeys(name for name in named if name))


def able(pen: Pen, row: models.Matter, role: Role, source: str) -> list[str]:
    """Who of a pool can take a seat of the role in this matter: not in it already, and not barred for the role.

    Nor is anybody who handles the matter against which a marked one may be directed (M05).
    """
    here = _people_of([row.ident]) | handled_the_first(row)
    everybody = pool_of(pen, source)
    pool = [person for person in everybody if person not in here]
    if not pool:
        return []
    off = set(rows.column(models.Part, "person", matter_id=row.ident, status="suspended"))
    asked = [person for person in everybody if person not in here or person in off]
    found = conflicts_of(
        query, pen.rules, persons=asked, matter=row.ident, act=ASSIGN, role=role.id, at=pen.at, known=pen.at
    )
    free = list(unbarred(pool, found))
    judge = judge_of(pen.rules)
    if judge is not None and judge.id == role.id:  # nobody could rule on the judge: another one is called
        waiting = {one.person for one in found if one.waits}
        free = [person for person in free if person not in waiting]
    else:
        flag(pen, row, role, source, len(asked), found)
    colleagues = judged_with_them(row) if row.book else frozenset[str]()
    free = [person for person in free if person not in colleagues] or free  # where nobody else is left, they do
    before = _people_of(_named_by(row)) if row.names else set()
    others = [person for person in free if person not in before]
    return others if others or not before or judges(row, role) else free


def _people_of(matters: list[str]) -> set[str]:
    return set(rows.column(models.Part, "person", matter_id__in=matters)) - {""}


def _named_by(row: models.Matter) -> list[str]:
    """The matters that this one looks at: the one it names, the one which that names, and so on."""
    found: list[str] = []
    while row is not None and row.names and row.names not in found:
        found.append(row.names)
        row = models.Matter.objects.filter(ident=row.names).first()  # type: ignore[assignment]
    return found


def judges(row: models.Matter, role: Role) -> bool:
    """Whether the role decides in this book: then nobody sits in it who had a part in what is looked at (G02, D06)."""
    acts = books.running(row.rulebook, row.book).book.acts.values() if row.book else ()
    return any(role.id in act.by and (act.merits or act.adverse or act.outcome or act.measure) for act in acts)


def _by_rota(free: list[str]) -> list[str]:
    """Whoever has the fewest seats in open matters comes first."""
    held = dict.fromkeys(free, 0)
    for person in models.Part.objects.filter(person__in=free, status__in=LIVE, matter__over=False).values_list(
        "person", flat=True
    ):
        held[person] += 1
    return sorted(free, key=lambda person: (held[person], person))


def _by_lot(pen: Pen, row: models.Matter, role: Role, free: list[str]) -> list[str]:
    """The order of the lot (VRS): anybody who has the entry can draw it again. No outside beacon is used, and it says so."""
    label = {pen.hex(): person for person in free}
    beacon = pen.chance(32)
    newest = next(iter(rows.column(models.Entry, "leaf", matter=row.ident, order=("-n",), most=1)), "")
    drawn = [one.label for one in order(bytes.fromhex(newest), beacon, sorted(label))]
    pen.note(
        row.ident,
        "draw_made",
        {
            "body.draw": {
                "role": role.id,
                "method": "vrs",
                "salt": newest,
                "beacon": beacon.hex(),
                "source": "random bytes of the organisation, without an outside beacon",
                "pool": sorted(label),
                "order": drawn,
            },
            "person.pool": label,
        },
    )
    return [label[one] for one in drawn]


def _call_one(pen: Pen, row: models.Matter, role: Role, person: str, place: int) -> None:
    until = pen.calendar.due(pen.calendar.local_day(pen.at), TO_DECLARE).isoformat()
    part = {
        "pseudonym": pen.hex(),
        "person": person,
        "role": role.id,
        "kind": "seat",
        "status": "called",
        "rank": place,
        "until": until,
    }
    entry = pen.note(
        row.ident,
        "seat_called",
        {"body.seat": {"pseudonym": part["pseudonym"], "role": role.id, "until": until}, "person.parts": [part]},
    )
    pen.later("called", entry, person=person, matter=row.ident)


def vacate_before_a_second_hearing(pen: Pen, matter: str, role: str) -> None:
    """Whoever decided before does not hear it again: their seats pass on, and others are called (G02)."""
    for seat in models.Part.objects.filter(matter_id=matter, role=role, status__in=LIVE):
        pen.note(matter, "seat_passed", {"body.seat": {"pseudonym": seat.pseudonym, "why": "decided in it before"}})


def leave_to_others(pen: Pen, matter: str) -> None:
    """In a marked matter whoever handles the first one gives up their seat at once, and others are called (M05)."""
    row = models.Matter.objects.get(ident=matter)
    people = handled_the_first(row)
    for seat in row.parts.filter(kind="seat", status__in=LIVE, person__in=people):
        # The parties read this, and would learn from a reason that there is another matter.
        pen.note(matter, "seat_passed", {"body.seat": {"pseudonym": seat.pseudonym, "why": "others take over"}})
    if people:
        fill(pen, matter)
