# SPDX-License-Identifier: Apache-2.0
"""Companions, adjustments and contact from outside by their forms (B06, B10, D12)."""

import re

import pytest
from django.test import Client

from evenhand.store import models
from evenhand.web.accounts.models import Account
from tests.journey.playing import Play
from tests.journey.test_complaining import ANSWERS

NEED = "I read large print."


@pytest.fixture
def play(doors):
    """A case whose respondent knows of it."""
    return Play(doors).to_the_notice()


def url(play, door="portal", page=""):
    """A page of the matter."""
    return f"/{door}/m/{play.row.slug}/{page}"


def step(play, person, step_id, door="portal", **typed):
    """Somebody fills in the form of a step."""
    browser, form = play.doors.as_(person), url(play, door, f"step/{step_id}/")
    page = browser.get(form)
    assert 200 == page.status_code, step_id
    key = re.search(r'name="key" value="([^"]*)"', page.content.decode())[1]
    return browser.post(form, {"key": key, **typed})


def text_of(play, person, door="portal", page=""):
    """What somebody reads on a page."""
    return play.doors.as_(person).get(url(play, door, page)).content.decode()


def officer(play):
    """Who administers the case."""
    return play.seats("case_officer")[0].person


def test_a_companion_comes_by_the_link_that_was_handed_over(play):
    """B06: named without an address, they sign in by a link, read what the party reads and can do nothing."""
    assert 302 == step(play, play.ada, "companion", name="Fenna Reed").status_code
    browser, page = play.doors.as_(play.ada), url(play, page="companion/")
    pseudonym = models.Part.objects.get(role="companion").pseudonym
    shown = browser.post(page, {"companion": pseudonym, "do": "invite"}).content.decode()
    link = re.search(r"<code>https?://[^/]+(/in/[^<]+)</code>", shown)[1]
    fenna = Client()
    assert 302 == fenna.post(link).status_code
    seen = fenna.get(url(play)).content.decode()
    assert ("you are companion" in seen, re.findall(r"/(?:do|step)/\w+", seen)) == (True, [])
    assert 404 == fenna.get(url(play, page="companion/")).status_code
    assert 404 == fenna.get(url(play, page="step/adjustment/")).status_code
    assert (200, 410) == (fenna.get("/portal/").status_code, Client().get(link).status_code)
    assert 302 == browser.post(page, {"companion": pseudonym, "do": "end"}).status_code
    assert 404 == fenna.get(url(play)).status_code
    assert "Nobody accompanies you" in text_of(play, play.ada, page="companion/")


def test_a_link_is_never_handed_over_for_somebody_with_an_address(play):
    """Whoever names a member by their address would sign in as that member."""
    about = {"name": "Davo Pell", "address": "davo@harbour.example"}
    assert 302 == step(play, play.ada, "companion", **about).status_code
    one = models.Part.objects.get(role="companion")
    assert play.doors.people["members"][3] == one.person
    shown = play.doors.as_(play.ada).post(url(play, page="companion/"), {"companion": one.pseudonym, "do": "invite"})
    assert ("/in/" in shown.content.decode(), "Nothing was sent" in shown.content.decode()) == (False, True)
    assert not Account.objects.filter(person=one.person).exclude(links=None).filter(links__used=None).exists()


def test_a_judge_is_refused_with_the_rule_and_nothing_is_lost(play):
    """B06: the form comes back whole, with the rule."""
    investigator = play.seats("investigator")[0].person
    name = re.search(r">(Investigator \d)<", text_of(play, play.ada))[1]
    said = step(play, play.ada, "companion", name=name)
    page = said.content.decode()
    assert (422, True, True) == (said.status_code, "companions/apart" in page, f'value="{name}"' in page)
    assert not models.Part.objects.filter(role="companion", person=investigator).exists()


def test_an_adjustment_is_asked_for_answered_and_shown_to_who_may(play):
    """B10: on the page of the party and of the seats, and on no page of the other side."""
    assert 302 == step(play, play.ada, "adjustment", kind="format", words=NEED).status_code
    assert "waits for an answer" in text_of(play, play.ada)
    which = re.search(r'name="which" value="(\w+)"', text_of(play, officer(play), "desk", "step/answer-adjustment/"))[1]
    answer = {"which": which, "answer": "granted", "reasons": "From today on."}
    assert 302 == step(play, officer(play), "answer-adjustment", "desk", **answer).status_code
    for person, door in ((play.ada, "portal"), (play.seats("investigator")[0].person, "desk")):
        page = text_of(play, person, door)
        assert (True, True) == (NEED in page, "From today on." in page)
    other = text_of(play, play.bero)
    assert (False, False) == (NEED in other, "adjustment was answered" in other or "asked for another" in other)
    assert 404 == play.doors.as_(officer(play)).get(url(play, "desk", "step/answer-adjustment/")).status_code


def test_contact_from_outside_is_entered_in_one_step(play):
    """D12: who approached whom, how and when; every seat reads it and no party."""
    investigator = play.seats("investigator")[0]
    day = dict(zip(("day.year", "day.month", "day.day"), play.doors.at.date().isoformat().split("-"), strict=True))
    about = {"who": "Councillor Holm", "kind": "telephone", "words": "Could this wait?"}
    sent = step(play, investigator.person, "contact", "desk", approached=investigator.pseudonym, **about, **day)
    assert 302 == sent.status_code
    assert "Councillor Holm" in text_of(play, officer(play), "desk")
    for party in (play.ada, play.bero):
        page = text_of(play, party)
        assert (False, False) == ("Councillor Holm" in page, "Contact from outside" in page)
    assert models.Fact.objects.filter(kind="outside_contact", a=investigator.person).exists()


@pytest.mark.parametrize(
    ("who", "step_id", "door"),
    [("ada", "companion", "portal"), ("bero", "adjustment", "portal"), ("officer", "contact", "desk")],
)
def test_an_empty_form_says_what_is_missing(play, who, step_id, door):
    """Bad input gets a sentence at each field; nothing is entered."""
    person = officer(play) if who == "officer" else getattr(play, who)
    said = step(play, person, step_id, door)
    assert (422, True) == (said.status_code, "in the way" in said.content.decode())
    entered = ("procedure.companion_named", "procedure.adjustment_asked", "procedure.contact_entered")
    assert not models.Entry.objects.filter(rule__in=entered).exists()


def test_support_stands_on_every_page_once_danger_was_named(doors):
    """B12, M14: whoever said that somebody is in danger finds at once whom to call, until the complaint is sent and after."""
    support = "01632 960 111"
    browser = Client()
    browser.post("/portal/complain/danger/", ANSWERS["danger"] | {"danger": "yes"})
    for question, typed in list(ANSWERS.items())[1:]:
        assert support in browser.get(f"/portal/complain/{question}/").content.decode(), question
        assert 302 == browser.post(f"/portal/complain/{question}/", typed).status_code
    assert support in browser.get("/portal/complain/check/").content.decode()
    assert support in browser.post("/portal/complain/check/", follow=True).content.decode()


def test_the_first_letter_to_who_complains_names_support(play):
    """B12: whom to call stands in the first letter itself, and not on a page that one has to look for."""
    mine = models.Letter.objects.filter(matter=play.row, to=play.row.parts.get(role="complainant").pseudonym)
    n = models.Entry.objects.get(id=mine.order_by("entry").first().entry).n
    assert "01632 960 111" in text_of(play, play.ada, page=f"letters/{n}/")
