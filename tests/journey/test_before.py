# SPDX-License-Identifier: Apache-2.0
"""Matters from before the record, as pages: listed for who enters complaints, marked where they go on, counted for all (M12)."""

import re

import pytest
from django.test import Client

from evenhand.procedure.before_the_record import began, old_matters
from evenhand.procedure.importing import keep_in_step, read_registers
from evenhand.store import models
from tests.journey.test_entering import enter
from tests.procedure.test_before_the_record import BEFORE

HIDDEN = '<script>alert("before")</script>'


@pytest.fixture
def officer(doors, tmp_path):
    """Whoever enters complaints, where two matters were open before; what is known of one would be dangerous as HTML."""
    path = tmp_path / "before.csv"
    path.write_text(BEFORE.replace("A letter", HIDDEN.replace('"', "'")), "utf-8")
    read = read_registers(None, None, None, path, began=began(doors.made.organisation))
    keep_in_step(doors.made.organisation, read, at=doors.at, chance=doors.made.chance)
    return doors.as_(doors.people["case_officer"][0])


def url_of(doors, reference):
    """The page of one of them."""
    old = next(one for one in old_matters(doors.made.organisation) if one.reference == reference)
    return f"/desk/before/{old.row.slug}/"


def send(browser, url, **typed):
    """Fills in the form of a page and sends it."""
    key = re.search(r'name="key" value="([^"]*)"', browser.get(url).content.decode())[1]
    return browser.post(url, {"key": key, **typed})


def test_they_have_a_page_of_their_own(doors, officer):
    """M12: nobody would ever look for them again."""
    assert "2 matters from before the record are open" in officer.get("/desk/").content.decode()
    page = officer.get("/desk/before/").content.decode()
    assert page.index("3/2024") < page.index("17/2025")
    assert [True, True] == [words in page for words in ("a drawer", "Sunday 2 November 2025")]
    one = officer.get(url_of(doors, "3/2024")).content.decode()
    assert ("<script>alert" in one, "&lt;script&gt;alert" in one) == (False, True)


def test_nobody_else_finds_it(doors, officer):
    """L07: what is known of one may name people."""
    url = url_of(doors, "17/2025")
    for person in (doors.people["gatekeepers"][0], doors.people["members"][0]):
        assert [404, 404] == [doors.as_(person).get(one).status_code for one in ("/desk/before/", url)]
        assert "before the record" not in doors.as_(person).get("/desk/").content.decode()
    assert 404 == officer.get("/desk/before/abcdefgh/").status_code


def test_how_one_ended_is_entered_by_a_form(doors, officer):
    """M12: with the source, or it stays open; what was typed is kept."""
    url = url_of(doors, "3/2024")
    sent = send(officer, url, how="decided", source="Hm.")
    assert (422, True, True) == (
        sent.status_code,
        "from where it is known" in sent.content.decode(),
        "Hm." in sent.content.decode(),
    )
    assert 422 == send(officer, url, source="The minutes of May 2025").status_code
    assert 302 == send(officer, url, how="decided", source="The minutes of May 2025").status_code
    page = officer.get(url).content.decode()
    assert ("It was decided" in page, "The minutes of May 2025" in page, "<form" in page.partition("<h1>")[2]) == (
        True,
        True,
        False,
    )


def test_one_goes_on_as_a_matter_under_the_rules_and_is_marked(doors, officer):
    """M12: its page would say that it began today."""
    enter(officer)
    row = models.Matter.objects.get(kind="discipline", before=False)
    part = row.parts.filter(kind="seat", role="case_officer").first()
    if part.status == "called":
        assert 302 == officer.post(f"/desk/m/{row.slug}/declare/", {"answer": "none"}).status_code
    step = f"/desk/m/{row.slug}/step/before/"
    old = next(one for one in old_matters(doors.made.organisation) if one.reference == "17/2025")
    assert 302 == send(officer, step, old=old.row.ident).status_code
    page = re.sub(r"\s+", " ", officer.get(f"/desk/m/{row.slug}/").content.decode())
    assert "It was open before this record began: 17/2025, received 2025-11-02, known from the old book." in page
    assert "open before the record" in officer.get("/desk/matters/").content.decode()
    assert row.code in officer.get(url_of(doors, "17/2025")).content.decode()
    assert 404 == officer.get(step).status_code


def test_anybody_reads_how_many_and_nothing_else(doors, officer):
    """M12, K01: a promise about all open matters can be held against their number."""
    send(officer, url_of(doors, "3/2024"), how="lost", source="Nothing in the cupboard")
    page = re.sub(r"\s+", " ", Client().get("/public/").content.decode())
    counted = re.search(r'id="before">.*?</section>', page)[0]
    assert ["2", "1", "0", "1"] == re.findall(r"<dd>(\d+)</dd>", counted)
    assert [False, False] == [words in page for words in ("17/2025", "the old book")]
