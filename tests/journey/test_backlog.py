# SPDX-License-Identifier: Apache-2.0
"""The backlog as pages: exact for who enters complaints, without small numbers for everybody (H06)."""

from django.test import Client

from evenhand.store import models
from tests.journey.test_entering import enter


def test_the_desk_shows_every_open_matter(doors):
    """H06: whoever administers would not know what is waiting."""
    officer = doors.as_(doors.people["case_officer"][0])
    enter(officer)
    assert "/desk/backlog/" in officer.get("/desk/").content.decode()
    page = officer.get("/desk/backlog/").content.decode()
    assert 1 == models.Matter.objects.filter(over=False).exclude(book="").count()
    assert [True] * 3 == [words in page for words in ("One matter is open.", "0 to 30 days", "366 days or more")]


def test_nobody_else_finds_the_exact_numbers(doors):
    """L07: no rank gives a view of what is open."""
    for person in (doors.people["gatekeepers"][0], doors.people["members"][0]):
        assert 404 == doors.as_(person).get("/desk/backlog/").status_code


def test_the_public_page_tells_of_nobody(doors):
    """H06: one open matter, shown as one, tells everybody whose it is."""
    enter(doors.as_(doors.people["case_officer"][0]))
    page = Client().get("/public/backlog/").content.decode()
    assert "Fewer than 10 matters are open." in page
    assert ("One matter is open" in page, ">1<" in page, ">few<" in page) == (False, False, True)
