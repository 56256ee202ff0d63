# SPDX-License-Identifier: Apache-2.0
"""The draw for quality as a page: a form, and afterwards the order of the lot (D14)."""

import re
from datetime import UTC, datetime

from evenhand.procedure.quality import draw_for_quality
from evenhand.store import models
from tests.journey.test_entering import enter

PAGE = "/desk/quality/"


def test_a_month_is_drawn_by_a_form(doors):
    """Nobody would draw what only a program can."""
    officer = doors.as_(doors.people["case_officer"][0])
    enter(officer)
    models.Matter.objects.filter(kind="discipline").update(over=True)
    doors.at = datetime(2026, 5, 4, 9, tzinfo=UTC)
    key = re.search(r'name="key" value="([^"]*)"', officer.get(PAGE).content.decode())[1]
    wrong = officer.post(PAGE, {"key": key, "month": "2026-04", "number": "99"})
    assert (422, True) == (wrong.status_code, "from 1 to 50" in wrong.content.decode())
    assert 302 == officer.post(PAGE, {"key": key, "month": "2026-04", "number": "3"}).status_code
    page = officer.get(PAGE).content.decode()
    code = models.Matter.objects.get(kind="discipline").code
    assert (f"<li>{code}</li>" in page, "Every month that is over was drawn." in page) == (True, True)


def test_a_matter_that_is_kept_from_somebody_is_not_listed_for_them(doors):
    """D01: whoever is complained about would find the code name of it."""
    officer = doors.as_(doors.people["case_officer"][0])
    enter(officer)
    models.Matter.objects.filter(kind="discipline").update(over=True)
    row = models.Matter.objects.get(kind="discipline")
    doors.at = datetime(2026, 5, 4, 9, tzinfo=UTC)
    given = {"month": "2026-04", "number": 1, "at": doors.at, "chance": doors.made.chance}
    draw_for_quality(doors.made.organisation, doors.people["case_officer"][0], **given)
    assert row.code in officer.get(PAGE).content.decode()
    row.parts.filter(person=doors.people["case_officer"][0]).update(status="suspended")
    assert row.code not in officer.get(PAGE).content.decode()


def test_nobody_else_finds_it(doors):
    """L07: which matters ended is for those who keep them."""
    for person in (doors.people["gatekeepers"][0], doors.people["members"][0]):
        assert 404 == doors.as_(person).get(PAGE).status_code
