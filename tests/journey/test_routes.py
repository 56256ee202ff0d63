# SPDX-License-Identifier: Apache-2.0
"""The ends that a complaint can take besides a hearing, each by the forms alone, on both databases."""

import pytest

from tests.journey.a_route import Route


@pytest.fixture
def route(doors):
    """A complaint that was just lodged."""
    return Route(doors)


def settled(route) -> Route:
    """Both agree, somebody with no other part writes down what was agreed and on which account, and two confirm it."""
    route.do("offer_informal", "gatekeepers")
    route.do("invite", "mediator")
    route.do("agree", "complainant")
    route.do("agree_too", "respondent")
    route.do("settle", "mediator")
    route.do("confirm_settlement", "duty_panel")
    return route


def withdrawn(route) -> Route:
    """The respondent knows of it when the complainant withdraws."""
    route.to_the_notice()
    route.do("withdraw", "complainant")
    return route


def test_an_informal_resolution_is_settled_and_confirmed(route):
    """F08, M04: the consent of both is in the record, and the account on which it rests; two others confirm it."""
    settled(route)
    assert ("ending", "settled") == (route.row.stage, route.row.outcome)
    assert "He shouted on the quay." in route.opens(route.bero)
    mediator = route.row.parts.get(role="mediator").person
    assert 1 == route.row.parts.filter(person=mediator).count()
    assert 2 == len(route.sitting("duty_panel"))
    route.audited()


def test_nothing_is_settled_with_the_consent_of_one(route):
    """F08: the page says what is missing, and nothing moves."""
    route.do("offer_informal", "gatekeepers")
    route.do("invite", "mediator")
    route.do("agree", "complainant")
    assert "respondent agrees" in route.refused("settle", "mediator")
    assert "informal" == route.row.stage


def test_an_informal_resolution_ends_when_one_side_declines(route):
    """F08: nobody is held to it; the formal way begins."""
    route.do("offer_informal", "gatekeepers")
    route.do("invite", "mediator")
    route.do("decline_too", "respondent")
    assert "notice" == route.row.stage
    route.audited()


def test_a_settlement_is_taken_up_again(route):
    """M04, A11: reviewers who had no part in it send it the formal way; it can be done once."""
    settled(route)
    route.do("ask_review", "complainant")
    route.do("take_up_settled", "reviewers")
    assert ("notice", {"again"}) == (route.row.stage, route.facts() & {"again", "settled", "agreed", "told"})
    route.do("frame", "case_officer")
    route.do("notify", "case_officer")
    assert "investigation" == route.row.stage
    route.audited()


def test_the_withdrawal_is_confirmed_by_two(route):
    """M19: it ends nothing before two unconflicted people say that it is free."""
    withdrawn(route)
    assert "withdrawing" == route.row.stage
    route.do("confirm_withdrawal_told", "duty_panel", votes=False)
    assert "withdrawing" == route.row.stage
    person = route.sitting("duty_panel")[1].person
    route.vote(person)
    assert ("ending", "withdrawn") == (route.row.stage, route.row.outcome)
    route.audited()


def test_the_withdrawal_is_refused(route):
    """M19: the matter goes on, and the complainant is told why."""
    withdrawn(route)
    route.do("refuse_withdrawal_told", "duty_panel")
    assert "charging" == route.row.stage
    route.do("charge", "gatekeepers")
    assert "answer" == route.row.stage
    route.audited()


def test_a_withdrawal_that_was_not_free_is_taken_up(route):
    """M19: the reviewers bring it back into the investigation."""
    withdrawn(route)
    route.do("confirm_withdrawal_told", "duty_panel")
    route.do("ask_review", "complainant")
    route.do("take_up_withdrawn", "reviewers")
    assert "investigation" == route.row.stage
    route.do("report", "investigator")
    route.audited()


@pytest.mark.parametrize(
    ("act", "stage", "outcome"),
    [("end_as_left", "ending", "left before decision"), ("go_on", "charging", "investigate")],
)
def test_leaving_does_not_end_a_matter_by_itself(route, act, stage, outcome):
    """F09: two people decide whether it goes on; where it ends, it is called what it is."""
    route.to_the_notice()
    route.do("report", "investigator")
    route.do("leave", "respondent")
    assert "left" == route.row.stage
    route.do(act, "duty_panel")
    assert (stage, outcome) == (route.row.stage, route.row.outcome)
    route.audited()


def test_who_leaves_after_the_charge_is_still_decided_on(route):
    """F09: then it is decided whether they leave or not."""
    route.to_the_answer()
    assert "stands in" in route.refused("leave", "respondent")


def test_an_ending_is_called_in_by_people_from_outside(route):
    """M22: overseers who are neither party nor decider bring a mild ending before the reviewers, who take it up."""
    route.do("insufficient", "gatekeepers")
    route.do("call_in", "overseers")
    assert "ending_review" == route.row.stage
    route.do("take_up", "reviewers")
    assert "notice" == route.row.stage
    route.audited()


def test_an_ending_that_was_reviewed_is_confirmed_and_called_in_once_more(route):
    """M22: what the reviewers confirmed, too, for ten working days."""
    route.do("insufficient", "gatekeepers")
    route.do("ask_review", "complainant")
    route.do("confirm_ending", "reviewers")
    route.do("call_in_confirmed", "overseers")
    assert ("outside", True) == (route.row.stage, route.row.over)
    route.audited()


def test_an_ending_that_is_reviewed_leads_to_a_charge(route):
    """A11: the reviewers find that there is a case to answer."""
    route.to_the_notice()
    route.do("report", "investigator")
    route.do("no_case", "gatekeepers")
    route.do("ask_review", "complainant")
    route.do("charge_on_review", "reviewers")
    assert ("answer", True) == (route.row.stage, "charged" in route.facts())
    route.do("reply", "respondent")
    route.audited()


def test_nobody_calls_in_what_nobody_has_ended(route):
    """M22: the overseers have no seat before there is an ending, and see nothing of what runs."""
    assert [] == route.seats("overseers")
    person = route.doors.people["overseers"][0]
    assert 404 == route.doors.as_(person).get(f"/desk/m/{route.row.slug}/do/call_in/").status_code
