# SPDX-License-Identifier: Apache-2.0
"""What an act carries is asked for by name, and each thing has to be what it says it is."""

import pytest

from evenhand.casework.acts import Request
from evenhand.casework.carried import CHECKS, fault
from evenhand.casework.matter import new_matter
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.carries import CARRIES
from evenhand.rulebook.model import START, Book, Limit, Span, Stage
from evenhand.rulebook.model import Act as Rule
from tests.casework.conftest import a_rulebook, at, named, samples

WHEN = at("2026-04-02")
ITEMS = Book(
    id="items",
    facts={},
    stages=named([Stage(id="open"), Stage(id="end", end=True)]),
    acts=named(
        [Rule(id=f"with_{item}", stages=(START,), to="open", by=("member",), carries=(item,)) for item in CARRIES]
        + [Rule(id="with_nothing", stages=(START,), to="open", by=("member",))]
    ),
    limits=named(
        [Limit(id="measure", start=("with_expiry",), stop=(), kind="within", span=Span(30, "d"), then="with_nothing")]
    ),
)
BOOK = RunningBook(a_rulebook(ITEMS), "items")


def sentence(item: str, value: object) -> str | None:
    """What is said against this value, or None where it holds."""
    found = fault(BOOK, new_matter(BOOK), Request(act=f"with_{item}", by="member", carries={item: value}), WHEN)
    assert found is None or f"books/items/acts/with_{item}/carries/{item}" == found.rule
    return found and found.sentence


def test_everything_an_act_can_carry_has_its_check():
    """Something could be carried that nobody ever looks at."""
    assert list(CARRIES) == list(CHECKS)


@pytest.mark.parametrize("item", CARRIES)
def test_what_holds_is_taken(item):
    """A request that carries all it has to would be refused."""
    assert sentence(item, samples(BOOK, WHEN)[item]) is None


@pytest.mark.parametrize("item", CARRIES)
def test_what_is_missing_is_named(item):
    """Whoever forgot something would have to guess what."""
    for carries in ({}, {item: None}):
        found = fault(BOOK, new_matter(BOOK), Request(act=f"with_{item}", by="member", carries=carries), WHEN)
        assert found is not None
        assert f"with_{item} carries {item}, and it is missing." == found.sentence
        assert f"books/items/acts/with_{item}/carries" == found.rule


def test_what_the_rule_does_not_ask_for_is_not_taken():
    """An act could tell what it may not tell, past every check (M14)."""
    found = fault(
        BOOK,
        new_matter(BOOK),
        Request(act="with_notice", by="member", carries={"notice": {}, "account": "He did."}),
        WHEN,
    )
    assert found is not None
    assert "with_notice does not carry account." == found.sentence


WRONG = {
    "account": ["", "  ", 3, [], {"text": "He did."}],
    "reasons": ["", "\n"],
    "clauses": [[], "C1", ["C1", "C1"], ["C1", ""], ["C9"]],
    "evidence": ["letter 4", [], [4]],
    "candidates": [["A", "A"]],
    "consent": [[]],
    "notice": ["by post", {"how": "pigeon"}, {"how": 2}],
    "hearing": [{"date": "2026-04-02"}, {"date": "soon", "place": "here"}, {"date": "2026-04-01", "place": "here"}, 5],
    "vote": [{}, {"for": -1}, {"for": True}, {"for": "two"}, 2],
    "count": [[]],
    "tariff": [{}, "warning", {"sanction": "flogging"}, {"sanction": "warning", "clause": "C9"},
               {"sanction": "suspension", "clause": "C2"}, {"sanction": "suspension", "clause": "C2", "reason": " "}],
    "finding": [{}, "found", {"C9": "found"}, {"C1": ""}],
    "expiry": ["soon", "2026-02-31", "20260420", 3, "2026-04-01", "2026-05-03"],
    "danger": [{}, {"danger": False}, {"danger": "no", "unsafe_to_tell": "no"}, False],
    "receipt": [{}, "2026-04-01", {"received": "2026-04-03"}, {"received": "yesterday"}],
}  # fmt: skip


@pytest.mark.parametrize(("item", "value"), [(item, value) for item, values in WRONG.items() for value in values])
def test_what_does_not_hold_is_refused(item, value):
    """An empty reason would count as a reason."""
    said = sentence(item, value)
    assert said is not None
    assert said.startswith(item)
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("item", "value", "said"),
    [
        ("clauses", ["C9"], "clauses names the clause C9, which this version of the code does not have."),
        ("notice", {"how": "pigeon"}, "notice was sent by pigeon, and the calendar counts no service by it; it counts: "
                                      "portal, post."),
        ("tariff", {"sanction": "suspension", "clause": "C2"},
         "tariff goes outside the tariff of the clause C2 without giving a reason."),
        ("expiry", "2026-05-03",
         "expiry gives 2026-05-03, later than 2026-05-02, the day on which the limit measure ends it."),
        ("receipt", {"received": "2026-04-03"}, "receipt gives a day that has not come yet: 2026-04-03."),
    ],
)  # fmt: skip
def test_the_sentence_says_what_is_wrong(item, value, said):
    """Whoever is refused could not mend it (I03, C01)."""
    assert said == sentence(item, value)


def test_a_sanction_outside_the_tariff_needs_a_reason_and_no_more():
    """The tariff would bind where the rulebook lets the panel depart from it with reasons."""
    assert sentence("tariff", {"sanction": "suspension", "clause": "C2", "reason": "The third boat."}) is None


@pytest.mark.parametrize("value", [1.5, {1: "a"}, object(), WHEN, {"a": {"b": {2}}}])
def test_what_is_carried_is_plain_data(value):
    """What was written down could not be read again."""
    with pytest.raises(ValueError, match="What an act carries"):
        Request(act="with_text", by="member", carries={"text": value})


def test_what_was_asked_cannot_be_changed_afterwards():
    """Whoever still holds the form could alter what was decided on."""
    evidence = ["letter 4"]
    asked = Request(act="with_evidence", by="member", carries={"evidence": evidence})
    evidence.append("letter 5")
    assert ["letter 4"] == asked.carries["evidence"]
