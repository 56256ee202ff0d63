# SPDX-License-Identifier: Apache-2.0
"""How a matter can end in the shipped books: by whom, confirmed by how many, and who can take it up again."""

import pytest

from evenhand.casework.running_book import RunningBook
from tests.casework.conftest import History, at
from tests.rulebook.shipped import (
    NAMES,
    acts,
    by_clock,
    ends,
    exits,
    moves,
    offices,
    parties,
    people,
    reached,
    roles,
    shipped,
    table,
)

pytestmark = pytest.mark.parametrize("name", NAMES)


def without(name, *ids):
    """The states that can be reached when these acts are never done."""
    return reached(name, "discipline", lambda move: move.act.id not in ids)


def ended(name, states, outcome):
    """Whether a matter with this fact can be over in these states."""
    found = [move for move in moves(name, "discipline") if move.before in states and move.to in ends(name)]
    return [move for move in found if outcome in move.facts]


def test_no_path_ends_in_withdrawn_without_two_confirmations(name):
    """M19: whoever can be pressed to withdraw is pressed, and one officer would do."""
    confirming = [act for act in acts(name).values() if act.outcome == "withdrawn"]
    assert {"confirm_withdrawal", "confirm_withdrawal_told"} == {act.id for act in confirming}
    assert {2} == {people(name, act.id) for act in confirming}
    assert {True} == {{"account", "reasons"} <= set(act.carries) for act in confirming}
    withdrawn = {move.after for move in moves(name, "discipline") if move.act.id == "withdraw"}
    asked = frozenset(withdrawn)
    onward = reached(name, "discipline", lambda move: move.stage == "withdrawing" and move.act not in confirming, asked)
    onward = {move.to for move in moves(name, "discipline") if move.after in onward} - {"withdrawing"}
    assert {"notice", "charging"} == onward  # refused, or nobody answered: the matter goes on


def test_no_path_ends_in_settled_without_both_sides_and_two_confirmations(name):
    """F08, M04, M19: a hasty apology, arranged by somebody who was there, would end the matter."""
    settle, confirm = acts(name)["settle"], acts(name)["confirm_settlement"]
    assert {"account", "consent"} <= set(settle.carries)
    assert 2 == people(name, confirm.id)
    assert {"account", "reasons"} <= set(confirm.carries)
    for consent in ("agree", "agree_too"):
        states = set(without(name, consent))
        assert [] == [move for move in moves(name, "discipline") if move.before in states and move.act == settle]
    assert parties(name, acts(name)["agree"], "complainant")
    assert parties(name, acts(name)["agree_too"], "respondent")
    assert [] == ended(name, without(name, "confirm_settlement"), "settled")


def test_whoever_runs_a_settlement_has_no_other_part_in_the_matter(name):
    """F08, D09: the officer who was present would arrange the apology."""
    runs = acts(name)["settle"].by[0]
    assert {"informal"} == {stage for act in acts(name).values() if runs in act.by for stage in act.stages}
    others = {role for act in acts(name).values() for role in act.by if shipped(name).roles[role].kind == "person"} - {
        runs
    }
    assert {True} == {shipped(name).apart_from(runs, other) for other in others}


def test_a_settlement_against_which_evidence_comes_goes_the_formal_way(name):
    """M04: an apology would bury what the recording shows."""
    again = acts(name)["take_up_settled"]
    assert ("settled",) == again.needs
    assert "notice" == again.to
    assert "account a settlement rests on" in shipped(name).books["review"].says


def test_leaving_does_not_end_a_matter_by_itself(name):
    """F09: a resignation would be the quietest way out of a complaint."""
    assert parties(name, acts(name)["leave"], "respondent")
    assert "left before decision" == acts(name)["end_as_left"].outcome
    assert 2 == people(name, "end_as_left")
    onward = {move.to for move in exits(name, "discipline", "left") if by_clock(name, move.act)}
    assert {"charging"} == onward


