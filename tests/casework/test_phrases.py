# SPDX-License-Identifier: Apache-2.0
"""Where a matter stands is said in sentences that somebody who never saw the rulebook understands."""

from datetime import date

import pytest

from evenhand.casework.exits import who_frames
from evenhand.casework.file import file_of
from evenhand.casework.lapsing import lapses
from evenhand.casework.phrases import clock_words, state_of
from evenhand.casework.phrases_words import (
    act_says,
    act_title,
    day_words,
    finding_words,
    held_words,
    limit_says,
    moment_words,
    number_words,
    role_title,
    span_words,
    stage_says,
    the_roles,
)
from evenhand.rulebook.model import Span
from tests.casework.a_case import NAMES, Case, a_book
from tests.casework.conftest import History, at


def state(case, when="2026-04-15", **said):
    """The sentence about a case."""
    return state_of(case.book, file_of(case.book, case.acts), at(when), **said)


def test_the_state_names_what_is_alleged_who_has_it_and_until_when():
    """The first thing that everybody asks would have to be looked for."""
    said = "Two allegations are at the stage “investigation”, in the hands of the investigator until Monday 8 June."
    assert said == state(Case().noticed())


def test_a_respondent_is_told_that_nothing_was_found():
    """An allegation would read like a finding."""
    said = state(Case().noticed(), side="respondent")
    assert said.startswith("Two allegations about you are")
    assert said.endswith("Nothing has been found.")
    assert "Nothing has been found." not in state(Case().sanctioned(), "2026-05-28", side="respondent")


def test_a_complainant_reads_where_the_complaint_is():
    """Who complained would wait without knowing for whom."""
    said = "Your complaint is at the stage “triage”, in the hands of the gatekeepers until Friday 17 April."
    assert said == state(Case().lodged(), side="complainant")


@pytest.mark.parametrize("name", NAMES)
def test_only_a_complaint_is_called_one(name):
    """Whoever complained would read of the other side's objection to a person that it is their complaint."""
    assert who_frames(a_book(name))
    assert () == who_frames(a_book(name, "challenge"))


@pytest.mark.parametrize(("role", "said"), [("overseers", "one of the overseers"), ("case_officer", "case officer"),
                                            ("complainant", "complainant"), ("companion", "companion")])  # fmt: skip
def test_somebody_on_a_body_is_one_of_several(role, said):
    """A page that says "you are overseers" was not written for people."""
    assert said == held_words(a_book("harbour").rulebook.roles, role)


@pytest.mark.parametrize("name", NAMES)
def test_the_respondents_turn_is_said(name):
    """Nobody would tell a respondent that they are asked now."""
    assert state(Case(name).charged(), "2026-04-22").startswith("It is the turn of the respondent to answer, until ")
    assert state(Case(name).charged(), "2026-04-22", side="respondent").startswith("It is your turn to answer")


@pytest.mark.parametrize("name", NAMES)
def test_hearing_and_decision_are_said(name):
    """A date to come and a decision that is due are not the same."""
    assert state(Case(name).listed(), "2026-05-06").startswith("The hearing is on Monday 25 May 2026; ")
    assert state(Case(name).heard(), "2026-05-27").startswith("The hearing was held; the decision is in the hands of ")
    assert state(Case(name).sanctioned(), "2026-05-28").startswith("A breach was found, with the sanction ")


def test_after_a_remit_an_old_hearing_is_none():
    """Parties would believe that they had been heard by those who decide now."""
    case = Case().sanctioned().did("respondent", "appeal", "2026-05-28")
    assert state(case, "2026-05-28").startswith("The decision is under appeal, in the hands of the appeal panel")
    case.did("appeal_panel", "remit", "2026-05-29")
    assert state(case, "2026-05-29").startswith("Two allegations are at the stage “hearing”")


def test_an_ending_and_an_end_are_said():
    """Whoever complained would not know that they can still ask for a review."""
    case = Case().lodged().did("gatekeepers", "out_of_scope", "2026-04-08")
    said = "The matter ended as: out of scope; it is final after Thursday 7 May unless somebody takes it further."
    assert said == state(case, "2026-04-09")
    case.did("complainant", "ask_review", "2026-04-10")
    assert state(case, "2026-04-10").startswith(
        "How the matter ended is being looked at again, in the hands of the rev"
    )
    over = Case().lodged().did("gatekeepers", "out_of_scope", "2026-04-08")
    over.acts += lapses(over.book, over.matter, at("2026-06-01"))
    assert "The matter is over; it ended as: out of scope." == state(over, "2026-06-01")


