# SPDX-License-Identifier: Apache-2.0
"""Received against entered, as pages: owed in *Due*, signed by a form, corrected in the open (M21)."""

import re
from datetime import UTC, datetime

import pytest

from evenhand.procedure.reconciling import signatures
from evenhand.web import clock
from tests.journey.test_entering import enter

MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
POST = "/desk/reconciliation/2026-04/post/"


@pytest.fixture
def officer(doors):
    """Whoever enters complaints; one came by post in April."""
    browser = doors.as_(doors.people["case_officer"][0])
    enter(browser)
    with clock.standing_at(MAY):
        yield browser


def send(browser, **typed):
    """Fills in the form and sends it."""
    key = re.search(r'name="key" value="([^"]*)"', browser.get(POST).content.decode())[1]
    return browser.post(POST, {"key": key, **typed})


def test_a_month_without_signatures_stands_in_due(officer):
    """M21: whoever owes it would not be told."""
    assert "5 signatures are owed for months that are over." in officer.get("/desk/").content.decode()
    page = officer.get("/desk/reconciliation/").content.decode()
    assert ("April 2026" in page, page.count(">owed<"), POST in page) == (True, 5, True)


def test_a_month_is_signed_by_a_form(doors, officer):
    """M21: both numbers, and the name of who signed, stand there afterwards."""
    assert "Post: 1 is entered." in officer.get(POST).content.decode()
    assert 302 == send(officer, received="1").status_code
    page = officer.get("/desk/reconciliation/").content.decode()
    assert ("Case_Officer 0, Monday 4 May 2026" in page, page.count(">owed<")) == (True, 4)
    assert "4 signatures are owed" in officer.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("typed", "says"), [({"received": ""}, "problems"), ({"received": "two"}, "whole number"), ({"received": "2"}, "differ")]
)  # fmt: skip
def test_what_is_left_open_is_asked_for(doors, officer, typed, says):
    """Bad input gets a sentence, and what was typed is kept."""
    answer = send(officer, difference="hm", **typed)
    page = answer.content.decode()
    assert (422, True, True) == (answer.status_code, says in page, "hm</textarea>" in page)
    assert {} == signatures(doors.made.organisation)


def test_a_correction_is_a_form_of_its_own(doors, officer):
    """M21: a mistake that was signed would stay."""
    send(officer, received="1")
    assert "What was wrong in what was signed?" in officer.get(POST).content.decode()
    given = {"difference": "One lay in a drawer.", "correction": "The drawer was forgotten."}
    assert 302 == send(officer, received="2", **given).status_code
    page = officer.get("/desk/reconciliation/").content.decode()
    assert [True, True] == [text in page for text in given.values()]


def test_nobody_else_finds_it_and_no_other_month(doors, officer):
    """L07: what came in, and how much, is for those who enter it."""
    for person in (doors.people["gatekeepers"][0], doors.people["members"][0]):
        assert [404, 404] == [doors.as_(person).get(one).status_code for one in ("/desk/reconciliation/", POST)]
    for other in ("2026-05/post", "2026-04/pigeon", "x/post", "2026-99/post"):
        assert 404 == officer.get(f"/desk/reconciliation/{other}/").status_code
