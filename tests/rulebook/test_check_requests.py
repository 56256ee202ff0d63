# SPDX-License-Identifier: Apache-2.0
"""C5, C12, C13 and C15 about smaller things: requests, consent, a gate, a count, a majority."""

import pytest

from tests.rulebook.breaking import run_of, verdict_on

GRANT = "grant: {in: answer, by: panel, needs: [asked], clears: [asked], days: 5wd, carries: [reasons, notice]},"
TIME = (
    """
books: {discipline: {
  facts: {asked: step},
  stages: {hearing: {clears: [asked]}},
  acts: {
    ask_time: {in: answer, by: respondent, unless: [asked], max: 1, sets: [asked], carries: [request]},
    """
    + GRANT
    + """
    refuse_time: {in: answer, by: panel, needs: [asked], clears: [asked], carries: [reasons, notice]}}}}
"""
)


def test_a_request_that_can_be_granted_and_refused_is_no_fault():
    """M17: more time is asked for and ruled on."""
    assert verdict_on(TIME, "C13").holds


def test_a_request_that_can_only_be_refused_is_found():
    """M17: a right to ask that always gets the same answer is none."""
    verdict = verdict_on(TIME.replace(GRANT, ""), "C13")
    assert "“asked” was asked here, and there is one answer only." == verdict.says
    assert "ask_time" == run_of(verdict)[-1]


def test_a_stage_of_requests_with_one_answer_is_found():
    """M19: a withdrawal that can only be confirmed was confirmed when it was asked."""
    verdict = verdict_on("books: {discipline: {acts: {refuse_withdrawal: null}}}", "C13")
    assert "What a party asks by bringing the matter to “withdrawing” has one answer only." == verdict.says
    assert ["lodge", "tell", "withdraw"] == run_of(verdict)


def test_a_window_that_an_office_can_close_is_found():
    """G01: the time to appeal would last as long as the panel likes."""
    verdict = verdict_on("books: {discipline: {acts: {shut: {in: decided, to: closed, by: secretary}}}}", "C13")
    assert "“shut” ends the matter while a party could still take it further." in verdict.says
    assert "shut" == run_of(verdict)[-1]


SETTLEMENT = """
books: {discipline: {
  facts: {agreed: step, agreed_too: step},
  stages: {withdrawn: {clears: [suspended, challenged, agreed, agreed_too]}},
  acts: {
    agree: {in: triage, by: member, unless: [agreed], sets: [agreed], carries: [consent]},
    agree_too: {in: triage, by: respondent, needs: [told], unless: [agreed_too], sets: [agreed_too], carries: [consent]},
    settle: {in: triage, to: withdrawn, by: committee, needs: [agreed, agreed_too], outcome: settled,
      carries: [account, consent, reasons, notice], adverse: member, appeal: take_back}}}}
"""


def test_a_settlement_to_which_both_sides_agreed_is_no_fault():
    """F08: both consents, an account, reasons, and two unconflicted people."""
    assert verdict_on(SETTLEMENT, "C15").holds


@pytest.mark.parametrize(
    ("change", "other", "says"),
    [
        ("needs: [agreed, agreed_too]", "needs: [agreed]", "carries consent, and the respondent need not have agreed."),
        ("needs: [agreed, agreed_too]", "needs: [agreed_too]", "and the complainant need not have agreed."),
        ("by: member, unless", "by: [member, respondent], unless", "and the complainant need not have agreed."),
        (
            "[account, consent, reasons",
            "[account, reasons",
            "rests on what the parties agreed to and carries no consent.",
        ),
        ("[account, consent, reasons", "[consent, reasons", "and not the account on which it rests."),
    ],
)
def test_a_settlement_that_only_looks_agreed_is_found(change, other, says):
    """F08, M04: an apology arranged between one side and an officer would end the matter for both."""
    verdict = verdict_on(SETTLEMENT.replace(change, other), "C15")
    assert says in verdict.says
    assert "settle" == run_of(verdict)[-1]


def test_consent_to_what_one_was_not_told_is_none():
    """F08: the respondent would have agreed to a settlement of a complaint they had not heard of."""
    change = SETTLEMENT.replace(
        "agree_too: {in: triage, by: respondent, needs: [told],", "agree_too: {in: logged, by: respondent,"
    )
    verdict = verdict_on(change, "C15")
    assert "“settle” carries consent, and the respondent need not have agreed." in verdict.says


def test_a_decision_that_is_taken_twice_is_found():
    """C12: a panel that does not like its decision would take another before anybody can appeal."""
    change = """
        books: {discipline: {acts: {
          reconsider: {in: decided, by: panel, merits: true, carries: [reasons, notice], adverse: member, appeal: appeal}}}}
        """
    verdict = verdict_on(change, "C12")
    assert "“reconsider” decides again what was decided and not reopened." in verdict.says


def test_a_hearing_that_can_end_without_a_decision_is_found():
    """C12: a label left off a decision would turn it into a filing-away by the panel."""
    verdict = verdict_on("books: {discipline: {acts: {no_breach: {merits: null}}}}", "C12")
    assert "“no_breach” ends the matter where it could be decided, and decides nothing." in verdict.says


def test_a_gate_that_can_only_charge_is_found():
    """C12: whoever must charge cannot say that there is no case to answer."""
    verdict = verdict_on("books: {discipline: {acts: {refuse: null}}}", "C12")
    assert "Whoever can charge here cannot find that there is no case to answer." in verdict.says


def test_a_count_without_a_poll_is_found():
    """J01: a result would be declared although nobody had a time to vote."""
    change = """
        books:
          election:
            stages: {called: {clock: {within: 9wd, then: unpolled}}, counting: {clock: {within: 5wd, then: uncounted}},
              over: {end: true}, outside: {end: true, handover: true}}
            acts:
              call: {in: start, to: called, by: secretary, carries: [notice, reasons]}
              cast: {in: called, by: member, carries: [receipt]}
              unpolled: {in: called, to: counting, by: clock, carries: [notice]}
              declare: {in: counting, to: over, by: overseer, merits: true, carries: [count, notice]}
              void: {in: counting, to: over, by: overseer, merits: true, carries: [count, reasons, notice]}
              uncounted: {in: counting, to: outside, by: clock, carries: [notice]}
        """
    assert verdict_on(change, "C12", "election").holds
    verdict = verdict_on(change.replace("carries: [receipt]", "carries: [statement]"), "C12", "election")
    assert "carries a count, and nobody had a time to vote that nobody could cut short." in verdict.says
    assert ["call", "unpolled", "declare"] == run_of(verdict)


def test_a_majority_that_is_none_is_found():
    """C5: two of five people would speak for all five."""
    verdict = verdict_on("roles: {panel: {seats: 5, majority: 2}}", "C5")
    assert "“panel” acts with 2 of 5 seats, which is no majority." == verdict.says


def test_a_decision_by_one_person_is_found_elsewhere_too():
    """C5: one member would change the rules that everybody else keeps."""
    change = "books: {amendment: {acts: {adopt: {by: secretary}}}}"
    verdict = verdict_on(change, "C5", "amendment")
    assert "“adopt” decides and is done by one person." == verdict.says
