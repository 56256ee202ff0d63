# SPDX-License-Identifier: Apache-2.0
"""Whoever acts sees the letters before they go out: what was read beside the form is what arrives."""

import re
from html import unescape

from evenhand.procedure.reading import open_matter
from evenhand.store import models
from tests.journey.playing import Play


def text_of(page: str) -> str:
    """What a reader reads of a page, in one line."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_the_letter_that_was_shown_is_the_one_that_goes_out(doors):
    """A preview that differs from the letter would be worse than none: reasons, days and routes are the same (B08)."""
    case = Play(doors)
    officer = case.seats("case_officer")[0].person
    url = f"/desk/m/{case.row.slug}/do/frame/"
    typed = case.typed(doors.as_(officer).get(url).content.decode(), 20)
    shown = text_of(doors.as_(officer).post(url, typed | {"look": "1"}).content.decode())
    assert 302 == doors.as_(officer).post(url, typed).status_code
    letter = (
        open_matter(doors.made.organisation, case.row.slug, case.ada, at=doors.at).letters()[-1].said["text.letter"]
    )
    lines = [" ".join(line.split()) for line in letter.splitlines() if line.strip()]
    assert [] == [line for line in lines[1:] if line not in shown]


def test_looking_at_the_letters_does_nothing_and_keeps_what_was_typed(doors):
    """A look that acted, or that lost a page of reasons, would be feared and not used."""
    case = Play(doors)
    officer = case.seats("case_officer")[0].person
    url = f"/desk/m/{case.row.slug}/do/frame/"
    typed = case.typed(doors.as_(officer).get(url).content.decode(), 20)
    before = models.Entry.objects.filter(matter=case.ident, type="act").count()
    page = doors.as_(officer).post(url, typed | {"look": "1"}).content.decode()
    assert (before, True) == (
        models.Entry.objects.filter(matter=case.ident, type="act").count(),
        unescape(typed["reasons"]) in unescape(page),
    )


def test_who_was_not_told_gets_no_letter_in_the_preview(doors):
    """The officer would think that the respondent is written to, or would fear it (M14)."""
    case = Play(doors)
    officer = case.seats("case_officer")[0].person
    page = text_of(doors.as_(officer).get(f"/desk/m/{case.row.slug}/do/frame/").content.decode())
    assert (True, False) == ("One to: complainant" in page, "One to: respondent" in page)
