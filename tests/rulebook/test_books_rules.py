# SPDX-License-Identifier: Apache-2.0
"""How the shipped books change their own rules, vote and elect; and what small matters of their own do."""

import pytest

from evenhand.rulebook.silence import silence
from tests.rulebook.shipped import NAMES, acts, by_clock, ends, exits, moves, offices, people, reached, shipped, stages

pytestmark = pytest.mark.parametrize("name", NAMES)


def test_nobody_can_cut_a_consultation_short(name):
    """I05: the text would be adopted while those concerned were still reading it."""
    leaving = [move.act for move in exits(name, "amendment", "consultation")]
    assert leaving
    assert {True} == {by_clock(name, act) for act in leaving}
    closes = stages(name, "amendment")["consultation"].clock.within
    limit = shipped(name).books["amendment"].limits["time-to-comment"]
    assert ("at_least", closes.n) == (limit.kind, limit.span.n)


def test_no_vote_without_an_answer_to_what_was_said_and_an_invitation(name):
    """I06, I08: “consulted” would be claimed of people who were never asked."""
    for act in ("invite", "answer_themes", "comment"):
        assert act in acts(name, "amendment")
    for needed in ("invite", "answer_themes"):
        never = reached(name, "amendment", lambda move, needed=needed: move.act.id != needed)
        assert [] == [move for move in moves(name, "amendment") if move.act.id == "adopt" and move.before in never]
    assert {"response", "reasons", "notice"} <= set(acts(name, "amendment")["answer_themes"].carries)


def test_a_text_changed_after_the_consultation_is_consulted_on_again(name):
    """I05: a changed comma would be voted on that nobody had read."""
    assert "consultation" == acts(name, "amendment")["change_text"].to


def test_the_vote_opens_by_itself_once_the_answers_were_there_to_read(name):
    """I08: the council would call the vote the hour after its answers, or never."""
    assert {True} == {
        by_clock(name, move.act) for move in moves(name, "amendment") if move.to == "voting" != move.stage
    }
    assert {"answered"} == {move.stage for move in moves(name, "amendment") if move.to == "voting" != move.stage}


def test_an_amendment_binds_itself_and_is_never_retroactive(name):
    """I10, C10: the rule on changing rules would be changed first, by an easier way."""
    rules = shipped(name).books["amendment"].rules
    assert {"amendment", "conflicts", "promises"} <= set(rules["entrenched"])
    assert ("never", "20wd") == (rules["retroactive"], str(rules["not_before"]))
    assert any("open matters" in text for text in rules["must_publish"])
    assert shipped(name).promises.amend_needs <= people(name, "adopt", "amendment")


def test_a_motion_adopted_without_a_vote_says_so(name):
    """I09: “the council has adopted it” would hide that nobody voted."""
    adopted = acts(name, "motion")["adopt_without_vote"]
    assert "adopted without a vote" == adopted.outcome
    assert "vote" not in adopted.carries
    assert {True} == {"vote" in acts(name, "motion")[act].carries for act in ("carry", "lose")}
    assert {True} == {"text" in acts(name, "motion")[act].carries for act in ("move", "carry", "lose")}  # J07
    assert "stand_back" in acts(name, "motion")


def test_one_rule_on_open_cases_is_applied_before_the_poll(name):
    """J05: a candidate's open case would be known of one and not of another, while papers are out."""
    disclose = acts(name, "election")["disclose"]
    assert disclose.says.startswith("the same rule for everybody")
    never = reached(name, "election", lambda move: not move.act.id.startswith("disclose"))
    assert [] == [move for move in moves(name, "election") if move.act.id == "cast" and move.before in never]
    assert "nominations" not in disclose.stages
    assert "open_cases_of_candidates" in shipped(name).publication  # fixed in the rules, before nominations open


def test_a_count_can_be_repeated_and_complained_about(name):
    """J08: the only people to know how the votes were counted would be those who counted."""
    assert {"count", "notice"} <= set(acts(name, "election")["declare"].carries)
    assert 2 == people(name, "declare", "election")
    complaint = acts(name, "election")["complain"].to
    answering = {role for move in exits(name, "election", complaint) if offices(name, move.act) for role in move.act.by}
    counting = set(acts(name, "election")["declare"].by)
    assert {True} == {shipped(name).apart_from(one, other) for one in answering for other in counting}


def test_how_somebody_voted_is_in_no_act(name):
    """J04: a secret ballot would be readable from the record."""
    assert ("receipt",) == acts(name, "election")["cast"].carries


def test_a_challenge_is_ruled_on_by_people_with_no_part_in_the_matter(name):
    """D06: the challenged person, or a colunion, would rule on it."""
    rules = shipped(name).conflicts
    ruling = {role for act in acts(name, "challenge").values() if offices(name, act) for role in act.by}
    assert rules.challenge_decided_by in ruling
    assert rules.challenge_within == stages(name, "challenge")["raised"].clock.within
    assert rules.challenge_decided_by not in {role for act in acts(name).values() for role in act.by}
    second = ruling - {rules.challenge_decided_by}
    assert {True} == {shipped(name).apart_from(rules.challenge_decided_by, role) for role in second}


def test_every_ground_that_may_never_be_waived_is_there(name):
    """D01, D09, G02: a friend would be waived into the panel."""
    never = {ground.pattern for ground in shipped(name).conflicts.grounds if ground.waivable_by is None}
    bars = {ground.pattern for ground in shipped(name).conflicts.grounds if ground.severity == "bar"}
    assert {"party", "witness", "present", "open_case", "earlier", "below"} <= never & bars
    assert {"approached", "spoke", "prejudged", "declared"} <= {g.pattern for g in shipped(name).conflicts.grounds}


def test_in_every_book_silence_ends_with_other_people_or_a_decision(name):
    """C3: a motion, an election or a proposal that suits nobody would die of silence."""
    for book in shipped(name).books.values():
        assert silence(shipped(name), book.id), book.id
        last = acts(name, book.id)[silence(shipped(name), book.id)[-1].act]
        assert last.to not in ends(name, book.id), book.id
