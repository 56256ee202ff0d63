# SPDX-License-Identifier: Apache-2.0
"""Somebody is named in a matter that is open: what follows at once, and what nobody learns by it (A05, A12, M05, D10)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.checking_membership import check_membership, look_up
from evenhand.procedure.confiding import BARE
from evenhand.procedure.exporting import may_read
from evenhand.procedure.naming_parties import name_party, one_person
from evenhand.procedure.opening import Party, lodge
from evenhand.procedure.reading import my_parts, open_matter
from evenhand.procedure.registering import Newcomer, enrol, record_fact
from evenhand.store import models
from evenhand.store.opened import said
from evenhand.store.sealing import seal
from tests.procedure.a_case import CARRIED, Asked, Case


def lodged(made, complainant, respondent="", *, at=None):
    """A matter in triage whose officer and gatekeepers sit."""
    case = Case(made, at=at)
    case.complainant, case.respondent = complainant, respondent
    carries = {item: CARRIED[item] for item in ("account", "danger", "notice")}
    asked = Asked(act="lodge", by="complainant", person=complainant, carries=carries)
    parties = [Party(role="respondent", person=respondent)] if respondent else []
    case.ident = lodge(made.organisation, asked, at=case.at, chance=made.chance, parties=parties, sealing=False).matter
    case.everybody_declares()
    return case


@pytest.fixture
def case(made):
    """A complaint that names nobody."""
    return lodged(made, made.people["members"][0])


def officer(case):
    """Who holds the seat that administers."""
    return case.seats("case_officer")[0].person


def name(case, role, who, *, by="", key=""):
    """The officer names somebody."""
    case.later(minutes=5)
    return name_party(
        case.made.organisation,
        case.ident,
        by or officer(case),
        role=role,
        who=who,
        at=case.at,
        chance=case.made.chance,
        key=key,
    )


def test_a_respondent_is_named_once_they_are_known(case):
    """A05: whoever complained need not know the name; the respondent has a part, and learns nothing of it."""
    bero = case.made.people["members"][1]
    name(case, "respondent", bero)
    assert ["respondent"] == [part.role for part in case.row.parts.filter(person=bero)]
    assert [] == list(my_parts(bero))
    with pytest.raises(NotYours):
        open_matter(case.made.organisation, case.row.slug, bero, at=case.at)


def test_a_handler_who_is_named_is_off_at_once(case):
    """A08, D10: in the transaction of the name, and somebody else is called."""
    seat = case.seats("gatekeepers")[0]
    done = name(case, "respondent", seat.person)
    assert "suspended" == models.Part.objects.get(pseudonym=seat.pseudonym).status
    off = models.Entry.objects.get(matter=case.ident, rule="procedure.seat_suspended")
    assert done.first <= off.id <= done.last
    assert seat.person not in [one.person for one in case.seats("gatekeepers")]
    assert 2 == len(case.seats("gatekeepers"))


def test_whoever_is_close_to_who_is_named_is_off_too(case):
    """D10: the officer's own brother is named, and the officer goes on no further."""
    mine, bero = officer(case), case.made.people["members"][1]
    about = {"kind": "family", "b": bero, "since": "2010-01-01", "source": "a declaration"}
    record_fact(case.made.organisation, mine, at=case.at, chance=case.made.chance, **about)
    name(case, "respondent", bero, by=mine)
    assert mine != officer(case)


@pytest.mark.parametrize("role", ["affected", "witness"])
def test_who_was_harmed_or_saw_it_has_no_access(case, role):
    """A05: a part that opens nothing, and a fact that bars them from every seat."""
    celin = case.made.people["members"][2]
    name(case, role, celin)
    assert "named" == case.row.parts.get(person=celin).status
    assert [role] == list(models.Fact.objects.filter(a=celin, b=f"matter:{case.ident}").values_list("kind", flat=True))
    with pytest.raises(NotYours):
        open_matter(case.made.organisation, case.row.slug, celin, at=case.at)


def test_a_party_learns_nothing_of_who_is_named(case):
    """D01: the receipt opens its day and its number; the page of the complainant shows no name of it."""
    name(case, "witness", Newcomer(name="Fenna Holt"))
    entry = models.Entry.objects.get(matter=case.ident, rule="procedure.party_named")
    party = case.row.parts.get(role="complainant")
    fields = said(entry, case.made.organisation.keyring)
    assert set(BARE) == {field for field in fields if may_read(entry, party, field, fields)}
    opened = open_matter(case.made.organisation, case.row.slug, case.complainant, at=case.at)
    assert "Fenna Holt" not in [called for _, called in opened.people()]


def test_nobody_is_named_a_respondent_once_one_was_told(case):
    """B01: the second one would read the case without ever having had a notice."""
    name(case, "respondent", case.made.people["members"][1])
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    case.do("notify", "case_officer")
    with pytest.raises(Refused, match="link the two"):
        name(case, "respondent", case.made.people["members"][2])


def test_nobody_is_on_both_sides(case):
    """A person who is both could end their own case."""
    with pytest.raises(Refused, match="both"):
        name(case, "respondent", case.complainant)


