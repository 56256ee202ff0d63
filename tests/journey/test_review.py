# SPDX-License-Identifier: Apache-2.0
"""The reviewers open the list of decisions in doubt and record what becomes of each; nobody else learns of it (D10, D11)."""

import re

import pytest

from evenhand.procedure.registering import record_fact
from evenhand.procedure.review_rows import rows_of
from evenhand.store import models
from tests.procedure.a_case import Case
from tests.procedure.a_review import REASONS, TOLD, Review, becomes_a_respondent


@pytest.fixture
def review(doors):
    """A panel's decision, and one of the panel is a respondent now."""
    doors.made.at = doors.at
    found = Review(doors.made)
    doors.at = found.at
    return found


def page(doors, person, url):
    """A page as somebody sees it."""
    said = doors.as_(person).get(url)
    assert 200 == said.status_code, url
    return said.content.decode()


def send(doors, person, url, **typed):
    """Fills in the form of a page and sends it."""
    key = re.search(r'name="key" value="([^"]*)"', page(doors, person, url))[1]
    return doors.as_(person).post(url, {"key": key, **typed})


@pytest.fixture
def url(review):
    """Where the one decision is."""
    return f"/desk/m/{review.matter.slug}/decisions/{review.row.listed.ident}/"


def test_the_reviewers_declare_and_see_the_list(doors, review):
    """D02 holds here too: the name first, then the declaration, then the decisions; and the reading is entered (L02)."""
    for seat in models.Part.objects.filter(matter=review.matter, status="called"):
        browser, home = doors.as_(seat.person), f"/desk/m/{review.matter.slug}/"
        assert review.matter.code in browser.get("/desk/").content.decode()
        sheet = browser.get(home, follow=True)
        assert "Panel" in sheet.content.decode()
        assert 302 == browser.post(f"{home}declare/", {"answer": "none"}).status_code
        said = page(doors, seat.person, home)
        assert ("1 decision in which" in said, "Decide on a sanction" in said) == (True, True)
        assert review.matter.code in page(doors, seat.person, "/desk/")
    assert 2 == models.Entry.objects.filter(matter=review.ident, rule="procedure.content_read").count()


def test_nobody_else_learns_of_the_list(doors, review, url):
    """The person concerned, a party of the decision, and another officer: the same page as for an address that never was."""
    review.reviewers()
    for person in (review.person, review.first.complainant, doors.people["panel"][7], doors.people["case_officer"][0]):
        browser = doors.as_(person)
        for real in (f"/desk/m/{review.matter.slug}/", url, f"/desk/m/{review.matter.slug}/queue/"):
            never = browser.get(real.replace(review.matter.slug, "0" * 24))
            said = browser.get(real)
            assert (404, never.content) == (said.status_code, said.content)
        assert review.matter.code not in browser.get("/desk/").content.decode()


