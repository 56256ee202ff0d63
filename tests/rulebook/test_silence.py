# SPDX-License-Identifier: Apache-2.0
"""What happens, and when, if nobody does anything after a matter has begun."""

import pytest

from evenhand.rulebook.loading import loads
from evenhand.rulebook.model import CalendarRule, Span
from evenhand.rulebook.silence import SilentStep, most_working_days, silence, silences

BOOK = """
rulebook: {{id: quarry-club, version: 1}}
calendar: {{zone: UTC{roll}}}
roles:
  member: {{kind: party, side: complainant}}
  clock: {{kind: machine}}
  office: {{pool: 4}}
books:
  discipline:
    facts: {{held: {{kind: measure}}, urgent: {{kind: step}}}}
    stages:
      logged: {{clock: {{within: {first}, then: to_panel}}}}
      hearing: {{clock: {{within: 30wd, then: {then}}}}}
      closed: {{end: true}}
      outside: {{end: true, handover: true}}
    acts:
      lodge: {{in: start, to: logged, by: member}}
      report: {{in: start, to: hearing, by: office, sets: [urgent]}}
      lodge_again: {{in: start, to: logged, by: office}}
      decide: {{in: hearing, to: closed, by: office}}
      to_panel: {{in: logged, to: hearing, by: clock}}
      hold: {{in: logged, by: office, sets: [held]}}
{acts}
    limits: {limits}
"""
CLOCK_ACTS = {
    "to_outside": "{in: hearing, to: outside, by: clock, unless: [urgent]}",
    "to_closed": "{in: hearing, to: closed, by: clock}",
    "back": "{in: hearing, to: logged, by: clock}",
    "warn": "{in: hearing, by: clock}",
    "release": "{in: [logged, hearing], by: clock, clears: [held]}",
}


def rulebook(*, first="5wd", then="to_outside", limits="{}", roll=""):
    """A club's rules in which one thing is as a test wants it; only the acts of the clock that it names are there."""
    named = [f"      {name}: {act}" for name, act in CLOCK_ACTS.items() if name in then or f"then: {name}" in limits]
    return loads(BOOK.format(first=first, then=then, limits=limits, roll=roll, acts="\n".join(named)))


def test_silence_is_told_step_by_step_with_the_days_since_the_beginning():
    """A member who hears nothing could not find out when the matter must have moved."""
    expected = (
        SilentStep("logged", 5, "to_panel", "hearing", in_stage=5),
        SilentStep("hearing", 35, "to_outside", "outside", in_stage=30),
    )
    assert expected == silence(rulebook(), "discipline")


def test_silence_says_that_other_people_take_the_matter_over():
    """A quiet end and a handover would look the same, and they are the difference that C3 is about."""
    found = silences(rulebook(), "discipline")[0]
    assert found.ending == "handover"
    assert found.sentence == (
        "Begun by “lodge” and left alone, the matter is handed over to other people at “outside” after 35 working days."
    )


def test_each_way_to_open_a_matter_in_another_stage_has_a_sequence_of_its_own():
    """A book with an urgent route would tell of the ordinary one only; two acts to one stage are told once."""
    assert ["lodge", "report"] == [found.opening for found in silences(rulebook(), "discipline")]


def test_the_clock_does_the_first_of_its_acts_that_is_lawful():
    """The sequence would name an act that the kernel refuses: an urgent matter is not sent outside."""
    acts = [
        [step.act for step in found.steps] for found in silences(rulebook(then="[to_outside, to_closed]"), "discipline")
    ]
    assert [["to_panel", "to_outside"], ["to_closed"]] == acts


def test_a_loop_is_followed_once_and_said():
    """`rules silence` would never come back on the very books whose fault it should show."""
    found = silences(rulebook(then="back"), "discipline")[0]
    assert ("again", ("to_panel", "back")) == (found.ending, tuple(step.act for step in found.steps))
    assert found.sentence.endswith("comes back to “logged” after 35 working days and goes round without end.")


def test_a_stage_whose_clock_moves_nothing_stands_still():
    """A matter left where it is by its own clock would be told as if it went on."""
    found = silences(rulebook(then="warn"), "discipline")[0]
    assert ("still", "hearing", "warn") == (found.ending, found.stage, found.steps[-1].act)


def test_a_missed_limit_stands_in_the_sequence_with_what_follows_from_it():
    """Silence also misses what runs beside the stages, and the reader would be told of the stages only."""
    limits = (
        "{answer: {from: lodge, to: decide, within: 10wd, then: release}, never: {from: decide, to: hold, within: 1wd}}"
    )
    steps = silence(rulebook(limits=limits), "discipline")
    assert [("to_panel", 5), ("missed.answer", 10), ("release", 10), ("to_outside", 35)] == [
        (step.act, step.working_days) for step in steps
    ]


def test_silence_cannot_come_too_early():
    """A limit that asks to wait is no duty that silence could fail."""
    steps = silence(rulebook(limits="{wait: {from: lodge, to: decide, at_least: 10wd}}"), "discipline")
    assert ["to_panel", "to_outside"] == [step.act for step in steps]


@pytest.mark.parametrize(
    ("span", "expected"),
    [(Span(10, "wd"), 10), (Span(1, "d"), 1), (Span(7, "d"), 5), (Span(13, "d"), 10), (Span(90, "d"), 65)],
    ids=str,
)
def test_a_limit_in_days_counts_the_most_working_days_it_can_hold(span, expected):
    """A sequence that sounds shorter than the wait can be would promise what nobody keeps."""
    assert expected == most_working_days(span, CalendarRule())


def test_a_limit_in_days_that_rolls_may_last_a_working_day_longer():
    """Seven days that end on a Sunday and roll end on Monday: six working days have passed."""
    steps = silence(rulebook(first="7d", roll=", counting: {roll: true}"), "discipline")
    assert (6, 36) == (steps[0].working_days, steps[1].working_days)
