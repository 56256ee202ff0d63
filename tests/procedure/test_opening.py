# SPDX-License-Identifier: Apache-2.0
"""A matter is opened: who may, who is in it from the first entry, and whom the respondent reads of (A05, M06, M15, B03)."""

from datetime import timedelta

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.declaring import declare
from evenhand.procedure.naming import complainant_named
from evenhand.procedure.opening import Party, lodge
from evenhand.procedure.reading import open_matter
from evenhand.procedure.registering import BODY, Newcomer, record_fact
from evenhand.procedure.working import work
from evenhand.rulebook.loading import loads
from evenhand.store import books, models, states
from tests.databases import RULES
from tests.procedure.a_case import CARRIED, Asked, Case


def opened(made, act="lodge", by="complainant", person="", parties=(), **carries):
    """Opens a matter; its row."""
    case = Case(made)
    wanted = books.in_force(case.at).books["discipline"].acts[act].carries
    known = CARRIED | {"receipt": {"received": "2026-04-02"}} | carries
    asked = Asked(
        act=act, by=by, person=person or made.people["members"][0], carries={item: known[item] for item in wanted}
    )
    done = lodge(made.organisation, asked, at=case.at, chance=made.chance, parties=parties, sealing=False)
    return models.Matter.objects.get(ident=done.matter)


def test_a_concern_of_the_organisation_needs_an_office(made):
    """M06: a member cannot speak for the organisation; whoever handles matters can, and is a party then."""
    with pytest.raises(Refused, match="holds the office"):
        opened(made, "raise", "federation")
    handler = made.people["gatekeepers"][0]
    row = opened(made, "raise", "federation", handler)
    assert ["party"] == [part.kind for part in row.parts.filter(person=handler)]


def test_nobody_is_complainant_and_respondent(made):
    """A person who is both sides could end their own case."""
    ada = made.people["members"][0]
    with pytest.raises(Refused, match="cannot be both"):
        opened(made, parties=[Party(role="respondent", person=ada)])
    assert 0 == models.Matter.objects.filter(kind="discipline").count()


def test_who_complains_can_be_who_was_harmed(made):
    """A05: two roles of one person are two parts, and one of them opens the matter."""
    ada = made.people["members"][0]
    row = opened(made, parties=[Party(role="affected", person=ada)])
    assert [("affected", "named"), ("complainant", "party")] == sorted(
        row.parts.filter(person=ada).values_list("role", "status")
    )
    assert "complainant" == open_matter(made.organisation, row.slug, ada, at=Case(made).at).part.role


def test_a_body_that_complains_is_sent_nothing(made):
    """A04: whoever wrote for it gets the letter, once."""
    body = Party(role="complainant", newcomer=Newcomer(name="The North Branch", kind=BODY), acts=False)
    row = opened(made, "lodge_as_body", parties=[body])
    wrote = row.parts.get(status="party").pseudonym
    assert [wrote] == list(row.letters.values_list("to", flat=True))


def test_an_officer_who_is_close_to_a_party_enters_it_and_goes_no_further(made):
    """A08: the letter is entered the day it comes, and somebody else handles it."""
    officer, bero = made.people["case_officer"][0], made.people["members"][1]
    about = {"kind": "family", "b": bero, "since": "2010-01-01", "source": "a declaration"}
    record_fact(made.organisation, officer, at=made.at, chance=made.chance, **about)
    parties = [Party(role="complainant", person=made.people["members"][0]), Party(role="respondent", person=bero)]
    row = opened(made, "enter", "case_officer", officer, parties)
    seats = row.parts.filter(role="case_officer").exclude(status="suspended")
    assert ("suspended", False) == (row.parts.get(person=officer).status, officer in [one.person for one in seats])
    assert 1 == seats.count()


def test_an_officer_who_enters_a_letter_declares_before_they_go_on(made):
    """D02: they know the letter, and not who else is named in it; without a declaration the seat passes on."""
    officer = made.people["case_officer"][0]
    row = opened(made, "enter", "case_officer", officer, [Party(role="complainant", person=made.people["members"][0])])
    seat = row.parts.get(person=officer)
    at = Case(made).at + timedelta(minutes=5)
    assert ("called", "2026-04-09") == (seat.status, seat.until)
    with pytest.raises(NotYours):
        open_matter(made.organisation, row.slug, officer, at=at)
    declare(made.organisation, row.ident, officer, "none", at=at, chance=made.chance)
    assert row.ident == open_matter(made.organisation, row.slug, officer, at=at).row.ident
    assert [officer] == list(row.parts.filter(role="case_officer", status="sits").values_list("person", flat=True))


def test_a_letter_that_lay_too_long_is_accepted_by_the_clock(made):
    """M15, H03: received months ago, entered today: what the clock owes is done, and dated when it could be."""
    officer = made.people["case_officer"][0]
    row = opened(made, "enter", "case_officer", officer, receipt={"received": "2026-01-05"})
    assert "2026-01-05" == states.of_data(row.state).counts_from.isoformat()
    work(made.organisation, at=Case(made).at + timedelta(minutes=1), chance=made.chance)
    row.refresh_from_db()
    assert "notice" == row.stage


def test_the_respondent_reads_who_complained_where_the_rulebook_says_so(made):
    """B03: the Harbour Federation names them; a rulebook that withholds the name shows none on any page."""
    rules = loads(RULES, "rules")
    withheld = loads(
        RULES.replace('"yes, unless a restriction with reasons stands"', '"no, unless they wish it"'), "rules"
    )
    assert (True, False) == (complainant_named(rules), complainant_named(withheld))


@pytest.mark.parametrize("named", [True, False])
def test_a_name_that_is_withheld_is_on_no_list(made, monkeypatch, named):
    """B03: of the people in the matter the respondent, once told, reads those of the other side only where the rules say so."""
    case = Case(made)
    case.lodge()
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    case.do("notify", "case_officer")
    monkeypatch.setattr("evenhand.procedure.reading.complainant_named", lambda rules: named)
    for reader, sees in (
        (case.respondent, named),
        (case.complainant, True),
        (case.seats("gatekeepers")[0].person, True),
    ):
        people = open_matter(made.organisation, case.row.slug, reader, at=case.at).people()
        assert sees == (case.complainant in [part.person for part, _ in people])