def test_nobody_is_named_where_only_the_clock_acts():
    """A sentence would end in the hands of nobody."""
    book = a_book("harbour", "amendment")
    case = History(book)
    for by, act, day in (
        ("member", "propose", "2026-04-01"),
        ("council", "publish", "2026-04-02"),
        ("council", "invite", "2026-04-03"),
    ):
        case.does(by, act, at(day))
    case.acts += lapses(book, case.matter, at("2026-06-10"))
    case.does("council", "answer_themes", at("2026-06-10"))
    said = state_of(book, file_of(book, case.acts), at("2026-06-10"))
    assert said.startswith("The matter is at the stage “answered” until ")


def test_a_clock_says_its_day_what_is_left_and_what_it_does():
    """“Day 27 of 40” helps nobody who does not know what happens on day 41 (B07, H03)."""
    case = Case().noticed()
    (clock,) = file_of(case.book, case.acts).clocks
    words = clock_words(case.book, clock, at("2026-04-20"))
    assert (7, 40, 33, False) == (words.day, words.of, words.left, words.late)
    then = "If nothing is done by then, the clock moves the matter to the stage “charging”, in the hands of the gatekeepers."
    assert f"Day 7 of 40. 33 working days are left. {then}" == words.sentence
    assert "It ends today at 23:59." == clock_words(case.book, clock, at("2026-06-08")).remains
    assert clock_words(case.book, clock, at("2026-06-09")).late


def test_a_clock_on_a_day_off_says_what_is_left():
    """On a Sunday before the last day there would be nothing to read."""
    case = Case().noticed()
    (clock,) = file_of(case.book, case.acts).clocks
    assert "One working day is left." == clock_words(case.book, clock, at("2026-06-07")).remains


def test_the_end_of_a_measure_is_not_a_duty():
    """A suspension that ends would read as a limit that somebody missed."""
    case = Case().suspended()
    clock = file_of(case.book, case.acts).clocks[0]
    words = clock_words(case.book, clock, at("2026-04-20"))
    assert "11 days are left." == words.remains
    assert "What is in force for the time being ends by itself after that day." == words.then


def test_names_become_words():
    """A button would say `ask_interim`, and a margin “(M14)”."""
    book = a_book("harbour")
    assert "Ask for an interim suspension" == act_title(book, "ask_interim")
    assert "Second" == act_title(a_book("harbour", "motion"), "second")  # where the rulebook gives no title
    assert "The respondent can speak before it is decided." == act_says(book, "ask_interim")
    assert "Missed: The notice of investigation is due" == act_title(book, "missed.notice-sent")
    assert "A named person has read it within one working day." == limit_says(book, "danger-read")
    assert "Case officer" == role_title("case_officer")
    assert "the complainant, the federation or the respondent" == the_roles(["complainant", "federation", "respondent"])
    assert "Either side can appeal." == stage_says(book, "decided")
    assert ("Breach found", "Partly") == (finding_words("found"), finding_words("partly"))


def test_days_and_durations_are_words():
    """03/04/2026 is two different days."""
    assert "Friday 27 November 2026" == day_words(date(2026, 11, 27))
    assert "Friday 27 November" == day_words(date(2026, 11, 27), today=date(2026, 1, 1))
    assert ["one working day", "20 working days", "one day", "28 days"] == [
        span_words(span) for span in (Span(1, "wd"), Span(20, "wd"), Span(1, "d"), Span(28, "d"))
    ]
    assert ("Three", "13") == (number_words(3), number_words(13))
    assert "Wednesday 15 April 2026, 13:00" == moment_words(a_book("harbour"), at("2026-04-15"))


def test_every_sentence_can_be_translated_whole():
    """A sentence glued together cannot be said in another language."""
    asked = []

    def shouted(text):
        asked.append(text)
        return text.upper() if "{" not in text else f"<{text}>"

    said = state(Case().noticed(), translate=shouted)
    assert said.startswith("<TWO allegations are at the stage")
    assert "MONDAY" in said
    assert any(text.startswith("{count} allegations are at the stage") for text in asked)
