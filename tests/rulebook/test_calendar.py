# SPDX-License-Identifier: Apache-2.0
"""The calendar counts what the rulebook says it counts (H01): day 1, local dates, rolling, deemed service."""

from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest

from evenhand.rulebook.calendar import FIRST, LAST, Calendar, Uncountable
from evenhand.rulebook.model import CalendarRule, Span

# Easter 2026 in an invented federation: Good Friday and Easter Monday are pinned.
EASTER = (date(2026, 4, 3), date(2026, 4, 6))
LONDON = CalendarRule(zone="Europe/London", holidays=EASTER, service={"portal": Span(0, "d"), "post": Span(2, "wd")})
MAUNDY_THURSDAY = date(2026, 4, 2)


def a_calendar(**said) -> Calendar:
    """The London calendar, with what the text says otherwise."""
    return Calendar(CalendarRule(**{**vars(LONDON), **said}))


def test_the_day_after_is_day_one():
    """Counting the day of service itself would cost whoever answers a day (H01)."""
    assert date(2026, 4, 7) == a_calendar().due(MAUNDY_THURSDAY, Span(1, "wd"))


def test_the_same_day_is_day_one_where_the_text_says_so():
    """The counting rule is the organisation's choice and has to be followed either way."""
    same = a_calendar(day_one="same day")
    assert MAUNDY_THURSDAY == same.due(MAUNDY_THURSDAY, Span(1, "wd"))
    assert date(2026, 4, 7) == same.due(MAUNDY_THURSDAY, Span(2, "wd"))
    assert date(2026, 4, 8) == same.due(MAUNDY_THURSDAY, Span(7, "d"))


def test_the_same_day_is_not_day_one_when_nobody_works_on_it():
    """A limit that begins on a holiday would be a working day shorter than it says."""
    assert date(2026, 4, 7) == a_calendar(day_one="same day").due(date(2026, 4, 3), Span(1, "wd"))


def test_days_run_through_holidays_and_roll_only_where_the_text_says_so():
    """A limit in days would end on a day on which nobody can answer, or a day later than the text says."""
    assert date(2026, 4, 3) == a_calendar().due(date(2026, 3, 27), Span(7, "d"))
    assert date(2026, 4, 7) == a_calendar(roll=True).due(date(2026, 3, 27), Span(7, "d"))


def test_no_days_is_the_day_itself_and_no_working_days_the_first_working_day():
    """A limit "the same day" would otherwise end on a day on which the office is shut."""
    calendar = a_calendar()
    assert date(2026, 4, 4) == calendar.due(date(2026, 4, 4), Span(0, "d"))
    assert date(2026, 4, 7) == calendar.due(date(2026, 4, 4), Span(0, "wd"))


def test_a_lengthened_limit_counts_on_from_its_old_end():
    """An extension of ten days would give nine under "same day" counting (H02)."""
    for day_one in ("next day", "same day"):
        assert date(2026, 4, 8) == a_calendar(day_one=day_one).lengthened(MAUNDY_THURSDAY, Span(2, "wd"))


def test_what_is_posted_counts_as_received_two_working_days_later():
    """The reply period would run while the letter is still in the post."""
    calendar = a_calendar()
    assert date(2026, 4, 8) == calendar.served(MAUNDY_THURSDAY, "post")
    assert MAUNDY_THURSDAY == calendar.served(MAUNDY_THURSDAY, "portal")


def test_deemed_service_does_not_shrink_under_same_day_counting():
    """A rule about limits would silently shorten the time a letter is given to arrive."""
    assert date(2026, 4, 8) == a_calendar(day_one="same day").served(MAUNDY_THURSDAY, "post")


def test_deemed_service_does_not_roll():
    """A letter would count as received later than the text says, on a day on which limits may not end."""
    rolls = a_calendar(roll=True, service={"post": Span(1, "d")})
    assert date(2026, 4, 3) == rolls.served(MAUNDY_THURSDAY, "post")


def test_an_unknown_channel_is_refused_by_name():
    """A typing mistake in a channel would count as received at once."""
    with pytest.raises(Uncountable, match="'pigeon'; the channels it names are: portal, post"):
        a_calendar().served(MAUNDY_THURSDAY, "pigeon")


def test_a_limit_ends_at_the_local_time_of_the_text():
    """In summer a limit computed in UTC would end an hour late or early."""
    assert datetime(2026, 4, 7, 22, 59, tzinfo=UTC) == a_calendar().deadline(MAUNDY_THURSDAY, Span(1, "wd"))
    assert datetime(2026, 1, 6, 17, 0, tzinfo=UTC) == a_calendar(ends="17:00").deadline(date(2026, 1, 5), Span(1, "d"))


