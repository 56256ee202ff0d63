# SPDX-License-Identifier: Apache-2.0
"""Retention at the desk: listed by code name, asked for by one person, approved by another (L04, L05)."""

import re
from html import unescape

import pytest

from evenhand.procedure.auditing import audit
from evenhand.store import models
from tests.procedure.test_erasing import Keeping

URL = "/desk/retention/"


@pytest.fixture
def keeping(doors):
    """A matter whose time is over, and the day on which it is."""
    found = Keeping(doors.made)
    doors.at = found.at
    return found


def words(said) -> str:
    """What a page says, on one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", said.content.decode())))


def test_two_people_erase_in_a_browser(doors, keeping):
    """L05: what is due would be erased by whoever has a shell on the server, or by nobody."""
    one, second = doors.as_(keeping.one), doors.as_(keeping.second)
    code, ident = keeping.case.row.code, keeping.case.ident
    page = words(one.get(URL))
    assert (True, False) == (code in page and "24 months" in page, "shouted" in page)
    assert "What is due for erasure" in words(one.get("/desk/"))
    sent = one.post(URL, {"do": "ask"})
    assert (422, True) == (sent.status_code, "Choose at least one matter" in words(sent))
    assert 302 == one.post(URL, {"do": "ask", "matters": [ident], "reasons": "Letters of 2026."}).status_code
    request = re.search(r'name="ident" value="(\w+)"', second.get(URL).content.decode())[1]
    refused = one.post(URL, {"do": "approve", "ident": request})
    assert (422, True) == (refused.status_code, "You asked for this yourself" in words(refused))
    assert 422 == second.post(URL, {"do": "decline", "ident": request, "reasons": "No."}).status_code
    assert 302 == second.post(URL, {"do": "approve", "ident": request}).status_code
    assert not models.Wrapping.objects.filter(matter=ident).exists()
    after = second.get(URL)
    assert (True, False) == (f"erased: {code}" in words(after), f'"rowheader">{code}<' in after.content.decode())
    assert 404 == doors.as_(keeping.sat).get(f"/desk/m/{keeping.case.row.slug}/").status_code
    assert audit(doors.made.organisation, at=doors.at).holds


@pytest.mark.parametrize("made", ["sqlite"], indirect=True)
def test_nobody_else_finds_the_page(doors, keeping):
    """L07: which matters there were is nobody's who does not look after them."""
    for person in (doors.people["members"][0], doors.people["gatekeepers"][0]):
        browser = doors.as_(person)
        assert [404, 404] == [browser.get(URL).status_code, browser.post(URL, {"do": "ask"}).status_code]
    assert 404 == doors.as_(keeping.one).post(URL, {"do": "approve", "ident": "none"}).status_code
