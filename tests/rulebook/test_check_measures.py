# SPDX-License-Identifier: Apache-2.0
"""C9 and C14: no interim measure outlives its matter, and the clock harms and tells nobody."""

import pytest

from tests.rulebook.breaking import run_of, verdict_on


@pytest.mark.parametrize("stage", ["closed", "outside"])
def test_a_suspension_that_outlives_its_matter_is_found(stage):
    """C03: a member whose case is over, or in other hands, would stay suspended."""
    change = "stages: {refused: {clears: null}, decided: {clears: null}, withdrawn: {clears: null}, %s: {clears: null}}"
    verdict = verdict_on(f"books: {{discipline: {{{change % stage}}}}}", "C9")
    assert "The matter is over here, and an interim measure still stands." == verdict.says
    assert "suspend" in run_of(verdict)


def test_a_suspension_repeatable_for_ever_is_found():
    """C03: without a count, a suspension could be imposed again whenever it ends."""
    verdict = verdict_on("books: {discipline: {acts: {suspend: {once: null}}}}", "C9")
    assert "This measure can be imposed again and again, without a number at which it stops." in verdict.says


def test_a_suspension_that_nothing_ends_is_found():
    """C03: one in four suspensions of a real scheme had not ended after eighteen months."""
    verdict = verdict_on(
        "books: {discipline: {limits: {suspension: {then: null}}, acts: {suspension_ends: null}}}", "C9"
    )
    assert "“suspended”, once set by “suspend”, never ends by itself: no limit clears it." == verdict.says
    assert ["lodge", "tell", "suspend"] == run_of(verdict)


def test_a_measure_without_its_label_is_found():
    """C01: what is not called a measure escapes whoever looks for measures."""
    verdict = verdict_on("books: {discipline: {acts: {suspend: {measure: null}}}}", "C9")
    assert "“suspend” imposes an interim measure and is not called one." == verdict.says


def test_a_label_of_measure_without_a_measure_is_found():
    """C01: whatever is called a measure and is none would blur what is counted as a suspension."""
    verdict = verdict_on("books: {discipline: {acts: {charge: {measure: true}}}}", "C9")
    assert "“charge” is called a measure, and it sets no fact of that kind." == verdict.says


@pytest.mark.parametrize("kind", ["told", "charge", "measure", "sanction"])
def test_a_clock_that_does_more_than_count_is_found(kind):
    """M14: no clock tells, charges, suspends or sanctions anybody."""
    change = f"facts: {{noted: {kind}}}, acts: {{untriaged: {{sets: [noted]}}}}"
    verdict = verdict_on(f"books: {{discipline: {{{change}}}}}", "C14")
    assert not verdict.holds
    assert ["lodge", "tell", "untriaged"] == run_of(verdict)


@pytest.mark.parametrize("thing", ["account", "clauses", "evidence", "statement", "person"])
def test_a_clock_that_discloses_is_found(thing):
    """M14: who complained, or what was said, would go out because nobody looked."""
    verdict = verdict_on(f"books: {{discipline: {{acts: {{untold: {{carries: [{thing}]}}}}}}}}", "C14")
    assert f"“untold” is done by the clock and carries what can disclose: {thing}." == verdict.says


def test_silence_that_asks_the_same_people_again_is_found():
    """C14: those who let a matter lie would be reminded of it, and nobody else would hear of it."""
    change = """
        books: {discipline: {
          stages: {reminded: {clock: {within: 5wd, then: still_untriaged}}, triage: {clock: {within: 10wd, then: remind}}},
          acts: {
            untriaged: null,
            remind: {in: triage, to: reminded, by: clock},
            charge_late: {in: reminded, to: answer, by: committee, sets: [charged], carries: [reasons, evidence, notice]},
            still_untriaged: {in: reminded, to: outside, by: clock}}}}
        """
    verdict = verdict_on(change, "C14")
    assert "When committee are silent, “remind” brings the matter to nobody else." == verdict.says
    assert ["lodge", "tell", "remind"] == run_of(verdict)


def test_a_sanction_that_only_lapses_lead_to_is_found():
    """C14: each lapse looks harmless, and together they try somebody whom no office has looked at."""
    change = """
        books: {discipline: {
          facts: {late: step},
          stages: {logged: {clock: {within: 5wd, then: passed_on}}, triage: {clock: {within: 10wd, then: untriaged}}},
          acts: {
            untold: null,
            passed_on: {in: logged, to: answer, by: clock, sets: [charged, told], carries: [notice]}}}}
        """
    verdict = verdict_on(change.replace("facts: {late: step},", ""), "C14")
    assert (
        "Until the sanction no office has acted: lodge, passed_on, answer_over lead to it by themselves."
        in verdict.says
    )
    assert ["lodge", "passed_on", "answer_over", "sanction"] == run_of(verdict)
