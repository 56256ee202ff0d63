# SPDX-License-Identifier: Apache-2.0
"""C1 to C4: everything can happen, everything can end, silence is heard, nothing goes on for ever."""

import pytest

from tests.rulebook.breaking import run_of, verdict_on


def test_an_act_that_can_never_happen_is_found():
    """C1: a promise that no state ever lets anybody use would stand in the rules unnoticed."""
    verdict = verdict_on("books: {discipline: {acts: {quash: {in: review}}}}", "C1")
    assert "The act “quash” can never happen: it is lawful in no state that can be reached." == verdict.says


def test_a_stage_that_is_never_reached_is_found():
    """C1: a stage nobody can come to looks like a safeguard and is none."""
    extra = "{clock: {within: 5wd, then: from_mediation}}"
    verdict = verdict_on(
        f"""
        books: {{discipline: {{stages: {{mediation: {extra}}},
          acts: {{from_mediation: {{in: mediation, to: outside, by: clock}}}}}}}}
        """,
        "C1",
    )
    assert "The stage “mediation” is never reached." in verdict.says
    assert "The clock of “mediation” never does “from_mediation”." in verdict.says


def test_a_fact_that_never_stands_is_found():
    """C1: what needs the absence of a fact that cannot come would always be lawful."""
    verdict = verdict_on("books: {discipline: {facts: {spoken_to: told}}}", "C1")
    assert "The fact “spoken_to” can never stand: no act that can happen sets it." == verdict.says


def test_an_act_where_it_changes_nothing_is_found():
    """C1: a challenge that can be repeated while it is pending would only look like one more right."""
    verdict = verdict_on("books: {discipline: {acts: {challenge: {unless: null}}}}", "C1")
    assert "“challenge” is lawful where it changes nothing of what it sets or clears." == verdict.says
    assert ["lodge", "tell", "suspend", "challenge", "challenge"] == run_of(verdict)


def test_a_state_without_a_way_out_is_found():
    """C2: a member would stay under complaint for ever, with nobody able to end it."""
    verdict = verdict_on(
        """
        books: {discipline: {stages: {limbo: {}},
          acts: {set_aside: {in: hearing, to: limbo, by: panel, carries: [reasons, notice]}}}}
        """,
        "C2",
    )
    assert not verdict.holds
    assert "set_aside" == run_of(verdict)[-1]


def test_a_stage_without_a_clock_is_found():
    """C3: a matter would wait for ever where nobody's silence is noticed."""
    verdict = verdict_on("books: {discipline: {stages: {review: {clock: null}}, acts: {unreviewed: null}}}", "C3")
    assert "In “review” no act of the clock is lawful: the matter can wait there for ever." == verdict.says
    assert ["lodge", "tell", "refuse", "ask_review"] == run_of(verdict)


def test_a_complaint_that_dies_of_silence_is_found():
    """C3, H03: nobody would have to refuse a complaint if leaving it in a drawer ended it."""
    verdict = verdict_on("books: {discipline: {acts: {untold: {to: closed}}}}", "C3")
    assert "dies quietly" in verdict.says
    assert ["lodge", "untold"] == run_of(verdict)


def test_silence_that_goes_in_circles_is_found():
    """C3: two stages handing a matter to and fro would pass for progress."""
    verdict = verdict_on("books: {discipline: {acts: {unconfirmed: {to: triage}, untriaged: {to: withdrawing}}}}", "C3")
    assert "goes round and never comes to an end" in verdict.says
    assert ["untriaged", "unconfirmed"] == run_of(verdict)[-2:]


def test_a_delay_that_can_be_renewed_without_end_is_found():
    """C4, H02: an uncounted extension is a refusal that never has to be given."""
    verdict = verdict_on(
        """
        books: {discipline: {acts: {extend: {in: hearing, by: panel, days: 20wd, carries: [reasons, notice]}}}}
        """,
        "C4",
    )
    assert "it can last for ever" in verdict.says
    assert "extend" == run_of(verdict)[-1]


def test_a_remit_that_can_be_repeated_without_end_is_found():
    """C4: an appeal panel could send a matter back for ever instead of deciding it."""
    verdict = verdict_on("books: {discipline: {acts: {remit: {max: null}}}}", "C4")
    assert "it can last for ever" in verdict.says


@pytest.mark.parametrize(("promise", "holds"), [("255wd", True), ("254wd", False)])
def test_the_promised_longest_case_is_kept_to_the_day(promise, holds):
    """C4: a promise about time that is not held against the longest run is a wish."""
    verdict = verdict_on(f"promises: {{longest: {promise}}}", "C4")
    assert holds == verdict.holds
    if not holds:
        assert "A case can last 255 working days; promised were at most 254." == verdict.says


def test_a_stage_in_which_nobody_can_act_is_found():
    """C3: other people who are asked and can do nothing are not other people."""
    change = """
        books: {discipline: {
          stages: {untriaged_pile: {clock: {within: 5wd, then: given_up}}},
          acts: {untriaged: {to: untriaged_pile}, given_up: {in: untriaged_pile, to: outside, by: clock, carries: [notice]}}}}
        """
    verdict = verdict_on(change, "C3")
    says = "In “untriaged_pile” nobody can carry the matter on: it waits there for the clock alone."
    assert says == verdict.says
    assert ["lodge", "tell", "untriaged"] == run_of(verdict)


def test_a_proposal_that_dies_of_silence_is_found():
    """C3: an amendment that nobody puts to the vote would be gone, and nobody would have refused it."""
    verdict = verdict_on("books: {amendment: {acts: {unvoted: {to: rejected}}}}", "C3", "amendment")
    assert "Silence ends the matter here although nobody has decided it." == verdict.says
    assert "unvoted" == run_of(verdict)[-1]
