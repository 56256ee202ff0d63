# SPDX-License-Identifier: Apache-2.0
"""More time, clock stops, hearings put off, interim suspensions, danger told late: by the forms alone, on both databases."""

import re

import pytest

from tests.journey.a_route import Route


@pytest.fixture
def route(doors):
    """A complaint that was just lodged."""
    return Route(doors)


def due(route) -> str:
    """The last day of the stage."""
    return route.row.due.date().isoformat()


def suspended(route) -> Route:
    """The case officer asks, the respondent can speak, and two others impose an interim suspension."""
    route.to_the_notice()
    route.do("ask_interim", "case_officer")
    route.do("speak", "respondent")
    route.do("suspend", "duty_panel", days=14)
    return route


def test_more_time_is_asked_for_and_granted(route):
    """M17: two people rule on it, and the day moves by what the rules give."""
    route.to_the_answer()
    before = due(route)
    route.do("ask_time", "respondent")
    route.do("grant_time", "duty_panel")
    assert before < due(route)
    assert any("Both accounts agree" in letter for letter in route.letters("respondent", "grant_time"))
    route.do("reply", "respondent")
    route.audited()


def test_more_time_is_refused_with_reasons(route):
    """M17: the day stays, and the letter says when it is."""
    route.to_the_answer()
    before = due(route)
    route.do("ask_time", "respondent")
    route.do("refuse_time", "duty_panel")
    assert before == due(route)
    assert 1 == len(route.letters("respondent", "refuse_time"))
    route.audited()


def test_a_request_on_which_nobody_rules_is_ruled_on_by_others_or_granted(route):
    """M17: silence favours who asked."""
    route.to_the_answer()
    route.do("ask_time", "respondent")
    route.waits(24)
    assert ("ruling", True) == (route.row.stage, "missed.time-ruling" in route.done())
    route.waits(9)
    assert ("answer", True) == (route.row.stage, "time_given" in route.facts())
    route.audited()


def test_papers_that_never_came_are_ruled_on(route):
    """M17: service is set aside, and the respondent answers after all."""
    route.to_the_answer()
    route.waits(30)
    assert "hearing" == route.row.stage
    route.do("say_unserved", "respondent")
    route.do("allow", "duty_panel")
    assert "answer" == route.row.stage
    route.do("reply", "respondent")
    route.audited()


def test_an_extension_is_given_before_the_limit_and_once(route):
    """H02: the day moves, both sides are told, and there is no second one."""
    route.to_the_notice()
    before = due(route)
    route.do("extend", "gatekeepers")
    assert before < due(route)
    assert [1, 1] == [len(route.letters(role, "extend")) for role in ("complainant", "respondent")]
    assert "extended" in route.refused("extend", "gatekeepers")
    route.audited()


def test_an_extension_after_the_limit_is_too_late(route):
    """H02: the matter has gone on by the clock when it is asked for."""
    route.to_the_notice()
    route.doors.later(days=62)
    assert "stands in" in route.refused("extend", "gatekeepers")
    assert "charging" == route.row.stage
    route.audited()


def test_the_clock_is_stopped_with_a_reason_and_a_day(route):
    """H04: what stopped it and until when is in the file, apart from the running time."""
    route.to_the_notice()
    before = due(route)
    route.do("pause", "gatekeepers", days=30)
    assert (True, True) == (before < due(route), "paused" in route.facts())
    assert "the clock was stopped" in route.refused("pause", "gatekeepers", days=30)
    route.audited()


def test_a_hearing_is_put_off_once(route):
    """M20: it gets a new date, and everybody is told."""
    route.to_the_notice().to_the_hearing()
    before = due(route)
    route.do("adjourn", "panel")
    assert before < due(route)
    assert 1 == len(route.letters("complainant", "adjourn"))
    route.do("fix_hearing", "panel", days=16)
    route.doors.later(days=16)
    route.do("hear", "panel", days=0)
    route.do("no_breach", "panel")
    assert "decided" == route.row.stage
    route.audited()


def test_an_interim_suspension_is_decided_by_others_and_ends_by_itself(route):
    """C01, C02, C03: neither of the two asked for it, and on its last day it is over."""
    suspended(route)
    asked = route.sitting("case_officer")[0].person
    assert asked not in {seat.person for seat in route.sitting("duty_panel")}
    assert "interim" in route.facts()
    route.waits(16)
    assert ("interim" in route.facts(), route.done()[-1]) == (False, "interim_lapses")
    assert 1 == len(route.letters("respondent", "interim_lapses"))
    route.audited()


def test_an_interim_suspension_is_renewed_with_reasons(route):
    """C03: once, and by the same kind of people who imposed it, never by who asked."""
    suspended(route)
    route.doors.later(days=10)
    route.do("renew_interim", "duty_panel", days=20)
    route.waits(10)
    assert {"interim", "interim_on"} <= route.facts()
    route.waits(12)
    assert not {"interim", "interim_on"} & route.facts()
    route.audited()


@pytest.mark.parametrize(("act", "stands"), [("lift", False), ("keep", True)])
def test_an_interim_suspension_is_contested(route, act, stands):
    """C02: other people answer."""
    suspended(route)
    route.do("contest", "respondent")
    route.do(act, "appeal_panel")
    assert (stands, False) == ("interim" in route.facts(), "contested" in route.facts())
    route.audited()


def test_an_interim_suspension_is_refused(route):
    """C01: asking is not having."""
    route.to_the_notice()
    route.do("ask_interim", "case_officer")
    route.do("refuse_interim", "duty_panel")
    assert not {"interim", "interim_asked"} & route.facts()
    route.audited()


def test_danger_that_is_told_late_is_read_and_the_notice_waits(route):
    """M14: a named person reads it, holds the notice, somebody else renews the hold, and it ends with reasons."""
    route.do("frame", "case_officer")
    route.do("investigate", "gatekeepers")
    route.do("flag_late", "complainant")
    assert "warned" == route.row.stage
    route.do("hold_at_once", "safeguarder")
    assert "danger" in route.refused("notify", "case_officer").lower()
    route.do("hold", "safeguarder", days=10)
    route.do("renew_hold", "duty_panel", days=20)
    assert "the notice is on hold" in route.refused("hold", "safeguarder", days=10)
    assert route.sitting("safeguarder")[0].person not in {seat.person for seat in route.sitting("duty_panel")}
    route.do("safe_to_tell", "safeguarder")
    route.do("notify", "case_officer")
    assert "investigation" == route.row.stage
    page = re.sub(r"<[^>]+>|\s+", " ", route.opens(route.bero))
    assert "unsafe" not in page.partition("not open to you")[0]
    route.audited()


def test_a_warning_that_nobody_reads_means_unsafe(route):
    """M14: silence does not tell the respondent."""
    route.do("frame", "case_officer")
    route.do("investigate", "gatekeepers")
    route.do("flag_late", "complainant")
    route.waits(3)
    assert ("notice", True) == (route.row.stage, "unsafe" in route.facts())
    assert "danger" in route.refused("notify", "case_officer").lower()
    route.audited()
