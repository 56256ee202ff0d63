# SPDX-License-Identifier: Apache-2.0
"""Each part says first, in a whole sentence, what is the case; no number is told without what it is a number of."""

import re

import pytest

from evenhand.examine.report_backlog import age
from evenhand.examine.report_balance import balance
from evenhand.examine.report_clocks import clocks
from evenhand.examine.report_head import sentence
from evenhand.examine.report_like_cases import like_cases
from evenhand.examine.report_overridden import overridden
from evenhand.examine.report_own_cause import own_cause
from evenhand.examine.report_part import draw
from evenhand.examine.report_population import population
from evenhand.examine.report_reading import Findings
from evenhand.examine.report_rules import rules

PARTS = {
    population: "The file holds 5,000 cases, received from 1 April 2021 to 30 October 2026, and 49,325 acts; without a "
    "closing date: 228.",
    rules: "In 60 of 5,000 cases, an act was done that the rulebook did not allow at that point.",
    clocks: "4 limits were measured; the one missed most often was missed in 300 of 3,022 cases: "
    "“Fourteen days between notice and hearing (F10).”",
    own_cause: "14 times a person acted in a case to which that person was a party; 59 of 17,589 assignments were made "
    "while another case against the person was open.",
    overridden: "Of 3,160 allegations with a recommendation and a decision, 220 (7.0%) were decided otherwise than "
    "recommended.",
    like_cases: "554 cells: two people or more answered in one case for the same clause. In 70 of them the findings "
    "differ.",
    balance: "In all 6 years what was carried in and received equals what was concluded and carried over.",
}


def said_by(part, found) -> str:
    """The sentence of a part, as it is read."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", part(Findings(found)).sentence))


def drawn(part, found) -> str:
    """A part as it is read."""
    words = re.sub(r"</?(?:bdi|wbr|b|a)\b[^>]*>", "", draw(part(Findings(found))))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words))


@pytest.mark.parametrize(("part", "expected"), PARTS.items(), ids=[part.__name__ for part in PARTS])
def test_a_part_begins_with_what_is_the_case(invented, part, expected):
    """A reader would have to find the finding in the numbers."""
    assert expected == said_by(part, invented.full())


@pytest.mark.parametrize("name", ["full", "nothing_known", "no_case", "one_case", "large"])
@pytest.mark.parametrize("part", PARTS, ids=[part.__name__ for part in PARTS])
def test_every_sentence_is_whole(invented, part, name):
    """One empty file would give half a sentence, or a blank that nobody filled."""
    told = said_by(part, getattr(invented, name)())
    assert re.fullmatch(r"[A-Z0-9].*[.”]", told)
    assert not re.search(r"[{}]|None|\bnan\b|\b1 (?:cases|acts|times|cells|days|allegations)\b", told)


def test_the_page_begins_with_the_one_sentence_on_the_whole(invented):
    """The first thing on the page would be a name."""
    by_rules = "5,000 cases were examined by the rules of their day: in 60 an act was out of order."
    without = "5,000 cases were examined, without a rulebook to hold them against."
    assert by_rules == sentence(Findings(invented.full()))
    assert without == sentence(Findings(invented.of(rules=None)))
    assert "The file holds no case." == sentence(Findings(invented.no_case()))


def test_no_median_of_closed_cases_stands_alone(invented):
    """Open cases take longest; without them every backlog looks fast (H08)."""
    told = drawn(population, invented.full())
    assert "half were closed after 96 days 98 days" in told
    assert "So many cases are still open that this share has not been reached." in told


def test_rows_that_could_not_be_read_are_told_with_their_line(invented):
    """A row would be dropped and nobody could find it."""
    told = drawn(population, invented.full())
    assert "Too many columns. complaints.csv 2 77" in told
    assert "The case is there twice. cases complaints.csv 12 5,002 HF-2021-00524" in told


def test_what_was_lawful_instead_stands_beside_the_act(invented):
    """A refusal would be a bare no."""
    assert "notify 60 flag_late , frame or withdraw The matter stood at triage" in drawn(rules, invented.full())


def test_the_stages_stand_apart_from_the_limits(invented):
    """That nobody appealed would be told as a limit missed."""
    found = invented.full()
    told = said_by(clocks, invented.of(clocks=[found["clocks"][4], found["clocks"][3]]))
    assert "1 limit was measured; in no case was one missed." == told
    assert "either side can appeal decided within 20 working days 3,022 2,842 180 170 52 3" in drawn(clocks, found)


def test_early_is_missed_as_well(invented):
    """A hearing two days after its notice would count as in time."""
    assert "Too early in 300 of 3,022 cases." in drawn(clocks, invented.full())


def test_the_backlog_is_told_with_its_oldest_case(invented):
    """A backlog of old cases would look like one of new ones (H06)."""
    told = drawn(clocks, invented.full())
    assert "On 31 October 2026, 228 cases were open. The oldest had been open for 1,777 days." in told
    assert "Of unknown age: 1 case" in told


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (0, 30, "0 to 30 days"), (31, 90, "31 to 90 days"), (181, 365, "181 days to 1 year"),
        (366, 730, "1 to 2 years"),
        (731, 1826, "2 to 5 years"), (1827, None, "more than 5 years"), (0, None, "any time"),
        (None, None, "not known"),
    ],
)  # fmt: skip
def test_an_age_is_told_in_words(first, last, words):
    """Two ages beside each other would seem to overlap."""
    assert words == age({"from_days": first, "to_days": last})


def test_books_that_do_not_balance_are_marked_and_have_no_double_line(invented):
    """A sum that fails would stand under the line that says it holds (K01)."""
    years = invented.full()["balance"]
    years[2] |= {"concluded": 880, "holds": False}
    told = drawn(balance, invented.of(balance=years))
    assert "In 1 of 6 years, what was carried in and received is not what was concluded and carried over." in told
    assert "≠ does not balance" in told
    assert "<tfoot" not in draw(balance(Findings(invented.of(balance=years))))


def test_books_that_balance_are_added_up(invented):
    """Nobody could see at once that nothing was lost between the years (K02)."""
    assert "60 + 5,400 = 5,400 + 60." in drawn(balance, invented.full())


def test_what_was_concluded_is_told_by_outcome(invented):
    """A clearance by turning complaints away would look like one by deciding them (K01)."""
    years = invented.full()["balance"]
    years[0]["by_outcome"] = [{"outcome": "sanction", "cases": 300}, {"outcome": None, "cases": 600}]
    told = drawn(balance, invented.of(balance=years))
    assert "Period not known sanction 2021 600 300" in told


def test_changes_with_and_without_reasons_are_told(invented):
    """A change that nobody explained would count like one that somebody did."""
    told = drawn(overridden, invented.full())
    assert "With reasons in the file: 180 of the 220 changes; without: 40." in told
    assert "other changes" in told
