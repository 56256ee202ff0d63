# SPDX-License-Identifier: Apache-2.0
"""What follows from an act, before it is sent: computed by running the kernel, and nothing is kept."""

from dataclasses import dataclass
from datetime import datetime

from evenhand.casework.acts import Act, Request
from evenhand.casework.clocks import Running, running
from evenhand.casework.deciding import decide
from evenhand.casework.evolving import evolve
from evenhand.casework.lapsing import after_lapses
from evenhand.casework.matter import Matter
from evenhand.casework.refusal import Refused
from evenhand.casework.running_book import RunningBook


@dataclass(frozen=True, kw_only=True)
class LetterDue:
    """A letter that goes out with the act: its id in the rulebook's texts, and the roles it is to."""

    id: str
    to: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Follows:
    """What an act brings about. Where it is refused, the matter stays as it is and `refused` says why.

    `lapsed`: what the clock had done before. `clocks_moved`: before and after, of a clock that goes on to another day.
    """

    stage_before: str
    stage_after: str
    clocks_started: tuple[Running, ...] = ()
    clocks_stopped: tuple[Running, ...] = ()
    clocks_moved: tuple[tuple[Running, Running], ...] = ()
    facts_set: tuple[str, ...] = ()
    facts_cleared: tuple[str, ...] = ()
    ends: bool = False
    handover: bool = False
    letters: tuple[LetterDue, ...] = ()
    lapsed: tuple[Act, ...] = ()
    refused: Refused | None = None


def follows(book: RunningBook, matter: Matter, request: Request, at: datetime) -> Follows:
    """What follows from this request at this moment."""
    lapsed, before = after_lapses(book, matter, at)
    try:
        act = decide(book, matter, request, at)[-1]
    except Refused as refused:
        return Follows(stage_before=before.stage, stage_after=before.stage, lapsed=lapsed, refused=refused)
    after = evolve(book, before, act)
    old = {clock.rule: clock for clock in running(book, before)}
    new = {clock.rule: clock for clock in running(book, after)}
    moved = [(old[rule], new[rule]) for rule in old if rule in new and old[rule].last_day != new[rule].last_day]
    letters = (one for one in book.rulebook.texts.values() if f"{book.id}.{act.name}" in one.acts)
    stage = book.book.stages.get(after.stage)
    return Follows(
        stage_before=before.stage,
        stage_after=after.stage,
        clocks_started=tuple(clock for rule, clock in new.items() if rule not in old),
        clocks_stopped=tuple(clock for rule, clock in old.items() if rule not in new),
        clocks_moved=tuple(moved),
        facts_set=tuple(sorted(after.facts - before.facts)),
        facts_cleared=tuple(sorted(before.facts - after.facts)),
        ends=after.over,
        handover=stage is not None and stage.handover,
        letters=tuple(LetterDue(id=one.id, to=one.to) for one in letters),
        lapsed=lapsed,
    )
