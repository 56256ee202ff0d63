# SPDX-License-Identifier: Apache-2.0
"""What a text says arrives in the values of the model: each key, in its type, with its line, and nothing else."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from evenhand.rulebook.loading import load, loads
from evenhand.rulebook.malformed import Malformed
from evenhand.rulebook.model import (
    Act,
    CalendarRule,
    Clause,
    Clock,
    Conflicts,
    Fact,
    Ground,
    Letter,
    Limit,
    Promises,
    Requirement,
    Role,
    Rulebook,
    Sanction,
    Span,
    Stage,
)

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted([*ROOT.glob("rulebooks/*.yaml"), *ROOT.glob("mappings/*/rulebook.yaml")])


@pytest.fixture(scope="module")
def choir(good: str) -> Rulebook:
    """The good text, loaded."""
    return loads(good)


def line(text: str, piece: str) -> int:
    """The line on which this piece stands first."""
    return text.count("\n", 0, text.index(piece)) + 1


def test_the_head_says_which_version_it_is(choir: Rulebook):
    """Nobody could tell two versions of the rules apart."""
    head = (choir.id, choir.title, choir.version, choir.adopted, choir.in_force, choir.replaces)
    assert ("choir/rules", "Rules of the Wren Choir", 2, date(2026, 3, 2), date(2026, 4, 1), 1) == head
    assert "rules in force on the day of the conduct" == choir.applies["conduct"]
    assert "rulebook.yaml" == choir.source


def test_the_calendar_is_the_one_of_the_text(choir: Rulebook):
    """Limits would be counted by somebody else's calendar."""
    assert (
        CalendarRule(
            zone="Europe/London",
            weekend=("sat", "sun"),
            holidays=(date(2026, 12, 25), date(2026, 12, 28)),
            day_one="same day",
            ends="18:00",
            roll=True,
            service={"portal": Span(0, "d"), "post": Span(2, "wd")},
        )
        == choir.calendar
    )


def test_clauses_and_sanctions_are_those_of_the_text(choir: Rulebook, good: str):
    """A tariff could be other than what was adopted."""
    clause = Clause(
        id="C1",
        text="A member shall not threaten another person.",
        examples=("messages at night", "shouting, at a rehearsal"),
        sanctions=("warning",),
        line=line(good, "  C1:"),
    )
    sanction = Sanction(
        id="warning",
        rank=1,
        max="12 months",
        needs=Fraction(2, 3),
        extra={"reapply_after": "6 months"},
        line=line(good, "  warning:"),
    )
    assert ({"C1": clause}, {"warning": sanction}) == (choir.code, choir.sanctions)


def test_roles_are_those_of_the_text(choir: Rulebook, good: str):
    """Other people than those named could act, or fewer of them."""
    assert Role(id="singer", kind="party", side="complainant", line=line(good, "  singer:")) == choir.roles["singer"]
    elders = Role(
        id="elders",
        groups={"basses": 5, "altos": 7},
        seats=3,
        majority=2,
        substitutes="neighbours",
        line=line(good, "  elders:"),
    )
    assert elders == choir.roles["elders"]
    voters = choir.roles["everybody"]
    assert (Fraction(2, 3), Fraction(1, 5), 6) == (voters.share, voters.turnout, voters.people)
    assert (("secretary", "elders", "neighbours"),) == choir.apart
    assert (line(good, "  - [secretary"),) == choir.apart_lines


def test_a_number_as_pool_is_a_group_named_after_the_role(choir: Rulebook):
    """Two offices with the same number of people would seem to share them, or the reverse."""
    assert {"neighbours": 8} == choir.roles["neighbours"].groups


def test_conflicts_are_those_of_the_text(choir: Rulebook, good: str):
    """Somebody could judge in their own cause because a ground was lost in reading (D01)."""
    grounds = (
        Ground(id="party", pattern="party", severity="bar", line=line(good, "    - {id: party")),
        Ground(
            id="slate", pattern="same_group", severity="bar", acts=("decide", "chair"), waivable_by="judge",
            group="slate", line=line(good, "    - {id: slate"),
        ),
        Ground(
            id="command", pattern="reports_to", severity="declare", max_distance=2, window="24 months",
            line=line(good, "    - {id: command"),
        ),
    )  # fmt: skip
    expected = Conflicts(
        grounds=grounds,
        applies_to=("elders", "secretary"),
        challenge_by=("singer", "respondent"),
        challenge_decided_by="judge",
        challenge_within=Span(5, "wd"),
        challenge_meanwhile="the person does not act",
        whole_body="neighbours",
        declare={"every": "year", "also": "at appointment"},
        declares_make_a_bar=3,
        reveal="existence",
        line=line(good, "conflicts:"),
    )
    assert expected == choir.conflicts
    assert Promises(longest=Span(200, "wd"), bury_needs=2, conflicted=3, amend_needs=5) == choir.promises


