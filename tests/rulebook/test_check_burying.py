# SPDX-License-Identifier: Apache-2.0
"""C5 and C15: how few people can bury a matter, all endings counted."""

import pytest

from evenhand.rulebook.checking import check
from tests.rulebook.breaking import broken, failing, run_of, verdict_on


def test_one_official_who_can_file_a_matter_away_is_found():
    """C5: one friend in the right office would be enough."""
    verdict = verdict_on(
        """
        books: {discipline: {acts: {drop: {in: logged, to: closed, by: secretary, carries: [reasons, notice]}}}}
        """,
        "C5",
    )
    assert "One person (secretary) can bury a matter; promised were at least 2 people." in verdict.says
    assert ["lodge", "drop"] == run_of(verdict)


def test_those_who_acted_honestly_before_are_not_counted_among_those_who_bury():
    """C5: after three bodies did their work, one official at the end would still be one official."""
    change = "books: {discipline: {acts: {drop: {in: hearing, to: closed, by: secretary, carries: [reasons, notice]}}}}"
    assert 1 == check(broken(change)).numbers.fewest_to_bury


def test_a_filing_away_through_silence_is_found():
    """C5: sending a matter where its clock buries it is burying it."""
    verdict = verdict_on(
        """
        books: {discipline: {
          stages: {shelf: {clock: {within: 90d, then: forgotten}}},
          acts: {shelve: {in: logged, to: shelf, by: secretary, carries: [reasons, notice]},
            forgotten: {in: shelf, to: closed, by: clock}}}}
        """,
        "C5",
    )
    assert "One person (secretary) can bury a matter" in verdict.says
    assert ["lodge", "shelve"] == run_of(verdict)[:2]


def test_a_label_of_decision_does_not_make_a_filing_away_one():
    """C5: `merits: true` on a refusal that no charge went before would hide it from the count."""
    change = """
        books: {discipline: {acts: {drop: {in: logged, to: closed, by: secretary, merits: true, carries: [reasons, notice]}}}}
        """
    report = check(broken(change))
    assert 1 == report.numbers.fewest_to_bury
    assert {"C5", "C12", "C15"} <= failing(report)


def test_a_sanction_by_one_person_is_found():
    """C5: nobody is suspended or expelled by one person's word."""
    verdict = verdict_on("roles: {panel: {majority: 1, seats: 1}}", "C5")
    assert "“sanction” imposes a sanction and is done by one person." in verdict.says


def test_two_people_one_after_the_other_count_as_two():
    """C5, M19: a club too small for panels could not refuse anything lawfully."""
    change = """
        roles: {chair: {pool: 4}}
        apart: [[secretary, committee, panel, appeal_panel, reviewers, overseer, judge, chair]]
        conflicts: {applies_to: [secretary, committee, panel, appeal_panel, reviewers, overseer, chair]}
        books: {discipline: {
          facts: {proposed: step},
          stages: {proposal: {clock: {within: 5wd, then: unanswered}}, refused: {clears: [suspended, challenged, proposed]}},
          acts: {
            propose_refusal: {in: logged, to: proposal, by: secretary, once: true, sets: [proposed], carries: [reasons, notice]},
            confirm: {in: proposal, to: refused, by: chair, needs: [proposed], carries: [reasons, notice],
              adverse: member, appeal: ask_review},
            object: {in: proposal, to: logged, by: chair, clears: [proposed], carries: [reasons, notice]},
            unanswered: {in: proposal, to: outside, by: clock}}}}
        """
    assert not {"C5", "C15"} & failing(check(broken(change)))
    assert 2 == check(broken(change)).numbers.fewest_to_bury


def test_a_step_on_the_way_confirms_nothing():
    """C5: whoever admitted a complaint did not agree to its being dropped."""
    change = """
        roles: {chair: {pool: 3}}
        books: {discipline: {
          facts: {admitted: step},
          acts: {
            charge: {sets: [charged, admitted]},
            review_charge: {sets: [charged, admitted]},
            drop: {in: hearing, to: closed, by: chair, needs: [admitted], carries: [reasons, notice]}}}}
        """
    assert 1 == check(broken(change)).numbers.fewest_to_bury


def test_people_who_may_hold_two_offices_are_counted_once():
    """C5: one person in two offices is not two people."""
    change = """
        roles: {chair: {pool: 4}}
        books: {discipline: {
          facts: {seconded: step},
          acts: {
            second: {in: logged, by: chair, unless: [seconded], sets: [seconded], carries: [reasons, notice]},
            drop: {in: logged, to: closed, by: secretary, needs: [seconded], carries: [reasons, notice]}}}}
        """
    assert 1 == check(broken(change)).numbers.fewest_to_bury


@pytest.mark.parametrize(("promise", "holds"), [(2, True), (3, False)])
def test_the_promised_number_to_bury_is_kept(promise, holds):
    """C15: a promise of three would be broken by a body in which two decide."""
    assert holds == verdict_on(f"promises: {{bury_needs: {promise}}}", "C15").holds


def test_a_withdrawal_that_ends_a_case_at_once_is_found():
    """M19: whoever can be pressed to withdraw will be."""
    verdict = verdict_on("books: {discipline: {acts: {withdraw: {to: withdrawn}}}}", "C15")
    assert "“withdraw” is a party's act, and after it the matter ends although nobody has decided it." in verdict.says
    assert ["lodge", "tell", "withdraw", "withdrawal_final"] == run_of(verdict)


def test_a_withdrawal_confirmed_without_reasons_is_found():
    """M19: that it is free, and that nobody else is at risk, would be nobody's statement."""
    verdict = verdict_on("books: {discipline: {acts: {confirm_withdrawal: {carries: [notice]}}}}", "C15")
    assert "“confirm_withdrawal” ends the matter and gives no reasons." == verdict.says


def test_a_withdrawal_without_the_account_it_rests_on_is_found():
    """M04: without a stated account, evidence that contradicts it reopens nothing."""
    verdict = verdict_on("books: {discipline: {acts: {withdraw: {carries: [grounds]}}}}", "C15")
    assert "“confirm_withdrawal” confirms what a party asked for" in verdict.says
    assert ["lodge", "tell", "withdraw", "confirm_withdrawal"] == run_of(verdict)


def test_a_handover_buries_nothing():
    """C15: other people take the matter over whole; a rulebook without that way out would have none at all."""
    change = "books: {discipline: {acts: {pass_on: {in: hearing, to: outside, by: panel, carries: [reasons, notice]}}}}"
    assert 2 == check(broken(change)).numbers.fewest_to_bury
