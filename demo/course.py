# SPDX-License-Identifier: Apache-2.0
"""Lets one case run its course under the rulebook: the kernel says what may happen, chance and habit what does.

Everything here is lawful and in time, because every act is one that the kernel admits at that moment and the clock acts
by itself when nobody does. Faults are planted afterwards, in the open, by `faults`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from evenhand.casework.acts import MISSED, Act
from evenhand.casework.clocks import too_early
from evenhand.casework.evolving import evolve
from evenhand.casework.fits import obstacle
from evenhand.casework.lapsing import lapses, next_lapse
from evenhand.casework.matter import Matter, new_matter
from evenhand.casework.running_book import RunningBook

Weight = Callable[[str], float]
MOST_ACTS = 60


@dataclass(frozen=True)
class Done:
    """One act of a case as its file has it: what, when (local time), in which role (`clock` for a lapse)."""

    act: str
    at: datetime
    role: str


@dataclass(frozen=True)
class Course:
    """What happened in one case up to the day of the export; `outcome` is None while it is open."""

    acts: tuple[Done, ...]
    closed: date | None
    outcome: str | None
    sanctioned: bool
    decided: bool


def run_course(
    book: RunningBook, opening: str, received: date, until: datetime, weight: Weight, chance: Random
) -> Course:
    """The course of one case. `weight` says how likely an act is among those that are lawful (0: nobody does it)."""
    zone = ZoneInfo(book.rulebook.calendar.zone)
    matter, done = new_matter(book), list[Done]()
    rules = book.book.acts
    decided = silent = False

    def do(act: Act, now: Matter) -> Matter:
        nonlocal decided
        if not act.name.startswith(MISSED):
            done.append(Done(act.name, act.at.astimezone(zone).replace(tzinfo=None), act.by))
            decided = decided or rules[act.name].merits
        return evolve(book, now, act)

    at = datetime.combine(received, time(9, chance.randint(0, 59)), zone).astimezone(UTC)
    matter = do(Act(name=opening, by=rules[opening].by[0], at=at), matter)
    while not matter.over and len(done) < MOST_ACTS:
        lapse = next_lapse(book, matter)
        at = lapse.at if silent and lapse is not None else _next_moment(at, lapse, zone, chance)
        silent = False
        if at > until:
            break
        for act in lapses(book, matter, at):
            matter = do(act, matter)
        if matter.over:
            break
        name = _choose(book, matter, at, weight, chance)
        silent = name is None and not _waits(book, matter, at, weight)
        if name is not None:
            matter = do(Act(name=name, by=chance.choice(_people(book, name)), at=at), matter)
    for act in () if matter.over else lapses(book, matter, until):
        matter = do(act, matter)
    facts = book.book.facts
    last = done[-1]
    return Course(
        acts=tuple(done),
        closed=last.at.date() if matter.over else None,
        outcome=(rules[last.act].outcome or matter.stage) if matter.over else None,
        sanctioned=any(facts[fact].kind == "sanction" for fact in matter.facts),
        decided=decided,
    )


def _people(book: RunningBook, act: str) -> list[str]:
    return [role for role in book.book.acts[act].by if book.rulebook.roles[role].kind != "machine"]


def _choose(book: RunningBook, matter: Matter, at: datetime, weight: Weight, chance: Random) -> str | None:
    """One of the acts that somebody may do now, or None: nobody does anything until the clock does."""
    open_acts = [
        name
        for name, rule in book.book.acts.items()
        if name not in book.clocks_own
        and obstacle(rule, matter) is None
        and weight(name) > 0
        and not _held(book, matter, at, name)
    ]
    if not open_acts:
        return None
    # Silence has a weight of its own, so that now and then the clock must act.
    weights = [*(weight(name) for name in open_acts), 0.12]
    return chance.choices([*open_acts, None], weights)[0]


def _held(book: RunningBook, matter: Matter, at: datetime, act: str) -> bool:
    """Whether a limit makes this act wait for its day."""
    held = too_early(book, matter, act)
    return held is not None and at < book.calendar.begins(held[1])


def _waits(book: RunningBook, matter: Matter, at: datetime, weight: Weight) -> bool:
    """Whether somebody is only waiting for the day on which they may act."""
    rules = book.book.acts.items()
    return any(
        obstacle(rule, matter) is None and weight(name) > 0 and _held(book, matter, at, name) for name, rule in rules
    )


def _next_moment(at: datetime, lapse: Act | None, zone: ZoneInfo, chance: Random) -> datetime:
    """When somebody looks at the case next: some part of the time that is left, in office hours."""
    left = (lapse.at - at).total_seconds() / 86_400 if lapse is not None else 30.0
    days = max(0.0, left) * chance.betavariate(1.6, 2.4)
    moment = (at + timedelta(days=days)).astimezone(zone)
    if days >= 1:
        moment = replace_time(moment, chance)
    return max(at + timedelta(minutes=chance.randint(5, 90)), moment.astimezone(UTC))


def replace_time(moment: datetime, chance: Random) -> datetime:
    """The same day in office hours."""
    return moment.replace(hour=chance.randint(9, 16), minute=chance.randint(0, 59), second=0, microsecond=0)


def with_acts(course: Course, acts: tuple[Done, ...]) -> Course:
    """The course with other acts; a closed case closes on the day of its last act."""
    return replace(course, acts=acts, closed=acts[-1].at.date() if course.closed is not None else None)
