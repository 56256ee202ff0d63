# SPDX-License-Identifier: Apache-2.0
"""Evidence by the pages: handed in, labelled, read by who may, given to the other side (E01, E03, E06, L02)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.store import models
from tests.procedure.a_case import Case

ABOUT = {
    "title": "The recording of the meeting",
    "kind": "recording",
    "source": "a member's telephone",
    "obtained": "on the day",
}
SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(200)


@pytest.fixture
def told(doors):
    """A case whose respondent knows of it."""
    case = Case(doors.made, at=doors.at)
    case.lodge()
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    case.do("notify", "case_officer")
    doors.at = case.later(minutes=5).at
    return case


def hand_in(doors, case, data=SOUND, name="meeting.wav", **change):
    """The complainant hands a file in."""
    file = SimpleUploadedFile(name, data)
    url = f"/portal/m/{case.row.slug}/evidence/"
    return doors.as_(case.complainant).post(url, {**ABOUT, **change, "file": file})


def test_an_item_is_labelled_and_read_by_who_has_a_seat(doors, told):
    """The same bytes come out, and the reading is in the record."""
    assert 302 == hand_in(doors, told).status_code
    investigator = told.seats("investigator")[0].person
    page = doors.as_(investigator).get(f"/desk/m/{told.row.slug}/evidence/").content.decode()
    assert "E1 The recording of the meeting" in page
    item = models.Item.objects.get()
    said = doors.as_(investigator).get(f"/desk/m/{told.row.slug}/evidence/{item.ident}/")
    assert (SOUND, "no-store" in said.headers["Cache-Control"]) == (b"".join(said.streaming_content), True)
    assert models.Entry.objects.filter(rule="procedure.content_read", role="investigator").exists()


def test_the_other_side_reads_it_once_it_was_given_to_them(doors, told):
    """E06: before that it is not there for them, by whatever address."""
    hand_in(doors, told)
    item, bero = models.Item.objects.get(), doors.as_(told.respondent)
    url = f"/portal/m/{told.row.slug}/evidence/"
    assert ("E1 The recording" in bero.get(url).content.decode(), bero.get(f"{url}{item.ident}/").status_code) == (
        False,
        404,
    )
    to = models.Part.objects.get(matter=told.row, role="respondent").pseudonym
    officer = doors.as_(told.seats("investigator")[0].person)
    assert 302 == officer.post(f"/desk/m/{told.row.slug}/evidence/{item.ident}/give/", {"to": to}).status_code
    assert "E1 The recording" in bero.get(url).content.decode()
    assert SOUND == b"".join(bero.get(f"{url}{item.ident}/").streaming_content)


def test_a_page_that_was_handed_in_is_never_shown_as_ours(doors, told):
    """A file of markup would act in the name of whoever opens it."""
    hand_in(doors, told, data=b"<html><script>alert(1)</script></html>", name="x.html", kind="document")
    item = models.Item.objects.get()
    said = doors.as_(told.complainant).get(f"/portal/m/{told.row.slug}/evidence/{item.ident}/")
    assert "application/octet-stream" == said.headers["Content-Type"]
    assert said.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in said.headers["Content-Security-Policy"]


def test_what_was_typed_stays_when_the_file_is_missing(doors, told):
    """Nobody writes it all again."""
    said = doors.as_(told.complainant).post(f"/portal/m/{told.row.slug}/evidence/", ABOUT)
    page = said.content.decode()
    assert (422, True, True) == (
        said.status_code,
        "Choose the file." in page,
        ABOUT["source"].replace("'", "&#x27;") in page,
    )


def test_the_bytes_on_the_disk_show_nothing(doors, told):
    """Whoever copies the folder of files has nothing without the keys."""
    hand_in(doors, told, data=b"what was said at the meeting " * 10)
    stored = b"".join(path.read_bytes() for path in doors.made.organisation.evidence.rglob("*") if path.is_file())
    assert len(stored) > 280
    assert b"what was said" not in stored