def test_every_ending_can_be_called_in_by_a_body_that_is_neither_party_nor_decider(name):
    """M22: nobody in the room would appeal, and so it would be over."""
    for book in ("discipline", "review", *(["appeal", "objection"] if name == "lantern_foundation" else [])):
        calls = {}
        for move in moves(name, book):
            if move.act.id.startswith("call_in"):
                calls.setdefault(move.before, []).append(move.act)
        last = [move for move in moves(name, book) if move.to in ends(name, book)]
        assert last
        for move in last:
            assert by_clock(name, move.act)
            assert move.before in calls, (book, move.stage)
        callers = {role for found in calls.values() for act in found for role in act.by}
        assert {True} == {shipped(name).roles[role].external for role in callers}
        deciding = {role for move in moves(name, book) if move.stage not in ("start", move.to) for role in move.act.by
                    if offices(name, move.act)} - callers  # fmt: skip
        assert {True} == {shipped(name).apart_from(caller, role) for caller in callers for role in deciding}


def test_every_refusal_and_every_sanction_has_an_appeal_to_others(name):
    """G01, G02, A11: “no action” would be a decision that nobody can question."""
    for act in acts(name).values():
        if act.to == "ending" or act.id in ("sanction", "no_breach", "sanction_found", "no_breach_found"):
            assert act.appeal is not None, act.id
            home, _, asked = act.appeal.rpartition(".")
            book = shipped(name).books[home or "discipline"]
            assert set(act.adverse) <= set(book.acts[asked].by), act.id


def test_whoever_decided_does_not_hear_the_appeal(name):
    """G02: the same people would be asked whether they were right."""
    home = shipped(name).books["appeal" if name == "lantern_foundation" else "discipline"]
    hearing = {
        role for act in home.acts.values() if act.id in ("uphold", "quash", "set_aside", "remit") for role in act.by
    }
    deciding = {role for id in ("sanction", "no_breach", "charge", "investigate") for role in acts(name)[id].by}
    assert {True} == {shipped(name).apart_from(one, other) for one in hearing for other in deciding}


def test_silence_ends_no_matter_that_nobody_decided(name):
    """C3, M22: most complaints that vanish are not refused; nobody does anything."""
    by_silence = reached(name, "discipline", lambda move: move.stage == "start" or by_clock(name, move.act))
    places = {table(name, "discipline").stages[code] for code in table(name, "discipline").stage_of[sorted(by_silence)]}
    assert set() == places & ends(name)
    assert "outside" in places


def test_a_closed_matter_is_reopened_only_as_a_new_one_on_a_listed_ground(name):
    """G05, E05: what provoked outrage would be tried again because it did."""
    over = ends(name) | {"outside"}
    assert [] == [act.id for act in acts(name).values() if set(act.stages) & over]
    review = shipped(name).books["review"]
    assert {"ask", "open_affected"} == {act.id for act in review.acts.values() if "start" in act.stages}
    assert {True} == {"grounds" in act.carries for act in review.acts.values() if "start" in act.stages}
    assert review.says.startswith("Grounds: new evidence;")
    assert review.stages["reopened"].handover  # a new matter before other people, not the old one again


def test_a_review_decides_nothing_by_silence_and_two_bodies_can_look(name):
    """D11, G05: silence would make a decision stand."""
    lapse = shipped(name).books["review"].stages["asked"].clock.then
    assert ["outside"] == [acts(name, "review")[act].to for act in lapse]
    first, second = (acts(name, "review")[act].by[0] for act in ("stand", "stand_after_all"))
    assert shipped(name).apart_from(first, second)


def test_a_withdrawal_that_nobody_answers_goes_on(name):
    """M19: ten days of silence would do what two people have to."""
    book = RunningBook(shipped(name), "discipline")
    matter = (
        History(book).does("complainant", "lodge", at("2026-06-01")).does("complainant", "withdraw", at("2026-06-02"))
    )
    assert "withdrawing" == matter.matter.stage
    role = next(role.id for role in roles(name, acts(name)["frame"]))
    later = matter.does(role, "frame", at("2026-06-17"))
    assert "notice" == later.matter.stage
    assert ("goes_on", "2026-06-16") in later.told
