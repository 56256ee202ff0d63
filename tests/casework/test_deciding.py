# SPDX-License-Identifier: Apache-2.0
"""A request is decided by the rules of the book alone: done, or refused with rule, sentence and what is lawful."""

from dataclasses import replace

import pytest

from evenhand.casework.acts import Act, Request
from evenhand.casework.deciding import decide
from evenhand.casework.evolving import NotOfThisMatter, evolve
from evenhand.casework.lawful import lawful_now, why_not
from evenhand.casework.matter import OtherRules, new_matter
from evenhand.casework.refusal import Refused
from evenhand.casework.running_book import RunningBook
from tests.casework.conftest import DISCIPLINE, History, a_rulebook, at, request


def refused(history: History, by: str, act: str, when, **carries) -> Refused:
    """The refusal of a request that carries all it has to, but for what is said otherwise."""
    book = history.book
    asked = request(book, act, by, when, **carries) if act in book.book.acts else Request(act=act, by=by)
    with pytest.raises(Refused) as refusal:
        decide(book, history.matter, asked, when)
    return refusal.value


def test_an_act_is_done_at_the_moment_of_the_request(lodged):
    """What is done would be dated by somebody's clock and not by the one who is asked."""
    expected = Act(name="lodge", by="member", at=at("2026-04-01"), carries={"account": "He shouted at the cox."})
    assert [expected] == lodged.acts


def test_an_act_of_another_stage_is_refused(lodged):
    """A decision would come before the hearing."""
    refusal = refused(lodged, "panel", "dismiss", at("2026-04-02"))
    assert "books/discipline/acts/dismiss/in" == refusal.rule
    assert "dismiss is done in hearing; this matter stands in logged." == refusal.sentence
    assert () == refusal.lawful_now


def test_an_act_of_another_role_is_refused_with_what_is_open_to_this_one(lodged):
    """A party would decide in its own matter, or would not learn what it may do."""
    refusal = refused(lodged, "member", "notify", at("2026-04-02"))
    assert "books/discipline/acts/notify/by" == refusal.rule
    assert "notify is done by officer, not by member." == refusal.sentence
    assert ("notify",) == refused(lodged, "officer", "dismiss", at("2026-04-02")).lawful_now


def test_nothing_is_found_before_the_respondent_was_told(lodged):
    """Somebody would be sanctioned without having been told (B04)."""
    lodged.does("officer", "fix", at("2026-04-20"))  # the complaint went to the panel by the clock, untold
    refusal = refused(lodged, "panel", "sanction", at("2026-04-28"))
    assert "books/discipline/acts/sanction/needs" == refusal.rule
    assert "sanction needs what is not so in this matter: told." == refusal.sentence


def test_a_fact_that_stands_can_shut_an_act(heard):
    """A second suspension would be laid over the first."""
    heard.does("panel", "suspend", at("2026-04-10"))
    refusal = refused(heard, "panel", "suspend", at("2026-04-10", 13))
    assert "books/discipline/acts/suspend/unless" == refusal.rule
    assert refusal.sentence.endswith("because of what stands in this matter: interim.")


def test_an_act_that_is_used_up_is_refused(heard):
    """A suspension could be repeated for ever."""
    heard.does("panel", "suspend", at("2026-04-10")).does("panel", "lift", at("2026-04-10", 13))
    refusal = refused(heard, "panel", "suspend", at("2026-04-12"))
    assert "books/discipline/acts/suspend/max" == refusal.rule
    assert "suspend can be done once in a matter, and it has been done." == refusal.sentence


def test_an_act_can_be_used_up_after_several_times(noticed):
    """More time could be given without end (H02)."""
    noticed.does("officer", "more_time", at("2026-04-08")).does("officer", "more_time", at("2026-04-09"))
    refusal = refused(noticed, "officer", "more_time", at("2026-04-10"))
    assert "more_time can be done 2 times in a matter, and it has been done as often." == refusal.sentence


def test_nobody_does_what_is_the_clocks(lodged):
    """An officer could let a limit run out before its time."""
    refusal = refused(lodged, "officer", "to_panel", at("2026-04-02"))
    assert "books/discipline/acts/to_panel/by" == refusal.rule
    assert "to_panel is done by the clock when its limit has run, and by nobody else." == refusal.sentence
    assert refusal.sentence == refused(lodged, "clock", "to_panel", at("2026-04-02")).sentence


def test_nobody_records_a_missed_limit_by_hand(noticed):
    """A limit could be called missed that is still running (H03)."""
    refusal = refused(noticed, "officer", "missed.update", at("2026-04-03"))
    assert "books/discipline/limits/update" == refusal.rule


