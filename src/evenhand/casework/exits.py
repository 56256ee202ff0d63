# SPDX-License-Identifier: Apache-2.0
"""How a matter leaves a stage: by which acts of people, in whose hands it lies, and whether silence ends it there."""

from collections.abc import Iterable

from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import START, Act


def exits(book: RunningBook, stage: str) -> tuple[Act, ...]:
    """The acts of people that lead from this stage to another, in the order of the text, whatever they need."""
    return tuple(act for act in acts_in(book, stage) if act.to not in (None, stage))


def acts_in(book: RunningBook, stage: str) -> tuple[Act, ...]:
    """The acts of people that are done in this stage, whatever they need."""
    return tuple(act for act in book.book.acts.values() if stage in act.stages and act.id not in book.clocks_own)


def office_exits(book: RunningBook, stage: str) -> tuple[Act, ...]:
    """Those exits that an office takes and that are no call from outside for a second look."""
    calls = call_ins(book)
    return tuple(act for act in exits(book, stage) if act.id not in calls and offices(book, act))


def who_has(book: RunningBook, stage: str) -> tuple[str, ...]:
    """The roles in whose hands the matter lies in this stage: who must take it on; parties where no office can."""
    office = office_exits(book, stage)
    if office:
        return _once(role for act in office for role in offices(book, act))
    leaving = [act for act in exits(book, stage) if act.id not in call_ins(book)]
    return _once(role for act in leaving or acts_in(book, stage) for role in act.by if not _machine(book, role))


def who_frames(book: RunningBook) -> tuple[str, ...]:
    """The roles that may say which rules a complaint is about (A07); none in a book of objections, motions or reviews."""
    return _once(role for act in book.book.acts.values() if "clauses" in act.carries for role in offices(book, act))


def offices(book: RunningBook, act: Act) -> tuple[str, ...]:
    """The roles of this act that are neither parties nor the clock."""
    return tuple(role for role in act.by if book.rulebook.roles[role].kind == "person")


def parties(book: RunningBook, act: Act) -> tuple[str, ...]:
    """The roles of this act that are parties."""
    return tuple(role for role in act.by if book.rulebook.roles[role].kind == "party")


def appeals_of(book: RunningBook, *, measures: bool) -> frozenset[str]:
    """The acts of this book that appeal against something: against an interim measure, or against anything else."""
    acts = book.book.acts
    return frozenset(
        act.appeal
        for act in acts.values()
        if act.appeal is not None and act.appeal in acts and sets_kind(book, act, "measure") is measures
    )


def call_ins(book: RunningBook) -> frozenset[str]:
    """The acts by which an office from outside calls for the second look that nobody asked for (M22).

    Where parties can ask for one, it does the same as they do; elsewhere it takes the matter from a stage in which only
    silence would have ended it.
    """
    found = set()
    for act in book.book.acts.values():
        outside = offices(book, act) and all(book.rulebook.roles[role].external for role in act.by)
        leads = not act.merits and act.to is not None and act.stages != (START,)
        if outside and leads and all(closing(book, stage) for stage in act.stages):
            found.add(act.id)
    return frozenset(found)


def closing(book: RunningBook, stage: str) -> bool:
    """Whether silence from here on ends the matter, with nobody to take it over: it was decided, or ended before."""
    seen = set[str]()
    while stage not in seen and stage in book.book.stages:
        seen.add(stage)
        here = book.book.stages[stage]
        if here.end:
            return not here.handover
        then = here.clock.then if here.clock else ()
        after = {book.book.acts[name].to or stage for name in then}
        if len(after) != 1:
            return False
        stage = after.pop()
    return False


def sets_kind(book: RunningBook, act: Act, kind: str) -> bool:
    """Whether the act sets a fact of this kind."""
    return any(book.book.facts[fact].kind == kind for fact in act.sets)


def clears_kind(book: RunningBook, act: Act, kind: str) -> bool:
    """Whether the act clears a fact of this kind."""
    return any(book.book.facts[fact].kind == kind for fact in act.clears)


def _machine(book: RunningBook, role: str) -> bool:
    return book.rulebook.roles[role].kind == "machine"


def _once(roles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(roles))
