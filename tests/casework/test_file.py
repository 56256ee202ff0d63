# SPDX-License-Identifier: Apache-2.0
"""Whoever opens a matter reads what is alleged, in force, asked and decided, whatever the rulebook calls its acts."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.casework.evolving import replay
from evenhand.casework.file import file_of
from evenhand.casework.missing import missing
from evenhand.casework.phrases import clock_words, state_of
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.loading import load
from tests.casework.a_case import NAMES, RULEBOOKS, Case
from tests.casework.random_books import histories

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
every_rulebook = pytest.mark.parametrize("name", NAMES)


def read(case: Case):
    """The file of a case."""
    return file_of(case.book, case.acts)


@every_rulebook
def test_each_allegation_has_its_clause_and_its_act(name):
    """A respondent could not say what exactly is alleged, and since when (A07, M18)."""
    case = Case(name).noticed()
    file = read(case)
    assert list(enumerate(case.both, 1)) == [(one.number, one.clause) for one in file.allegations]
    assert {"frame"} == {one.framed.act for one in file.allegations}
    assert all(one.text and one.charged is None and one.finding is None for one in file.allegations)
    assert "notify" == file.told.act


@every_rulebook
def test_what_is_charged_is_told_from_what_was_alleged(name):
    """One could be judged on what one was never charged with."""
    case = Case(name)
    file = read(case.charged(case.both[1:]))
    assert [None, "charge"] == [one.charged and one.charged.act for one in file.allegations]


@every_rulebook
def test_each_allegation_gets_its_own_finding(name):
    """Found of one would read as found of all (A07)."""
    file = read(Case(name).sanctioned())
    assert ["found", "not found"] == [one.finding for one in file.allegations]
    assert "sanction" == file.allegations[0].found.act
    assert file.decision.sanctions
    assert "6 months" == file.decision.tariff["length"]
    assert {"for": 2, "against": 1} == file.decision.vote


@pytest.mark.parametrize("name", ["harbour", "quay_club"])
def test_a_decision_that_was_sent_back_does_not_stand(name):
    """A quashed finding would go on being shown."""
    case = Case(name).sanctioned().did("respondent", "appeal", "2026-05-28").did("appeal_panel", "remit", "2026-05-29")
    file = read(case)
    assert "remit" == file.decisions[0].set_aside.act
    assert file.decision is None
    assert [None, None] == [one.finding for one in file.allegations]
    assert [("appeal", "remit")] == [(one.asked.act, one.ruled.act) for one in file.appeals]


def test_a_decision_that_was_upheld_stands():
    """The finding would be gone once somebody looked at it again."""
    case = Case().sanctioned().did("respondent", "appeal", "2026-05-28").did("appeal_panel", "uphold", "2026-05-29")
    assert "sanction" == read(case).decision.done.act
    assert "upheld" == read(case).outcome.says


@every_rulebook
def test_a_measure_is_read_with_its_end(name):
    """Nobody would know that a suspension ends by itself, or when (C03)."""
    case = Case(name).suspended()
    measure = read(case).measure
    assert date(2026, 5, 1) == measure.until
    assert "2026-04-15" == measure.since.date().isoformat()
    assert measure.contested is None
    case.did("respondent", "contest", "2026-04-16")
    assert "contest" == read(case).measure.contested.act
    assert [("contest", True)] == [(one.asked.act, one.open) for one in read(case).requests if one.kind == "measure"]
    case.did("appeal_panel", "lift", "2026-04-17")
    assert read(case).measure is None
    assert "lift" == read(case).measures[0].ended.act
    assert not any(one.open for one in read(case).requests)


@every_rulebook
def test_a_measure_that_was_renewed_is_one_measure(name):
    """One suspension would look like two."""
    case = Case(name).suspended().did("duty_panel", "renew_interim", "2026-04-20", expiry="2026-05-12")
    measure = read(case).measures
    assert [(1, date(2026, 5, 12))] == [(len(one.renewed), one.until) for one in measure]


def test_a_challenge_is_over_when_the_measure_is():
    """A ruling would stay missing on something that is no more."""
    case = Case().suspended().did("respondent", "contest", "2026-04-16")
    case.did("respondent", "speak", "2026-05-05")
    file = read(case)
    assert "interim_lapses" == file.measures[0].ended.act
    assert not any(one.open for one in file.requests)
    assert [("interim-ruling", False)] == [(one.limit, one.expired) for one in file.missed]
    assert ["books/discipline/stages/investigation/clock"] == [one.rule for one in file.clocks]


@every_rulebook
def test_a_hearing_is_an_object(name):
    """Date, place, adjournment and attendance would be lost in a list of acts (M20)."""
    case = Case(name).listed()
    hearing = read(case).hearing
    assert (date(2026, 5, 25), "the boathouse", "an officer") == (hearing.day, hearing.place, hearing.deciders)
    case.did("panel", "adjourn", "2026-05-06")
    assert read(case).hearing is None
    case.did("panel", "fix_hearing", "2026-05-07", hearing={"date": "2026-06-01", "place": "the hall"})
    case.did("panel", "hear", "2026-06-01", statement="The respondent stayed away.")
    first, second = read(case).hearings
    assert ("adjourn", None) == (first.adjourned.act, first.held)
    assert ("hear", "The respondent stayed away.") == (second.held.act, second.attendance)


@every_rulebook
def test_a_request_for_time_has_its_ruling(name):
    """A request that nobody ruled on would look answered (M17)."""
    case = Case(name).charged().did("respondent", "ask_time", "2026-04-22")
    asked = [one for one in read(case).requests if one.kind == "time"]
    assert [("ask_time", ("grant_time", "refuse_time"), True)] == [(a.asked.act, a.answers, a.open) for a in asked]
    case.did("duty_panel", "grant_time", "2026-04-23")
    assert ["grant_time"] == [one.ruled.act for one in read(case).requests if one.kind == "time"]
    assert ["time"] == [one.kind for one in read(case).lengthenings]


@pytest.mark.parametrize(
    ("name", "last_day"),
    [
        ("harbour", date(2026, 7, 6)),
        ("quay_club", date(2026, 6, 22)),
        ("lantern_foundation", date(2026, 6, 18)),
    ],
)
def test_an_extension_names_its_new_date(name, last_day):
    """H02: from when to when, and by which act."""
    case = Case(name).noticed().did("longer", "extend", "2026-04-16")
    (longer,) = read(case).lengthenings
    assert ("extension", "investigation", last_day) == (longer.kind, longer.stage, longer.last_day)


def test_a_clock_stop_is_told_from_an_extension():
    """H04: waiting for the police would count as dawdling."""
    case = Case().noticed().did("gatekeepers", "pause", "2026-04-16").did("gatekeepers", "extend", "2026-04-17")
    assert ["pause", "extension"] == [one.kind for one in read(case).lengthenings]


def test_a_missed_limit_stays_and_says_when_it_was_made_good():
    """H03: a limit missed would be forgotten once the thing was done."""
    case = Case().charged().did("respondent", "reply", "2026-05-01")
    case.did("panel", "fix_hearing", "2026-05-01", hearing={"date": "2026-05-18", "place": "the boathouse"})
    case.did("panel", "hear", "2026-05-18").did("panel", "no_breach", "2026-06-08")
    (missed,) = read(case).missed
    assert ("decision-letter", "no_breach", False) == (missed.limit, missed.kept_late.act, missed.expired)


def test_accounts_dangers_people_and_evidence_are_listed():
    """What was said and on what it rests could not be found."""
    file = read(Case().charged())
    assert ["lodge", "notify"] == [one.act for one in file.accounts]
    assert [(False, False)] == [(one.danger, one.unsafe_to_tell) for one in file.dangers]
    assert ("E1", "E2", "letter 4") == file.evidence
    assert ["notify"] == [one.act for one in file.people]
    assert date(2026, 4, 1) == file.received


def test_the_day_of_receipt_is_the_day_it_came_in():
    """M15: the days in somebody's in-tray would not count."""
    case = Case().did("case_officer", "enter", "2026-04-08", receipt={"received": "2026-04-02"})
    assert date(2026, 4, 2) == read(case).received


