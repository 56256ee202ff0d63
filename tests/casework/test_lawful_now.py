# SPDX-License-Identifier: Apache-2.0
"""What a refusal calls lawful is lawful: whoever was refused can do each of these acts at that very moment (P1)."""

import pytest
from hypothesis import HealthCheck, given, settings

from evenhand.casework.deciding import decide
from evenhand.casework.evolving import replay
from evenhand.casework.lawful import lawful_now, why_not
from evenhand.casework.refusal import Refused
from tests.casework.conftest import request
from tests.casework.random_books import histories

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(histories())
def test_each_act_that_a_refusal_names_is_accepted(history):
    """A person would be sent from one refusal to the next."""
    book, acts, now = history
    matter = replay(book, acts)
    for role in book.rulebook.roles:
        for reason in why_not(book, matter, role, now):
            with pytest.raises(Refused) as refusal:
                decide(book, matter, request(book, reason.act, role, now), now)
            assert (reason.rule, reason.sentence) == (refusal.value.rule, refusal.value.sentence)
            assert lawful_now(book, matter, role, now) == refusal.value.lawful_now
        for name in lawful_now(book, matter, role, now):
            assert name == decide(book, matter, request(book, name, role, now), now)[-1].name


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(histories())
def test_every_act_is_either_open_or_explained(history):
    """An act would be missing from the page without a word."""
    book, acts, now = history
    matter = replay(book, acts)
    for role in book.rulebook.roles:
        shut = [reason.act for reason in why_not(book, matter, role, now)]
        assert sorted(book.book.acts) == sorted([*shut, *lawful_now(book, matter, role, now)])


def test_an_act_that_lacks_what_it_carries_is_itself_among_the_lawful_ones(heard):
    """Somebody who forgot the reasons would be told that there was nothing to be done."""
    asked = request(heard.book, "dismiss", "panel", heard.acts[-1].at, reasons="  ")
    with pytest.raises(Refused) as refusal:
        decide(heard.book, heard.matter, asked, heard.acts[-1].at)
    assert "books/discipline/acts/dismiss/carries/reasons" == refusal.value.rule
    assert ("suspend", "dismiss") == refusal.value.lawful_now
