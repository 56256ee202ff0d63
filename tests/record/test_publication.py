# SPDX-License-Identifier: Apache-2.0
"""Publication on a schedule: neither withholding nor activity shows."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.record.errors import RecordError
from evenhand.record.publication import Publication

START = datetime(2026, 1, 1, 3, tzinfo=UTC)
INSTANTS = st.integers(-(10**11) // 2, 10**11).map(lambda seconds: START + timedelta(seconds=seconds))
"""From about the year 441 to 5194."""
SCHEDULES = st.builds(
    Publication,
    start=INSTANTS,
    every=st.integers(1, 10**9).map(lambda seconds: timedelta(seconds=seconds)),
    multiple=st.integers(1, 1_000),
)


@given(SCHEDULES)
def test_a_schedule_comes_back_from_the_genesis(schedule: Publication):
    """A reader would expect the checkpoint at another hour."""
    assert schedule == Publication.of_data(schedule.as_data())


@given(SCHEDULES, INSTANTS)
def test_the_last_instant_has_come_and_the_next_has_not(schedule: Publication, now: datetime):
    """A checkpoint would move early, or late by a whole period."""
    newest = schedule.last_before(now)
    if newest is None:
        assert now < schedule.start
    else:
        assert newest <= now < newest + min(schedule.every, datetime.max.replace(tzinfo=UTC) - newest)
        assert timedelta(0) == (newest - schedule.start) % schedule.every


@given(SCHEDULES, INSTANTS)
def test_what_was_published_for_an_instant_is_not_due_again(schedule: Publication, now: datetime):
    """Each start of the program would fill the log up once more."""
    due = schedule.due(last=None, now=now)
    assert due == schedule.last_before(now)
    assert schedule.due(last=due, now=now) is None if due else True


@given(SCHEDULES, INSTANTS, st.integers(1, 50))
def test_instants_that_were_missed_are_published_once(schedule: Publication, last: datetime, missed: int):
    """A week without power would become seven publications at one moment."""
    then = schedule.last_before(last)
    if then is None or datetime.max.replace(tzinfo=UTC) - then < schedule.every * (missed + 1):
        return
    now = then + schedule.every * missed
    assert now == schedule.due(last=then, now=now)
    assert schedule.due(last=now, now=now) is None


def test_the_hour_of_another_zone_is_the_same_instant():
    """A server that was moved would publish at another hour."""
    zone = timezone(timedelta(hours=5, minutes=30))
    schedule = Publication(START.astimezone(zone))
    assert "2026-01-01T03:00:00Z" == schedule.as_data()["from"]
    assert START + timedelta(days=1) == schedule.due(last=START, now=(START + timedelta(hours=30)).astimezone(zone))


@given(st.integers(1, 100), st.integers(0, 1_000), st.integers(0, 200))
def test_a_published_size_is_a_multiple_and_grows_each_time(multiple: int, published: int, entered: int):
    """The growth of a public log would tell on which day something was done (K04)."""
    schedule, before = Publication(START, multiple=multiple), published * multiple
    size = before + entered
    after = size + schedule.fill(published=before, size=size)
    assert (0, True) == (after % multiple, after >= before + multiple)
    assert after == max(before + multiple, -(-size // multiple) * multiple)


@given(st.integers(1, 16), st.integers(0, 16))
def test_days_with_few_acts_and_days_with_none_grow_alike(multiple: int, entered: int):
    """A day on which something happened could be told from one on which nothing did."""
    schedule = Publication(START, multiple=16)
    size = 160 + entered
    assert 176 == size + schedule.fill(published=160, size=size)
    assert 16 == Publication(START, multiple=multiple).fill(published=1, size=1) + 1 or multiple < 16


GOOD = {"every": 1, "from": "2026-01-01T03:00:00Z", "multiple": 1}


@pytest.mark.parametrize(
    "data",
    [None, {}, [], {"every": 1, "from": "2026-01-01T03:00:00Z"}, *({**GOOD, **change} for change in (
        {"every": 0}, {"every": True}, {"every": "1"}, {"every": 10**9 + 1}, {"from": "2026-01-01"}, {"from": 1},
        {"multiple": 0}, {"multiple": -1}, {"multiple": True}, {"x": 1}))],
)  # fmt: skip
def test_a_schedule_that_says_nothing_sensible_is_refused(data: Any):
    """A log would begin that never publishes, or always."""
    with pytest.raises(RecordError):
        Publication.of_data(data)


def test_a_schedule_names_an_instant_with_its_zone():
    """The first hour would depend on the machine."""
    with pytest.raises(RecordError):
        Publication(datetime(2026, 1, 1, 3))  # noqa: DTZ001
    with pytest.raises(RecordError):
        Publication(START, timedelta(milliseconds=1_500))
