# SPDX-License-Identifier: Apache-2.0
"""The published examples of RFC 8785, and which of them the profile takes."""

import json

import pytest
import rfc8785

from evenhand.record import canonical
from evenhand.record.errors import ProfileError
from tests.record import published

NAMES = ("arrays", "french", "structures", "unicode", "values", "weird")
OUTSIDE = {
    "arrays": "is null",
    "french": "keys are ASCII",
    "structures": "is a fraction",
    "unicode": "outside NFC",
    "values": "is null|is a fraction",
    "weird": "keys are ASCII",
}
"""Why the profile refuses each input; the one that is met first, where there are several."""


@pytest.mark.parametrize("name", NAMES)
def test_the_canonical_form_is_the_published_one(name: str):
    """Our hashes would be hashes of something that nobody else writes."""
    folder = published.folder("jcs")
    value = json.loads((folder / "input" / f"{name}.json").read_text(encoding="utf-8"))
    expected = (folder / "output" / f"{name}.json").read_bytes()
    assert expected == rfc8785.dumps(value)
    assert expected == bytes.fromhex("".join((folder / "outhex" / f"{name}.txt").read_text().split()))


@pytest.mark.parametrize("name", NAMES)
def test_the_profile_refuses_each_input_for_its_reason(name: str):
    """What encoders disagree about would enter a record (fractions, keys beyond ASCII, two spellings of one letter)."""
    data = (published.folder("jcs") / "input" / f"{name}.json").read_bytes()
    with pytest.raises(ProfileError, match=OUTSIDE[name]):
        canonical.decode(data)
    with pytest.raises(ProfileError, match=OUTSIDE[name]):
        canonical.encode(json.loads(data))


def test_the_profile_takes_the_one_canonical_form_inside_it():
    """A profile that refuses everything would pass the other tests."""
    data = (published.folder("jcs") / "output" / "structures.json").read_bytes()
    assert data == canonical.encode(canonical.decode(data))
