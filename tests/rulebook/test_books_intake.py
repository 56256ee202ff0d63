# SPDX-License-Identifier: Apache-2.0
"""How the shipped books take a complaint in: who may complain, who asks about danger, who is told what and when."""

import pytest

from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.carries import CARRIES
from evenhand.rulebook.model import START, Span
from tests.casework.conftest import History, at
from tests.rulebook.shipped import (
    NAMES,
    acts,
    by_clock,
    exits,
    moves,
    offices,
    parties,
    people,
    reached,
    roles,
    shipped,
    stages,
)

pytestmark = pytest.mark.parametrize("name", NAMES)
CLOSED_LIST = ["out_of_scope", "not_a_member", "insufficient", "refer_elsewhere", "offer_informal", "investigate"]


def urgent_stages(name):
    """The stages to which somebody's word that there is danger brings a matter."""
    found = {
        move.to for move in moves(name, "discipline") if move.act.id in ("flag_danger", "flag_late", "lodge_in_danger")
    }
    return found | {move.to for move in moves(name, "discipline") if move.act.id == "enter_in_danger"}


def test_everybody_is_asked_the_two_questions_of_danger(name):
    """M14: whoever was not asked cannot say that it is unsafe."""
    assert {True} == {"danger" in act.carries for act in acts(name).values() if START in act.stages}


def test_danger_reaches_a_named_person_within_one_working_day(name):
    """M14: a complaint that says “danger” would wait its turn among the others."""
    assert 2 == len(urgent_stages(name))
    for stage in urgent_stages(name):
        assert Span(1, "wd") == stages(name)[stage].clock.within
        readers = {
            role.id
            for move in exits(name, "discipline", stage)
            if offices(name, move.act)
            for role in roles(name, move.act)
        }
        assert 1 == len(readers)
        reading = [move.act for move in exits(name, "discipline", stage) if offices(name, move.act)]
        assert all({"person", "danger", "reasons"} <= set(act.carries) for act in reading)
        assert 1 == shipped(name).roles[readers.pop()].seats


def test_danger_that_nobody_reads_reaches_others_and_never_the_respondent(name):
    """M14: a clock would tell the respondent, or the matter would lie where nobody read it."""
    lapses = [
        move for stage in urgent_stages(name) for move in exits(name, "discipline", stage) if by_clock(name, move.act)
    ]
    assert set(urgent_stages(name)) == {move.stage for move in lapses}
    assert [] == [move for move in lapses if "told" in move.then - move.facts]
    for move in lapses:  # a warning that nobody read counts as well-founded; other people read the rest
        second = {role for act in acts(name).values() if move.to in act.stages and act.to != move.to for role in act.by}
        first = {
            role for act in acts(name).values() if move.stage in act.stages and offices(name, act) for role in act.by
        }
        assert "unsafe" in move.then or not second & first


def test_no_clock_tells_anybody_anything_of_the_content(name):
    """M14: a calendar cannot know whether it is safe to tell."""
    for act in acts(name).values():
        if by_clock(name, act):
            assert not any(CARRIES[item].discloses for item in act.carries)
            assert "told" not in act.sets


def test_the_notice_waits_while_it_is_unsafe(name):
    """M14: one officer could tell the respondent although a named person has said that it is dangerous."""
    told = [move for move in moves(name, "discipline") if "told" in move.act.sets and move.stage == "notice"]
    assert told
    assert [] == [move for move in told if "unsafe" in move.facts]


def test_a_hold_on_the_notice_is_reasoned_bounded_and_renewed_by_somebody_else(name):
    """M14: a hold without reasons or end, or renewed by whoever set it, is a way to keep a complaint quiet."""
    hold, renewed = acts(name)["hold"], acts(name)["renew_hold"]
    assert {"reasons", "expiry", "danger"} <= set(hold.carries) & set(renewed.carries)
    assert hold.days is not None
    assert renewed.days is not None
    assert shipped(name).apart_from(hold.by[0], renewed.by[0])
    for act in ("hold", "renew_hold"):  # neither can be done a second time before the notice
        once = [move for move in moves(name, "discipline") if move.act.id == act]
        later = reached(
            name,
            "discipline",
            lambda move: move.to not in ("investigation", "ending"),
            frozenset(m.after for m in once),
        )
        assert [] == [move for move in once if move.before in later]
    assert {"hold", "renew_hold"} <= set(shipped(name).books["discipline"].limits["hold-ends"].start)


