# SPDX-License-Identifier: Apache-2.0
"""C6 and C14, what is owed to everybody: to be told what it is about, why, and not while telling is unsafe."""

import pytest

from tests.rulebook.breaking import run_of, verdict_on


def test_a_matter_opened_about_nothing_is_found():
    """A03: a complaint without an account could be about anything later."""
    verdict = verdict_on("books: {discipline: {acts: {lodge: {carries: [notice]}}}}", "C6")
    assert "“lodge” opens a matter and carries neither an account nor grounds." in verdict.says


def test_telling_without_what_was_alleged_is_found():
    """B02: a notice that says only that there is one would count somebody as told of what they cannot know."""
    verdict = verdict_on("books: {discipline: {acts: {tell: {carries: [notice]}}}}", "C6")
    assert "“tell” counts the respondent as told and carries no account." in verdict.says
    assert ["lodge", "tell"] == run_of(verdict)


@pytest.mark.parametrize("act", ["untriaged", "answer_over", "unheard", "suspension_ends"])
def test_a_missed_limit_without_notice_is_found(act):
    """H03: missing a limit is itself an event, shown to the parties."""
    verdict = verdict_on(f"books: {{discipline: {{acts: {{{act}: {{carries: null}}}}}}}}", "C6")
    assert f"“{act}” changes where the matter stands and carries no notice." == verdict.says
    assert act == run_of(verdict)[-1]


def test_reasons_that_reach_nobody_are_found():
    """A11: reasons kept in a drawer are none."""
    change = "books: {discipline: {acts: {note: {in: triage, by: committee, carries: [reasons]}}}}"
    assert "“note” carries reasons and no notice: they reach nobody." == verdict_on(change, "C6").says


def test_a_notice_without_reasons_is_found():
    """A10: a ruling sent out without saying why."""
    change = "books: {discipline: {acts: {note: {in: triage, by: committee, carries: [notice]}}}}"
    assert "“note” carries a notice and no reasons." == verdict_on(change, "C6").says


def test_a_complaining_side_that_can_add_nothing_is_found():
    """E06: the answer to the charge would be the last word, whatever it says."""
    verdict = verdict_on("books: {discipline: {acts: {add: null}}}", "C6")
    assert "and since the charge the complaining side could add nothing." in verdict.says
    assert ["lodge", "tell", "charge", "reply"] == run_of(verdict)[:-1]


UNSAFE = """
books: {discipline: {
  facts: {unsafe: step},
  acts: {
    hold: {in: logged, by: committee, unless: [unsafe], sets: [unsafe], days: 5wd, max: 1,
      carries: [danger, reasons, notice]},
    safe: {in: logged, by: committee, needs: [unsafe], clears: [unsafe], carries: [danger, reasons, notice]},
    tell: {unless: [unsafe]}}}}
"""


def test_telling_waits_while_it_is_unsafe():
    """M14: a hold that the book itself respects is no fault."""
    assert verdict_on(UNSAFE, "C14").holds


def test_telling_although_it_is_unsafe_is_found():
    """M14: the hold would stand in the record, and the person would have been told."""
    verdict = verdict_on(UNSAFE.replace("tell: {unless: [unsafe]}", "tell: {days: null}"), "C14")
    assert "“tell” tells although telling was found to be unsafe, and nobody asks again." == verdict.says
    assert ["lodge", "hold", "tell"] == run_of(verdict)


def test_whoever_asks_again_whether_it_is_safe_may_tell():
    """M14: a body that takes the question over decides it anew."""
    change = UNSAFE.replace("tell: {unless: [unsafe]}", "tell: {carries: [account, notice, danger]}")
    assert verdict_on(change, "C14").holds


def test_a_first_sanction_on_appeal_needs_an_appeal_as_well():
    """G01: somebody cleared below would be sanctioned above with nobody left to ask."""
    verdict = verdict_on("books: {discipline: {acts: {impose: {appeal: null}, ask_arbiter: null}}}", "C6")
    assert "“impose” imposes a sanction and names no appeal." == verdict.says
    assert "impose" == run_of(verdict)[-1]