def test_unknown_acts_and_roles_are_refused(lodged):
    """A typing mistake would be told in words that suggest the act exists."""
    assert "The book discipline has no act pardon." == refused(lodged, "officer", "pardon", at("2026-04-02")).sentence
    assert "This rulebook has no role pope." == refused(lodged, "pope", "notify", at("2026-04-02")).sentence


def test_nothing_is_done_in_a_matter_that_is_over(heard):
    """A concluded case could be opened again by whoever likes (G05)."""
    heard.does("panel", "dismiss", at("2026-04-10"))
    refusal = refused(heard, "officer", "note", at("2026-06-01"))
    assert "books/discipline/stages/closed" == refusal.rule
    assert () == refusal.lawful_now


def test_nothing_is_entered_before_the_last_entry(noticed):
    """An act could be dated back to before a limit that it missed (H03)."""
    refusal = refused(noticed, "respondent", "reply", at("2026-04-01"))
    assert "kernel/order" == refusal.rule
    assert ("reply",) == refusal.lawful_now


def test_two_acts_can_be_done_at_the_same_instant(noticed):
    """Two requests in one second would be a refusal that nobody understands."""
    noticed.does("member", "note", at("2026-04-03")).does("officer", "more_time", at("2026-04-03"))
    assert ["note", "more_time"] == [act.name for act in noticed.acts[-2:]]


def test_what_the_clock_has_done_comes_before_the_act(lodged):
    """The act would be recorded in a stage that the matter had already left."""
    done = decide(
        lodged.book, lodged.matter, request(lodged.book, "fix", "officer", at("2026-04-20")), at("2026-04-20")
    )
    assert ["to_panel", "fix"] == [act.name for act in done]


def test_an_act_that_came_too_late_is_refused_by_the_stage_it_finds(lodged):
    """Somebody who looks late would undo what the clock has done."""
    refusal = refused(lodged, "officer", "notify", at("2026-04-20"))
    assert "notify is done in logged; this matter stands in hearing." == refusal.sentence
    assert ("note", "fix") == refusal.lawful_now
    assert ("note", "fix") == lawful_now(lodged.book, lodged.matter, "officer", at("2026-04-20"))


def test_of_every_act_that_is_not_open_the_reason_is_told(heard):
    """A person would see what they may do and not why the rest is shut."""
    when = at("2026-04-10")
    open_now = lawful_now(heard.book, heard.matter, "panel", when)
    shut = why_not(heard.book, heard.matter, "panel", when)
    assert ("suspend", "dismiss") == open_now
    assert set(heard.book.book.acts) == {*open_now, *(reason.act for reason in shut)}
    for reason in shut:
        asked = request(heard.book, reason.act, "panel", when)
        with pytest.raises(Refused) as refusal:
            decide(heard.book, heard.matter, asked, when)
        assert (reason.rule, reason.sentence) == (refusal.value.rule, refusal.value.sentence)


def test_a_matter_stays_under_the_version_it_was_opened_under(heard):
    """A change of the rules would reach into open cases without anybody saying so (I02)."""
    tomorrow = RunningBook(a_rulebook(DISCIPLINE, digest="sha256:saltmarsh-2"), "discipline")
    with pytest.raises(OtherRules, match="saltmarsh-1, not under the book discipline of sha256:saltmarsh-2"):
        decide(tomorrow, heard.matter, request(tomorrow, "dismiss", "panel", at("2026-04-10")), at("2026-04-10"))


def test_a_matter_is_not_brought_before_another_book(saltmarsh):
    """A case could be continued as a motion."""
    appeal = RunningBook(a_rulebook(DISCIPLINE, replace(DISCIPLINE, id="appeal")), "appeal")
    with pytest.raises(OtherRules):
        decide(appeal, new_matter(saltmarsh), request(appeal, "lodge", "member", at("2026-04-01")), at("2026-04-01"))


@pytest.mark.parametrize(
    ("name", "day"), [("sanction", "2026-04-10"), ("pardon", "2026-04-10"), ("missed.interim", "2026-04-10"),
                      ("note", "2026-04-01")],
)  # fmt: skip
def test_a_history_that_the_kernel_did_not_make_is_not_taken(heard, name, day):
    """A record that was written past the kernel would be read as if it were in order."""
    with pytest.raises(NotOfThisMatter):
        evolve(heard.book, heard.matter, Act(name=name, by="panel", at=at(day)))


def test_an_instant_without_a_zone_is_refused(lodged):
    """What is in time in one zone is late in another."""
    naive = at("2026-04-02").replace(tzinfo=None)
    with pytest.raises(ValueError, match="names no zone"):
        decide(lodged.book, lodged.matter, request(lodged.book, "notify", "officer", at("2026-04-02")), naive)
