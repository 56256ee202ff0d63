# SPDX-License-Identifier: Apache-2.0
"""Rulings, allegations and waivers, from the sheet to the entry, by the forms alone (D03, M02)."""

import re

import pytest

from evenhand.procedure.registering import record_fact
from evenhand.store import models
from tests.procedure.a_case import Case, to_the_hearing


@pytest.fixture
def heard(doors):
    """A case whose hearing was held, and its panel."""
    case = to_the_hearing(Case(doors.made, at=doors.at))
    doors.at = case.later(minutes=5).at
    case.panel = case.seats("panel")
    return case


def sends(doors, case, person, step, door="desk", **read):
    """Somebody fills in the form of a step and sends it; the answer."""
    url = f"/{door}/m/{case.row.slug}/step/{step}/"
    browser = doors.as_(person)
    page = browser.get(url)
    assert 200 == page.status_code, step
    key = re.search(r'name="key" value="(\w+)"', page.content.decode())[1]
    return browser.post(url, {"key": key, **read})


def test_an_allegation_is_answered_and_ruled_on_by_forms(doors, heard):
    """M02: alleged at the portal, ruled on at the desk by somebody who was called for it."""
    about = {"about": heard.panel[0].person, "kind": "prejudged", "since": "2026-03", "source": "A speech."}
    assert 302 == sends(doors, heard, heard.respondent, "allege", door="portal", **about).status_code
    judge = models.Part.objects.get(matter_id=heard.ident, role="recusal_judge")
    browser = doors.as_(judge.person)
    assert 302 == browser.post(f"/desk/m/{heard.row.slug}/declare/", {"answer": "none"}).status_code
    page = browser.get(f"/desk/m/{heard.row.slug}/step/answer-allegation/").content.decode()
    assert ("A speech." in page, "no side" in page) == (True, True)
    which = models.Fact.objects.get(kind="prejudged").ident
    read = {"which": which, "end": "confirm", "reasons": "It was about this very kind."}
    assert 302 == sends(doors, heard, judge.person, "answer-allegation", **read).status_code
    assert "suspended" == models.Part.objects.get(pseudonym=heard.panel[0].pseudonym).status


def test_a_seat_that_waits_is_ruled_on_by_forms(doors, heard):
    """D03: what was found is told to those who rule, by its kind."""
    officer = heard.seats("case_officer")[0]
    about = {"about": heard.panel[0].person, "kind": "outside_contact", "since": "2026-04-02", "source": "A letter."}
    assert 302 == sends(doors, heard, officer.person, "connect", **about).status_code
    for member in heard.panel[1:]:
        page = doors.as_(member.person).get(f"/desk/m/{heard.row.slug}/step/rule-on-seat/").content.decode()
        assert ": contact" in page
        read = {"seat": heard.panel[0].pseudonym, "may": "everything", "reasons": "They told us at once."}
        assert 302 == sends(doors, heard, member.person, "rule-on-seat", **read).status_code
    assert "everything" == models.Fact.objects.get(kind="ruled").source


def test_a_waiver_is_given_and_read_by_the_parties(doors, heard):
    """D03, D05: asked for by a seat, granted by the judge, and its kind and reasons are read at the portal."""
    for person in (heard.complainant, heard.made.people["appeal_panel"][0]):
        record_fact(heard.made.organisation, person, at=doors.at, chance=heard.made.chance, kind="slate",
                    b="slate:open_quay", since="2025-06-01", source="papers")  # fmt: skip
    heard.at = doors.at
    heard.decide("sanction", "panel")
    doors.at = heard.later(minutes=5).at
    officer = heard.seats("case_officer")[0]
    assert 302 == sends(doors, heard, officer.person, "ask-judge", why="One stood with her.").status_code
    heard.do("appeal", "respondent")
    judge = heard.seats("recusal_judge")[0]
    doors.at = heard.later(minutes=5).at
    whom = f"{heard.made.people['appeal_panel'][0]} slate"
    read = {"whom": whom, "acts": ["decide"], "reasons": "Long ago, and once."}
    assert 302 == sends(doors, heard, judge.person, "waive", **read).status_code
    page = doors.as_(heard.respondent).get(f"/portal/m/{heard.row.slug}/").content.decode()
    assert ("Long ago, and once." in page, "slate, for these acts: decide" in page) == (True, True)
    which = models.Fact.objects.get(kind="waived").ident
    assert 302 == sends(doors, heard, judge.person, "revoke-waiver", which=which, reasons="Not any more.").status_code


def test_the_sheet_tells_the_kind_and_no_more(doors):
    """D02: whoever is called learns that something has to be ruled on, and not on which path."""
    case = Case(doors.made, at=doors.at)
    for person in (*doors.people["case_officer"], case.complainant):
        record_fact(doors.made.organisation, person, at=doors.at, chance=doors.made.chance, kind="employed_by",
                    b="employer:The Chandlery", since="2024-01-01", source="register")  # fmt: skip
    case.lodge()
    seat = models.Part.objects.get(matter_id=case.ident, role="case_officer")
    browser = doors.as_(seat.person)
    page = browser.get(f"/desk/m/{case.row.slug}/declare/").content.decode()
    assert ("of this kind: employer" in page, "Chandlery" in page) == (True, False)
    browser.post(f"/desk/m/{case.row.slug}/declare/", {"answer": "none"})
    assert "has to be ruled on first" in browser.get(f"/desk/m/{case.row.slug}/declare/").content.decode()
