# SPDX-License-Identifier: Apache-2.0
"""Entries: what the world can read of one, what a disclosure opens, and what is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.record import disclosures, entries
from evenhand.record.canonical import encode
from evenhand.record.errors import DisclosureError, EntryError, ProfileError, RecordError
from tests.record.making import BOOK, FIELDS, ORIGIN, counted, key

SEEDS = st.integers().map(str)
NUMBERS = st.integers(1, 40) | st.sampled_from([15, 16, 17, 31, 32, 319])


def texts(count: int) -> list[str]:
    """So many disclosures."""
    return [disclosures.disclose(f"text.f{number}", "x", salt=counted(str(number))(32)) for number in range(count)]


@given(NUMBERS, SEEDS)
def test_the_digests_are_a_multiple_of_sixteen_with_a_decoy_among_them(count: int, seed: str):
    """The number of digests would tell what kind of entry it is (L04)."""
    fields = texts(count)
    value = entries.read(entries.sealed(book=BOOK, disclosures=fields, chance=counted(seed))).value
    known = {disclosures.digest(text) for text in fields}
    assert 0 == len(value["_sd"]) % 16
    assert known < set(value["_sd"])
    assert 16 >= len(value["_sd"]) - len(known) >= 1


@given(SEEDS)
def test_the_order_of_the_digests_follows_chance_and_not_the_fields(seed: str):
    """The first digest would always be that of the type."""
    fields = texts(8)
    there = entries.read(entries.sealed(book=BOOK, disclosures=fields, chance=counted(seed))).value
    back = entries.read(entries.sealed(book=BOOK, disclosures=fields[::-1], chance=counted(seed))).value
    assert sorted(there["_sd"]) == sorted(back["_sd"])
    known = [disclosures.digest(text) for text in fields]
    assert sum(there["_sd"][at] in known for at in range(16)) == 8


def test_over_many_entries_every_place_holds_fields_and_decoys():
    """Decoys that stand last are no decoys."""
    fields = texts(8)
    known = {disclosures.digest(text) for text in fields}
    held = [0] * 16
    for number in range(200):
        value = entries.read(entries.sealed(book=BOOK, disclosures=fields, chance=counted(str(number)))).value
        for place, text in enumerate(value["_sd"]):
            held[place] += text in known
    assert 50 < min(held)
    assert 150 > max(held)


def test_every_entry_has_an_id_of_its_own():
    """Two entries with one id could be taken for each other."""
    chance = counted()
    ids = {entries.read(entries.padding(book=BOOK, chance=chance)[0]).value["id"] for _ in range(50)}
    assert 50 == len(ids)


def test_nothing_of_the_fields_stands_in_a_sealed_entry():
    """The public copy would tell who, when and what (K04)."""
    data, opened = entries.seal(book=BOOK, fields=FIELDS, chance=counted())
    assert ["_sd", "book", "id", "v"] == sorted(json.loads(data))
    assert len(FIELDS) == len(opened)
    for value in FIELDS.values():
        assert encode(value).strip(b'"') not in data or len(encode(value)) < 4


def test_padding_looks_from_outside_like_an_act():
    """The growth of a public log would tell on which day something was done."""
    act, padding = (
        entries.read(data).value
        for data in (
            entries.seal(book=BOOK, fields=FIELDS, chance=counted("a"))[0],
            entries.padding(book=BOOK, chance=counted("b"))[0],
        )
    )
    shapes = [[(name, type(value), len(str(value))) for name, value in each.items()] for each in (act, padding)]
    assert shapes[0] == shapes[1]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50), st.binary(min_size=32, max_size=32))
def test_a_disclosure_opens_the_field_that_was_sealed(text: str, salt: bytes):
    """A holder could not show what was entered."""
    try:
        found = disclosures.disclose("text.reason", text, salt=salt)
    except ProfileError:
        return
    assert ("text.reason", text, found) == (
        disclosures.read(found).name, disclosures.read(found).value, disclosures.read(found).text,
    )  # fmt: skip


@given(st.data())
def test_a_disclosure_that_was_changed_belongs_to_no_entry(data: st.DataObject):
    """A field could be given another value after it was sealed."""
    sealed, opened = entries.seal(book=BOOK, fields=FIELDS, chance=counted())
    known = entries.read(sealed).value["_sd"]
    text = data.draw(st.sampled_from(opened))
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.characters(codec="ascii").filter(lambda sign: sign != text[at])) + text[at + 1 :]
    assert disclosures.digest(text) in known
    assert disclosures.digest(changed) not in known


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("type", "ruling"), ("type", ["act"]), ("type", True),
        ("day", "2026-02-30"), ("day", "2026-4-1"), ("day", "20260401"), ("day", 20260401),
        ("at", "2026-04-01T08:30:00"), ("at", "2026-04-01T08:30:00+00:00"), ("at", "2026-04-01T08:30Z"),
        ("at", "2026-04-01T24:00:00Z"), ("at", "2026-04-01T08:30:60Z"), ("at", "2026-04-01T08:30:00.50Z"),
        ("at", "2026-04-01T08:30:00.Z"), ("at", "2026-04-01T08:30:00.1234567Z"), ("at", "2026-04-01 08:30:00Z"),
        ("at", "2026-04-01T08:30:00Z\n"), ("matter", "A" * 32), ("matter", "0" * 31), ("n", 0), ("n", True), ("n", "1"),
        ("by", "0" * 33), ("as", "Officer"), ("as", ""), ("rule", "discipline"), ("rule", "discipline.late.x"),
        ("rule", "discipline.missed."), ("refs", []), ("refs", "0" * 64), ("refs", ["0" * 63]), ("refs", [1]),
        ("text.reason", 1), ("text.Reason", "x"), ("body.", {}), ("body", {}), ("name", "x"), ("person.1", "x"),
        ("text.a.b", "x"), ("_sd", "x"), ("", "x"), ("text.reason\n", "x"),
    ],
)  # fmt: skip
def test_a_field_outside_the_table_is_refused(name: str, value: Any):
    """Each program would give its own meaning to a field that the format does not name."""
    with pytest.raises(DisclosureError):
        disclosures.disclose(name, value, salt=bytes(32))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *FIELDS.items(), ("rule", "discipline.missed.danger-read"), ("at", "2026-04-01T08:30:00.000001Z"),
        ("at", "2026-04-01T08:30:00.5Z"), ("as", "clock"), ("refs", ["0" * 64]), ("body.g_2", [1, {"a": True}]),
        ("type", "padding"), ("day", "2028-02-29"), ("n", 2**53 - 1), ("person.born", {"year": 1970}),
    ],
)  # fmt: skip
def test_a_field_of_the_table_is_taken(name: str, value: Any):
    """A lawful act could not be entered."""
    text = disclosures.disclose(name, value, salt=bytes(32))
    assert (name, value) == (disclosures.read(text).name, disclosures.read(text).value)


def test_a_disclosure_beyond_its_longest_is_refused_with_what_to_do():
    """A receipt would outgrow its limit and could not be handed out."""
    fits = disclosures.disclose("text.reason", "x" * 196_500, salt=bytes(32))
    assert disclosures.LONGEST >= len(fits)
    with pytest.raises(DisclosureError, match="evidence file"):
        disclosures.disclose("text.reason", "x" * 197_000, salt=bytes(32))


@pytest.mark.parametrize("salt", [b"", bytes(31), bytes(33)])
def test_a_salt_of_another_length_is_refused(salt: bytes):
    """A short salt can be guessed together with the value (L04)."""
    with pytest.raises(DisclosureError, match="32 random bytes"):
        disclosures.disclose("n", 1, salt=salt)


def test_text_beyond_ascii_is_no_disclosure():
    """A reader would stop with an error of Python that names no cause."""
    for text in ("é", "\ud800", "AAAA\u2028"):
        with pytest.raises(DisclosureError):
            disclosures.digest(text)
        with pytest.raises(DisclosureError):
            disclosures.read(text)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: entries.sealed(book="sha256:0", disclosures=[], chance=counted()), "64 hex digits"),
        (lambda: entries.sealed(book=BOOK, disclosures=texts(1) * 2, chance=counted()), "given twice"),
        (lambda: entries.sealed(book=BOOK, disclosures=texts(320), chance=counted()), "at most 319"),
        (lambda: entries.plain({"a": "x" * 16_384}), "16,392 bytes long; at most 16,384"),
        (lambda: entries.plain(["a"]), "JSON object"),
        (lambda: entries.plain({"_sd": []}), "and no other"),
        (lambda: entries.plain({"a": "\n\u0301"}), "combining mark"),
        (lambda: entries.plain({"v": 1, "type": "key.rotated"}), "no other key"),
        (lambda: entries.plain(json.loads(entries.genesis(origin=ORIGIN, key=key().verifier.text))), "only the log"),
    ],
)
def test_an_entry_that_cannot_be_made_says_why(make: Any, says: str):
    """Whoever enters something would not know what to change."""
    with pytest.raises(EntryError, match=says):
        make()


def test_what_stands_in_clear_says_what_it_is():
    """A genesis would be read as an entry about nothing."""
    text = key().verifier.text
    assert "genesis" == entries.read(entries.genesis(origin=ORIGIN, key=text, charter="A club.")).kind
    assert "key.rotated" == entries.read(entries.key_rotated(old=text, new=text)).kind
    assert "plain" == entries.read(entries.plain({"v": True, "type": "genesis"})).kind
    assert "plain" == entries.read(entries.plain({"book": "a book", "type": "genesis"})).kind
    assert "sealed" == entries.read(entries.padding(book=BOOK, chance=counted())[0]).kind


VALUES = st.recursive(
    st.text(max_size=5) | st.booleans() | st.integers(), lambda inner: st.lists(inner, max_size=3), max_leaves=5
)
SOME = st.sampled_from(["_sd", "book", "id", "v", "type", "a"])


@given(st.dictionaries(SOME, VALUES | st.sampled_from([BOOK, 1, "genesis"]), max_size=5))
def test_any_object_becomes_an_entry_that_reads_the_same_or_is_refused(value: dict[str, Any]):
    """What was entered would be read as something else."""
    try:
        data = entries.plain(value)
    except RecordError:
        return
    assert (value, data) == (entries.read(data).value, entries.read(data).data)
