# SPDX-License-Identifier: Apache-2.0
"""The numbers that a rulebook is told about itself, and the warnings."""

import pytest

from evenhand.rulebook import checking
from evenhand.rulebook.checking import check, meaning_of
from evenhand.rulebook.model import CalendarRule, Span
from evenhand.rulebook.numbers import working_days
from evenhand.rulebook.table import TooLarge
from tests.rulebook.breaking import broken, good
from tests.rulebook.large import enlarged


@pytest.mark.parametrize(
    ("span", "roll", "days"),
    [
        (Span(20, "wd"), False, 20),
        (Span(7, "d"), False, 5),
        (Span(28, "d"), False, 20),
        (Span(8, "d"), False, 6),
        (Span(13, "d"), False, 10),
        (Span(28, "d"), True, 21),
        (Span(20, "wd"), True, 20),
    ],
)
def test_calendar_days_count_as_the_most_working_days_they_can_hold(span, roll, days):
    """C4: whoever is told the longest case must not be told too little, a limit that rolls over a weekend included."""
    assert days == working_days(span, CalendarRule(roll=roll))


def test_an_extension_lengthens_the_longest_case_once_for_each_use():
    """C4, H02: an extension that the number leaves out is a promise broken on the day it is first used."""
    extend = "{in: hearing, by: panel, max: 2, days: 20wd, carries: [reasons, notice]}"
    longer = check(broken(f"books: {{discipline: {{acts: {{extend: {extend}}}}}}}")).books[0]
    assert check(good()).books[0].longest_working_days + 2 * 20 == longer.longest_working_days


def test_the_numbers_of_the_report_are_the_weakest_of_its_books():
    """The organisation is judged by its weakest book, whichever is read first."""
    report = check(good())
    assert max(book.longest_working_days for book in report.books) == report.numbers.longest_working_days
    assert 2 == report.numbers.fewest_to_bury


def test_an_endless_case_has_no_longest():
    """C4: a number for what can last for ever would be false whatever it is."""
    report = check(broken("books: {discipline: {acts: {remit: {max: null}}}}"))
    assert report.books[0].longest_working_days is None
    assert report.numbers.longest_working_days is None


def test_the_report_is_plain_data():
    """The JSON of `rules check` is what another program reads: verdicts, runs and numbers."""
    data = check(broken("books: {discipline: {acts: {untold: {to: closed}}}}")).as_dict()
    verdict = next(one for one in data["checks"] if one["id"] == "C3" and one["book"] == "discipline")
    assert data["holds"] is False
    assert {"stage": "logged", "act": "untold", "by": "clock"} == verdict["run"][-1]
    assert {"role": "secretary", "at": 4} == data["numbers"]["first_pool_to_fail"]


def test_many_states_are_warned_of(monkeypatch):
    """A book that grows by side matters is told so before it becomes slow."""
    monkeypatch.setattr(checking, "MANY_STATES", 50)
    (warning,) = check(good()).warnings
    assert "The book discipline has 75 states, more than 50" in warning


def test_a_book_with_too_many_states_is_refused_in_a_sentence(monkeypatch):
    """A rulebook that cannot be checked is refused cleanly, and what multiplies its states is named."""
    monkeypatch.setattr("evenhand.rulebook.table.MOST_STATES", 1_000)
    with pytest.raises(TooLarge, match="make what is incidental a matter of its own"):
        check(enlarged(good(), "discipline", by="member", acts=4, times=3))


def test_a_book_of_many_states_is_checked_as_a_small_one_is():
    """What holds of a book does not change when harmless acts multiply its states by two hundred."""
    report = check(enlarged(good(), "discipline", by="member", acts=4, times=3))
    assert report.books[0].states > 10_000
    assert report.holds
    assert (2, 255) == (report.books[0].fewest_to_bury, report.books[0].longest_working_days)


def test_a_book_is_read_into_the_same_table_each_time():
    """A counterexample that is another one tomorrow could not be argued about."""
    one, other = (meaning_of(good(), "discipline").graph for _ in range(2))
    assert one.stage.tolist() == other.stage.tolist()
    assert one.act.tolist() == other.act.tolist()
