# SPDX-License-Identifier: Apache-2.0
"""A party objects to a person who holds a seat; others decide it in a small matter of its own, with reasons (D06).

Meanwhile the person does not act in the main matter: `authority.refuse_conflict` asks, and so does the counting of votes.
The window counts from the day on which the party could see the name; after it only a fact opens the way that nobody could
have known before, and it has to be said.
"""

from dataclasses import dataclass
from datetime import date, datetime

from evenhand.casework.form_reading import clean
from evenhand.casework.phrases_words import role_title
from evenhand.casework.refusal import Refused
from evenhand.casework.routes import ACTS, ASIDE, challenged_role, routes_from
from evenhand.procedure import seating
from evenhand.procedure.asking import Done
from evenhand.procedure.authority import challenges_of
from evenhand.procedure.declaring import begin
from evenhand.procedure.linking import Way, in_the_name_of, lodge_linked, ways
from evenhand.procedure.naming import name_in
from evenhand.procedure.opening import Party
from evenhand.procedure.pen import Pen
from evenhand.rulebook.calendar import Calendar
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation

WITHIN = "conflicts/challenge/within"
SAYS = {
    "gone": "This person does not hold a seat in the matter any more. See who does.",
    "once": "Your objection to this person is open already. It is ruled on with reasons; see the linked matters.",
    "late": "The time to object to this person ended on {day}. Later only on a fact that you could not have known: "
    "say which, and since when you know it.",
    "grounds": "Say why you object to this person.",
}
SEATED = ("called", "declared", "sits")


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody who holds a seat, as a party sees them: `last` is the last day to object, None while it does not run yet.

    `open` says that this party's objection to them is open already.
    """

    pseudonym: str
    person: str
    name: str
    role: str
    last: date | None
    open: bool


def way_to_challenge(row: models.Matter, part: models.Part, at: datetime) -> Way | None:
    """The way of a challenge for somebody with a part in a matter, open or not; None where the rules give them none."""
    return next((one for one in ways(row, part, at) if one.kind == "challenge"), None)


def holders_of(organisation: Organisation, row: models.Matter, part: models.Part) -> tuple[Holder, ...]:
    """Everybody who holds a seat in a matter or is called to one, as a party of it can object to them."""
    rules = books.rules_of(row.rulebook)
    seats = row.parts.filter(kind="seat", status__in=SEATED).exclude(person="").order_by("since", "rank", "pseudonym")
    mine = set(models.Part.objects.filter(person=part.person, kind="party").values_list("matter_id", flat=True))
    return tuple(
        Holder(
            pseudonym=seat.pseudonym,
            person=seat.person,
            name=name_in(organisation, seat),
            role=seat.role,
            last=_last_day(row, part, seat),
            open=any(_raised_by(one, part.person) for one in challenges_of(row, seat.person) if one.ident in mine),
        )
        for seat in seats
        if rules.roles[seat.role].kind == "person"
    )


def _raised_by(challenge: models.Matter, person: str) -> bool:
    first = models.Entry.objects.filter(matter=challenge.ident, n=1).values_list("by", flat=True).first()
    return challenge.parts.filter(person=person, pseudonym=first).exists()


def _last_day(row: models.Matter, part: models.Part, seat: models.Part) -> date | None:
    """The window counts from the day on which the seat was taken and the party knew of the matter, whichever came later."""
    rules = books.rules_of(row.rulebook)
    within = rules.conflicts.challenge_within
    taken = models.Fact.objects.filter(kind="holds", a=seat.person, b=f"role:{row.ident}:{seat.role}")
    day = taken.order_by("since_lo").values_list("since_lo", flat=True).first()
    if within is None or day is None:
        return None
    calendar = Calendar(rules.calendar)
    known = calendar.local_day(part.since)
    if part.role == "respondent":
        told = models.Fact.objects.filter(kind="open", a=f"matter:{row.ident}", b="admitted")
        since = told.order_by("since_lo").values_list("since_lo", flat=True).first()
        known = max(known, date.fromisoformat(since)) if since else known
    return calendar.due(max(date.fromisoformat(day), known), within)


def object_to(
    organisation: Organisation,
    main: str,
    person: str,
    pseudonym: str,
    *,
    grounds: str,
    late: str = "",
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A party objects to whoever holds the seat `pseudonym` of the matter `main`; the new matter's identifier comes back.

    `late` is the fact that they could not have known, and since when they know it; it is needed once the window is over.
    `NotYours` without a part; `Refused` where there is no such seat, no such way, too late, or an objection open already.
    """

    def go(pen: Pen, row: models.Matter, part: models.Part) -> Done:
        way, holder = _checked(pen, row, part, pseudonym, clean(grounds), clean(late))
        role = challenged_role(way.rules, way.route.book)
        who = f"{holder.name}, {role_title(holder.role).lower()}"
        given = {"grounds": clean(grounds), "person": who}
        carries = {item: value for item, value in given.items() if item in _carried(way)}
        return lodge_linked(
            pen, row, part, way, carries, key=key,
            parties=[Party(role=role, person=holder.person)] if role else [],
            more={"text.late": clean(late)} if late.strip() else {},
        )  # fmt: skip

    return in_the_name_of(
        organisation, main, person, _rule_of(main), go, at=at, chance=chance, key=key, sealing=sealing
    )


