# SPDX-License-Identifier: Apache-2.0
"""What a respondent can count on in the shipped books: interim measures that end, a turn to answer, a hearing."""

import pytest

from evenhand.casework.running_book import RunningBook
from tests.casework.conftest import History, at
from tests.rulebook.shipped import NAMES, acts, by_clock, exits, moves, parties, people, reached, shipped, stages

pytestmark = pytest.mark.parametrize("name", NAMES)
INTERIM = {
    "harbour": ("ask_interim", "suspend", "renew_interim", "interim_lapses"),
    "quay_club": ("ask_ban", "impose_ban", "renew_ban", "ban_ends"),
    "lantern_foundation": ("ask_restriction", "restrict", "renew_restriction", "restriction_ends"),
}


def limits(name):
    """The limits of the discipline book."""
    return shipped(name).books["discipline"].limits


def charged(name):
    """A matter in which the respondent was charged on 20 July 2026, a Monday."""
    book = RunningBook(shipped(name), "discipline")
    matter = History(book).does("complainant", "lodge", at("2026-06-01"))
    by = {id: act.by[0] for id, act in acts(name).items()}
    for act, day in (
        ("frame", "2026-06-02"), ("investigate", "2026-06-02"), ("notify", "2026-06-03"), ("report", "2026-07-06"),
        ("charge", "2026-07-13"),
    ):  # fmt: skip
        matter = matter.does(by[act], act, at(day))
    return matter


def test_an_interim_measure_is_decided_by_two_who_did_not_ask_for_it(name):
    """C01, C02: one officer would ask, decide and sign."""
    ask, impose, renew, _ = (acts(name)[act] for act in INTERIM[name])
    assert {"reasons", "proportionality", "expiry", "notice"} <= set(impose.carries) & set(renew.carries)
    assert 2 <= people(name, impose.id)
    assert 2 <= people(name, renew.id)
    for act in (impose, renew):
        assert shipped(name).apart_from(ask.by[0], act.by[0])
    untold = [move for move in moves(name, "discipline") if move.act in (ask, impose) and "told" not in move.facts]
    assert [] == untold


def test_an_interim_measure_is_never_a_side_effect_of_opening_a_case(name):
    """C01: whoever is complained about would be suspended by that alone."""
    measures = {fact.id for fact in shipped(name).books["discipline"].facts.values() if fact.kind == "measure"}
    _, impose, renew, _ = INTERIM[name]
    assert {impose, renew} == {act.id for act in acts(name).values() if measures & set(act.sets)}


def test_an_interim_measure_ends_by_itself_unless_it_is_renewed(name):
    """C03: a quarter of the suspensions would be unresolved after eighteen months."""
    _, impose, renew, ends = INTERIM[name]
    for act in (impose, renew):
        own = [limit for limit in limits(name).values() if act in limit.start and limit.then == ends]
        assert own, act
        assert {"d"} == {limit.span.unit for limit in own}
    renewing = frozenset(move.after for move in moves(name, "discipline") if move.act.id == renew)
    later = reached(name, "discipline", lambda move: True, renewing)
    assert [] == [move for move in moves(name, "discipline") if move.act.id == renew and move.before in later]


def test_a_measure_that_nobody_renews_has_ended_in_the_kernel_too(name):
    """C03: the limit would stand in the text and nobody would end anything."""
    ask, impose, _, ends = INTERIM[name]
    matter = charged(name)
    matter = matter.does(acts(name)[ask].by[0], ask, at("2026-07-14"))
    matter = matter.does(acts(name)[impose].by[0], impose, at("2026-07-15"), expiry="2026-08-12")
    measures = {fact.id for fact in shipped(name).books["discipline"].facts.values() if fact.kind == "measure"}
    assert measures & matter.matter.facts
    hearing = stages(name)["hearing"].id
    later = matter.does("respondent", "reply", at("2026-07-20")).does(
        acts(name)["fix_hearing"].by[0], "fix_hearing", at("2026-08-14")
    )
    assert (hearing, frozenset()) == (later.matter.stage, later.matter.facts & measures)
    assert (ends, "2026-08-12") in later.told


def test_a_challenge_of_a_measure_is_answered_by_others_or_the_measure_falls(name):
    """C03, G02: who imposed it would be asked whether it should stay, or nobody would answer."""
    _, impose, _, ends = INTERIM[name]
    for answer in ("lift", "keep"):
        assert shipped(name).apart_from(acts(name)[answer].by[0], acts(name)[impose].by[0])
        assert 2 <= people(name, answer)
    assert [ends] == [limit.then for limit in limits(name).values() if limit.start == ("contest",)]


