# SPDX-License-Identifier: Apache-2.0
"""An act that was sealed field by field is, once it is opened, the act that was done (C04, record-format 3)."""

from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.casework.acts import MISSED, Act
from evenhand.casework.fields import SHARED, act_of, field_of, item_of
from evenhand.record.disclosures import disclose, read
from evenhand.record.errors import DisclosureError
from evenhand.record.fields import check_field, instant_text
from evenhand.rulebook.carries import CARRIES
from evenhand.rulebook.loading import load
from evenhand.rulebook.model import Book

FILES = sorted((Path(__file__).resolve().parents[2] / "rulebooks").glob("*.yaml"))
BOOKS = [book for path in FILES for book in load(path).books.values()]
WORDS = st.text(st.characters(codec="ascii"), max_size=30)
CODED = st.recursive(
    st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
INSTANTS = st.datetimes(timezones=st.just(UTC))
SOMEBODY = {"type": "act", "day": "2026-04-01", "matter": "1" * 32, "n": 3, "by": "2" * 32, "refs": ["3" * 64]}
OTHERS = [*(f"{kind}.{name}" for kind in ("body", "text", "person") for name in ("parts", "opens", "refusal", "said"))]


def value_of(item: str) -> st.SearchStrategy[Any]:
    """Something that this item could be: words where it is said in words, else anything that is plain."""
    return WORDS if field_of(item).startswith("text.") else CODED


@st.composite
def acts(draw: st.DrawFn) -> tuple[Book, Act]:
    """An act of a shipped book or one that the clock derives of a limit, with some or all of what it carries."""
    book = draw(st.sampled_from(BOOKS))
    name = draw(st.sampled_from([*book.acts, *(MISSED + limit for limit in book.limits)]))
    rule = book.acts.get(name)
    items = draw(st.sets(st.sampled_from(rule.carries))) if rule is not None and rule.carries else set()
    role = draw(st.sampled_from(rule.by)) if rule is not None else "clock"
    return book, Act(name=name, by=role, at=draw(INSTANTS), carries={item: draw(value_of(item)) for item in items})


def fields_of(book: Book, act: Act) -> dict[str, Any]:
    """The act in the fields of the record."""
    fixed = {"as": act.by, "at": instant_text(act.at), "rule": f"{book.id}.{act.name}"}
    return fixed | {field_of(item): value for item, value in act.carries.items()}


@given(acts())
def test_an_act_comes_back_from_its_fields(made):
    """What is replayed would not be what was done."""
    book, act = made
    assert act == act_of(SOMEBODY | fields_of(book, act))


@given(acts())
def test_an_act_comes_back_from_what_was_sealed(made):
    """What a party opens years later would not be what was done."""
    book, act = made
    texts = [disclose(name, value, salt=bytes(32)) for name, value in fields_of(book, act).items()]
    assert act == act_of({one.name: one.value for one in map(read, texts)})


@given(acts(), st.dictionaries(st.sampled_from(OTHERS), WORDS))
def test_what_no_act_carries_is_left_aside(made, others):
    """What the software adds to an entry would change what its act is."""
    book, act = made
    assert act == act_of(fields_of(book, act) | others)


@pytest.mark.parametrize("item", CARRIES)
def test_an_item_stands_in_one_field_and_in_no_other(item):
    """Free words could be opened to whoever may read what is coded."""
    places = [f"{kind}.{item}" for kind in ("body", "text", "person")]
    assert [field_of(item)] == [place for place in places if item_of(place) == item]
    assert [field_of(item)] == [place for place in places if item_of(place) is not None]


@pytest.mark.parametrize("item", CARRIES)
def test_the_record_takes_the_field_of_every_item(item):
    """An act could be lawful and have no place in the record."""
    check_field(field_of(item), "x")
    if field_of(item).startswith("text."):
        with pytest.raises(DisclosureError):
            check_field(field_of(item), {})


@pytest.mark.parametrize("field", [*SHARED, *CARRIES, *OTHERS, "", ".", "body.", "text.account.more"])
def test_a_field_that_holds_no_item_is_none(field):
    """A field of the format could be taken for something that an act carries."""
    assert item_of(field) is None


@pytest.mark.parametrize("missing", ["rule", "as", "at"])
def test_without_role_rule_or_time_there_is_no_act(missing):
    """A withheld field would be made up."""
    fields = {"rule": "discipline.lodge", "as": "complainant", "at": "2026-04-01T08:30:00Z"}
    del fields[missing]
    with pytest.raises(KeyError, match=missing):
        act_of(fields)