def _rule_of(main: str) -> str:
    row = models.Matter.objects.filter(ident=main).exclude(book="").first()
    routes = routes_from(books.rules_of(row.rulebook), row.book) if row is not None else ()
    return next((f"{one.book}.{one.act}" for one in routes if one.kind == "challenge"), "challenge.unknown")


def _carried(way: Way) -> tuple[str, ...]:
    return way.rules.books[way.route.book].acts[way.route.act].carries


def _checked(
    pen: Pen, row: models.Matter, part: models.Part, pseudonym: str, grounds: str, late: str
) -> tuple[Way, Holder]:
    way = way_to_challenge(row, part, pen.at)
    if way is None or part.role not in way.rules.conflicts.challenge_by:
        raise Refused("conflicts/challenge/by", "The rules give your part in this matter no way to object to a person.")
    if way.why is not None:
        raise Refused(way.why.rule, way.why.sentence)
    holder = next((one for one in holders_of(pen.organisation, row, part) if one.pseudonym == pseudonym), None)
    if holder is None:
        raise Refused("conflicts/challenge", SAYS["gone"])
    if holder.open:
        raise Refused("conflicts/challenge", SAYS["once"])
    if not grounds.strip():
        raise Refused("conflicts/challenge", SAYS["grounds"])
    today = Calendar(way.rules.calendar).local_day(pen.at)
    if holder.last is not None and today > holder.last and not late.strip():
        raise Refused(WITHIN, SAYS["late"].format(day=holder.last.isoformat()))
    return way, holder


def ruled(pen: Pen, challenge: models.Matter, act: str) -> None:
    """What follows in the main matter from an act of its challenge, in the same transaction.

    Whoever stands aside loses the seat at once, and another is called; so does whoever nobody ruled on before the challenge
    was handed over, since silence lets nobody act. Whoever may act does so again when the challenge is over.
    """
    book = books.running(challenge.rulebook, challenge.book).book
    rule = book.acts.get(act)
    aside = rule is not None and rule.merits and rule.outcome == ASIDE
    unruled = challenge.over and book.stages[challenge.stage].handover and challenge.outcome not in (ASIDE, ACTS)
    if not aside and not unruled:
        return
    role = challenged_role(books.rules_of(challenge.rulebook), challenge.book)
    for person in challenge.parts.filter(role=role).exclude(person="").values_list("person", flat=True):
        _pass_on(pen, challenge.names, person, "a challenge was upheld" if aside else "a challenge was not ruled on")


def _pass_on(pen: Pen, main: str, person: str, why: str) -> None:
    theirs = begin(pen.organisation, main, at=pen.at, chance=pen.chance)
    seat = models.Part.objects.filter(matter_id=main, person=person, kind="seat", status__in=SEATED).first()
    if seat is None or models.Matter.objects.get(ident=main).over:
        return  # they have left it already
    theirs.note(main, "seat_passed", {"body.seat": {"pseudonym": seat.pseudonym, "why": why}})
    seating.fill(theirs, main)
