# SPDX-License-Identifier: Apache-2.0
"""What a decision tells those it concerns, and who can look at it again: by the forms alone, on both databases."""

import re

import pytest

from evenhand.casework.phrases_words import day_words
from tests.journey.a_route import Route


def told(letter) -> str:
    """The words of a letter as its page shows them."""
    return re.sub(r"<[^>]+>|\s+", " ", letter)


@pytest.fixture
def heard(doors):
    """A case whose hearing was held."""
    route = Route(doors)
    route.to_the_notice().to_the_hearing()
    route.doors.later(days=21)
    route.do("hear", "panel", days=0)
    return route


def last_day(route) -> str:
    """The last day of the stage, in words."""
    return day_words(route.row.due.date())


@pytest.mark.parametrize(("act", "harmed"), [("sanction", "respondent"), ("no_breach", "complainant")])
def test_the_letter_of_a_decision_names_the_route_and_the_last_day(heard, act, harmed):
    """F11: whoever it is adverse to reads how to appeal and until which day, and no blank is left open."""
    heard.do(act, "panel")
    letters = [told(letter) for letter in heard.letters(harmed, act)]
    assert [(True, True, False)] == [
        ("appeal" in one, last_day(heard) in one, bool(re.search(r"\{\w+\}", one))) for one in letters
    ]
    heard.audited()


def test_every_letter_of_a_played_case_has_its_blanks_filled(heard):
    """F11, B08: nobody gets a letter with a hole in it."""
    heard.do("sanction", "panel")
    heard.do("appeal", "respondent")
    heard.do("quash", "appeal_panel")
    for role in ("complainant", "respondent"):
        part = heard.row.parts.get(role=role, kind="party")
        browser = heard.doors.as_(part.person)
        page = browser.get(f"/portal/m/{heard.row.slug}/").content.decode()
        urls = re.findall(rf'"(/portal/m/{heard.row.slug}/letters/\d+/)"', page)
        texts = [told(browser.get(url).content.decode()) for url in urls]
        assert urls
        assert [] == [text for text in texts if re.search(r"\{\w+\}|None|, ,|: \.", text)]


def test_a_decision_is_called_in_from_outside(heard):
    """M22: overseers bring it before the appeal panel, a mild one too, and everybody is told."""
    heard.do("no_breach", "panel")
    heard.do("call_in_decision", "overseers")
    assert "appeal" == heard.row.stage
    assert [1, 1] == [len(heard.letters(role, "call_in_decision")) for role in ("complainant", "respondent")]
    heard.do("uphold", "appeal_panel")
    assert "final" == heard.row.stage
    heard.audited()


def test_a_decision_on_appeal_is_called_in_within_its_window(heard):
    """M22: after that it is final."""
    heard.do("sanction", "panel")
    heard.do("appeal", "respondent")
    heard.do("uphold", "appeal_panel")
    heard.do("call_in_final", "overseers")
    assert ("outside", True) == (heard.row.stage, heard.row.over)
    heard.audited()


def test_a_decision_that_nobody_calls_in_is_final(heard):
    """M22: the window closes by the clock, and the overseers are told why it is not open any more."""
    heard.do("sanction", "panel")
    heard.waits(35)
    assert ("closed", "final") == (heard.row.stage, heard.row.outcome)
    heard.audited()


def test_the_respondent_takes_a_sanction_to_the_arbitrator(heard):
    """G01: after the appeal there is one way more, to people beyond these rules."""
    heard.do("sanction", "panel")
    heard.do("appeal", "respondent")
    heard.do("uphold", "appeal_panel")
    heard.do("ask_arbitrator", "respondent")
    assert "outside" == heard.row.stage
    heard.audited()
