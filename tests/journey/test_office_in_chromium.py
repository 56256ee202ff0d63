# SPDX-License-Identifier: Apache-2.0
"""Backlog, months and promises in a real browser, wide and narrow, light and dark, with and without mistakes (H06, H07, M21)."""

from datetime import UTC, datetime

import pytest

from evenhand.web import clock
from tests.journey.test_entering import enter
from tests.journey.test_in_chromium import here, looks
from tests.journey.test_promising import DAYS, SAYS, send
from tests.web.conftest import site, window

__all__ = ["here", "site", "window"]
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("made", ["sqlite"], indirect=True)]
MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)


def test_what_the_office_counts_and_signs_has_no_barrier(window, doors):
    """Whoever uses a screen reader, or a phone, could not sign a month or read the backlog."""
    found, officer = [], doors.people["case_officer"][0]
    browser = doors.as_(officer)
    enter(browser)
    doors.at = MAY
    assert 302 == send(browser, says=SAYS, **DAYS | {"before.day": "8"}).status_code
    for look in looks(window, doors, found):
        look.as_(officer).at("/desk/", "office-due").at("/desk/backlog/", "office-backlog")
        look.at("/desk/reconciliation/", "office-months")
        look.at("/desk/reconciliation/2026-04/post/", "office-month").send("office-month-error")
        look.at("/desk/promises/", "office-promises").send("office-promises-error")
        look.at("/desk/quality/", "office-quality").send("office-quality-error")
        look.at("/public/backlog/", "office-public")
    assert [] == found
    assert clock.now() == MAY
