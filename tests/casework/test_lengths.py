# SPDX-License-Identifier: Apache-2.0
"""A sanction beyond the most that the rulebook has for it needs a reason, and a breach that was found (F03)."""

from dataclasses import replace

import pytest

from evenhand.casework.acts import Request
from evenhand.casework.deciding import decide
from evenhand.casework.lengths import held_against
from evenhand.casework.matter import new_matter
from evenhand.casework.refusal import Refused
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import START, Book, Sanction, Stage
from evenhand.rulebook.model import Act as Rule
from tests.casework.conftest import a_rulebook, at, named

BOOK = Book(
    id="items", facts={}, limits={},
    stages=named([Stage(id="open"), Stage(id="end", end=True)]),
    acts=named([
        Rule(id="decide", stages=(START,), to="open", by=("member",), carries=("finding", "tariff")),
        Rule(id="vary", stages=(START,), to="open", by=("member",), carries=("tariff",)),
    ]),
)  # fmt: skip
SANCTIONS = named((Sanction(id="warning", rank=1, max="12 months on file"), Sanction(id="suspension", rank=2)))
RULES = RunningBook(replace(a_rulebook(BOOK), sanctions=SANCTIONS), "items")


@pytest.mark.parametrize(
    ("length", "most", "held"),
    [
        ("12 months", "12 months on file", ""), ("13 months", "12 months on file", "longer"),
        ("13 Months", "12 months", "longer"), ("1 year", "12 months", ""), ("2 years", "12 months", "longer"),
        ("373 days", "12 months", "longer"), ("366 days", "12 months", ""), ("52 weeks", "12 months", ""),
        ("54 weeks", "12 months", "longer"), ("1 month, then 5 years", "12 months", "longer"),
        ("12 months, looked at again after 6 months", "12 months", ""), ("3 sessions", "2 sessions", "longer"),
        ("2 sessions", "2 sessions", ""), ("for ever", "12 months", "unread"), ("two years", "12 months", "unread"),
        ("3 sessions", "12 months", "unread"), ("6 months", "2 sessions", "unread"), ("1.5 years", "12 months", "unread"),
        ("for ever", "", ""), ("", "12 months", ""), ("18 months", "as the panel says", ""),
    ],
)  # fmt: skip
def test_a_length_is_held_against_the_most(length, most, held):
    """Whoever writes it in other words could go beyond what the rulebook allows."""
    assert held == held_against(length, most)


def decided(act="decide", finding=None, **tariff):
    """Why an act with this tariff is refused, or an empty text."""
    carries = {"tariff": {"sanction": "warning", "clause": "C1", **tariff}}
    if act == "decide":
        carries["finding"] = finding or {"C1": "found"}
    carries["tariff"] = {name: value for name, value in carries["tariff"].items() if value is not None}
    try:
        decide(RULES, new_matter(RULES), Request(act=act, by="member", carries=carries), at("2026-04-02"))
    except Refused as refused:
        return refused.sentence if refused.rule == f"books/items/acts/{act}/carries/tariff" else refused.rule
    return ""


def test_a_sanction_beyond_the_most_is_refused():
    """The pages asked for a reason, and whoever went past the pages was not asked."""
    says = (
        "tariff gives 18 months, and the most for warning is 12 months on file; shorten it, or give a reason for going "
    )
    assert (f"{says}beyond.", "") == (decided(length="18 months"), decided(length="12 months"))


def test_a_length_that_cannot_be_compared_is_refused():
    """“For ever” would be shorter than twelve months."""
    assert "write a number and a unit, such as 6 months" in decided(length="for ever")
    assert "write a number and a unit, such as 6 months" in decided(length=18)


def test_a_reason_is_all_that_going_beyond_needs():
    """The most would bind where the rulebook lets the panel depart from it with reasons."""
    assert ["", ""] == [decided(length=length, reason="The third boat.") for length in ("18 months", "for ever")]


@pytest.mark.parametrize("finding", [{"C1": "not found"}, {"C2": "found"}, {"C1": "not found", "C2": "found"}])
def test_a_sanction_needs_a_breach_of_its_clause_that_was_found(finding):
    """Somebody could be sanctioned for what they did not do; no reason makes that right."""
    says = "tariff names the clause C1, of which the finding does not say that a breach was found."
    assert [says, says] == [decided(finding=finding), decided(finding=finding, reason="It looks bad.")]


def test_a_sanction_that_names_no_clause_needs_some_breach():
    """Leaving out the clause would be the way around the finding."""
    says = "tariff gives a sanction, and the finding does not say of any clause that a breach was found."
    assert [says, ""] == [decided(finding=finding, clause=None) for finding in ({"C1": "not found"}, {"C2": "found"})]


def test_an_act_that_decides_on_the_sanction_alone_is_not_asked_for_a_finding():
    """An appeal against the sanction could not lower it."""
    assert "" == decided("vary")
