# SPDX-License-Identifier: Apache-2.0
"""Whoever is about to act sees what comes of it: stage, clocks, letters; and nothing has happened yet."""

from datetime import date

import pytest

from evenhand.casework.follows import LetterDue, follows
from tests.casework.a_case import NAMES, Case
from tests.casework.conftest import at, request


def would(case: Case, by: str, act: str, day: str, **carries):
    """What would follow."""
    asked = request(case.book, case.words.get(act, act), case.words.get(by, by), at(day), **carries)
    return follows(case.book, case.matter, asked, at(day))


@pytest.mark.parametrize("name", NAMES)
def test_a_charge_starts_the_answer(name):
    """The panel would learn from the letter what it has set going."""
    case = Case(name).noticed().did("investigator", "report", "2026-04-20")
    found = would(case, "charging", "charge", "2026-04-21", clauses=case.both)
    assert ("charging", "answer", False) == (found.stage_before, found.stage_after, found.ends)
    assert ["books/discipline/stages/answer/clock"] == [clock.rule for clock in found.clocks_started]
    assert ["books/discipline/stages/charging/clock"] == [clock.rule for clock in found.clocks_stopped]
    assert "charged" in found.facts_set
    assert {"respondent"} < {role for letter in found.letters for role in letter.to}


def test_every_letter_is_named_with_those_it_is_to():
    """Somebody would get a letter that nobody had thought of."""
    case = Case().noticed().did("investigator", "report", "2026-04-20")
    found = would(case, "charging", "charge", "2026-04-21", clauses=case.both)
    assert LetterDue(id="charged", to=("complainant", "federation")) in found.letters
    assert [("respondent",), ("complainant", "federation")] == [letter.to for letter in found.letters]


def test_an_extension_moves_a_clock():
    """H02: the new date would be known only afterwards."""
    found = would(Case().noticed(), "gatekeepers", "extend", "2026-04-16")
    ((before, after),) = found.clocks_moved
    assert (date(2026, 6, 8), date(2026, 7, 6)) == (before.last_day, after.last_day)
    assert () == found.clocks_started + found.clocks_stopped


def test_what_the_clock_had_done_before_is_told():
    """Somebody would act on a page of last month."""
    found = would(Case().noticed(), "gatekeepers", "charge", "2026-06-10", clauses=["C1"])
    assert ["investigation_over"] == [act.name for act in found.lapsed]
    assert ("charging", "answer") == (found.stage_before, found.stage_after)


def test_a_refusal_is_told_and_not_raised():
    """A preview would end in an error page."""
    found = would(Case().lodged(), "panel", "sanction", "2026-04-02")
    assert found.refused is not None
    assert "books/discipline/acts/sanction/in" == found.refused.rule
    assert ("triage", "triage") == (found.stage_before, found.stage_after)


def test_an_end_and_a_handover_are_told():
    """What cannot be taken back would look like any other step."""
    case = Case().sanctioned()
    case.did("respondent", "appeal", "2026-05-28").did("appeal_panel", "uphold", "2026-05-29")
    found = would(case, "respondent", "ask_arbitrator", "2026-06-01")
    assert (True, True) == (found.ends, found.handover)


def test_nothing_has_happened():
    """A look at what follows would already be the act."""
    case = Case().noticed()
    before = case.matter
    would(case, "gatekeepers", "extend", "2026-04-16")
    assert before == case.matter
