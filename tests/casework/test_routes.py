# SPDX-License-Identifier: Apache-2.0
"""Which ways lead out of a matter, found in each of the shipped rulebooks by structure and not by a name."""

import re
from pathlib import Path

import pytest

from evenhand.casework.routes import (
    begins_anew,
    challenged_role,
    counts_as_open,
    grounds_listed,
    kind_of,
    routes_from,
)
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.loading import loads

FOLDER = Path(__file__).resolve().parents[2] / "rulebooks"
REVIEW = [("reopening", "ask"), ("reopening", "open_affected")]
CHALLENGE = [("challenge", "object")]
APPEALS = [("appeal", "lodge"), ("appeal", "object")]
EXPECTED = {
    "harbour": [*REVIEW, *CHALLENGE],
    "lantern_foundation": [*APPEALS, *REVIEW, *CHALLENGE],
    "quay_club": [*REVIEW, *CHALLENGE],
}


def rules_of(name, rename=()):
    """A shipped rulebook, with other names for some of its books."""
    text = (FOLDER / f"{name}.yaml").read_text("utf-8")
    for old, new in rename:
        text = re.sub(rf"^  {old}:  ", f"  {new}:  ", text, flags=re.MULTILINE)
        text = re.sub(rf"([\[ ]){old}\.(?=[a-z])", rf"\1{new}.", text)
    return loads(text, name)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_ways_out_of_a_complaint(name):
    """D06, G01, G05: a challenge, an appeal of its own where there is one, a reopening; no election and no motion."""
    assert EXPECTED[name] == [(one.kind, one.act) for one in routes_from(rules_of(name), "discipline")]


def test_no_way_depends_on_what_a_book_is_called():
    """A rulebook in another language has other names and the same ways."""
    rules = rules_of("harbour", (("challenge", "einwand"), ("review", "wiederaufnahme")))
    found = [(one.kind, one.book) for one in routes_from(rules, "discipline")]
    assert [("reopening", "wiederaufnahme")] * 2 + [("challenge", "einwand")] == found


def test_a_challenge_is_not_challenged_and_a_request_not_reopened():
    """Otherwise a matter could be put off without an end."""
    rules = rules_of("harbour")
    assert ((), ["object"]) == (routes_from(rules, "challenge"), [one.act for one in routes_from(rules, "review")])


@pytest.mark.parametrize("name", EXPECTED)
def test_whoever_answers_and_cannot_object_is_the_challenged_one(name):
    """D06: they are a party of the challenge and are heard."""
    assert "challenged" == challenged_role(rules_of(name), "challenge")


@pytest.mark.parametrize("name", EXPECTED)
def test_the_grounds_are_the_list_of_the_rules(name):
    """G05: a closed list, in the words of the rulebook."""
    found = grounds_listed(rules_of(name), "review")
    assert (4, "new evidence") == (len(found), found[0])
    assert () == grounds_listed(rules_of(name), "challenge")


def test_only_what_people_decide_so_begins_anew():
    """G05: what is handed over by silence goes to somebody outside and opens nothing here."""
    review = RunningBook(rules_of("harbour"), "review")
    objection = RunningBook(rules_of("lantern_foundation"), "objection")
    discipline = RunningBook(rules_of("harbour"), "discipline")
    assert ["reopen", "reopen_after_all"] == [one for one in review.book.acts if begins_anew(review, one)]
    assert ["hear_again"] == [one for one in objection.book.acts if begins_anew(objection, one)]
    assert [] == [one for one in discipline.book.acts if begins_anew(discipline, one)]


@pytest.mark.parametrize(
    ("book", "kind", "counts"),
    [
        ("discipline", None, True),
        ("appeal", "appeal", True),
        ("review", "reopening", False),
        ("challenge", "challenge", False),
    ],
)
def test_what_counts_as_an_open_case(book, kind, counts):
    """D10: an appeal goes on with the case; a challenge is about somebody else, and a request is none yet."""
    rules = rules_of("lantern_foundation")
    assert (kind, counts) == (kind_of(rules, book), counts_as_open(rules, book))
