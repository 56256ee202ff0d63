# SPDX-License-Identifier: Apache-2.0
"""C6: whoever is harmed was told before, had a turn to answer, is given reasons and notice, and can turn to others."""

import pytest

from tests.rulebook.breaking import run_of, verdict_on


def test_a_charge_that_was_not_told_before_is_found():
    """B01: somebody would learn of the complaint from the charge."""
    change = """
        books: {discipline: {acts: {
          pass_on: {in: logged, to: triage, by: secretary, carries: [reasons, notice]},
          charge: {needs: null}}}}
        """
    verdict = verdict_on(change, "C6")
    assert "“charge” charges the respondent although the respondent was not told before." in verdict.says
    assert ["lodge", "pass_on", "charge"] == run_of(verdict)


def test_a_party_cannot_count_the_respondent_as_told():
    """B01: a complainant's word that the respondent knows would stand in for the notice."""
    verdict = verdict_on("books: {discipline: {acts: {tell: {by: member}}}}", "C6")
    assert "“tell” counts the respondent as told, and no office has told them." in verdict.says


def test_telling_without_a_notice_is_found():
    """B02: nothing would say what may now be done, by whom and by when."""
    verdict = verdict_on("books: {discipline: {acts: {tell: {carries: null}}}}", "C6")
    assert "“tell” counts the respondent as told and carries no notice." in verdict.says


def test_a_sanction_without_a_charge_is_found():
    """B04: the respondent would be judged on what was never put to them."""
    verdict = verdict_on("books: {discipline: {facts: {charged: step}}}", "C6")
    assert "“sanction” imposes a sanction although no charge was brought." in verdict.says


def test_a_sanction_without_a_turn_to_answer_is_found():
    """B04: a hearing that the panel may end before the respondent has spoken is none."""
    verdict = verdict_on("books: {discipline: {acts: {charge: {to: hearing}, review_charge: {to: hearing}}}}", "C6")
    assert "had no turn to answer that nobody could cut short" in verdict.says
    assert ["lodge", "tell", "charge", "sanction"] == run_of(verdict)


def test_a_turn_that_the_other_party_can_use_up_is_found():
    """B04: the complainant would answer in the respondent's place."""
    verdict = verdict_on("books: {discipline: {acts: {reply: {by: [respondent, member]}}}}", "C6")
    assert "had no turn to answer that nobody could cut short" in verdict.says


@pytest.mark.parametrize("thing", ["reasons", "notice", "evidence", "tariff"])
def test_a_sanction_must_carry_what_it_owes(thing):
    """F01, F03, E03: a sanction would come without what the member needs to appeal it."""
    kept = [other for other in ("reasons", "notice", "evidence", "tariff") if other != thing]
    verdict = verdict_on(f"books: {{discipline: {{acts: {{sanction: {{carries: {kept}}}}}}}}}", "C6")
    assert f"“sanction” imposes a sanction and carries no {thing}." in verdict.says
    assert ["lodge", "tell", "charge", "reply", "sanction"] == run_of(verdict)


@pytest.mark.parametrize("act", ["lift", "keep", "remit", "uphold", "refuse_withdrawal"])
def test_what_changes_where_a_matter_stands_gives_reasons(act):
    """M17, H02: a request or an appeal would be answered without saying why."""
    verdict = verdict_on(f"books: {{discipline: {{acts: {{{act}: {{carries: [notice]}}}}}}}}", "C6")
    assert f"“{act}” changes where the matter stands and carries no reasons." in verdict.says


def test_a_missing_label_is_found():
    """A label left off would hide who is harmed and where they can turn."""
    verdict = verdict_on("books: {discipline: {acts: {refuse: {adverse: null}}}}", "C6")
    says = "“refuse” sends a matter that nobody decided to its end and is not called adverse to the complainant."
    assert says in verdict.says
    assert ["lodge", "tell", "refuse"] == run_of(verdict)


def test_a_label_for_the_wrong_side_is_found():
    """An act called adverse to the one it favours would open the appeal to the wrong party."""
    verdict = verdict_on("books: {discipline: {acts: {sanction: {adverse: member}}}}", "C6")
    assert "“sanction” imposes a sanction and is not called adverse to the respondent." in verdict.says


def test_a_label_adds_to_what_the_graph_shows():
    """What an organisation itself calls adverse must be open to appeal too."""
    verdict = verdict_on("books: {discipline: {acts: {refuse_withdrawal: {adverse: member}}}}", "C6")
    assert "“refuse_withdrawal” is called adverse and names no appeal." in verdict.says


def test_a_refusal_without_a_review_is_found():
    """A11, G01: “no action” is a decision like any other, with a right of review."""
    verdict = verdict_on("books: {discipline: {acts: {refuse: {appeal: null}}}}", "C6")
    assert "“refuse” sends a matter that nobody decided to its end and names no appeal." in verdict.says


def test_a_second_sanction_after_a_remit_needs_an_appeal_as_well():
    """G01: once the appeal is used up, a matter sent back would be decided without one."""
    verdict = verdict_on("books: {discipline: {acts: {appeal: {once: true}}}}", "C6")
    assert "after this its appeal “appeal” is not open" in verdict.says
    assert "remit" in run_of(verdict)


def test_a_measure_can_be_challenged_wherever_it_stands():
    """C01: a suspension would be beyond challenge as soon as the matter moves on."""
    change = """
        books: {discipline: {acts: {
          challenge: {in: [triage, withdrawing, answer]},
          lift: {in: [triage, withdrawing, answer]},
          keep: {in: [triage, withdrawing, answer]}}}}
        """
    verdict = verdict_on(change, "C6")
    assert "“suspend” imposes an interim measure, and after this its appeal “challenge” is not open." == verdict.says
    assert ["lodge", "tell", "charge", "suspend", "reply"] == run_of(verdict)


def test_an_appeal_that_is_not_open_to_the_one_who_is_harmed_is_found():
    """G01: the sanctioned member would have to ask the other side to appeal."""
    verdict = verdict_on("books: {discipline: {acts: {appeal: {by: member}}}}", "C6")
    assert "“sanction” imposes a sanction, and its appeal “appeal” is not open to respondent." in verdict.says


def test_an_appeal_that_somebody_else_can_use_up_is_found():
    """A respondent could spend the complainant's one request for review."""
    verdict = verdict_on("books: {discipline: {acts: {ask_review: {by: [member, respondent]}}}}", "C6")
    assert "its appeal “ask_review” can be used up by respondent" in verdict.says


def test_an_appeal_to_those_who_decided_is_found():
    """G02: those who sat on the first decision would sit on the appeal."""
    change = """
        books: {discipline: {acts: {
          uphold: {by: panel}, quash: {by: panel}, remit: {by: panel}, impose: {by: panel}}}}
        """
    verdict = verdict_on(change, "C6")
    assert (
        "“sanction” imposes a sanction, and panel, not kept apart from those who did it, answer the appeal."
        in verdict.says
    )
    assert ["sanction", "appeal"] == run_of(verdict)[-3:-1]
