# SPDX-License-Identifier: Apache-2.0
"""The oversight body opens the list of decisions that are in doubt; nobody else learns that there is one (D10)."""

import pytest

from evenhand.store import models
from tests.procedure.a_case import Case, to_the_hearing


@pytest.fixture
def listed(doors):
    """A panel's decision, and a month later one of the panel is a respondent."""
    first = to_the_hearing(Case(doors.made, at=doors.at))
    decider = first.seats("panel")[0].person
    first.decide("sanction", "panel")
    second = Case(doors.made, at=first.at)
    second.complainant, second.respondent = doors.people["members"][2], decider
    second.later(days=30).lodge()
    second.do("frame", "case_officer")
    second.decide("investigate", "gatekeepers")
    second.do("notify", "case_officer")
    doors.at = second.at
    return models.Matter.objects.get(kind="affected"), decider


def test_the_overseers_declare_and_see_the_list(doors, listed):
    """D02 holds here too: the name first, then the declaration, then the decisions."""
    review, _ = listed
    for seat in models.Part.objects.filter(matter=review, status="called"):
        browser = doors.as_(seat.person)
        assert review.code in browser.get("/desk/").content.decode()
        sheet = browser.get(f"/desk/m/{review.slug}/", follow=True)
        assert "Panel 0" in sheet.content.decode() or "Panel" in sheet.content.decode()
        assert 302 == browser.post(f"/desk/m/{review.slug}/declare/", {"answer": "none"}).status_code
        page = browser.get(f"/desk/m/{review.slug}/").content.decode()
        assert ("1 decision rested on" in page, "Sanction" in page) == (True, True)
        assert 200 == browser.get("/desk/").status_code


def test_the_person_themselves_learns_nothing_of_the_list(doors, listed):
    """The same page as for an address that never was one."""
    review, decider = listed
    browser = doors.as_(decider)
    real, never = browser.get(f"/desk/m/{review.slug}/"), browser.get(f"/desk/m/{'0' * 24}/")
    assert (404, real.content) == (real.status_code, never.content)
    assert review.code not in browser.get("/desk/").content.decode()
