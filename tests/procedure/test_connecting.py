# SPDX-License-Identifier: Apache-2.0
"""Facts entered in a matter bind at once where a seat enters them, and wait for a ruling where they are only alleged."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing_tables import rows
from evenhand.procedure.connecting import alleged, answer, connect
from evenhand.procedure.exporting import may_read
from evenhand.procedure.rebuilding import rebuild
from evenhand.procedure.registering import record_fact
from evenhand.store import models
from evenhand.store.opened import said
from tests.procedure.a_case import Case, to_the_hearing
from tests.procedure.test_ruling import answers, called, rules, the_judge


def enters(case, person, about, kind, **more):
    """Somebody enters a fact about somebody."""
    given = {"since": "2026-03-01", "source": "I saw it.", "at": case.later(minutes=5).at, "chance": case.made.chance}
    return connect(
        case.made.organisation, case.ident, person, about=about, kind=kind, **{**given, "sealing": False, **more}
    )


def on_it(case, confirmed, reasons="They were at sea that day."):
    """The judge of challenges rules on the first thing that was alleged."""
    judge, which = the_judge(case), alleged(case.made.organisation, case.row)[0].fact.ident
    given = {"at": case.later(minutes=5).at, "chance": case.made.chance, "sealing": False}
    return answer(
        case.made.organisation, case.ident, judge.person, which, confirmed=confirmed, reasons=reasons, **given
    )


@pytest.fixture
def case(made):
    """A complaint that was just lodged, with a case officer who has declared."""
    case = Case(made)
    case.lodge()
    case.officer = case.seats("case_officer")[0]
    return case


@pytest.fixture
def heard(made):
    """A case whose hearing was held, with its panel of three and its officer."""
    case = to_the_hearing(Case(made))
    case.officer, case.panel = case.seats("case_officer")[0], case.seats("panel")
    return case


@pytest.mark.parametrize("kind", ["witness", "present_at"])
def test_what_a_seat_enters_takes_the_seat_in_the_same_moment(heard, kind):
    """D01: whoever was there, or gives evidence, does not decide; the next is called."""
    gone = heard.panel[0]
    enters(heard, heard.officer.person, gone.person, kind)
    gone.refresh_from_db()
    assert ("suspended", 1) == (gone.status, len(called(heard, "panel")))


def test_a_tie_takes_the_seat_from_either_end(heard):
    """D07: it is entered about a party, and the judge is the other end."""
    enters(heard, heard.officer.person, heard.complainant, "family", other=heard.panel[0].person)
    assert "suspended" == models.Part.objects.get(pseudonym=heard.panel[0].pseudonym).status


def test_the_same_employer_is_found_by_its_name(heard):
    """D07: however it is written; who shares one with a party is ruled on."""
    enters(heard, heard.officer.person, heard.complainant, "employed_by", name="The Chandlery")
    enters(heard, heard.officer.person, heard.panel[0].person, "employed_by", name=" the chandlery ")
    assert "procedure.ruling_due" in heard.rules()


def test_who_was_approached_has_no_vote_until_it_is_ruled_on(heard):
    """D12: to be approached is declared and ruled on, and bars nobody."""
    enters(heard, heard.officer.person, heard.panel[0].person, "outside_contact")
    with pytest.raises(Refused, match="ruled on first"):
        heard.decide("sanction", "panel")


def test_naming_all_of_a_pool_as_witnesses_unseats_nobody(heard):
    """S13: what a party alleges waits; otherwise it would be a veto over every judge."""
    for person in heard.made.people["panel"]:
        enters(heard, heard.respondent, person, "witness")
    heard.decide("sanction", "panel")
    assert "decided" == heard.row.stage


def test_what_was_alleged_is_ruled_on_before_a_seat_is_taken(made):
    """D02: the person who is named answers none, waits, and sits once it is rejected."""
    case = Case(made)
    case.lodge()
    seat = called(case, "gatekeepers")[0]
    enters(case, case.complainant, seat.person, "witness")
    assert "declared" == answers(case, seat).status
    on_it(case, confirmed=False)
    seat.refresh_from_db()
    assert "sits" == seat.status


def test_what_is_confirmed_bars_from_now_on(heard):
    """M02: nobody broke a rule by acting while it was only alleged."""
    gone = heard.panel[0]
    enters(heard, heard.respondent, gone.person, "witness", since="2026-03-20")
    on_it(heard, confirmed=True)
    gone.refresh_from_db()
    assert "suspended" == gone.status


def test_a_statement_bars_only_after_a_ruling(heard):
    """M02: whoever is said to have prejudged goes on until the judge of challenges has asked the test of an observer."""
    person = heard.panel[0].person
    enters(heard, heard.officer.person, person, "prejudged", source="A speech at the harbour.")
    assert "potential" == models.Fact.objects.get(kind="prejudged", a=person).status
    assert "sits" == models.Part.objects.get(pseudonym=heard.panel[0].pseudonym).status
    on_it(heard, confirmed=True, reasons="It was about complaints of this very kind.")
    assert "suspended" == models.Part.objects.get(pseudonym=heard.panel[0].pseudonym).status


@pytest.mark.parametrize("role", ["case_officer", "complainant"])
def test_nobody_but_the_judge_rules_on_what_was_alleged(heard, role):
    """M02: neither whoever alleges it nor a colleague."""
    enters(heard, heard.respondent, heard.panel[0].person, "witness")
    which = alleged(heard.made.organisation, heard.row)[0].fact.ident
    given = {"confirmed": True, "reasons": "I think so.", "at": heard.at, "chance": heard.made.chance}
    with pytest.raises((Refused, NotYours)):
        answer(heard.made.organisation, heard.ident, heard.who(role), which, **given)
    with pytest.raises(Refused, match="Give the reasons"):
        on_it(heard, confirmed=True, reasons=" ")


def test_what_was_rejected_is_not_alleged_again(heard):
    """S13: a form that is sent again and again would hold a seat up."""
    enters(heard, heard.respondent, heard.panel[0].person, "witness")
    on_it(heard, confirmed=False)
    with pytest.raises(Refused, match="already, or was rejected"):
        enters(heard, heard.respondent, heard.panel[0].person, "witness")


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"kind": "slate"}, "Choose what connects"),
        ({"since": "some time ago"}, "is no day"),
        ({"since": "2031-01-01"}, "in the future"),
        ({"source": " "}, "known from"),
        ({"about": "nobody"}, "Choose a person"),
        ({"kind": "family"}, "the other end"),
        ({"kind": "employed_by"}, "name of the employer"),
    ],
)
def test_what_cannot_be_entered_is_told_in_a_sentence(case, what, sentence):
    """A fact without its day, its source or its end could not be answered."""
    given = {"about": case.officer.person, "kind": "witness", **what}
    with pytest.raises(Refused, match=sentence):
        enters(case, case.complainant, given.pop("about"), given.pop("kind"), **given)


def test_a_fact_tells_the_parties_no_name(heard):
    """D05: its kind is read, and who is meant stays sealed."""
    enters(heard, heard.officer.person, heard.made.people["panel"][-1], "family", other=heard.complainant)
    entry = models.Entry.objects.filter(matter=heard.ident, rule="procedure.fact_recorded").last()
    party = models.Part.objects.get(matter_id=heard.ident, role="respondent")
    fields = said(entry, heard.made.organisation.keyring)
    read = {name: fields[name] for name in fields if may_read(entry, party, name, fields)}
    assert {"kind": "family", "status": "confirmed"} == read["body.fact"]
    assert heard.made.people["panel"][-1] not in str(read)


def test_the_database_tells_no_employer_and_no_source(heard):
    """L06: the name and where it is known from lie in the entry, under the key of the matter."""
    enters(heard, heard.officer.person, heard.complainant, "employed_by", name="The Chandlery", source="A pay slip.")
    about = {"kind": "slate", "b": "slate:Open Quay", "since": "2026", "source": "nomination papers"}
    record_fact(heard.made.organisation, heard.panel[0].person, at=heard.at, chance=heard.made.chance, **about)
    stored = str(list(models.Fact.objects.values_list("b", "source")))
    assert not [word for word in ("Chandlery", "pay slip", "Open Quay", "nomination") if word in stored]


def test_the_tables_follow_from_the_entries(heard):
    """L01: rulings, allegations and what became of them are made anew as they were."""
    enters(heard, heard.officer.person, heard.panel[0].person, "outside_contact")
    rules(heard, heard.panel[1], heard.panel[0])
    rules(heard, heard.panel[2], heard.panel[0], may="no_vote")
    enters(heard, heard.respondent, heard.panel[1].person, "witness")
    on_it(heard, confirmed=True)
    before = {table: dict(rows(table)) for table in (models.Part, models.Fact)}
    rebuild(heard.made.organisation)
    assert before == {table: dict(rows(table)) for table in (models.Part, models.Fact)}
