# SPDX-License-Identifier: Apache-2.0
"""The profile `evenhand-jcs-1`: one value has one spelling, and whatever has two is refused."""

import json
import tracemalloc
import unicodedata
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from evenhand.record import canonical
from evenhand.record.errors import ProfileError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text)
)
KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
LEAVES = TEXTS | st.booleans() | st.integers(-canonical.LARGEST, canonical.LARGEST)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4))


@given(VALUES)
def test_a_value_of_the_profile_comes_back_from_its_bytes(value: Any):
    """What is read would not be what was written."""
    assert value == canonical.decode(canonical.encode(value))


@given(VALUES)
def test_inside_the_profile_two_encoders_give_the_same_bytes(value: Any):
    """The quick check of a reader would refuse what the careful writer wrote (or the other way round)."""
    assert rfc8785.dumps(value) == orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_another_spelling_of_the_same_value_is_refused(value: Any, ascii_only: bool, indent: int | None):
    """One entry would have two hashes."""
    data = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode()
    if data == canonical.encode(value):
        assert value == canonical.decode(data)
    else:
        with pytest.raises(ProfileError):
            canonical.decode(data)


@given(VALUES, st.data())
def test_bytes_are_taken_only_if_they_are_the_bytes_of_what_they_say(value: Any, data: st.DataObject):
    """A byte could change without changing what is read."""
    whole = canonical.encode(value)
    at = data.draw(st.integers(0, len(whole)))
    changed = whole[:at] + data.draw(st.binary(max_size=2)) + whole[at + data.draw(st.integers(0, 2)) :]
    try:
        found = canonical.decode(changed)
    except ProfileError:
        return
    assert changed == canonical.encode(found)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff", "not JSON"),
        (b'{"a":"\\ud800"}', "not JSON"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b"NaN", "not JSON"),
        (b"{}\n", "not in canonical form"),
        (b' {"a":1}', "not in canonical form"),
        (b'{"b":1,"a":1}', "not in canonical form"),
        (b'{"a":1,"a":1}', "not in canonical form"),
        (b'{"a":"\\u0041"}', "not in canonical form"),
        (b'{"a":"\\/"}', "not in canonical form"),
        (b'{"a":"\\u000A"}', "not in canonical form"),
        (b'{"a":-0}', "not in canonical form|is a fraction"),
        (b'{"a":1.0}', "is a fraction"),
        (b'{"a":1e2}', "is a fraction"),
        (b'{"a":null}', "is null"),
        (b'{"a":[1,null]}', r"“a\[1\]” is null"),
        (b'{"a":9007199254740992}', "beyond 2"),
        (b'{"a":-9007199254740992}', "beyond 2"),
        (b'{"a":18446744073709551616}', "is a fraction or too large"),
        ('{"ä":1}'.encode(), "keys are ASCII"),
        ('{"a":"a\u0308"}'.encode(), "outside NFC"),
        (b"[" * 33 + b"]" * 33, "nested more than 32"),
        (b"[" * 100_000, "not JSON|at most"),
    ],
)  # fmt: skip
def test_what_is_outside_the_profile_is_refused_with_its_reason(data: bytes, says: str):
    """The writer would not learn what to change."""
    with pytest.raises(ProfileError, match=says):
        canonical.decode(data)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"a": {"b": None}}, r"“a\.b” is null"),
        ({"a": 0.5}, "fraction"),
        ({"a": "\ud800"}, "surrogate"),
        ({1: "a"}, "keys are ASCII"),
        ({"a": b"bytes"}, "type bytes"),
        (float("nan"), "fraction"),
    ],
)
def test_a_value_outside_the_profile_is_not_written(value: Any, says: str):
    """It would be entered and could not be read again."""
    with pytest.raises(ProfileError, match=says):
        canonical.encode(value)


def test_the_limits_themselves_are_inside():
    """A limit that is off by one refuses what the format allows."""
    deepest: Any = 1
    for _ in range(32):
        deepest = [deepest]
    for value in (deepest, 2**53 - 1, -(2**53 - 1), "\U0001f6f6", "\x7f"):
        assert value == canonical.decode(canonical.encode(value))
    longest = b'"' + b"x" * 16_382 + b'"'
    assert "x" * 16_382 == canonical.decode(longest)
    with pytest.raises(ProfileError, match="16,385"):
        canonical.decode(longest[:-1] + b'x"')


def test_a_long_key_over_many_elements_costs_no_more_than_its_length():
    """A few megabytes would keep a reader busy for hours: the place of an element is written down only where it is wrong."""
    data = b'{"' + b"k" * 2_000_000 + b'":[' + b",".join([b"1"] * 200_000) + b"]}"
    tracemalloc.start()
    canonical.decode(data, limit=len(data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 25 * len(data) > peak  # orjson itself takes 15 bytes for each byte that it reads
    with pytest.raises(ProfileError) as caught:
        canonical.decode(data.replace(b"1]}", b"null]}"), limit=len(data) + 3)
    assert 400 > len(caught.value.sentence)
