# SPDX-License-Identifier: Apache-2.0
"""A matter is what its acts made it: anybody who has the acts comes to the same matter (I02)."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings

from evenhand.casework.acts import Act
from evenhand.casework.evolving import replay
from evenhand.casework.running_book import RunningBook
from tests.casework.random_books import histories

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(histories())
def test_the_same_acts_make_the_same_matter(history):
    """Two readers of one record would see two matters."""
    book, acts, _ = history
    again = RunningBook(book.rulebook, book.id)  # nothing may hang on which object has seen which matter
    assert replay(book, acts) == replay(again, acts)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(histories())
def test_acts_come_back_from_json_as_they_went_in(history):
    """What is written down would not be what was done."""
    book, acts, _ = history
    written = json.dumps([act.as_data() for act in acts])
    read = [Act.of_data(data) for data in json.loads(written)]
    assert acts == read
    assert replay(book, acts) == replay(book, read)


def test_instants_in_the_hour_that_comes_twice_keep_their_order():
    """Of two acts in that hour the later one would be refused as the earlier."""
    london = ZoneInfo("Europe/London")
    first = Act(name="note", by="member", at=datetime(2026, 10, 25, 1, 40, tzinfo=london))
    second = Act(name="note", by="member", at=datetime(2026, 10, 25, 1, 20, fold=1, tzinfo=london))
    assert first.at < second.at
    assert "2026-10-25T00:40:00+00:00" == first.as_data()["at"]


def test_an_act_is_written_as_plain_data(heard):
    """A program in another language could not read the record."""
    expected = {"act": "reply", "by": "respondent", "at": "2026-04-09T12:00:00+00:00",
                "carries": {"statement": "I was there."}}  # fmt: skip
    assert expected == heard.acts[-1].as_data()
