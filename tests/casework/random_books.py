# SPDX-License-Identifier: Apache-2.0
"""Small random books, well formed and otherwise as foolish as they come, and random histories under them."""

from datetime import date, datetime, timedelta

from hypothesis import reject
from hypothesis import strategies as st

from evenhand.casework.acts import Act
from evenhand.casework.deciding import decide
from evenhand.casework.evolving import evolve, replay
from evenhand.casework.lapsing import after_lapses, lapses
from evenhand.casework.lawful import lawful_now
from evenhand.casework.matter import Matter, new_matter
from evenhand.casework.running_book import Endless, RunningBook
from evenhand.rulebook.model import START, Book, CalendarRule, Clock, Fact, Limit, Span, Stage
from evenhand.rulebook.model import Act as Rule
from tests.casework.conftest import a_rulebook, at, named, request

FACTS = ("f0", "f1", "f2")
PEOPLE = ("member", "respondent", "officer", "panel")
BEGINS = at("2026-03-20")
A_FEW_FACTS = st.sets(st.sampled_from(FACTS), max_size=2).map(sorted).map(tuple)
RARELY_FACTS = st.one_of(st.just(()), st.just(()), A_FEW_FACTS)
SPANS = st.builds(Span, st.sampled_from([0, 1, 1, 2, 3, 5, 8]), st.sampled_from(["d", "wd"]))
LONGER = st.none() | st.builds(Span, st.integers(1, 4), st.sampled_from(["d", "wd"]))
WAITS = st.builds(lambda days, hours: timedelta(days=days, hours=hours), st.integers(0, 9), st.integers(0, 23))


@st.composite
def calendars(draw: st.DrawFn) -> CalendarRule:
    """A calendar rule with holidays in the weeks that the histories run through."""
    closed = draw(st.sets(st.integers(0, 40), max_size=6))
    return CalendarRule(
        zone=draw(st.sampled_from(["Europe/London", "Europe/Rome", "Pacific/Auckland"])),
        holidays=tuple(sorted(date(2026, 3, 20) + timedelta(days=n) for n in closed)),
        day_one=draw(st.sampled_from(["next day", "next day", "same day"])),
        ends=draw(st.sampled_from(["23:59", "17:00"])),
        roll=draw(st.booleans()),
        service={"portal": Span(0, "d"), "post": Span(2, "wd")},
    )


@st.composite
def rules(draw: st.DrawFn, id_: str, by: tuple[str, ...], open_stages: list[str], at_least: str | None = None) -> Rule:
    """One act; `at_least` names a stage that it can be done in."""
    stages = draw(st.sets(st.sampled_from(open_stages), min_size=1)) | ({at_least} if at_least else set())
    return Rule(
        id=id_,
        stages=tuple(sorted(stages)),
        to=draw(st.none() | st.sampled_from([*open_stages, *open_stages, "end"])),
        by=by,
        needs=draw(RARELY_FACTS),
        unless=draw(RARELY_FACTS),
        sets=draw(RARELY_FACTS),
        clears=draw(RARELY_FACTS),
        max=draw(st.sampled_from([None, None, 1, 2])),
        days=draw(LONGER),
        carries=draw(st.sampled_from([(), (), ("reasons",), ("notice",), ("reasons", "receipt")])),
    )


@st.composite
def books(draw: st.DrawFn) -> RunningBook:
    """A running book of one to four open stages; those whose clock would go round at one instant are left out."""
    open_stages = [f"s{n}" for n in range(draw(st.integers(1, 4)))]
    acts = [Rule(id="open", stages=(START,), to="s0", by=("member",), sets=draw(RARELY_FACTS))]
    for n in range(draw(st.integers(1, 5))):
        by = tuple(sorted(draw(st.sets(st.sampled_from(PEOPLE), min_size=1, max_size=2))))
        acts.append(draw(rules(f"p{n}", by, open_stages)))
    stages = []
    for name in open_stages:
        then = [f"{name}c{n}" for n in range(draw(st.integers(0, 2)))]
        acts += [draw(rules(act, ("clock",), open_stages, name)) for act in then]
        clears = draw(RARELY_FACTS)
        then += draw(st.sampled_from([[], [], ["side"]]))  # what a limit makes the clock do may be a stage's act too
        stages.append(Stage(id=name, clock=Clock(draw(SPANS), tuple(then)) if then else None, clears=clears))
    measure = (draw(st.sampled_from(FACTS)),)
    ends = Rule(id="side", stages=tuple(open_stages), by=("clock",), needs=measure, clears=measure)
    names = st.sampled_from([act.id for act in acts])
    limits = [
        Limit(
            id=f"l{n}",
            start=tuple(sorted(draw(st.sets(names, min_size=1, max_size=3)))),
            stop=tuple(sorted(draw(st.sets(names, max_size=2)))),
            kind=draw(st.sampled_from(["within", "within", "exactly", "at_least"])),
            span=draw(SPANS),
            then=draw(st.sampled_from([None, "side"])),
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    facts = [Fact(id=name, kind="step", at_start=draw(st.booleans())) for name in FACTS]
    book = Book(
        id="random", facts=named(facts), stages=named([*stages, Stage(id="end", end=True, clears=draw(RARELY_FACTS))]),
        acts=named([*acts, ends]), limits=named(limits),
    )  # fmt: skip
    try:
        return RunningBook(a_rulebook(book, calendar=draw(calendars())), "random")
    except Endless:
        reject()


def choices(book: RunningBook, matter: Matter, when: datetime) -> list[tuple[str, str]]:
    """Every (role, act) that the kernel calls lawful at this moment."""
    people = [role.id for role in book.rulebook.roles.values() if role.kind != "machine"]
    return [(role, act) for role in people for act in lawful_now(book, matter, role, when)]


@st.composite
def histories(draw: st.DrawFn, of: RunningBook | None = None) -> tuple[RunningBook, list[Act], datetime]:
    """A book, what was done under it, and the moment up to which it has been watched."""
    book = draw(books()) if of is None else of
    acts, matter, now = list[Act](), new_matter(book), BEGINS
    for _ in range(draw(st.integers(1, 9))):
        open_now = choices(book, matter, now)
        if open_now:
            role, name = draw(st.sampled_from(open_now))
            for act in decide(book, matter, request(book, name, role, now), now):
                acts.append(act)
                matter = evolve(book, matter, act)
        now += draw(WAITS)
        done, matter = after_lapses(book, matter, now) if draw(st.booleans()) else ((), matter)
        acts += done
    return book, [*acts, *lapses(book, replay(book, acts), now)], now
