# SPDX-License-Identifier: Apache-2.0
"""The kernel, which reads the rules, and the table, compiled from them, allow the same and lead to the same."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.casework.acts import MISSED, Act
from evenhand.casework.clocks import stage_act, too_early
from evenhand.casework.deciding import decide
from evenhand.casework.evolving import evolve, replay
from evenhand.casework.fits import obstacle
from evenhand.casework.lapsing import after_lapses
from evenhand.casework.matter import Matter, new_matter
from evenhand.casework.refusal import Refused
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import Clock
from evenhand.rulebook.table import Table, compile_book
from tests.casework.conftest import a_rulebook, request, wd
from tests.casework.random_books import BEGINS, WAITS, books, choices, histories

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def state_after(table: Table, acts: Iterable[Act]) -> int:
    """The state of the table after these acts; a missed limit moves nothing and is no act of the table."""
    state = 0
    for act in acts:
        if not act.name.startswith(MISSED):
            state = table.step(state, table.acts.index(act.name))
            assert state >= 0, f"the table does not allow {act.name}"
    return state


def allowed(table: Table, state: int) -> set[str]:
    """The names of the acts that the table allows, each once."""
    codes = table.lawful(state)
    assert len(set(codes)) == len(codes)
    return {table.acts[code] for code in codes}


def admitted(book: RunningBook, matter: Matter, when: datetime) -> set[str]:
    """The names of the acts that `decide` grants to somebody, whoever it is, asked for every act in every role."""
    found = set()
    for role in book.rulebook.roles:
        for name in book.book.acts:
            try:
                decide(book, matter, request(book, name, role, when), when)
            except Refused:
                continue
            found.add(name)
    return found


def agree(book: RunningBook, acts: list[Act], when: datetime, granted: set[str]) -> None:
    """That kernel and table stand at the same place after `acts`, and allow the same next."""
    table, matter = book.table, replay(book, acts)
    state = state_after(table, acts)
    assert table.stages[table.stage_of[state]] == matter.stage
    standing = {fact for bit, fact in enumerate(table.facts) if int(table.facts_of[state]) >> bit & 1}
    assert standing == matter.facts
    held = {name for name in book.book.acts if (early := too_early(book, matter, name)) and when < begins(book, early)}
    assert allowed(table, state) - book.clocks_own - held == granted
    beside = {limit.then for limit in book.book.limits.values() if limit.then and not matter.over}
    fitting = {name for name in beside if obstacle(book.book.acts[name], matter) is None}
    next_by_clock = stage_act(book, matter)
    assert allowed(table, state) & book.clocks_own == fitting | ({next_by_clock} - {None})


def begins(book: RunningBook, early: tuple[object, object]) -> datetime:
    """When a limit that holds an act back opens it."""
    return book.calendar.begins(early[1])  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_on_random_histories_the_kernel_admits_what_the_table_allows(data):
    """The checks would speak of another procedure than the one people are held to."""
    book = data.draw(books())
    acts, matter, now = list[Act](), new_matter(book), BEGINS
    for _ in range(data.draw(st.integers(1, 7))):
        lapsed, standing = after_lapses(book, matter, now)
        agree(book, [*acts, *lapsed], now, admitted(book, matter, now))
        open_now = choices(book, standing, now)
        if open_now:
            role, name = data.draw(st.sampled_from(open_now))
            done = decide(book, matter, request(book, name, role, now), now)
            assert lapsed == done[:-1]
            for act in done:
                matter = evolve(book, matter, act)
            acts += done
        now += data.draw(WAITS)


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_on_the_rowing_union_the_kernel_admits_what_the_table_allows(saltmarsh, data):
    """A book made to be used would behave otherwise than one made at random."""
    book, acts, now = data.draw(histories(saltmarsh))
    agree(book, acts, now, admitted(book, replay(book, acts), now))


def test_an_act_that_a_stage_and_a_limit_make_the_clock_do_is_one_move(saltmarsh):
    """A run would be counted twice, and every count of runs with it."""
    discipline = saltmarsh.book
    answer = replace(discipline.stages["answer"], clock=Clock(wd(10), ("interim_ends", "answer_lapsed")))
    changed = replace(discipline, stages={**discipline.stages, "answer": answer})
    table = compile_book(a_rulebook(changed), "discipline")
    moves = list(zip(table.move_from.tolist(), table.move_act.tolist(), strict=True))
    assert sorted(set(moves)) == moves


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(histories())
def test_silence_leads_where_the_table_says(history):
    """What a party is told about waiting would not be what waiting brings."""
    book, acts, now = history
    later, after = after_lapses(book, replay(book, acts), now + timedelta(days=60))
    state = state_after(book.table, [*acts, *later])
    assert book.table.stages[book.table.stage_of[state]] == after.stage
