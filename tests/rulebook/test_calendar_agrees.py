# SPDX-License-Identifier: Apache-2.0
"""The calendar agrees with what others count where both define the same thing, and with itself."""

from datetime import date, timedelta

import holidays
import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evenhand.rulebook.calendar import WEEKDAYS, Calendar
from evenhand.rulebook.model import CalendarRule, Span

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
WEEKENDS = st.sets(st.sampled_from(WEEKDAYS), max_size=6).map(lambda days: tuple(sorted(days)))
SPANS = st.builds(Span, st.integers(0, 400), st.sampled_from(["d", "wd"]))
YEARS = range(2018, 2031)
ENGLAND = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
PINNED = Calendar(CalendarRule(zone="Europe/London", holidays=tuple(sorted(ENGLAND))))
IN_ENGLAND = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1] - 1, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any calendar rule, with holidays that crowd around one week so that they matter."""
    near = draw(DAYS)
    closed = draw(st.sets(st.integers(-20, 60), max_size=12))
    return Calendar(
        CalendarRule(
            zone=draw(st.sampled_from(["Europe/London", "Europe/Rome", "Asia/Kathmandu", "America/Sao_Paulo"])),
            weekend=draw(WEEKENDS),
            holidays=tuple(sorted(near + timedelta(days=n) for n in closed)),
            day_one=draw(st.sampled_from(["next day", "same day"])),
            roll=draw(st.booleans()),
        )
    )


def busday(calendar: Calendar) -> np.busdaycalendar:
    """The same weekend and holidays for numpy."""
    week = [name not in calendar.rule.weekend for name in WEEKDAYS]
    return np.busdaycalendar(weekmask=week, holidays=list(calendar.rule.holidays))


@settings(max_examples=60, deadline=None)
@given(calendars(), DAYS, st.integers(1, 300))
def test_working_days_end_where_numpy_ends_them(calendar, day, n):
    """Two readers of one rule would give a party two different last days (H01)."""
    assume(n < 200 or len(calendar.rule.weekend) < 5)
    if calendar.rule.day_one == "next day":
        theirs = np.busday_offset(day, n, roll="backward", busdaycal=busday(calendar))
    else:
        theirs = np.busday_offset(day, n - 1, roll="forward", busdaycal=busday(calendar))
    assert theirs.item() == calendar.due(day, Span(n, "wd"))


@settings(max_examples=60, deadline=None)
@given(calendars(), DAYS, DAYS)
def test_working_days_between_are_as_many_as_numpy_counts(calendar, first, last):
    """How many working days late somebody was would depend on who counts."""
    one = timedelta(days=1)  # numpy counts from the first day, inclusive, to the last, exclusive
    low, high = sorted((first, last))
    theirs = np.busday_count(low + one, high + one, busdaycal=busday(calendar))
    assert theirs == calendar.working_days(low, high)
    assert -theirs == calendar.working_days(high, low)


@settings(max_examples=60, deadline=None)
@given(calendars(), st.lists(DAYS, max_size=40), SPANS)
def test_a_column_is_counted_as_each_day_is(calendar, days, span):
    """An examination in bulk would find limits missed that the live kernel finds kept."""
    assert [calendar.due(day, span) for day in days] == calendar.due_many(
        np.array(days, dtype="datetime64[D]"), span
    ).tolist()


@settings(max_examples=80, deadline=None)
@given(calendars(), DAYS, st.integers(0, 30), SPANS)
def test_who_begins_later_never_ends_earlier(calendar, day, later, span):
    """Serving a notice later would leave less time than serving it earlier."""
    assert calendar.due(day, span) <= calendar.due(day + timedelta(days=later), span)
    assert calendar.deadline(day, span) <= calendar.deadline(day + timedelta(days=later), span)


@settings(max_examples=80, deadline=None)
@given(calendars(), DAYS, SPANS, st.integers(0, 30))
def test_a_longer_span_never_ends_earlier(calendar, day, span, more):
    """Promising more time would give less."""
    assert day <= calendar.due(day, span) <= calendar.due(day, Span(span.n + more, span.unit))


@settings(max_examples=80, deadline=None)
@given(calendars(), DAYS, st.integers(1, 100), st.integers(1, 100))
def test_working_days_add_up(calendar, day, n, m):
    """A limit and its extension would not be as long as both together (H02)."""
    whole = calendar.due(day, Span(n + m, "wd"))
    assert whole == calendar.lengthened(calendar.due(day, Span(n, "wd")), Span(m, "wd"))
    if calendar.rule.day_one == "next day":
        assert whole == calendar.due(calendar.due(day, Span(n, "wd")), Span(m, "wd"))
        assert n + m == calendar.working_days(day, whole)


@settings(max_examples=80, deadline=None)
@given(calendars(), DAYS, SPANS)
def test_a_limit_ends_on_a_working_day_where_it_must(calendar, day, span):
    """The last day would be one on which nobody can hand anything in."""
    assume(span.unit == "wd" or calendar.rule.roll)
    due = calendar.due(day, span)
    assert calendar.is_working(due)
    assert due == calendar.local_day(calendar.deadline(day, span))


@settings(max_examples=100, deadline=None)
@given(IN_ENGLAND, st.integers(1, 200))
def test_england_is_counted_as_the_holidays_package_counts_it(day, n):
    """The drafting aid would pin days that the program then reads otherwise."""
    assert ENGLAND.is_working_day(day) == PINNED.is_working(day)
    assert ENGLAND.get_nth_working_day(day, n) == PINNED.due(day, Span(n, "wd"))


def test_every_day_of_england_agrees():
    """One forgotten substitute holiday would move the limits of a whole spring."""
    days = [date(YEARS[0], 1, 1) + timedelta(days=n) for n in range(365 * len(YEARS))]
    assert [] == [day for day in days if ENGLAND.is_working_day(day) != PINNED.is_working(day)]


def test_a_pinned_list_does_not_follow_the_package():
    """A new release of a holiday list would move limits that already run (I02)."""
    rule = CalendarRule(zone="Europe/London", holidays=tuple(d for d in sorted(ENGLAND) if d != date(2026, 8, 31)))
    assert date(2026, 8, 31) == Calendar(rule).due(date(2026, 8, 28), Span(1, "wd"))
    assert date(2026, 9, 1) == PINNED.due(date(2026, 8, 28), Span(1, "wd"))


def test_a_million_days_are_counted_as_one_column(monkeypatch):
    """A history of a million acts would be counted day by day, while somebody waits."""
    monkeypatch.setattr(Calendar, "due", None)
    days = np.datetime64("2000-01-01") + (np.arange(10**6) * 7919 % 9000).astype("timedelta64[D]")
    due = PINNED.due_many(days, Span(20, "wd"))
    assert (due > days).all()
