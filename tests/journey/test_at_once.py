# SPDX-License-Identifier: Apache-2.0
"""A button that is pressed twice at the same moment, as two requests of one browser: one complaint, and one way back to it."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client

from evenhand.procedure.adopting import adopt_version
from evenhand.store import models
from tests.journey.test_complaining import answer
from tests.procedure.test_adopting import newer
from tests.procedure.test_at_once import together


def press(browser, url="/portal/complain/check/"):
    """Two requests of one browser; what came of each."""
    second = Client()
    second.cookies = browser.cookies.copy()
    return together(lambda: browser.post(url), lambda: second.post(url))


def test_a_complaint_that_is_sent_twice_at_once_has_one_code(doors):
    """A14: the second would show a code that opens nothing, or a fault in place of the receipt."""
    browser = Client()
    answer(browser)
    came = press(browser)
    assert [302, 302] == [getattr(one, "status_code", one) for one in came]
    assert 1 == models.Matter.objects.filter(kind="discipline").count()
    page = browser.get("/portal/complain/done/").content.decode()
    code = re.search(r'class="mono">([a-z ]+)<', page)[1]
    assert 302 == Client().post("/code/", {"code": code}).status_code


@pytest.mark.parametrize("text", ["FOREIGN KEY constraint failed", "NOT NULL constraint failed: store_entry.rule"])
def test_a_fault_of_the_database_is_not_taken_for_a_second_press(doors, monkeypatch, text):
    """Whoever complained would be led to a receipt of nothing, and think that it was sent."""

    def fails(*given, **more):
        raise IntegrityError(text)

    browser = Client(raise_request_exception=False)
    answer(browser)
    monkeypatch.setattr("evenhand.web.portal.complaining.lodged", fails)
    assert 500 == browser.post("/portal/complain/check/").status_code
    assert 0 == models.Matter.objects.filter(kind="discipline").count()


def test_a_version_of_tomorrow_is_not_told_as_one_in_force(doors):
    """I03, I12: whoever reads that it is in force already thinks that it binds them."""
    adopt_version(doors.made.organisation, newer(), at=doors.at, chance=doors.made.chance)
    officer = doors.people["case_officer"][0]
    for page in (doors.as_(officer).get("/desk/rules/"), Client().get("/public/")):
        text = page.content.decode()
        assert 1 == len(re.findall("in force from Monday 1 June 2026", text))
        assert "in force since Monday 1 June 2026" not in text
    doors.later(days=80)
    assert "Version 4, in force since Monday 1 June 2026." in Client().get("/public/").content.decode()
    assert timedelta(0) < doors.at - doors.made.at