def test_sixty_local_days_in_rome_are_sixty_although_utc_counts_fifty_nine():
    """Notices of fines would look a day early whenever the clocks changed in between (H01)."""
    rome = Calendar(CalendarRule(zone="Europe/Rome"))
    midnight = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
    noticed = datetime(2026, 2, 20, 0, 0, tzinfo=midnight[0])
    penalty = datetime(2026, 4, 21, 0, 0, tzinfo=midnight[1])
    assert 59 == (penalty.astimezone(UTC) - noticed.astimezone(UTC)).days
    assert rome.local_day(penalty) == rome.due(rome.local_day(noticed), Span(60, "d"))


def test_an_instant_just_after_local_midnight_belongs_to_the_new_day():
    """A complaint received at 00:30 on a summer night would be dated the day before."""
    assert date(2026, 7, 2) == a_calendar().local_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Rome", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia"])
def test_every_day_begins_on_itself_and_ends_after_it_began(zone):
    """In zones that change their clocks at midnight a day would begin on the day before."""
    calendar = Calendar(CalendarRule(zone=zone))
    days = [date(2011, 1, 1) + timedelta(days=n) for n in range(3 * 365)]
    skipped = {date(2011, 12, 30)} if zone == "Pacific/Apia" else set()  # Samoa crossed the date line
    for day in set(days) - skipped:
        assert day == calendar.local_day(calendar.begins(day))
        assert day == calendar.local_day(calendar.ends(day))
        assert calendar.begins(day) < calendar.ends(day)


def test_an_hour_that_comes_twice_is_read_in_favour_of_whoever_answers():
    """A reply sent in the second half of a doubled hour would be late by nobody's fault."""
    assert datetime(2026, 10, 25, 1, 30, tzinfo=UTC) == a_calendar(ends="01:30").ends(date(2026, 10, 25))


def test_working_days_between_two_days_are_those_after_the_first():
    """How late something was would depend on which way round one counts."""
    calendar = a_calendar()
    assert 2 == calendar.working_days(MAUNDY_THURSDAY, date(2026, 4, 8))
    assert -2 == calendar.working_days(date(2026, 4, 8), MAUNDY_THURSDAY)
    assert 0 == calendar.working_days(MAUNDY_THURSDAY, date(2026, 4, 6))


def test_empty_days_of_a_column_stay_empty():
    """A case without a date would be given a limit."""
    column = np.array(["2026-04-02", "NaT"], dtype="datetime64[D]")
    assert ["2026-04-07", "NaT"] == [str(day) for day in a_calendar().due_many(column, Span(1, "wd"))]


@pytest.mark.parametrize(
    "day", [FIRST - timedelta(days=1), LAST + timedelta(days=1), date(1, 1, 1), date(9999, 12, 31)]
)
def test_a_day_out_of_range_is_refused_with_the_range(day):
    """A date such as 0001-01-01 in a foreign history would give a limit that means nothing."""
    calendar = a_calendar()
    with pytest.raises(Uncountable, match=f"{day} cannot be counted; days from 1900-01-01 to 2299-12-31"):
        calendar.due(day, Span(1, "wd"))
    with pytest.raises(Uncountable, match=f"{day} cannot be counted"):
        calendar.due_many(np.array([MAUNDY_THURSDAY, day], dtype="datetime64[D]"), Span(1, "wd"))


@pytest.mark.parametrize("unit", ["d", "wd"])
def test_a_limit_that_would_end_out_of_range_is_refused(unit):
    """The last day that can be counted would be taken for the end of the limit."""
    with pytest.raises(Uncountable, match="end after 2299-12-31"):
        a_calendar().due(LAST - timedelta(days=3), Span(10, unit))
    with pytest.raises(Uncountable, match="end after 2299-12-31"):
        a_calendar().due(MAUNDY_THURSDAY, Span(200_000, unit))


def test_an_instant_is_not_a_day():
    """An instant taken for a day would be counted in the zone of whoever wrote it."""
    with pytest.raises(Uncountable, match="ask for its local day first"):
        a_calendar().due(datetime(2026, 4, 2, tzinfo=UTC), Span(1, "wd"))
    with pytest.raises(Uncountable, match="names no zone"):
        a_calendar().local_day(datetime(2026, 4, 2))  # noqa: DTZ001  the mistake itself


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"zone": "Europe/Harbour"}, "no time zone 'Europe/Harbour'"),
        ({"zone": "/etc/passwd"}, "no time zone"),
        ({"weekend": ("sat", "funday")}, "names 'funday'"),
        ({"ends": "25:00"}, "not at '25:00'"),
        ({"day_one": "tomorrow"}, "not 'tomorrow'"),
        ({"service": {"post": Span(-1, "wd")}}, "not -1wd"),
        ({"weekend": ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}, "Every day of this calendar"),
        (
            {"weekend": ("mon", "tue", "wed", "thu", "fri", "sat"),
             "holidays": tuple(FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))},
            "Every day of this calendar",
        ),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_counted_with_is_refused(said, sentence):
    """A calendar nobody can count with would stop every limit that runs under it."""
    with pytest.raises(Uncountable, match=sentence):
        a_calendar(**said)
