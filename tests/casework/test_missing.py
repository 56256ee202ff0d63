# SPDX-License-Identifier: Apache-2.0
"""Both sides read the same list of what is missing, from whom and by when (B07)."""

from datetime import date

import pytest

from evenhand.casework.file import file_of
from evenhand.casework.missing import missing
from tests.casework.a_case import NAMES, Case
from tests.casework.conftest import at

every_rulebook = pytest.mark.parametrize("name", NAMES)


def lacks(case: Case, day: str):
    """What is missing in a case on a day."""
    return missing(case.book, file_of(case.book, case.acts), at(day))


def test_a_step_is_missing_from_those_who_have_it():
    """Each side would wait for the other."""
    (one,) = lacks(Case().noticed(), "2026-04-20")
    assert ("A step on from the stage “investigation”.", ("investigator",), date(2026, 6, 8)) == (
        one.what,
        one.roles,
        one.by,
    )
    assert ("report",) == one.acts
    assert "books/discipline/stages/investigation/clock" == one.rule


@every_rulebook
def test_what_has_to_come_first_is_named(name):
    """A panel that cannot decide yet would look like one that does not want to."""
    case = Case(name).charged().did("respondent", "reply", "2026-05-01")
    first = lacks(case, "2026-05-04")[0]
    assert ("Not yet so: the hearing has a date and a place.", ("fix_hearing",)) == (first.what, first.acts)
    assert "Not yet so: the hearing was held." == lacks(Case(name).listed(), "2026-05-06")[0].what


@every_rulebook
def test_framing_is_missing_before_a_notice_can_go_out(name):
    """The officer would be waited for without knowing what for (M18)."""
    case = Case(name).lodged().did("gatekeepers", "investigate", "2026-04-08")
    assert [("frame",)] == [one.acts for one in lacks(case, "2026-04-09") if one.what.startswith("Not yet so")]


@every_rulebook
def test_a_ruling_is_missing_until_it_is_given(name):
    """A request could be left to lie (M17, C03)."""
    case = Case(name).charged().did("respondent", "ask_time", "2026-04-22")
    assert [date(2026, 4, 27)] == [one.by for one in lacks(case, "2026-04-23") if "grant_time" in one.acts]
    case.did("duty_panel", "refuse_time", "2026-04-24")
    assert [("reply",)] == [one.acts for one in lacks(case, "2026-04-24")]


@every_rulebook
def test_a_challenge_to_a_measure_is_missing_its_ruling(name):
    """C03: the suspension falls if nobody rules, and until then nobody would have to."""
    case = Case(name).suspended().did("respondent", "contest", "2026-04-16")
    assert [("lift", "keep")] == [one.acts for one in lacks(case, "2026-04-17") if "lift" in one.acts]


def test_what_has_no_limit_is_missing_all_the_same():
    """A measure asked for, and never answered, would be seen by nobody."""
    case = Case().noticed().did("case_officer", "ask_interim", "2026-04-13")
    last = lacks(case, "2026-04-14")[-1]
    assert ("An answer to this: Ask for an interim suspension.", ("duty_panel",), None) == (
        last.what,
        last.roles,
        last.by,
    )


def test_the_end_of_a_measure_is_not_missing():
    """Somebody would be waited for who has nothing to do."""
    assert not any("interim-ends" in one.rule for one in lacks(Case().suspended(), "2026-04-16"))


@every_rulebook
def test_nothing_is_missing_once_it_is_decided(name):
    """An appeal is nobody's duty."""
    assert () == lacks(Case(name).sanctioned(), "2026-05-28")


def test_nothing_is_missing_once_the_clock_has_run():
    """A list would name people whose time is over."""
    assert () == lacks(Case().noticed(), "2026-06-10")


@every_rulebook
def test_what_tells_of_danger_is_marked(name):
    """M14: a respondent could read off a list that somebody is afraid of them."""
    case = Case(name).did("complainant", "lodge_in_danger", "2026-04-01")
    assert [True] == [one.guarded for one in lacks(case, "2026-04-01")]
    assert not any(one.guarded for one in lacks(Case(name).noticed(), "2026-04-10"))