def test_people_of_every_kind_can_complain_and_officers_enter_what_is_spoken(name):
    """A04, M15: a visitor or somebody at a counter would be sent away, or the days until then would not count."""
    opening = {act.id: act for act in acts(name).values() if START in act.stages}
    assert {
        "lodge",
        "lodge_as_outsider",
        "lodge_for_others",
        "raise",
        "enter",
        "lodge_in_danger",
        "enter_in_danger",
    } <= opening.keys()
    assert {True} == {"receipt" in act.carries for act in opening.values() if offices(name, act)}
    assert {True} == {"account" in act.carries for act in opening.values()}
    assert {False} == {"clauses" in act.carries for act in opening.values()}  # M18: a complainant need cite no clause


def test_a_concern_of_the_organisation_is_marked_as_its_own(name):
    """M06: it would be counted, or shown, as a member's complaint."""
    raising = acts(name)["raise"]
    assert ["complainant"] != list(raising.by)
    assert "never shown as" in raising.says
    assert "reasons" in raising.carries
    assert "ask_why" in acts(name)  # an officer who was present and recorded nothing can be asked why


def test_framing_the_allegations_is_an_officers_act_and_comes_before_the_notice(name):
    """M18: the complainant would have to find the clause, or the respondent would be told of nothing in particular."""
    frame = acts(name)["frame"]
    assert offices(name, frame)
    assert "clauses" in frame.carries
    told = [move for move in moves(name, "discipline") if "told" in move.act.sets and move.to == "investigation"]
    assert [] == [move for move in told if "framed" not in move.facts | set(move.act.sets)]
    assert {True} == {{"clauses", "evidence", "account", "notice"} <= set(move.act.carries) for move in told}


def test_triage_ends_in_one_of_the_closed_list(name):
    """A10: a complaint could be put aside under a word that nobody counts."""
    stage = next(act.stages[0] for act in acts(name).values() if act.id == "out_of_scope")
    found = [move.act for move in exits(name, "discipline", stage) if offices(name, move.act)]
    assert CLOSED_LIST == list(dict.fromkeys(act.id for act in acts(name).values() if act in found))
    assert {True} == {{"reasons", "notice"} <= set(act.carries) for act in found}
    assert {True} == {bool(act.outcome) for act in found}


def test_no_complaint_is_refused_by_one_person_or_by_silence(name):
    """A10, A11: one friend in the right office would be enough; or none."""
    for move in moves(name, "discipline"):
        if move.to == "ending" and move.stage != "ending":
            assert offices(name, move.act)
            assert 2 <= people(name, move.act.id)
            assert ["reasons", "notice"] == [item for item in move.act.carries if item in ("reasons", "notice")]
            assert {"complainant"} <= set(move.act.adverse)
            assert "ask_review" == move.act.appeal


def test_a_complaint_of_danger_on_a_friday_is_with_others_by_tuesday(name):
    """M14: the working day would be counted from the wrong end, over a weekend most of all."""
    book = RunningBook(shipped(name), "discipline")
    matter = History(book).does("complainant", "lodge_in_danger", at("2026-06-12"))  # a Friday
    assert "urgent" == matter.matter.stage
    reader = acts(name)["protect"].by[0]
    second = acts(name)["read_instead"].by[0]
    late = matter.does(second, "read_instead", at("2026-06-16"))
    assert [("urgent_unread", "2026-06-15")] == [done for done in late.told if done[0] == "urgent_unread"]
    in_time = (
        History(book).does("complainant", "lodge_in_danger", at("2026-06-12")).does(reader, "protect", at("2026-06-15"))
    )
    assert {"unsafe"} == in_time.matter.facts
    assert [] == [done for done in in_time.told if done[0].startswith("missed")]


def test_a_party_can_say_that_it_became_dangerous(name):
    """M14: danger that comes after the first letter would be nobody's business."""
    for act in ("flag_danger", "flag_late"):
        assert parties(name, acts(name)[act], "complainant")
        assert acts(name)[act].to in urgent_stages(name)