def test_an_ending_is_told_in_the_words_of_the_rulebook():
    """A11: no action is a decision as well."""
    assert "out of scope" == read(Case().lodged().did("gatekeepers", "out_of_scope", "2026-04-08")).outcome.says
    club = Case("quay_club").lodged().did("case_officer", "out_of_scope", "2026-04-08")
    assert "out of scope" == read(club.did("second_officer", "confirm", "2026-04-09")).outcome.says


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(made=histories())
def test_every_history_has_its_file(made):
    """A matter that nobody can open, under a rulebook that nobody thought of."""
    book, acts, now = made
    opens(book, acts, now)


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_every_history_of_a_shipped_book_has_its_file(data):
    """The same for the books that come with the program."""
    rulebook = load(RULEBOOKS / f"{data.draw(st.sampled_from(NAMES))}.yaml")
    book = RunningBook(rulebook, data.draw(st.sampled_from(sorted(rulebook.books))))
    opens(*data.draw(histories(book)))


def opens(book, acts, now):
    """The file agrees with the kernel, and every sentence about it is whole."""
    file = file_of(book, acts)
    assert replay(book, acts) == file.matter
    assert sum(one.standing for one in file.measures) <= 1
    said = [state_of(book, file, now, side=side) for side in (None, "complainant", "respondent")]
    said += [clock_words(book, clock, now).sentence for clock in file.clocks]
    said += [one.what for one in missing(book, file, now)]
    assert all(sentence.strip() and "{" not in sentence for sentence in said)
