# SPDX-License-Identifier: Apache-2.0
"""Public promises as pages: made by a form at the desk, and told to everybody with what became of them (H07)."""

import re

import pytest
from django.test import Client

from evenhand.procedure.promising import promises
from tests.journey.test_entering import enter

PAGE = "/desk/promises/"
SAYS = "All cases of spring are resolved by the end of July."
DAYS = {"before.day": "7", "before.month": "4", "before.year": "2026",
        "until.day": "31", "until.month": "7", "until.year": "2026"}  # fmt: skip


@pytest.fixture
def officer(doors):
    """Whoever enters complaints, once one came in."""
    browser = doors.as_(doors.people["case_officer"][0])
    enter(browser)
    return browser


def send(browser, **typed):
    """Fills in the form and sends it."""
    key = re.search(r'name="key" value="([^"]*)"', browser.get(PAGE).content.decode())[1]
    return browser.post(PAGE, {"key": key, "says": SAYS, **DAYS, **typed})


def test_a_promise_is_made_by_a_form_and_told_to_everybody(doors, officer):
    """H07: it would be made in a newspaper, and nobody could hold the organisation to it."""
    doors.later(days=1)
    browser = doors.as_(doors.people["case_officer"][0])
    assert 302 == send(browser, **{"before.day": "8"}).status_code
    page = browser.get(PAGE).content.decode()
    assert ("One public promise was made." in page, SAYS in page, "Its day has not come yet." in page) == (True,) * 3
    public = Client().get("/public/backlog/").content.decode()
    assert (SAYS in public, "<dt>Cases on the list</dt><dd>few</dd>" in public) == (True, True)
    doors.later(days=130)
    assert "It was not kept." in Client().get("/public/backlog/").content.decode()


def test_what_is_left_open_is_asked_for(doors, officer):
    """Bad input gets a sentence, and what was typed is kept."""
    answer = send(officer, **{"before.day": "9"})
    page = answer.content.decode()
    assert (422, True, True) == (answer.status_code, "today or earlier" in page, f"{SAYS}</textarea>" in page)
    assert 422 == send(officer, **{"until.month": "13"}).status_code
    assert [] == promises(doors.made.organisation)


def test_nobody_else_makes_one(doors, officer):
    """L07: anybody could bind the organisation."""
    for person in (doors.people["gatekeepers"][0], doors.people["members"][0]):
        assert 404 == doors.as_(person).get(PAGE).status_code
    assert "Public promises" not in Client().get("/public/backlog/").content.decode()
