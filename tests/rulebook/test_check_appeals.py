# SPDX-License-Identifier: Apache-2.0
"""C12 and C13: what decides the merits can decide either way, and an appeal can both succeed and fail."""

import pytest

from tests.rulebook.breaking import run_of, verdict_on


def test_a_hearing_that_can_only_clear_is_found():
    """C12: a panel that may never sanction is a ceremony for the complainant."""
    verdict = verdict_on("books: {discipline: {acts: {sanction: {unless: [challenged]}}}}", "C12")
    assert "The matter is decided here, and no decision with a sanction is open." == verdict.says
    assert "challenge" in run_of(verdict)


def test_a_hearing_that_can_only_sanction_is_found():
    """C12: a panel that must sanction is a ceremony for the respondent."""
    verdict = verdict_on("books: {discipline: {acts: {no_breach: null}}}", "C12")
    assert "The matter is decided here, and no decision without a sanction is open." == verdict.says


def test_a_sanction_that_is_not_called_a_decision_is_found():
    """C12: a sanction outside the decisions would escape everything asked of decisions."""
    verdict = verdict_on("books: {discipline: {acts: {sanction: {merits: null}}}}", "C12")
    assert "“sanction” imposes a sanction and is not called a decision on the merits." in verdict.says


def test_a_decision_on_nothing_is_found():
    """C12: a refusal called a decision would look like one, and be none."""
    verdict = verdict_on("books: {discipline: {acts: {refuse: {merits: true}}}}", "C12")
    assert "“refuse” is called a decision, and no charge stands to be decided." in verdict.says
    assert ["lodge", "tell", "refuse"] == run_of(verdict)


def test_a_gate_that_only_closes_is_found():
    """C12: gatekeepers who can refuse and cannot let in guard nothing but the door."""
    verdict = verdict_on("books: {discipline: {acts: {charge: null}}}", "C12")
    assert "An office can end the matter here, and no office can let it go on." in verdict.says


def test_a_vote_that_can_only_be_won_is_found():
    """C12: an adoption without a way to reject is an announcement."""
    verdict = verdict_on("books: {amendment: {acts: {reject: null}, stages: {rejected: null}}}", "C12", "amendment")
    assert "The matter is decided here, and there is one way only to decide it." == verdict.says


def test_an_appeal_that_cannot_succeed_is_found():
    """C13: an appeal panel that can only confirm hears nobody."""
    verdict = verdict_on("books: {discipline: {acts: {quash: null, remit: null, impose: null}}}", "C13")
    assert "“sanction” imposes a sanction; its appeal “appeal” can no longer succeed here." in verdict.says
    assert ["sanction", "appeal"] == run_of(verdict)[-2:]


def test_an_appeal_that_cannot_be_dismissed_is_found():
    """C13: whoever appeals would win, and the decision below would be worth nothing."""
    verdict = verdict_on("books: {discipline: {acts: {uphold: null}}}", "C13")
    assert "“sanction” imposes a sanction; its appeal “appeal” cannot be dismissed here." in verdict.says


def test_a_challenge_that_nobody_answers_is_found():
    """C13: a right to challenge a suspension, and nobody who rules on it."""
    verdict = verdict_on("books: {discipline: {acts: {lift: {needs: [suspended]}, keep: {needs: [suspended]}}}}", "C13")
    assert "“suspend” imposes an interim measure; its appeal “challenge” is answered by nobody." == verdict.says
    assert ["lodge", "tell", "suspend", "challenge"] == run_of(verdict)


def test_an_appeal_heard_by_one_person_is_found():
    """C13: one person's word would undo what three decided."""
    verdict = verdict_on("roles: {appeal_panel: {seats: 1, majority: 1}}", "C13")
    assert (
        "“sanction” imposes a sanction; its appeal “appeal” can be answered by one person, with “uphold”."
        in verdict.says
    )


def test_substitutes_count_as_those_who_hear():
    """C13: a body of one that steps in for three would be the way round."""
    verdict = verdict_on("roles: {appeal_panel: {substitutes: secretary}}", "C13")
    assert "can be answered by one person, with “uphold”." in verdict.says


OWN = """
books:
  discipline:
    acts: {sanction: {adverse: respondent, appeal: appeals.bring}}
  appeals:
    facts: {told: {kind: told, at_start: true}, charged: {kind: charge, at_start: true},
      sanctioned: {kind: sanction, at_start: true}}
    stages:
      brought: {clock: {within: 30wd, then: unheard}}
      final: {clock: {within: 10wd, then: closes}}
      closed: {end: true}
      outside: {end: true, handover: true}
    acts:
      bring: {in: start, to: brought, by: respondent, carries: [grounds]}
      uphold: {in: brought, to: final, by: appeal_panel, merits: true, carries: [reasons, notice]}
      quash: {in: brought, to: final, by: appeal_panel, clears: [sanctioned], merits: true, adverse: member,
        carries: [reasons, notice]}
      unheard: {in: brought, to: outside, by: clock}
      call_in: {in: final, to: outside, by: overseer, carries: [reasons, notice]}
      closes: {in: final, to: closed, by: clock}
"""


def test_an_appeal_may_be_a_matter_of_its_own():
    """C13: an organisation that hears appeals as matters of their own must not fail for that."""
    assert verdict_on(OWN, "C13").holds


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("clears: [sanctioned], ", "cannot undo it."),
        ("by: appeal_panel, clears", "is decided by people who had a part in it, with “quash”."),
    ],
)
def test_an_appeal_of_its_own_must_be_real_as_well(change, says):
    """C13: the appeal book would be the place where the same people confirm themselves."""
    other = "" if change.startswith("clears") else "by: panel, clears"
    assert says in verdict_on(OWN.replace(change, other), "C13").says
