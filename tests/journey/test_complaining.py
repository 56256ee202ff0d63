# SPDX-License-Identifier: Apache-2.0
"""Complaining, one question a page: nothing is lost, nobody is told, and there is a way back."""

import re

from django.test import Client

from evenhand.store import models

ANSWERS = {
    "danger": {"danger": "no", "unsafe_to_tell": "no"},
    "whom": {"way": "complainant.lodge", "body": ""},
    "account": {"account": "He shouted at me on the quay <script>alert(1)</script>."},
    "harmed": {"harmed": "me", "harmed_names": "", "seen_by": ""},
    "about": {"words": "Bero", "holder": "none", "conduct.day": "2", "conduct.month": "4", "conduct.year": "2026"},
    "you": {"name": "", "address": ""},
}


def answer(browser, **change):
    """Goes through the questions."""
    for step, typed in ANSWERS.items():
        if step == "you" and "_auth_user_id" in browser.session:
            continue  # who is signed in is not asked who they are
        said = browser.post(f"/portal/complain/{step}/", {**typed, **change.get(step, {})})
        if said.status_code != 302:
            return said
    return browser.get("/portal/complain/check/")


def test_somebody_without_a_name_comes_back_with_a_code(doors):
    """A14: the only way back is shown once, and works."""
    browser = Client()
    answer(browser)
    sent = browser.post("/portal/complain/check/", follow=True)
    code = re.search(r'class="mono">([a-z ]+)<', sent.content.decode())[1]
    assert 7 == len(code.split())
    again = Client()
    row = models.Matter.objects.get(kind="discipline")
    landed = again.post("/code/", {"code": code}, follow=True)
    assert f"/portal/m/{row.slug}/" == landed.request["PATH_INFO"]
    assert row.code in again.get("/portal/").content.decode()


def test_a_member_complains_under_their_name(doors):
    """The name is in no column; the page shows the case at once."""
    ada = doors.people["members"][0]
    browser = doors.as_(ada)
    answer(browser)
    page = browser.post("/portal/complain/check/", follow=True).content.decode()
    row = models.Matter.objects.get(kind="discipline")
    assert row.code in page
    assert 1 == models.Part.objects.filter(matter=row, person=ada, role="complainant").count()


def test_danger_goes_to_a_named_person(doors):
    """M14: one yes, and the urgent route is taken."""
    answer(browser := Client(), danger={"danger": "yes"})
    browser.post("/portal/complain/check/")
    assert "urgent" == models.Matter.objects.get(kind="discipline").stage


def test_what_was_typed_stays_in_the_form(doors):
    """A missing answer costs nobody what they wrote."""
    said = Client().post("/portal/complain/danger/", {"danger": "yes"})
    page = said.content.decode()
    assert (422, True, True) == (said.status_code, "Error:" in page, 'value="yes" checked' in page)


def test_what_was_typed_is_shown_as_text(doors):
    """Whatever somebody writes, no browser runs it."""
    page = answer(Client()).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_sending_it_twice_is_one_complaint(doors):
    """The back button is harmless."""
    browser = Client()
    answer(browser)
    browser.post("/portal/complain/check/")
    browser.post("/portal/complain/check/")
    assert 1 == models.Matter.objects.filter(kind="discipline").count()


def test_a_question_that_was_skipped_is_asked(doors):
    """Nobody sends an empty complaint by an address."""
    assert "/portal/complain/danger/" == Client().get("/portal/complain/check/").headers["Location"]


def test_a_handler_who_is_named_is_left_out(doors):
    """A08: chosen from the list of who holds an office, and never called."""
    named = doors.people["gatekeepers"][0]
    browser = Client()
    answer(browser, about={"holder": named})
    browser.post("/portal/complain/check/")
    row = models.Matter.objects.get(kind="discipline")
    assert ["respondent"] == [part.role for part in row.parts.filter(person=named)]
    assert row.code not in doors.as_(named).get("/desk/").content.decode()
    assert row.code not in doors.as_(named).get("/portal/").content.decode()


def test_pressing_the_button_twice_keeps_the_one_code(doors):
    """Two browsers' worth of one form: the second must not give a code that opens nothing."""
    first = Client()
    answer(first)
    second = Client()
    second.cookies = first.cookies.copy()
    saved = dict(first.session["complaint"])
    sent = first.post("/portal/complain/check/", follow=True).content.decode()
    restored = second.session
    restored["complaint"] = saved
    restored.save()
    again = second.post("/portal/complain/check/", follow=True).content.decode()
    codes = [re.search(r'class="mono">([a-z ]+)<', page) for page in (sent, again)]
    assert 1 == models.Matter.objects.filter(kind="discipline").count()
    assert codes[0] is not None
    assert codes[1] is None or codes[0][1] == codes[1][1]


def test_the_first_page_leads_to_a_complaint_without_signing_in(doors):
    """Whoever has no account would be sent away by a page that asks for one."""
    page = Client().get("/").content.decode()
    url = re.search(r'<a href="([^"]+)">Complain</a>', page)[1]
    assert 200 == Client().get(url).status_code


def test_the_code_is_in_the_session_as_soon_as_the_complaint_is_entered(doors, monkeypatch):
    """The disk that holds the log may be full: the complaint is entered, and its code must be there, or nobody has it (A02)."""
    browser = Client()
    answer(browser)

    def broken(organisation):
        raise OSError("the disk is full")

    monkeypatch.setattr("evenhand.web.matter.door.seal", broken)
    assert 302 == browser.post("/portal/complain/check/").status_code
    page = browser.get("/portal/complain/done/").content.decode()
    assert 7 == len(re.search(r'class="mono">([a-z ]+)<', page)[1].split())


def test_two_presses_at_one_time_leave_one_complaint(doors, monkeypatch):
    """Both came as far as the key: the second finds it taken, and is led to the code of the first."""
    browser = Client()
    answer(browser)
    saved = dict(browser.session["complaint"])
    assert 302 == browser.post("/portal/complain/check/").status_code
    code = browser.session["complained"]["code"]
    again = browser.session
    again["complaint"] = saved
    again.save()
    from evenhand.web.portal.complaining import repeated

    tries = []

    def not_seen_at_first(key, person):
        tries.append(key)
        return repeated(key, person) if tries[1:] else None

    monkeypatch.setattr("evenhand.web.portal.complaining.repeated", not_seen_at_first)
    assert "/portal/complain/done/" == browser.post("/portal/complain/check/").headers["Location"]
    assert (1, code) == (models.Matter.objects.filter(kind="discipline").count(), browser.session["complained"]["code"])


def test_a_day_alone_is_shown_as_it_was_typed(doors):
    """A month of nought would look like something that they had typed."""
    browser = Client()
    for step in ("danger", "whom", "account", "harmed"):
        browser.post(f"/portal/complain/{step}/", ANSWERS[step])
    day = {"conduct.day": "7", "conduct.month": "", "conduct.year": ""}
    page = browser.post("/portal/complain/about/", {**day, "holder": "none"}).content.decode()
    values = re.findall(r'name="conduct\.(day|month|year)" value="([^"]*)"', page)
    assert [("day", "7"), ("month", ""), ("year", "")] == values


def test_a_text_of_five_megabytes_gets_an_answer(doors):
    """Hostile input: no crash, and nothing of it is kept."""
    browser = Client(raise_request_exception=False)
    for step in ("danger", "whom"):
        browser.post(f"/portal/complain/{step}/", ANSWERS[step])
    said = browser.post("/portal/complain/account/", {"account": "x" * 5_000_000})
    assert 400 <= said.status_code < 500
