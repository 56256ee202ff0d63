# SPDX-License-Identifier: Apache-2.0
"""The book a matter runs under, made ready once: its rules, its calendar, and who its clock is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from evenhand.casework.acts import MISSED
from evenhand.rulebook.calendar import Calendar
from evenhand.rulebook.model import Act, Book, Limit, Rulebook, Span, Stage
from evenhand.rulebook.table import Table, clock_acts, compile_book


class Endless(ValueError):
    """The clock would act again and again at one instant, and no limit would ever have run."""


@dataclass(frozen=True, eq=False)
class RunningBook:
    """One book of one version of a rulebook, ready to run matters; make it once and keep it.

    `KeyError` for a book the rulebook does not have, `Uncountable` for a calendar that cannot count, `Endless` where
    silence would go round without time passing.
    """

    rulebook: Rulebook
    id: str

    def __post_init__(self) -> None:
        _ = self.book, self.calendar
        self._refuse_clocks_that_go_round()

    @cached_property
    def book(self) -> Book:
        """The rules of this book."""
        return self.rulebook.books[self.id]

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar pinned in this version."""
        return Calendar(self.rulebook.calendar)

    @cached_property
    def table(self) -> Table:
        """The book as a finite table; the kernel reads the rules themselves, and tests hold the one to the other."""
        return compile_book(self.rulebook, self.id)

    @cached_property
    def clocks_own(self) -> frozenset[str]:
        """The acts that only the clock does."""
        return clock_acts(self.book, self.rulebook.roles)

    @cached_property
    def clock(self) -> str:
        """The role in whose name the clock acts where an act names no machine: the first machine of the text."""
        return next((role.id for role in self.rulebook.roles.values() if role.kind == "machine"), "clock")

    def clock_of(self, act: str) -> str:
        """The role in whose name the clock does this act."""
        roles = self.rulebook.roles
        by = self.book.acts[act].by if act in self.book.acts else ()
        return next((role for role in by if role in roles and roles[role].kind == "machine"), self.clock)

    def path(self, *parts: str) -> str:
        """The path of a rule of this book, as in `books/discipline/acts/sanction/needs`."""
        return "/".join(("books", self.id, *parts))

    def _refuse_clocks_that_go_round(self) -> None:
        for limit in self.book.limits.values():
            if self._at_once(limit.span) and self._clock_starts(limit):
                raise Endless(
                    f"The limit {limit.id} of the book {self.id} has no length and is started by what the clock does: "
                    "it could be missed again and again at one instant. Give it a length."
                )
        round_trip = self._first_round_trip()
        if round_trip is not None:
            raise Endless(
                f"In the book {self.id} the clock would go round at one instant: {', '.join(round_trip)}. Give one of "
                "the stages a limit with a length, or let one of the acts be done once."
            )

    def _clock_starts(self, limit: Limit) -> bool:
        """Whether the clock starts a limit at which it then acts itself: then a limit without length never stops."""
        missed = any(act.startswith(MISSED) for act in limit.start)
        return missed or (limit.then is not None and not self._by_clock.isdisjoint(limit.start))

    @cached_property
    def _by_clock(self) -> frozenset[str]:
        stages = (stage.clock.then for stage in self.book.stages.values() if stage.clock)
        limits = (limit.then for limit in self.book.limits.values() if limit.then)
        return self.clocks_own | {act for then in stages for act in then} | frozenset(limits)

    def _at_once(self, span: Span) -> bool:
        """Whether a limit of this length can end on the day from which it counts."""
        return span.n == 0 or (span.n == 1 and self.rulebook.calendar.day_one == "same day")

    def _without_time(self, stage: Stage, act: Act) -> bool:
        """Whether, after the clock has done this act in this stage, it can be due again at the same instant."""
        if act.to is None or act.to == stage.id:
            return act.days is None or act.days.n == 0
        after = self.book.stages[act.to].clock
        return after is not None and self._at_once(after.within)

    def _first_round_trip(self) -> list[str] | None:
        """Acts by which the clock comes back to a state without time passing, or None."""
        hasty = {
            (stage.id, name)
            for stage in self.book.stages.values()
            for name in (stage.clock.then if stage.clock else ())
            if stage.id in self.book.acts[name].stages and self._without_time(stage, self.book.acts[name])
        }
        if not hasty:
            return None  # the usual book: nothing to look for, and the table is not needed
        follows = dict(self._hasty_moves(hasty))
        checked: set[int] = set()
        for start in follows:
            here, seen = start, dict[int, int]()
            while here in follows and here not in checked:
                if here in seen:
                    run = list(seen)[seen[here] :]
                    return [self.table.acts[follows[state][0]] for state in run]
                seen[here] = len(seen)
                here = follows[here][1]
            checked |= seen.keys()
        return None

    def _hasty_moves(self, hasty: set[tuple[str, str]]) -> Iterator[tuple[int, tuple[int, int]]]:
        """State -> the act by which the clock leaves it without time passing, and the state after."""
        table = self.table
        code = {name: at for at, name in enumerate(table.acts)}
        for state, stage_code in enumerate(table.stage_of.tolist()):
            stage = self.book.stages.get(table.stages[stage_code])
            for name in stage.clock.then if stage and stage.clock else ():
                after = table.step(state, code[name])
                if after >= 0:
                    if stage and (stage.id, name) in hasty:
                        yield state, (code[name], after)
                    break
