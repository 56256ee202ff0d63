# SPDX-License-Identifier: Apache-2.0
"""The digest is the identity of the rules: it changes with their meaning, and with nothing else."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.rulebook.canonical import canonical
from evenhand.rulebook.loading import loads, sections_of
from evenhand.rulebook.loading_shapes import Ordered
from evenhand.rulebook.malformed import Malformed
from evenhand.rulebook.reading import read
from tests.rulebook.conftest import GOOD
from tests.rulebook.layouts import ORDERED, edited, written

TREE = read(GOOD, "rulebook.yaml")
DIGEST = loads(GOOD).digest
chance = st.integers(0, 2**32).map(Random)


def meaning(value: Any, name: str = "") -> Any:
    """A rulebook without lines, source and digest; facts, stages and acts with their order."""
    if is_dataclass(value):
        left_out = {"line", "source", "digest", "apart_lines"}
        return [(f.name, meaning(getattr(value, f.name), f.name)) for f in fields(value) if f.name not in left_out]
    if isinstance(value, dict):
        pairs = [(key, meaning(inner)) for key, inner in value.items()]
        return pairs if name in ORDERED else sorted(pairs, key=lambda pair: pair[0])
    if isinstance(value, tuple):
        return [meaning(inner) for inner in value]
    return (type(value).__name__, value)


@settings(max_examples=150, deadline=None)
@given(chance)
def test_layout_is_no_part_of_the_identity(rng: Random):
    """A comment, a quote or a line break would make other rules of it, and every entry that cites them void."""
    text = written(TREE, rng)
    assert DIGEST == loads(text).digest, text


@settings(max_examples=400, deadline=None)
@given(chance)
def test_the_digest_changes_exactly_with_the_meaning(rng: Random):
    """Rules could be changed behind a digest that stays, or cases be reopened because it changed for nothing."""
    text = written(edited(TREE, rng), rng)
    try:
        other = loads(text)
    except Malformed:
        return
    assert (meaning(loads(GOOD)) == meaning(other)) == (other.digest == DIGEST), text


def alterations(value: Any) -> Iterator[Any]:
    """The same data with one value altered or left out, for every value in it."""
    if isinstance(value, dict):
        for key in value:
            rest = {other: inner for other, inner in value.items() if other != key}
            yield Ordered(rest) if isinstance(value, Ordered) else rest
            for inner in alterations(value[key]):
                changed = {other: inner if other == key else old for other, old in value.items()}
                yield Ordered(changed) if isinstance(value, Ordered) else changed
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield value[:at] + value[at + 1 :]
            yield from (value[:at] + (inner,) + value[at + 1 :] for inner in alterations(item))
    else:
        yield f"{value} x"


def test_every_value_is_part_of_the_identity(good: str):
    """One key that is read and not hashed could be changed in the night, and nobody could show it."""
    whole = sections_of(good)
    made = [canonical(other) for other in alterations(whole)]
    assert len(made) > 500
    assert 0 == made.count(canonical(whole))


SAME = {
    "once, counted": ("once: true", "max: 1"),
    "one, in a list": ("by: singer, carries", "by: [singer], carries"),
    "a number of people, in a group": ("pool: 40,", "pool: {everybody: 40},"),
    "a fact, in full": ("told: told", "told: {kind: told}"),
    "a default, written out": ("secretary: {pool: 2,", "secretary: {pool: 2, kind: person, seats: 1,"),
    "a false that says nothing": ("ended: {end: true}", "ended: {end: true, handover: false}"),
    "an empty list": ("pass_on: {in: logged, ", "pass_on: {in: logged, carries: [], "),
    "a share in other numbers": ("turnout: 20%", "turnout: 1/5"),
    "a text over two lines": ("across the river.", "across\n    the river."),
}


@pytest.mark.parametrize("piece", SAME.values(), ids=SAME)
def test_another_way_of_writing_is_the_same_rule(piece: tuple[str, str], changed: Callable[[str, str], str]):
    """Two organisations with the same rules would seem to differ."""
    assert DIGEST == loads(changed(*piece)).digest


def test_letters_that_look_alike_are_alike(changed: Callable[[str, str], str]):
    """The keyboard on which a name was typed would be part of the rules."""
    one, other = (changed("title: Complaints", f"title: Caf{letter}") for letter in ("\u00e9", "e\u0301"))
    assert loads(one).digest == loads(other).digest


OTHER = {
    "acts in another order": (
        "      pass_on: {in: logged, to: hearing, by: clock}\n",
        "",
        "    acts:\n      lodge: {in: start, to: logged",
        "    acts:\n      pass_on: {in: logged, to: hearing, by: clock}\n      lodge: {in: start, to: logged",
    ),
    "facts in another order": (
        "      told: told\n",
        "",
        "      kept_out: measure\n",
        "      kept_out: measure\n      told: told\n",
    ),
    "stages in another order": (
        "      ended: {end: true}\n",
        "",
        "      pending: {clock",
        "      ended: {end: true}\n      pending: {clock",
    ),
}


@pytest.mark.parametrize("pieces", OTHER.values(), ids=OTHER)
def test_the_order_that_numbers_the_table_is_part_of_the_identity(pieces: tuple[str, str, str, str], good: str):
    """Whoever holds a digest could not build the same table again, code by code."""
    gone, nothing, before, after = pieces
    assert (1, 1) == (good.count(gone), good.count(before))
    assert DIGEST != loads(good.replace(gone, nothing).replace(before, after)).digest


def test_a_rulebook_keeps_its_bytes():
    """Entries already written cite this digest: a new form needs a new number of the language."""
    text = (
        "rulebook: {id: one, version: 1}\ncalendar: {zone: UTC, holidays: [2026-12-25]}\n"
        "roles: {clerk: {pool: 3, share: 50%}}\npublication: {when: é, all: true}\n"
        "books: {b: {facts: {told: told}, stages: {open: {}},\n"
        "  acts: {lodge: {in: start, to: open, by: clerk, once: true}}}}\n"
    )
    fixed = (
        '{"books":{"b":{"acts":[{"by":["clerk"],"id":"lodge","in":["start"],"max":1,"to":"open"}],'
        '"facts":[{"id":"told","kind":"told"}],"stages":[{"id":"open"}]}},'
        '"calendar":{"holidays":["2026-12-25"],"zone":"UTC"},"language":1,"publication":{"all":true,"when":"é"},'
        '"roles":{"clerk":{"pool":{"clerk":3},"share":"1/2"}},"rulebook":{"id":"one","version":1}}'
    ).encode()
    assert fixed == canonical(sections_of(text))
    assert "sha256:" + hashlib.sha256(fixed).hexdigest() == loads(text).digest


def test_anybody_can_make_the_canonical_form_again(good: str):
    """Outsiders could not check a digest without our program."""
    made = canonical(sections_of(good))
    again = json.dumps(json.loads(made), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert again == made
