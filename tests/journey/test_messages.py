# SPDX-License-Identifier: Apache-2.0
"""Messages by the pages: a party writes, the office answers, and nobody else learns of it (A14, L07)."""

import re

import pytest
from django.test import Client

from evenhand.procedure.accompanying import name_companion
from evenhand.store import models
from tests.journey.playing import Play
from tests.journey.test_complaining import answer

SECRET = "He knows where my sister works."


@pytest.fixture
def play(doors):
    """A case whose respondent knows of it."""
    return Play(doors).to_the_notice()


def url(play, door, page=""):
    """A page of the matter."""
    return f"/{door}/m/{play.row.slug}/{page}"


def write(play, person, words, *, door="portal", **more):
    """Somebody sends a message by the form."""
    page = play.doors.as_(person).get(url(play, door, "messages/")).content.decode()
    key = re.search(r'name="key" value="([^"]*)"', page)[1]
    return play.doors.as_(person).post(url(play, door, "messages/"), {"words": words, "key": key, **more})


def text_of(play, person, door="portal", page=""):
    """What somebody reads on a page."""
    said = play.doors.as_(person).get(url(play, door, page))
    assert 200 == said.status_code
    return said.content.decode()


def officer(play):
    """Who administers the case."""
    return play.seats("case_officer")[0].person


def test_a_question_is_answered_on_the_page(play):
    """A14: both find it on the page of the matter and on a page of its own, newest first and counted."""
    assert 302 == write(play, play.ada, SECRET).status_code
    to = play.row.parts.get(role="complainant").pseudonym
    assert 302 == write(play, officer(play), "She is not named anywhere.", door="desk", to=to).status_code
    for person, door in ((play.ada, "portal"), (officer(play), "desk")):
        for page in ("", "messages/"):
            shown = text_of(play, person, door, page)
            assert ("2 messages" in shown, shown.index("not named anywhere") < shown.index(SECRET)) == (True, True)


def test_the_other_side_and_other_seats_see_nothing_of_it(play):
    """L07: neither the words, nor a count, nor an entry in what has been done, nor the page."""
    write(play, play.ada, SECRET)
    shown = text_of(play, play.bero) + text_of(play, play.bero, page="messages/")
    assert (SECRET in shown, "1 message" in shown, "A message was sent" in shown) == (False, False, False)
    investigator = play.seats("investigator")[0].person
    assert "messages/" not in text_of(play, investigator, "desk")
    assert 404 == play.doors.as_(investigator).get(url(play, "desk", "messages/")).status_code


def test_a_message_interrupts_nobody_who_is_writing_an_act(play):
    """The respondent would be told that somebody acted, and would ask what it was."""
    browser = play.doors.as_(play.bero)
    form = url(play, "portal", "do/ask_time/")
    page = browser.get(form).content.decode()
    write(play, play.ada, SECRET)
    sent = browser.post(form, play.typed(page, 20) | {"request": "I am away until May."})
    assert 409 != sent.status_code
    assert "Somebody acted" not in sent.content.decode()


@pytest.mark.parametrize("words", ["", " \u200b ", "x" * 10_001])
def test_what_cannot_be_sent_is_said_and_nothing_is_lost(play, words):
    """Bad input gets a sentence at the field."""
    said = write(play, play.ada, words)
    page = said.content.decode()
    assert (422, True, True) == (said.status_code, "Error: " in page, words.strip(" \u200b") in page)
    assert not models.Entry.objects.filter(rule="procedure.message_sent").exists()


def test_the_form_sent_twice_is_one_message(play):
    """A second press would say everything twice."""
    browser = play.doors.as_(play.ada)
    for _ in range(2):
        assert 302 == browser.post(url(play, "portal", "messages/"), {"words": "Once.", "key": "k1"}).status_code
    assert "1 message" in text_of(play, play.ada, page="messages/")


def test_the_office_chooses_whom_it_writes_to(play):
    """A message to nobody, to a judge or to a stranger is not sent."""
    judge = play.seats("investigator")[0].pseudonym
    for to in ("", judge, "0" * 32):
        said = write(play, officer(play), "Hello.", door="desk", to=to)
        assert (422, True) == (said.status_code, "Hello." in said.content.decode())


def test_somebody_without_a_name_writes_and_reads_by_the_code(doors):
    """A14: the seven words are enough, and nobody learns who it is."""
    browser = Client()
    answer(browser)
    sent = browser.post("/portal/complain/check/", follow=True).content.decode()
    code = re.search(r'class="mono">([a-z ]+)<', sent)[1]
    back = Client()
    assert 302 == back.post("/code/", {"code": code}).status_code
    row = models.Matter.objects.get(kind="discipline")
    page = f"/portal/m/{row.slug}/messages/"
    assert 302 == back.post(page, {"words": "Is anybody there?", "key": "a"}).status_code
    play = Play.__new__(Play)
    play.doors, play.made, play.ident = doors, doors.made, row.ident
    clerk = play.seats("case_officer")[0].person
    assert "Is anybody there?" in text_of(play, clerk, "desk", "messages/")
    to = row.parts.get(role="complainant").pseudonym
    assert 302 == write(play, clerk, "Yes. What happened next?", door="desk", to=to).status_code
    assert "What happened next?" in back.get(page).content.decode()


def test_a_companion_reads_and_cannot_write(play):
    """B06: what they were named for, and no more."""
    write(play, play.ada, SECRET)
    name_companion(
        play.made.organisation, play.ident, play.ada, "Fenna Reed", at=play.doors.at, chance=play.made.chance
    )
    fenna = models.Part.objects.get(role="companion").person
    page = text_of(play, fenna, page="messages/")
    assert (SECRET in page, "<textarea" in page) == (True, False)
    assert 404 == play.doors.as_(fenna).post(url(play, "portal", "messages/"), {"words": "Hi."}).status_code
