# SPDX-License-Identifier: Apache-2.0
"""A book in which the clock would go round without time passing is refused before any matter runs under it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.casework.lapsing import lapses
from evenhand.casework.running_book import Endless, RunningBook
from evenhand.rulebook.calendar import Uncountable
from evenhand.rulebook.model import START, Book, CalendarRule, Clock, Fact, Limit, Role, Span, Stage
from evenhand.rulebook.model import Act as Rule
from tests.casework.conftest import CALENDAR, History, a_rulebook, at, named, wd

NO_TIME = Span(0, "d")


def there_and_back(*, there: Span, back: Span, **said) -> Book:
    """A book in which silence goes from `a` to `b` and back again."""
    return Book(
        id="book",
        facts=named([Fact(id="seen", kind="step")]),
        stages=named([Stage(id="a", clock=Clock(there, ("go",))), Stage(id="b", clock=Clock(back, ("return",)))]),
        acts=named(
            [
                Rule(id="open", stages=(START,), to="a", by=("member",)),
                Rule(id="go", stages=("a",), to="b", by=("clock",), **said),
                Rule(id="return", stages=("b",), to="a", by=("clock",)),
            ]
        ),
    )


def a_running(book: Book, **calendar) -> RunningBook:
    """The book made ready under the union's calendar, with what is said otherwise."""
    return RunningBook(a_rulebook(book, calendar=replace(CALENDAR, **calendar)), book.id)


def test_a_round_trip_without_time_is_refused():
    """The first lapse would never come to an end."""
    with pytest.raises(Endless, match="would go round at one instant: go, return"):
        a_running(there_and_back(there=NO_TIME, back=wd(0)))


def test_one_working_day_is_no_time_where_the_day_itself_is_day_one():
    """Under same day counting a limit of one day can end on the day it begins."""
    with pytest.raises(Endless):
        a_running(there_and_back(there=wd(1), back=wd(1)), day_one="same day")


@pytest.mark.parametrize("length", [Span(1, "d"), wd(1)])
def test_a_round_trip_that_takes_time_goes_on_as_long_as_anybody_looks(length):
    """A foolish book would stop the program instead of being seen for what it is."""
    history = History(a_running(there_and_back(there=NO_TIME, back=length))).does("member", "open", at("2026-04-07"))
    done = lapses(history.book, history.matter, at("2026-04-07") + timedelta(days=365))
    days = {act.at for act in done if act.name == "return"}
    assert len(days) == sum(act.name == "return" for act in done) > 240


def test_a_round_trip_that_can_be_made_once_is_no_round_trip():
    """A book would be refused that comes to rest by itself."""
    history = History(a_running(there_and_back(there=NO_TIME, back=NO_TIME, max=1))).does(
        "member", "open", at("2026-04-07")
    )
    assert ["go", "return"] == [act.name for act in lapses(history.book, history.matter, at("2026-05-07"))]


def test_a_round_trip_that_a_fact_ends_is_no_round_trip():
    """Facts decide whether the clock can act again, as everywhere."""
    a_running(there_and_back(there=NO_TIME, back=NO_TIME, unless=("seen",), sets=("seen",)))


def staying(**said) -> Book:
    """A book whose clock acts in the only stage and stays there."""
    return Book(
        id="book",
        facts={},
        stages=named([Stage(id="a", clock=Clock(wd(3), ("remind", "close"))), Stage(id="end", end=True)]),
        acts=named(
            [
                Rule(id="open", stages=(START,), to="a", by=("member",)),
                Rule(id="remind", stages=("a",), by=("clock",), **said),
                Rule(id="close", stages=("a",), to="end", by=("clock",)),
            ]
        ),
    )


def test_a_clock_that_stays_for_ever_is_refused():
    """A reminder would be sent without end and nothing else would ever happen."""
    with pytest.raises(Endless, match="at one instant: remind"):
        a_running(staying())


def test_when_the_clock_stays_the_next_act_of_its_list_follows_at_once():
    """The matter would stand still after a reminder, and die of silence."""
    history = History(a_running(staying(max=1))).does("member", "open", at("2026-04-07"))
    assert [("remind", 10), ("close", 10)] == [
        (act.name, act.at.day) for act in lapses(history.book, history.matter, at("2026-05-07"))
    ]


def test_a_clock_that_stays_and_lengthens_itself_goes_on_when_that_has_run():
    """More time given by the clock would be no time (H02)."""
    history = History(a_running(staying(max=1, days=wd(2)))).does("member", "open", at("2026-04-07"))
    assert [("remind", 10), ("close", 14)] == [
        (act.name, act.at.day) for act in lapses(history.book, history.matter, at("2026-05-07"))
    ]


def test_a_clock_that_lengthens_itself_without_end_goes_on_as_long_as_anybody_looks():
    """A foolish book would stop the program instead of being seen for what it is."""
    history = History(a_running(staying(days=wd(2)))).does("member", "open", at("2026-04-07"))
    assert [10, 14, 16] == [act.at.day for act in lapses(history.book, history.matter, at("2026-04-17"))]


@pytest.mark.parametrize("start", [("expire",), ("missed.measure",)])
def test_a_limit_without_length_that_the_clock_starts_again_is_refused(start):
    """A missed limit would be missed again at the same instant, for ever."""
    expire = Rule(id="expire", stages=("a",), by=("clock",))
    limit = Limit(id="measure", start=start, stop=(), kind="within", span=NO_TIME, then="expire")
    book = there_and_back(there=wd(3), back=wd(3))
    with pytest.raises(Endless, match="The limit measure of the book book has no length"):
        a_running(replace(book, acts={**book.acts, "expire": expire}, limits={"measure": limit}))


def test_a_calendar_that_cannot_count_is_refused():
    """The error would come with the first limit instead of with the rulebook."""
    with pytest.raises(Uncountable):
        RunningBook(a_rulebook(staying(max=1), calendar=CalendarRule(zone="Nowhere")), "book")


def test_an_unknown_book_is_an_error():
    """A matter would run under no rules."""
    with pytest.raises(KeyError):
        RunningBook(a_rulebook(staying(max=1)), "motion")


def test_the_clock_acts_in_the_name_the_rulebook_gives_it():
    """The record would name an actor that the rulebook does not know."""
    book = staying(max=1)
    roles = {**a_rulebook(book).roles, "bell": Role(id="bell", kind="machine")}
    close = replace(book.acts["close"], by=("bell",))
    rulebook = replace(a_rulebook(replace(book, acts={**book.acts, "close": close})), roles=roles)
    history = History(RunningBook(rulebook, "book")).does("member", "open", at("2026-04-07"))
    assert ["clock", "bell"] == [act.by for act in lapses(history.book, history.matter, at("2026-05-07"))]
