# SPDX-License-Identifier: Apache-2.0
"""The pages of what was open before the record, and of a departure from the rule on names, in a browser: no barrier (P8)."""

import pytest

from tests.journey.test_before import officer, url_of
from tests.journey.test_in_chromium import here, looks
from tests.procedure.a_case import Case
from tests.web.conftest import site, window

__all__ = ["here", "officer", "site", "window"]
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("made", ["sqlite"], indirect=True)]


def test_what_was_open_before_has_no_barrier(window, doors, officer):
    """M12, B03: whoever keeps the old book, and cannot see it, could close nothing in it."""
    found: list[str] = []
    case = Case(doors.made, at=doors.at)
    case.lodge()
    seat = case.seats("case_officer")[0]
    for look in looks(window, doors, found):
        look.as_(doors.people["case_officer"][0]).at("/desk/", "desk-due-before").at("/desk/before/", "desk-before")
        look.at(url_of(doors, "17/2025"), "desk-before-one").send("desk-before-one-error")
        assert look.page.title().startswith("Error: ")
        look.as_(seat.person)
        for step in ("before", "identity"):
            look.at(f"/desk/m/{case.row.slug}/step/{step}/", f"step-{step}").send(f"step-{step}-error")
        look.at("/public/", "public-rules-before")
    assert [] == found
