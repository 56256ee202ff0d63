# SPDX-License-Identifier: Apache-2.0
"""An officer enters what came by post, by e-mail or in speech: two days, the words as they came, and a receipt (M15)."""

import re

import pytest
from django.test import Client

from evenhand.procedure.naming import name_in
from evenhand.procedure.registering import Newcomer, enrol
from evenhand.store import books, models, states
from evenhand.store.opened import said
from tests.journey.houses import BOOKS, OFFICES, house

RECEIVED = {"received.day": "2", "received.month": "4", "received.year": "2026"}
ANSWERS = {
    "came": {"channel": "post", **RECEIVED},
    "words": {"account": "He shouted at me on the quay, and I cannot write this on a machine."},
    "danger": {"danger": "no", "unsafe_to_tell": "no"},
    "who": {"complainant": "Wenna Tor", "address": "wenna@example.org"},
    "who-is": {"complainant_is": "new"},
    "about": {"respondent": "", "words": "the tall one"},
    "about-is": {"respondent_is": "new"},
    "others": {"harmed_names": "", "seen_by": ""},
}


def enter(browser, **change):
    """Answers every question that is asked and enters it; the page with the receipt."""
    url = browser.get("/desk/enter/").headers["Location"]
    while not url.endswith("/check/"):
        step = url.rstrip("/").rpartition("/")[2]
        said_ = browser.post(url, {**ANSWERS[step], **change.get(step, {})})
        assert (step, 302) == (step, said_.status_code), re.sub(r"<[^>]+>|\s+", " ", said_.content.decode())[-900:]
        url = said_.headers["Location"]
    assert 200 == browser.get(url).status_code
    sent = browser.post(url, follow=True)
    assert 200 == sent.status_code
    return sent.content.decode()


@pytest.fixture
def officer(doors):
    """Whoever holds the office that enters letters, at their desk."""
    return doors.as_(doors.people["case_officer"][0])


def the_matter():
    """The one that was entered."""
    return models.Matter.objects.get(kind="discipline")


def of(doors, row, role):
    """The people who have a part in a role."""
    return [part.person for part in row.parts.filter(role=role)]


def test_the_clock_runs_from_the_day_received(doors, officer):
    """M15: a letter that lay five days has five days less; the day of entry stands beside it."""
    enter(officer)
    row = the_matter()
    book = books.running(row.rulebook, row.book)
    assert "2026-04-02" == states.of_data(row.state).counts_from.isoformat()
    assert book.calendar.due(states.of_data(row.state).counts_from, book.book.stages["triage"].clock.within) == (
        book.calendar.local_day(row.due)
    )
    receipt = said(models.Entry.objects.get(matter=row.ident, n=1), doors.made.organisation.keyring)["body.receipt"]
    assert {"received": "2026-04-02", "entered": "2026-04-07"} == receipt


def test_both_days_stand_in_the_letter_and_on_the_receipt(doors, officer):
    """M15: whoever complained can count the days that the organisation took."""
    page = enter(officer)
    assert ("2 April 2026" in page, "7 April 2026" in page) == (True, True)
    assert "One working day later" in page or "1 working day later" in page
    row = the_matter()
    letter = said(models.Entry.objects.get(id=row.letters.get().entry), doors.made.organisation.keyring)["text.letter"]
    assert (True, True) == ("2 April 2026" in letter, "7 April 2026" in letter)


def test_the_words_stand_as_they_came(doors, officer):
    """A01, M18: nobody has to frame anything, and nobody's hand changes what was written."""
    enter(officer, words={"account": "  He   shouted.\n\nTwice.  "})
    fields = said(models.Entry.objects.get(matter=the_matter().ident, n=1), doors.made.organisation.keyring)
    assert "He   shouted.\n\nTwice." == fields["text.account"]
    assert "post" == the_matter().raised


def test_who_is_not_in_the_register_gets_a_code_that_opens_the_matter(doors, officer):
    """A02, M15: without an account there is still a way in, and it is shown until it was handed over."""
    page = enter(officer)
    code = re.search(r'class="mono">([a-z ]+)<', page)[1]
    browser = Client()
    assert 302 == browser.post("/code/", {"code": code}).status_code
    assert 200 == browser.get(f"/portal/m/{the_matter().slug}/").status_code
    after = officer.post("/desk/enter/done/", follow=True).content.decode()
    assert code not in after


