# SPDX-License-Identifier: Apache-2.0
"""Plays the scripts through the kernel: what was done, what the clock did, what was refused, in order of time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from demo.club_people import Club
from demo.club_scripts import SCRIPTS, Script, Step
from evenhand.casework.acts import Act, Request
from evenhand.casework.deciding import decide
from evenhand.casework.evolving import evolve
from evenhand.casework.lapsing import lapses
from evenhand.casework.matter import Matter, new_matter
from evenhand.casework.refusal import Refused
from evenhand.casework.running_book import RunningBook

TEXTS = (
    "At the slip, before the evening outing, in front of the juniors.",
    "The launch was not manned and the light of the four was out.",
    "It was said twice, and three people heard it.",
    "Der Steg war gesperrt, und trotzdem wurde abgelegt.",
    "Nothing milder was asked for, and nothing milder was offered.",
)
"""What free text says where a script has nothing of its own; some of it is not English, as in life."""


@dataclass(frozen=True)
class Happening:
    """One thing that becomes an entry: in which case, what, when, in which role, by whom (None for the clock).

    `kind` is the type of the entry; `of` is the number in its matter of the entry that a correction or erasure concerns.
    `parties` are the names of complainant and respondent.
    """

    case: int
    kind: str
    act: str
    at: datetime
    role: str
    actor: str | None
    carries: Mapping[str, Any] = field(default_factory=dict)
    refusal: Mapping[str, str] = field(default_factory=dict)
    of: int = 0
    parties: tuple[str, str] = ("", "")


@dataclass
class Case:
    """One case while it is played: its parties, its seats, and where its matter stands."""

    number: int
    script: Script
    complainant: str
    respondent: str
    matter: Matter
    chance: Random
    seats: dict[str, str] = field(default_factory=dict)

    def happening(self, kind: str, act: str, at: datetime, role: str, actor: str | None, **more: Any) -> Happening:
        """Something that happens in this case."""
        return Happening(self.number, kind, act, at, role, actor, parties=(self.complainant, self.respondent), **more)


def year_of(book: RunningBook, club: Club, first: date, until: datetime, *, seed: str) -> list[Happening]:
    """Everything that happens from the first day until an instant, in order of time."""
    found: list[Happening] = []
    for number, script in enumerate(SCRIPTS):
        chance = Random(f"{seed} case {number}")
        complainant, respondent = chance.sample(club.members, 2)
        case = Case(number, script, complainant, respondent, new_matter(book), chance)
        found += _play(book, club, case, first + timedelta(days=script.begins), until)
    return sorted(found, key=lambda one: one.at)


def _play(book: RunningBook, club: Club, case: Case, day: date, until: datetime) -> Iterator[Happening]:
    zone = ZoneInfo(book.rulebook.calendar.zone)
    at = datetime.combine(day, time(9, case.chance.randint(0, 59)), zone).astimezone(UTC)
    for step in case.script.steps:
        at = _later(book, at, step.after, zone, case.chance)
        if at > until:
            break
        yield from (_clocks(case, act) for act in _evolved(book, case, lapses(book, case.matter, at)))
        if step.act:
            yield _step(book, club, case, step, at)
    yield from (_clocks(case, act) for act in _evolved(book, case, lapses(book, case.matter, until)))


def _step(book: RunningBook, club: Club, case: Case, step: Step, at: datetime) -> Happening:
    actor = _actor(club, case, step.role)
    if step.kind in ("correction", "erasure"):
        kind = {"correction": "correction", "erasure": "erasure.performed"}[step.kind]
        return case.happening(kind, step.act, at, step.role, actor, of=step.of)
    carries = _carries(book, club, case, step, at)
    try:
        acts = decide(book, case.matter, Request(act=step.act, by=step.role, carries=carries), at)
    except Refused as refusal:
        if step.kind != "refused":
            raise
        why = {"rule": refusal.rule, "sentence": refusal.sentence}
        return case.happening("act.refused", step.act, at, step.role, actor, refusal=why)
    if step.kind == "refused" or len(acts) != 1:
        raise ValueError(f"The script of case {case.number} expects a refusal of {step.act}, and it was lawful.")
    _evolved(book, case, acts)
    return case.happening("act", step.act, at, step.role, actor, carries=acts[0].carries)


def _evolved(book: RunningBook, case: Case, acts: tuple[Act, ...]) -> tuple[Act, ...]:
    for act in acts:
        case.matter = evolve(book, case.matter, act)
    return acts


def _clocks(case: Case, act: Act) -> Happening:
    return case.happening("act", act.name, act.at, "clock", None, carries=act.carries)


def _later(book: RunningBook, at: datetime, days: int, zone: ZoneInfo, chance: Random) -> datetime:
    """So many working days later, at some time in the afternoon or evening; later on the same day for none."""
    local = at.astimezone(zone)
    day = local.date()
    for _ in range(days):
        day += timedelta(days=1)
        while not book.calendar.is_working(day):
            day += timedelta(days=1)
    if day == local.date():
        return at + timedelta(minutes=chance.randint(20, 90))
    return datetime.combine(day, time(chance.randint(12, 21), chance.randint(0, 59)), zone).astimezone(UTC)


def _actor(club: Club, case: Case, role: str) -> str:
    """Who acts in a role: the party itself, an officer for the club, and otherwise one person for the whole case."""
    if role in ("complainant", "respondent"):
        return str(getattr(case, role))
    role = "officer" if role == "club" else role
    if role not in case.seats:
        free = [name for name in club.pool(role) if name not in case.seats.values()]
        case.seats[role] = case.chance.choice(free)
    return case.seats[role]


def _carries(book: RunningBook, club: Club, case: Case, step: Step, at: datetime) -> dict[str, Any]:
    """Everything that the act has to carry; what the script gives for a day is a number of days from this one."""
    chance, day, given = case.chance, book.calendar.local_day(at), dict(step.carries)
    made: dict[str, Any] = {}
    for item in book.book.acts[step.act].carries:
        if item == "expiry":
            made[item] = (day + timedelta(days=given[item])).isoformat()
        elif item == "receipt":
            received = day + timedelta(days=given[item])
            made[item] = {"received": received.isoformat(), "entered": day.isoformat()}
        else:
            made[item] = given.get(item) or _item(club, case, step, item, day, chance)
    return made


def _item(club: Club, case: Case, step: Step, item: str, day: date, chance: Random) -> Any:
    match item:
        case "danger":
            return {"danger": False, "unsafe_to_tell": False}
        case "notice":
            return {"how": chance.choice(("portal", "hand"))}
        case "clauses":
            return [case.script.clause]
        case "evidence":
            return [f"sha256:{chance.randbytes(32).hex()}"]
        case "finding":
            return {case.script.clause: "found"}
        case "tariff":
            return {"sanction": case.script.sanction, "clause": case.script.clause}
        case "vote":
            return {"for": 3, "against": 0}
        case "hearing":
            return {"date": (day + timedelta(days=0 if step.act == "hear" else 20)).isoformat(), "place": "boathouse"}
        case "consent":
            return [case.complainant] if step.act == "agree" else [case.respondent]
        case "person":
            return chance.choice(club.neighbours)
    return chance.choice(TEXTS)
