# SPDX-License-Identifier: Apache-2.0
"""C10: the rules are changed in the open, after asking, by a vote, for the future, and by no easier way than they say."""

import pytest

from evenhand.rulebook.checking import check
from tests.rulebook.breaking import broken, good, run_of, verdict_on


def on(change: str):
    """The verdict of C10 on the amendment book with this change."""
    return verdict_on(f"books: {{amendment: {change}}}", "C10", "amendment")


def test_a_rulebook_that_nobody_may_amend_by_rule_is_found():
    """I01: a code that no rule says how to change is changed by whoever keeps the file."""
    verdict = verdict_on("books: {amendment: null}", "C10", "")
    assert "No book says how this rulebook is amended: none has `rules`." == verdict.says


def test_a_text_adopted_unpublished_is_found():
    """I03, I05: members would vote on what they could not read."""
    verdict = on("{acts: {publish: {carries: [notice]}}}")
    assert "A text can be adopted that was not published before." in verdict.says
    assert ["propose", "publish", "comments_close", "answer_themes", "to_the_vote", "adopt"] == run_of(verdict)


def test_a_text_adopted_without_reasons_is_found():
    """I05: a proposal must state its reasons while it can still change."""
    verdict = on("{acts: {propose: {carries: [text]}, publish: {carries: [text, notice, vote]}}}")
    assert "A text can be adopted although nobody gave reasons with it before." == verdict.says


def test_a_code_cut_down_without_asking_is_found():
    """I05, I06: a definition would lose its examples before those whom it protects could say a word."""
    change = """
        {stages: {consultation: null},
         acts: {publish: {to: answering}, respond: {in: answering}, comments_close: null}}
        """
    verdict = on(change)
    assert "had no time to respond that nobody could cut short" in verdict.says
    assert ["propose", "publish", "answer_themes", "to_the_vote", "adopt"] == run_of(verdict)


def test_a_consultation_that_the_proposer_can_close_is_found():
    """I05: whoever does not like the answers would end the time for them."""
    verdict = on("{acts: {close_early: {in: consultation, to: answering, by: secretary, carries: [notice, reasons]}}}")
    assert "had no time to respond that nobody could cut short" in verdict.says
    assert "close_early" in run_of(verdict)


def test_a_text_adopted_before_the_responses_were_answered_is_found():
    """I08: the vote would be called on what nobody has answered."""
    verdict = on("{acts: {answer_themes: {carries: [reasons, notice]}}}")
    assert "A text can be adopted although nobody has answered the responses." == verdict.says


def test_a_text_adopted_without_a_vote_is_found():
    """I09: “adopted without a vote” would be possible and would not show."""
    verdict = on("{acts: {adopt_quietly: {in: vote, to: adopted, by: secretary, merits: true, carries: [text]}}}")
    assert "A proposal is decided on without a vote." in verdict.says
    assert "adopt_quietly" == run_of(verdict)[-1]


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ("retroactive: null", "do not say that an amendment is never retroactive"),
        ("not_before: null", "set no time between adoption and force"),
        ("must_publish: null", "do not say what must be published"),
        ("entrenched: [conflicts]", "are not entrenched"),
    ],
)
def test_a_rule_of_amendment_that_is_missing_is_found(rules, says):
    """I10: rules would change backwards, overnight, unseen, or by an easier way than they prescribe."""
    assert says in on(f"{{rules: {{{rules}}}}}").says


@pytest.mark.parametrize(("promise", "holds"), [(54, True), (55, False)])
def test_the_promised_number_to_amend_is_kept(promise, holds):
    """C10: two thirds of a fifth of 400 members are 54 people, and no promise of more can be kept."""
    assert holds == verdict_on(f"promises: {{amend_needs: {promise}}}", "C10", "amendment").holds
    assert 54 == check(good()).numbers.fewest_to_amend


def test_an_easier_way_to_amend_counts():
    """C10: a second door opened for three people would leave the vote of the members standing as a façade."""
    change = "books: {amendment: {acts: {adopt_at_once: {in: vote, to: adopted, by: panel, merits: true, carries: [text, vote]}}}}"
    assert 2 + 1 == check(broken(change)).numbers.fewest_to_amend