def test_a_member_of_the_register_is_found_and_gets_no_code(doors, officer):
    """M15: by name or number; a code for somebody who has other matters would open those to whoever made it."""
    ada = doors.people["members"][0]
    page = enter(officer, who={"complainant": "ada wynd", "address": ""}, **{"who-is": {"complainant_is": ada}})
    assert re.search(r'class="mono">([a-z]+ ){6}[a-z]+<', page) is None
    assert [ada] == of(doors, the_matter(), "complainant")
    assert 200 == doors.as_(ada).get(f"/portal/m/{the_matter().slug}/").status_code


def test_a_member_is_found_by_number(doors, officer):
    """Two people of one name are told apart."""
    found = enrol(
        doors.made.organisation,
        Newcomer(name="Ada Wynd", kind="member", number="H-77"),
        at=doors.at,
        chance=doors.made.chance,
    )
    officer.get("/desk/enter/")
    for step in ("came", "words", "danger"):
        officer.post(f"/desk/enter/{step}/", ANSWERS[step])
    officer.post("/desk/enter/who/", {"complainant": "H-77"})
    page = officer.get("/desk/enter/who-is/").content.decode()
    assert (True, False) == (found in page, doors.people["members"][0] in page)


def test_whoever_was_named_in_a_complaint_is_not_found(doors, officer):
    """D01: that there is a record of somebody would tell that somebody complained about them."""
    enter(officer, others={"harmed_names": "Fenna Holt", "seen_by": ""})
    officer.get("/desk/enter/")
    for step in ("came", "words", "danger"):
        officer.post(f"/desk/enter/{step}/", ANSWERS[step])
    sent = officer.post("/desk/enter/who/", {"complainant": "Fenna Holt"})
    assert "/desk/enter/about/" == sent.headers["Location"]


def test_without_a_name_it_is_entered_all_the_same(doors, officer):
    """A14: there is a complaining side, with its letters and its right to have an ending looked at."""
    enter(officer, who={"complainant": "", "address": ""})
    part = the_matter().parts.get(role="complainant")
    assert "somebody who gave no name" == name_in(doors.made.organisation, part)


def test_danger_in_a_letter_takes_the_urgent_route(doors, officer):
    """M14: it is read within one working day of its receipt, however it came."""
    enter(officer, danger={"danger": "yes"})
    assert "urgent" == the_matter().stage


def test_an_officer_does_not_enter_a_complaint_about_themselves(doors, officer):
    """A08: the sentence says who can, and nothing that was typed is lost."""
    mine = doors.people["case_officer"][0]
    for step, more in ANSWERS.items():
        change = (
            {"respondent": "Case_Officer 0"}
            if step == "about"
            else {"respondent_is": mine}
            if step == "about-is"
            else {}
        )
        officer.post(f"/desk/enter/{step}/", {**more, **change})
    officer.get("/desk/enter/check/")
    sent = officer.post("/desk/enter/check/")
    page = sent.content.decode()
    assert (422, True, True) == (sent.status_code, "another person enter it" in page, "the tall one" in page)
    assert 0 == models.Matter.objects.filter(kind="discipline").count()


def test_pressing_twice_enters_once(doors, officer):
    """A double click would make two matters of one letter, with two codes."""
    enter(officer)
    assert 302 == officer.post("/desk/enter/check/").status_code
    assert 1 == models.Matter.objects.filter(kind="discipline").count()


def test_a_day_that_has_not_come_is_refused(doors, officer):
    """A typing error would give the gatekeepers a month more."""
    said_ = officer.post("/desk/enter/came/", {"channel": "post", **RECEIVED, "received.year": "2027"})
    assert (422, True) == (said_.status_code, "This day has not come yet" in said_.content.decode())


def test_nobody_else_finds_the_page(doors):
    """L07: not the gatekeepers, not a member."""
    for person in (doors.people["gatekeepers"][0], doors.people["members"][0]):
        assert [404, 404] == [doors.as_(person).get(url).status_code for url in ("/desk/enter/", "/desk/enter/came/")]
        assert "/desk/enter/" not in doors.as_(person).get("/desk/").content.decode()


@pytest.mark.parametrize("name", BOOKS)
def test_every_rulebook_knows_who_enters(tmp_path, name):
    """M15: whatever the office is called, its holder finds the page and the matter gets its receipt."""
    with house(tmp_path / "house", name) as doors:
        browser = doors.as_(doors.people[OFFICES[name][0]][0])
        assert "/desk/enter/" in browser.get("/desk/").content.decode()
        enter(browser)
        assert "2026-04-02" == states.of_data(the_matter().state).counts_from.isoformat()