def test_more_time_is_ruled_on_with_reasons_before_the_matter_goes_on(name):
    """M17: a request for more time would lie until the hearing had begun."""
    for ruling in ("grant_time", "refuse_time", "allow", "disallow"):
        assert {"reasons", "notice"} <= set(acts(name)[ruling].carries)
        assert 2 == people(name, ruling)
    assert acts(name)["grant_time"].days is not None
    asked = [move for move in moves(name, "discipline") if "time_asked" in move.facts and move.stage == "answer"]
    assert {"ruling"} == {move.to for move in asked if by_clock(name, move.act) and move.to != "answer"}
    assert {"answer"} == {move.to for move in exits(name, "discipline", "ruling") if by_clock(name, move.act)}


def test_deemed_service_can_be_set_aside(name):
    """M17: whoever never had the letter would have had their turn."""
    say = acts(name)["say_unserved"]
    assert parties(name, say, "respondent")
    assert ("hearing", "ruling") == (say.stages[0], say.to)
    assert {("allow", "answer"), ("disallow", "hearing")} == {
        (move.act.id, move.to) for move in exits(name, "discipline", "ruling") if not by_clock(name, move.act)
    }


def test_a_respondent_who_asks_for_more_time_gets_ten_days(name):
    """M17: the days granted would not count."""
    pair = acts(name)["grant_time"].by[0]
    matter = charged(name).does("respondent", "ask_time", at("2026-07-20")).does(pair, "grant_time", at("2026-07-21"))
    within = stages(name)["answer"].clock.within.n + 10
    last = matter.book.calendar.due(at("2026-07-13").date(), type(acts(name)["grant_time"].days)(within, "wd"))
    late = matter.does("respondent", "reply", at(last.isoformat()))
    assert "hearing" == late.matter.stage
    assert "reply" == late.acts[-1].name


def test_the_respondent_had_a_turn_to_answer_before_every_sanction(name):
    """B04: somebody would be sanctioned on papers never seen."""
    turn = {"reply", "answer_over", "time_unruled"}
    never = reached(name, "discipline", lambda move: move.act.id not in turn)
    sanctioning = [move for move in moves(name, "discipline") if "sanctioned" in move.act.sets]
    assert sanctioning
    assert [] == [move for move in sanctioning if move.before in never]
    assert {True} == {{"told", "charged"} <= move.facts for move in sanctioning}


def test_the_hearing_is_an_object_with_date_adjournment_and_notice(name):
    """M20, F10: a hearing nobody was called to would be a hearing."""
    assert {"hearing", "person", "notice"} <= set(acts(name)["fix_hearing"].carries)
    assert {"hearing", "statement"} <= set(acts(name)["hear"].carries)
    assert acts(name)["adjourn"].days is not None
    assert "at_least" == limits(name)["hearing-notice"].kind
    decisions = [move for move in moves(name, "discipline") if move.act.id in ("sanction", "no_breach")]
    assert [] == [move for move in decisions if "sat" not in move.facts]


def test_each_decision_carries_findings_evidence_reasons_and_the_vote(name):
    """F01, A07, E03: “the panel has decided” would be all there is."""
    for act in ("sanction", "no_breach"):
        assert {"finding", "evidence", "reasons", "vote", "notice"} <= set(acts(name)[act].carries)
    assert "tariff" in acts(name)["sanction"].carries


def test_an_extension_is_reasoned_told_once_and_before_the_limit(name):
    """H02, H04: the investigation would grow by a month whenever a month was over."""
    extend = acts(name)["extend"]
    assert ("investigation",) == extend.stages  # once its clock has run out the matter is no longer there
    assert {"reasons", "notice"} <= set(extend.carries)
    extended = frozenset(move.after for move in moves(name, "discipline") if move.act == extend)
    later = reached(name, "discipline", lambda move: move.act.id != "call_in" and move.to != "ending", extended)
    assert [] == [move for move in moves(name, "discipline") if move.act == extend and move.before in later]


def test_who_investigated_decides_nothing(name):
    """F02: the investigator would judge their own report."""
    investigator = acts(name)["report"].by[0]
    assert [] == [act.id for act in acts(name).values() if investigator in act.by and (act.merits or act.adverse)]