def test_one_proposes_and_another_records_it_on_the_pages(doors, review, url):
    """D11, from the form to the record."""
    first, second = review.reviewers()
    assert "Cannot be chosen: Without this person there was no quorum" in page(doors, first, url)
    assert 302 == send(doors, first, url, do="propose", disposition="referred", reasons=REASONS, told=TOLD).status_code
    assert "You proposed this" in page(doors, first, url)
    assert 302 == send(doors, second, url, do="answer", agrees="yes").status_code
    assert "It is referred" in page(doors, second, url)
    assert ("referred", True) == (review.row.listed.disposition, review.matter.over)
    assert "none is open any more" in page(doors, second, f"/desk/m/{review.matter.slug}/")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"do": "propose"}, "Choose what becomes of this decision."),
        ({"do": "propose", "disposition": "overtaken"}, "Give the reasons"),
        ({"do": "propose", "disposition": "stands", "reasons": REASONS}, "no quorum"),
        ({"do": "propose", "disposition": "referred", "reasons": REASONS}, "Say what the parties"),
        ({"do": "propose", "disposition": "nothing", "reasons": REASONS}, "A listed decision can be"),
        ({"do": "answer"}, "Say whether you agree."),
        ({"do": "answer", "agrees": "yes"}, "Nothing is proposed"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(doors, review, url, typed, says):
    """Whoever wrote a page of reasons would write it again."""
    first = review.reviewers()[0]
    said = send(doors, first, url, **typed)
    assert (422, True) == (said.status_code, says in said.content.decode())
    assert typed.get("reasons", "") in said.content.decode()


def test_the_queue_asks_a_second_reviewer_for_each(doors, review, url):
    """G06: one act for all, and reasons for each."""
    first, second = review.reviewers()
    queue = f"/desk/m/{review.matter.slug}/queue/"
    assert queue in page(doors, first, f"/desk/m/{review.matter.slug}/")
    assert 422 == send(doors, first, queue, reasons=REASONS).status_code
    assert 302 == send(doors, first, queue, reasons=REASONS, told=TOLD).status_code
    assert 422 == send(doors, second, url, do="answer", agrees="yes").status_code
    assert 302 == send(doors, second, url, do="answer", agrees="yes", reasons="That panel was split.").status_code
    assert "re-decided" == review.row.listed.disposition


def test_a_fact_that_was_withdrawn_is_told_and_changes_nothing(doors, review):
    """What was recorded remains, and whoever reads it later learns of it."""
    from evenhand.procedure.pen import Pen

    first = review.reviewers()[0]
    fact = models.Fact.objects.get(kind="respondent", a=review.person, b=f"matter:{review.second.ident}")
    pen = Pen(review.made.organisation, **review.now())
    file = models.Person.objects.get(handle=review.person).file_id
    pen.note(file, "fact_withdrawn", {"body.fact": {"ident": fact.ident}})
    assert "was withdrawn" in page(doors, first, f"/desk/m/{review.matter.slug}/")
    assert 1 == len(rows_of(review.made.organisation, review.matter))


def test_a_party_that_was_told_asks_and_others_look_at_it(doors, review, url):
    """A decision that needed no disposition is due once a party of it asks; before they are told they cannot know of it."""
    models.Affected.objects.update(due="")
    step, browser = f"/portal/m/{review.first.row.slug}/step/look-again/", doors.as_(review.first.complainant)
    assert 404 == browser.get(step).status_code
    first, second = review.reviewers()
    typed = {"do": "propose", "disposition": "tell", "reasons": REASONS, "told": TOLD}
    assert 302 == send(doors, first, url, **typed).status_code
    assert 404 == browser.get(step).status_code
    assert 302 == send(doors, second, url, do="answer", agrees="yes").status_code
    assert TOLD in page(doors, review.first.complainant, f"/portal/m/{review.first.row.slug}/")
    asked = {"decision": review.row.entry.leaf, "reasons": "I have been waiting for this."}
    assert 302 == send(doors, review.first.complainant, step, **asked).status_code
    assert (True, "a party asked") == (bool(review.row.listed.due), review.row.asked)
    assert "a party asked" in page(doors, first, f"/desk/m/{review.matter.slug}/")
    assert 404 == browser.get(step).status_code


def test_the_holder_and_the_overseers_see_that_they_stand_aside(doors):
    """M01: recorded, and shown to those whom it concerns."""
    made, person = doors.made, doors.people["members"][1]
    about = {"kind": "holds", "b": "office:council", "since": "2026-01-01", "source": "register of offices"}
    record_fact(made.organisation, person, **about, at=Case(made).at, chance=made.chance)
    case = becomes_a_respondent(made, person, at=Case(made).at)
    doors.at = case.at
    matter = models.Matter.objects.get(kind="aside")
    url = f"/desk/m/{matter.slug}/"
    assert "You stand aside from the office council" in page(doors, person, "/desk/")
    assert "Ask for a ruling" in page(doors, person, url)
    assert 422 == send(doors, person, url, words="").status_code
    assert 302 == send(doors, person, url, words="The case does not concern the council.").status_code
    for role, sees in (("recusal_judge", "Your ruling"), ("overseers", "stands aside from the office council")):
        seat = matter.parts.filter(role=role).first()
        assert 302 == doors.as_(seat.person).post(f"{url}declare/", {"answer": "none"}).status_code
        assert sees in page(doors, seat.person, url)
        assert 200 == doors.as_(seat.person).get("/desk/").status_code
    judge = matter.parts.get(role="recusal_judge").person
    assert 302 == send(doors, judge, url, goes_on="no", words="It is not needed here.").status_code
    assert "You stood aside" in page(doors, person, url)
    assert 404 == doors.as_(doors.people["members"][3]).get(url).status_code
    assert 200 == doors.as_(person).get("/portal/").status_code