def test_facts_and_stages_are_those_of_the_text(choir: Rulebook, good: str):
    """A stage without its clock, or a fact of another kind, would escape the checks."""
    book = choir.books["discipline"]
    assert ["told", "heard", "kept_out"] == list(book.facts)
    assert Fact(id="told", kind="told", line=line(good, "      told: told")) == book.facts["told"]
    assert choir.books["appeal"].facts["sanctioned"].at_start
    assert ["logged", "hearing", "closed", "outside"] == list(book.stages)
    hearing = Stage(
        id="hearing",
        clock=Clock(Span(20, "wd"), ("hand_over",)),
        clears=("heard",),
        line=line(good, "      hearing: {clock"),
    )
    assert hearing == book.stages["hearing"]
    outside = book.stages["outside"]
    assert (True, True, ("kept_out",), None) == (outside.end, outside.handover, outside.clears, outside.clock)


def test_acts_are_those_of_the_text(choir: Rulebook, good: str):
    """An act could be open to others, or carry less, than was adopted."""
    acts = choir.books["discipline"].acts
    answer = Act(
        id="answer", stages=("hearing",), by=("respondent",), carries=("account",), needs=("told",), sets=("heard",),
        max=1, line=line(good, "      answer:"),
    )  # fmt: skip
    keep_out = Act(
        id="keep_out", stages=("hearing",), by=("elders",), carries=("expiry",), unless=("kept_out",),
        sets=("kept_out",), adverse=("respondent",), measure=True, line=line(good, "      keep_out:"),
    )  # fmt: skip
    decide = Act(
        id="decide", stages=("hearing",), to="closed", by=("elders",), carries=("reasons",), appeal="appeal.lodge",
        merits=True, outcome="done", line=line(good, "      decide:"),
    )  # fmt: skip
    assert [answer, keep_out, decide] == [acts["answer"], acts["keep_out"], acts["decide"]]
    assert (2, Span(10, "wd")) == (acts["wait"].max, acts["wait"].days)
    assert ("start",) == acts["lodge"].stages


def test_limits_and_requirements_are_those_of_the_text(choir: Rulebook, good: str):
    """The replay of a history would count other days as late."""
    book = choir.books["discipline"]
    out = Limit(
        id="out",
        start=("keep_out",),
        stop=("decide",),
        kind="within",
        span=Span(60, "d"),
        then="let_in",
        line=line(good, "      out:"),
    )
    assert out == book.limits["out"]
    unheard = Requirement(
        id="no-door-unheard",
        says="Nobody is kept out untold.",
        when=("keep_out",),
        must=("tell",),
        line=line(good, "      no-door"),
    )
    assert {"no-door-unheard": unheard} == book.requirements


@pytest.mark.parametrize("kind", ["within", "exactly", "at_least"])
def test_a_limit_is_of_one_of_three_kinds(kind: str, changed: Callable[[str, str], str]):
    """The sixtieth day and sixty days at most would be the same."""
    limit = loads(changed("within: 14d", f"{kind}: 14d")).books["discipline"].limits["reply"]
    assert (kind, Span(14, "d")) == (limit.kind, limit.span)


def test_the_rules_of_amendment_are_those_of_the_text(choir: Rulebook):
    """The rulebook could be changed by an easier way than it says (C10)."""
    expected = {
        "entrenched": ("books.amendment", "conflicts"),
        "not_before": Span(20, "wd"),
        "retroactive": "never",
        "must_publish": ("both texts",),
    }
    assert expected == choir.books["amendment"].rules


def test_letters_and_free_sections_are_those_of_the_text(choir: Rulebook, good: str):
    """A party would get other words than those adopted."""
    letter = Letter(
        id="told",
        acts=("discipline.tell", "discipline.missed.reply"),
        to=("respondent",),
        subject="A complaint",
        body="Dear {respondent},\n\nyou can answer until {due}.",
        line=line(good, "  told:\n"),
    )
    assert {"told": letter} == choir.texts
    assert {"what": ("outcome", "reasons, names removed"), "within": "20wd"} == choir.publication["at the end"]
    assert (True, 5) == (choir.publication["figures"], choir.publication["smallest"])
    assert ({"withdrawn": "12 months"}, ("voice",)) == (choir.retention, choir.monitor["attributes"])


def test_a_stage_without_a_clock_loads(changed: Callable[[str, str], str]):
    """It is for the checks to say that a matter may wait there for ever (C3), with the run that shows it."""
    text = changed("      pending: {clock: {within: 20wd, then: hand_over}}", "      pending: {}")
    text = text.replace("      hand_over: {in: pending, to: outside, by: clock}\n", "")
    assert loads(text).books["appeal"].stages["pending"].clock is None


def test_the_least_rulebook_loads():
    """A newcomer could not begin with a page of their own."""
    text = (
        "rulebook: {id: one, version: 1}\ncalendar: {zone: UTC}\nroles: {clerk: {}}\n"
        "books: {b: {stages: {open: {}}, acts: {lodge: {in: start, to: open, by: clerk}}}}\n"
    )
    book = loads(text)
    assert (CalendarRule(zone="UTC"), Promises(), Conflicts()) == (book.calendar, book.promises, book.conflicts)


def test_a_section_that_must_stand_is_asked_for(refusal: Callable[[str], Malformed]):
    """Half a page would pass for a rulebook in which nobody may do anything."""
    refused = refusal("rulebook: {id: one, version: 1}\ncalendar: {zone: UTC}\n")
    assert ("The key roles is missing in the rulebook; add it.", 1) == (refused.sentence, refused.line)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_we_ship_loads(path: Path):
    """A rulebook that we hand out could not be used."""
    assert load(path).books
