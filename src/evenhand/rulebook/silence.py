# SPDX-License-Identifier: Apache-2.0
"""What happens, and when, if nobody does anything after a matter has begun.

One sequence for each stage in which a matter can open; where several acts open the same stage, the first in the order
of the text stands for them. Two things happen in silence: the stage's clock does its act, and the limits that run
beside it are missed.

Counting: a limit in working days counts as it stands. A limit in `d` counts as many working days as that number of
consecutive days can hold at most under the calendar's weekend (`most_working_days`), holidays left aside, and one more
where such a limit rolls to the next working day: whoever waits must not be promised less waiting than there can be.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from evenhand.rulebook.model import START, Act, CalendarRule, Rulebook, Span, Stage
from evenhand.rulebook.table import Table, compile_book

Ending = Literal["end", "handover", "still", "again"]


@dataclass(frozen=True)
class SilentStep:
    """One thing that silence brings about.

    `working_days` are counted from the day on which the matter began, `in_stage` from the day on which it entered
    `stage`; `to` is the stage after the act. A missed limit is the act `missed.ID`, as in the record.
    """

    stage: str
    working_days: int
    act: str
    to: str = ""
    in_stage: int = 0


@dataclass(frozen=True)
class Silence:
    """One sequence: the act that opened the matter, what silence then does, and how that ends.

    `ending` is "end" or "handover" where the matter ends, "still" where it stands in a stage without a clock, and
    "again" where it comes back to a state in which it has been and would go round for ever.
    """

    opening: str
    steps: tuple[SilentStep, ...]
    ending: Ending
    stage: str

    @property
    def working_days(self) -> int:
        """Working days from the beginning to the last thing that happens; 0 where nothing does."""
        return self.steps[-1].working_days if self.steps else 0

    @property
    def sentence(self) -> str:
        """How it ends, for a person."""
        blanks = {"opening": self.opening, "stage": self.stage, "days": f"{self.working_days:,}"}
        return _ENDINGS[self.ending].format(**blanks)


_ENDINGS: dict[Ending, str] = {
    "end": "Begun by “{opening}” and left alone, the matter ends at “{stage}” after {days} working days.",
    "handover": (
        "Begun by “{opening}” and left alone, the matter is handed over to other people at “{stage}” "
        "after {days} working days."
    ),
    "still": (
        "Begun by “{opening}” and left alone, the matter stands still at “{stage}”, where no clock runs; "
        "the last thing that happens comes after {days} working days."
    ),
    "again": (
        "Begun by “{opening}” and left alone, the matter comes back to “{stage}” after {days} working days "
        "and goes round without end."
    ),
}


def silence(rulebook: Rulebook, book_id: str) -> tuple[SilentStep, ...]:
    """What silence brings about in a matter begun by the first opening act of the text; empty where there is none."""
    every = silences(rulebook, book_id)
    return every[0].steps if every else ()


def silences(rulebook: Rulebook, book_id: str) -> tuple[Silence, ...]:
    """One sequence for each stage in which a matter can open, in the order in which the text opens them."""
    table = compile_book(rulebook, book_id)
    book = table.book
    openings: dict[str, int] = {}
    for code in table.lawful(0):
        target = book.acts[table.acts[code]].to
        if target is not None and target != START:
            openings.setdefault(target, code)
    return tuple(_Waiting(rulebook.calendar, table).follow(code) for code in openings.values())


def most_working_days(span: Span, calendar: CalendarRule) -> int:
    """The most working days that a span can hold: `Span(7, "d")` holds 5 where two days a week are the weekend."""
    if span.unit == "wd":
        return span.n
    weeks, rest = divmod(span.n, 7)
    working = 7 - len(set(calendar.weekend))
    return weeks * working + min(rest, working)


@dataclass
class _Waiting:
    """One walk through the table in which only the clock acts."""

    calendar: CalendarRule
    table: Table
    today: int = 0  # working days since the beginning
    entered: int = 0  # the same, when the present stage was entered
    longer: int = 0  # working days by which the clock itself has lengthened the present stage
    running: dict[str, int] = field(default_factory=dict)  # limit -> working day on which it is missed
    missed: set[tuple[str, int]] = field(default_factory=set)
    steps: list[SilentStep] = field(default_factory=list)

    @cached_property
    def code(self) -> dict[str, int]:
        return {name: code for code, name in enumerate(self.table.acts)}

    @cached_property
    def order(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.table.book.limits)}

    def follow(self, opening: int) -> Silence:
        state, name = self.table.step(0, opening), self.table.acts[opening]
        self._happened(name)
        seen: set[int] = set()
        while state not in seen:
            seen.add(state)
            stage = self._stage(state)
            if stage.end:
                return self._ends(name, "handover" if stage.handover else "end", stage.id)
            due = None if stage.clock is None else self.entered + self._wait(stage.clock.within) + self.longer
            state = self._miss_until(due, state)
            lapse = self._lapse(state)
            if due is None or lapse is None:
                self._miss_until(None, state)
                return self._ends(name, "still", stage.id)
            self.today, before, state = due, state, self.table.step(state, self.code[lapse.id])
            self._step(stage.id, lapse.id, self._stage(state).id)
            self._happened(lapse.id)
            if self._stage(state).id != stage.id:
                self.entered, self.longer = due, 0
            elif lapse.days is not None:
                self.longer += self._wait(lapse.days)
            elif state == before:
                self._miss_until(None, state)
                return self._ends(name, "still", stage.id)
        return self._ends(name, "again", self._stage(state).id)

    def _wait(self, span: Span) -> int:
        rolls = self.calendar.roll and span.unit == "d"
        return most_working_days(span, self.calendar) + (1 if rolls else 0)

    def _stage(self, state: int) -> Stage:
        return self.table.book.stages[self.table.stages[self.table.stage_of[state]]]

    def _lapse(self, state: int) -> Act | None:
        clock = self._stage(state).clock
        names = () if clock is None else clock.then
        lawful = (name for name in names if self.table.step(state, self.code[name]) >= 0)
        return next((self.table.book.acts[name] for name in lawful), None)

    def _happened(self, act: str) -> None:
        """Starts and stops the limits that name this act."""
        for limit in self.table.book.limits.values():
            if act in limit.stop:
                self.running.pop(limit.id, None)
            if act in limit.start and limit.kind != "at_least":  # silence cannot come too early
                self.running[limit.id] = self.today + self._wait(limit.span)

    def _miss_until(self, due: int | None, state: int) -> int:
        """Misses, in order, every limit that ends no later than the stage's clock; the state after what follows.

        A limit that the clock's own act stops on that very day is kept, as in the kernel.
        """
        for day, limit_id in self._missed(due):
            lapse = self._lapse(state)
            if day == due and lapse is not None and lapse.id in self.table.book.limits[limit_id].stop:
                continue
            self.today = day
            if (limit_id, state) in self.missed:
                continue  # what follows from missing it starts it again: said once
            self.missed.add((limit_id, state))
            here = self._stage(state).id
            self._step(here, f"missed.{limit_id}", here)
            then = self.table.book.limits[limit_id].then
            after = -1 if then is None else self.table.step(state, self.code[then])
            if then is not None and after >= 0:
                state = after
                self._step(here, then, here)
                self._happened(then)
        return state

    def _missed(self, due: int | None) -> Iterator[tuple[int, str]]:
        while self.running:
            limit_id = min(self.running, key=lambda name: (self.running[name], self.order[name]))
            if due is not None and self.running[limit_id] > due:
                return
            yield self.running.pop(limit_id), limit_id

    def _step(self, stage: str, act: str, to: str) -> None:
        self.steps.append(SilentStep(stage, self.today, act, to, self.today - self.entered))

    def _ends(self, opening: str, ending: Ending, stage: str) -> Silence:
        return Silence(opening, tuple(self.steps), ending, stage)
