# SPDX-License-Identifier: Apache-2.0
"""However often, in whatever steps, and by whomever time is observed, the clock has done the same things (H03)."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from evenhand.casework.acts import MISSED, Act
from evenhand.casework.clocks import stage_act, stage_ends_on, too_early
from evenhand.casework.deciding import decide
from evenhand.casework.evolving import evolve, replay
from evenhand.casework.lapsing import lapses
from evenhand.casework.matter import new_matter
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import Limit
from tests.casework.conftest import request
from tests.casework.random_books import BEGINS, WAITS, books, choices, histories

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


class TwoClerks(RuleBasedStateMachine):
    """One clerk looks whenever he likes and writes down what he sees; the other only when somebody does something."""

    @initialize(book=books())
    def a_matter_begins(self, book: RunningBook) -> None:
        """Both have the same book and nothing in the file."""
        self.book, self.now = book, BEGINS
        self.eager, self.lazy = list[Act](), list[Act]()

    def seen(self, acts: list[Act], when: datetime) -> list[Act]:
        """What a clerk with this file would write down at this moment."""
        return list(lapses(self.book, replay(self.book, acts), when))

    @rule(wait=WAITS)
    def time_passes(self, wait: timedelta) -> None:
        """Nobody looks."""
        self.now += wait

    @rule()
    def the_eager_clerk_looks(self) -> None:
        """He writes down everything that is due."""
        self.eager += self.seen(self.eager, self.now)

    @rule(share=st.integers(0, 100))
    def the_eager_clerk_looks_at_an_earlier_moment(self, share: int) -> None:
        """He brings his file up to some moment between its last entry and now."""
        last = self.eager[-1].at if self.eager else BEGINS
        self.eager += self.seen(self.eager, last + (self.now - last) * share // 100)

    @rule(kept=st.integers(0, 3))
    def the_eager_clerk_is_interrupted(self, kept: int) -> None:
        """He writes down only the first few lines, as after a power cut."""
        self.eager += self.seen(self.eager, self.now)[:kept]

    @rule(data=st.data())
    def somebody_acts(self, data: st.DataObject) -> None:
        """The same request reaches both, and both files are then the same."""
        open_now = choices(self.book, replay(self.book, self.lazy), self.now)
        if not open_now:
            return
        role, name = data.draw(st.sampled_from(open_now))
        asked = request(self.book, name, role, self.now)
        self.eager += decide(self.book, replay(self.book, self.eager), asked, self.now)
        self.lazy += decide(self.book, replay(self.book, self.lazy), asked, self.now)
        assert self.lazy == self.eager

    @invariant()
    def both_know_the_same(self) -> None:
        """No lapse is lost or doubled."""
        if hasattr(self, "book"):
            assert [*self.lazy, *self.seen(self.lazy, self.now)] == [*self.eager, *self.seen(self.eager, self.now)]

    @invariant()
    def nothing_is_dated_before_what_comes_before_it(self) -> None:
        """The record is in order."""
        if hasattr(self, "book"):
            assert sorted(self.eager, key=lambda act: act.at) == self.eager


TwoClerks.TestCase.settings = settings(
    max_examples=50, stateful_step_count=14, deadline=None, suppress_health_check=SLOW
)
TestTwoClerks = TwoClerks.TestCase


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(histories(), st.integers(0, 40), st.integers(0, 40))
def test_looking_twice_is_looking_once(history, days, more):
    """Whoever looked in between would have changed what the clock did."""
    book, acts, now = history
    matter, first, second = replay(book, acts), now + timedelta(days=days), now + timedelta(days=days + more)
    early = lapses(book, matter, first)
    assert lapses(book, matter, second) == early + lapses(book, replay(book, [*acts, *early]), second)


def closes(book: RunningBook, limit: Limit, act: Act) -> bool:
    """Whether this act ends the period of the limit that runs: its stop, its next start, or the end of the matter."""
    to = book.book.acts[act.name].to if act.name in book.book.acts else None
    return act.name in limit.stop or act.name in limit.start or (to is not None and book.book.stages[to].end)


def own_acts(book: RunningBook, acts: list[Act]) -> list[Act]:
    """What the clock did, missed limits left aside."""
    return [act for act in acts if act.name in book.clocks_own]


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(histories())
def test_every_limit_is_missed_once_when_nothing_stopped_it_in_time_and_never_else(history):
    """A delay would be counted twice, not at all, or against somebody who was in time (H03)."""
    book, acts, now = history
    for limit in book.book.limits.values():
        for at, act in enumerate(acts):
            if act.name not in limit.start:
                continue
            if (to := book.book.acts[act.name].to) is not None and book.book.stages[to].end:
                continue
            later = acts[at + 1 :]
            end = next((n for n, other in enumerate(later) if closes(book, limit, other)), len(later))
            deadline = book.calendar.deadline(book.calendar.local_day(act.at), limit.span)
            closing = later[end] if end < len(later) else None
            by_clock_in_time = closing and closing.name in limit.stop and closing.name in book.clocks_own
            until = now if closing is None else closing.at
            if by_clock_in_time and any(other.at == until for other in own_acts(book, later[:end])):
                continue  # the clock did something else first at that instant, so the limit had already been missed
            due = max(deadline, act.at) < until or (max(deadline, act.at) == until and not by_clock_in_time)
            missed = [other for other in later[:end] if other.name == MISSED + limit.id]
            assert (1 if due and limit.kind != "at_least" else 0) == len(missed)
            assert all(other.at == max(deadline, act.at) for other in missed)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(histories())
def test_a_stage_is_left_by_the_clock_neither_early_nor_late(history):
    """A party would lose days it was promised, or an officer gain days the rules do not give (H01)."""
    book, acts, _ = history
    matter = new_matter(book)
    for act in acts:
        last_day, name = stage_ends_on(book, matter), stage_act(book, matter)
        ran_out = last_day is not None and name is not None and book.calendar.ends(last_day) <= act.at
        stage = book.book.stages.get(matter.stage)
        if stage and stage.clock and act.name in stage.clock.then and matter.owed is None:
            assert ran_out
            assert name == act.name
        elif ran_out and act.name not in book.clocks_own and not act.name.startswith(MISSED):
            held = too_early(book, matter, name)  # only a limit that says "at least" can make the clock wait
            assert held is not None
            assert act.at < book.calendar.begins(held[1])
        matter = evolve(book, matter, act)
