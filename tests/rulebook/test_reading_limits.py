# SPDX-License-Identifier: Apache-2.0
"""Texts that unfold into more than anybody could read are refused before they are unfolded."""

import tracemalloc
from collections.abc import Callable

import pytest

from evenhand.rulebook.loading import loads
from evenhand.rulebook.malformed import Malformed
from evenhand.rulebook.reading import MOST_BYTES, MOST_DEPTH, MOST_NODES

LAUGHS = "a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
TOO_MANY = f"The text has more than {MOST_NODES:,} values when its aliases are written out; write it shorter."
TOO_DEEP = f"Nothing in a rulebook nests deeper than {MOST_DEPTH} levels; look for a bracket too many."


def test_a_bomb_of_aliases_is_refused_before_it_unfolds(refusal: Callable[[str], Malformed]):
    """Eleven short lines would fill the memory of the machine (9 to the power of 11 values)."""
    tracemalloc.start()
    refused = refusal(LAUGHS)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (TOO_MANY, 6) == (refused.sentence, refused.line)
    assert most < 3_000_000


def test_an_alias_inside_its_own_anchor_is_refused(refusal: Callable[[str], Malformed]):
    """Whoever reads the rulebook would never come to its end, nor would the program."""
    refused = refusal("rulebook: x\napart: &own\n  - one\n  - [two, *own]\n")
    says = 'The alias "own" stands inside its own anchor and would never end; write it out.'
    assert (says, 4) == (refused.sentence, refused.line)


def test_an_alias_of_nothing_is_refused(refusal: Callable[[str], Malformed]):
    """A slip in the name of an anchor would end in a traceback."""
    assert 'The alias "none" has no anchor of that name before it; write it out.' == refusal("a: *none").sentence


def test_an_anchor_given_twice_is_refused(refusal: Callable[[str], Malformed]):
    """An alias would mean one list above a line and another below it."""
    assert 'The anchor "a" is given twice; give each its own name.' == refusal("b: &a 1\nc: &a 2").sentence


def test_an_alias_stands_for_what_it_repeats(good: str, changed: Callable[[str, str], str]):
    """An alias is a way of writing; a rulebook with one would be another rulebook."""
    text = changed("apart:\n  - [secretary, elders, neighbours]", "apart:\n  - &all [secretary, elders, neighbours]")
    same = changed("applies_to: [elders, secretary]", "applies_to: [secretary, elders, neighbours]")
    aliased = text.replace("applies_to: [elders, secretary]", "applies_to: *all")
    assert loads(same).digest == loads(aliased).digest


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "a: " + "[" * 30 + "]" * 30, "? " * 50_000],
    ids=["lists", "mappings", "dashes", "thirty lists", "keys"],
)
def test_deep_nesting_is_refused(text: str, refusal: Callable[[str], Malformed]):
    """A line of brackets would end in a traceback, or in none at all."""
    assert refusal(text).sentence in (
        TOO_DEEP,
        "A key is a plain word here, without anchors, aliases or brackets; write the word.",
    )


def test_nesting_through_aliases_is_counted_too(refusal: Callable[[str], Malformed]):
    """Each line is flat and the whole is not: reading it would still end in a traceback."""
    chain = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 60))
    refused = refusal(chain)
    assert (TOO_DEEP, MOST_DEPTH) == (refused.sentence, refused.line)


def test_many_short_values_are_refused(refusal: Callable[[str], Malformed]):
    """A megabyte of commas would be built into half a million values before anybody looked."""
    assert TOO_MANY == refusal("retention:\n  x: [" + "a," * 400_000 + "]").sentence


def test_a_text_above_a_megabyte_is_refused(refusal: Callable[[str], Malformed]):
    """A text that did not come from a file would have no bound."""
    assert refusal("#" * (MOST_BYTES + 1)).sentence.startswith("The file is larger than 1,000,000 bytes;")


def test_an_over_long_text_is_refused(changed: Callable[[str, str], str], refusal: Callable[[str], Malformed]):
    """A page in place of a sentence would be in every letter and every list."""
    refused = refusal(changed("says: The choir across the river.", f"says: {'la ' * 2_000}"))
    assert "roles.neighbours.says has 5,999 characters; at most 4,000 are allowed." == refused.sentence


def test_an_over_long_list_is_refused(changed: Callable[[str, str], str], refusal: Callable[[str], Malformed]):
    """Each entry is compared with each: a list without a bound would take a minute of everybody's machine."""
    names = ", ".join(f"r{n}" for n in range(1_001))
    refused = refusal(changed("applies_to: [elders, secretary]", f"applies_to: [{names}]"))
    assert "conflicts.applies_to has 1,001 entries; at most 1,000 are allowed." == refused.sentence


def test_an_over_long_piece_is_quoted_in_short(refusal: Callable[[str], Malformed]):
    """The sentence that explains a fault would be as long as the fault."""
    refused = refusal(f"{'k' * 90}: x")
    assert len(refused.sentence) < 300