def test_only_the_office_that_enters_complaints_names_anybody(case):
    """L07: not a gatekeeper, not a party."""
    for person in (case.seats("gatekeepers")[0].person, case.complainant):
        with pytest.raises(NotYours):
            name(case, "respondent", case.made.people["members"][1], by=person)


def test_sending_it_twice_names_once(case):
    """The back button would make two respondents of one."""
    for _ in range(2):
        name(case, "respondent", Newcomer(name="Fenna Holt"), key="k", by=officer(case))
    assert 1 == case.row.parts.filter(role="respondent").count()


def test_a_complaint_against_who_complained_is_marked_and_goes_to_others(made):
    """M05: named later or at once, whoever handles the first matter handles no complaint against its complainant."""
    first = lodged(made, made.people["members"][0], made.people["members"][1])
    second = lodged(made, made.people["members"][1], at=first.later(hours=1).at)
    before = set(first.row.parts.filter(kind="seat").values_list("person", flat=True))
    name(second, "respondent", first.complainant)
    now = {seat.person for role in ("case_officer", "gatekeepers") for seat in second.seats(role)}
    assert (True, set()) == (second.row.marked, before & now)
    assert 3 == len(now)


def test_a_later_complaint_is_marked_when_its_respondent_becomes_a_witness(made):
    """M05: the order in which the office learns of it does not decide who is protected."""
    first = lodged(made, made.people["members"][0])
    second = lodged(made, made.people["members"][1], made.people["members"][2], at=first.later(hours=1).at)
    first.at = second.at
    assert not second.row.marked
    name(first, "witness", made.people["members"][2])
    assert second.row.marked


def test_the_tables_follow_from_the_entries(case):
    """L01: what the name did to the tables can be made again from the record."""
    name(case, "respondent", case.seats("gatekeepers")[0].person)
    name(case, "witness", Newcomer(name="Fenna Holt"))
    seal(case.made.organisation)
    assert [] == audit(case.made.organisation, at=case.at).tables_differ


def test_membership_is_told_from_the_register_on_the_day_of_the_conduct(made):
    """A12: who joined later, or had left, was no member on the day."""
    organisation, chance = made.organisation, made.chance
    answers = {}
    for called, since, until in (
        ("In", "2020-01-01", ""),
        ("Left", "2020-01-01", "2026-03-01"),
        ("Later", "2026-04-02", ""),
    ):
        person = enrol(
            organisation, Newcomer(name=called, kind="member", since=since, until=until), at=made.at, chance=chance
        )
        carries = {item: CARRIED[item] for item in ("account", "danger", "notice")}
        asked = Asked(act="lodge", by="complainant", person=made.people["members"][0], carries=carries)
        parties = [Party(role="respondent", person=person)]
        done = lodge(
            organisation, asked, at=Case(made).at, chance=chance, parties=parties, conduct="2026-03-15", sealing=False
        )
        (looked,) = look_up(organisation, models.Matter.objects.get(ident=done.matter))
        answers[called] = (looked.then, looked.later)
    assert {"In": ("member", "member"), "Left": ("no_member", "no_member"), "Later": ("no_member", "member")} == answers


def test_what_was_looked_up_is_recorded_and_alerts_nobody(case):
    """A12: the gatekeepers read it; the respondent and the complainant have its number and no more."""
    name(case, "respondent", case.made.people["members"][1])
    (looked,) = look_up(case.made.organisation, case.row)
    check_membership(
        case.made.organisation, case.ident, officer(case), looked.pseudonym, answer="member", at=case.later(minutes=5).at,
        chance=case.made.chance,
    )  # fmt: skip
    entry = models.Entry.objects.get(matter=case.ident, rule="procedure.membership_checked")
    fields = said(entry, case.made.organisation.keyring)
    assert ("member", "member") == (fields["body.membership"]["register"], fields["body.membership"]["answer"])
    seat, party = case.seats("gatekeepers")[0], case.row.parts.get(role="complainant")
    assert [True, False] == [may_read(entry, one, "text.membership", fields) for one in (seat, party)]


def test_to_depart_from_the_register_takes_a_reason(case):
    """A12: a register can be wrong, and an officer, too."""
    name(case, "respondent", Newcomer(name="Fenna Holt"))
    (looked,) = look_up(case.made.organisation, case.row)
    given = {"answer": "no_member", "at": case.at, "chance": case.made.chance}
    with pytest.raises(Refused, match="register says otherwise"):
        check_membership(case.made.organisation, case.ident, officer(case), looked.pseudonym, **given)
    note = "She told us in her letter."
    check_membership(case.made.organisation, case.ident, officer(case), looked.pseudonym, note=note, **given)
    assert models.Entry.objects.filter(matter=case.ident, rule="procedure.membership_checked").exists()


def test_two_of_one_name_are_told_apart_by_number(made):
    """The wrong one would stand as respondent in a matter that is not theirs."""
    for number in ("H-1", "H-2"):
        one = Newcomer(name="Fenna Holt", kind="member", number=number)
        enrol(made.organisation, one, at=made.at, chance=made.chance)
    with pytest.raises(Refused, match="member number"):
        one_person(made.organisation, "fenna holt", at=made.at)
    assert "H-2" == one_person(made.organisation, "H-2", at=made.at).number
