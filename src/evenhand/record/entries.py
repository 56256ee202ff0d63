# SPDX-License-Identifier: Apache-2.0
"""The three shapes of an entry: sealed, about the log itself in clear, and plain.

The bytes are fixed here, once, and are hashed and stored as they are: nothing writes an entry anew when it is read.
What the world can read is decided before that: of a sealed entry only that it exists, and under which rules.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from unicodedata import is_normalized

from evenhand.record.canonical import ENTRY_LIMIT, PROFILE, decode, encode
from evenhand.record.clear import check_genesis, check_rotation
from evenhand.record.disclosures import digest, disclose
from evenhand.record.encodings import from_base64url, to_base64url
from evenhand.record.errors import EntryError

Chance = Callable[[int], bytes]
"""So many random bytes, as `secrets.token_bytes` gives them; an argument, so that a test can repeat them."""

GROUP = 16
"""Digests come in this many, so that their number says little about what an entry is."""
MOST_DIGESTS = 320
BOOK, ID = re.compile(r"sha256:[0-9a-f]{64}"), re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Entry:
    """An entry as read: its `kind` (sealed, genesis, key.rotated or plain), its value and the bytes it came from."""

    kind: str
    value: Mapping[str, Any]
    data: bytes


def sealed(*, book: str, disclosures: Sequence[str], chance: Chance) -> bytes:
    """The bytes of a sealed entry that commits to these disclosures under the rulebook `book` ("sha256:...").

    Decoys fill the digests up to the next multiple of 16, at least one, and chance gives their order.
    `EntryError` for a book that names no version, a disclosure given twice, or more than fit.
    """
    if not BOOK.fullmatch(book):
        raise EntryError(f"An entry names the version of its rulebook as sha256: and 64 hex digits, not {book!r}.")
    if len(set(disclosures)) != len(disclosures):
        raise EntryError("A disclosure is given twice; each field of an entry has a salt of its own.")
    if len(disclosures) >= MOST_DIGESTS:
        raise EntryError(f"An entry holds at most {MOST_DIGESTS - 1} fields, not {len(disclosures)}; make two of it.")
    decoys = GROUP - len(disclosures) % GROUP
    digests = [digest(text) for text in disclosures]
    digests += [to_base64url(sha256(chance(32)).digest()) for _ in range(decoys)]
    digests.sort(key=lambda _: chance(16))
    return _bytes({"_sd": digests, "book": book, "id": chance(16).hex(), "v": 1})


def seal(*, book: str, fields: Mapping[str, Any], chance: Chance) -> tuple[bytes, tuple[str, ...]]:
    """A sealed entry and the disclosures of its fields, in their order. `DisclosureError` for a field of no known name."""
    disclosures = tuple(disclose(name, value, salt=chance(32)) for name, value in fields.items())
    return sealed(book=book, disclosures=disclosures, chance=chance), disclosures


def padding(*, book: str, chance: Chance) -> tuple[bytes, tuple[str, ...]]:
    """An entry that says nothing, so that the growth of a public log does not tell on which day something was done."""
    return seal(book=book, fields={"type": "padding"}, chance=chance)


def genesis(*, origin: str, key: str, **more: Any) -> bytes:
    """Entry 0 of a log, wholly in clear: its origin, its first verifier key, and what else the format lets it say.

    `more` may hold charter, rulebook, cosigners, publication and after; what is None is left out.
    """
    given = {name: value for name, value in more.items() if value is not None}
    return _bytes({"v": 1, "type": "genesis", "profile": PROFILE, "origin": origin, "key": key, **given})


def key_rotated(*, old: str, new: str) -> bytes:
    """The entry by which a log hands over from one verifier key to the next, in clear."""
    return _bytes({"v": 1, "type": "key.rotated", "replaces": old, "key": new})


def plain(value: Any) -> bytes:
    """The bytes of any object of the profile, with nothing added.

    `EntryError` if it is no object, too large, or would be read as an entry about the log itself.
    """
    if not isinstance(value, dict):
        raise EntryError("An entry is a JSON object, in braces.")
    data = _bytes(value)
    if read(data).kind in ("genesis", "key.rotated"):
        raise EntryError(
            "Entries of the types genesis and key.rotated are about the log itself; only the log makes them."
        )
    return data


def _bytes(value: dict[str, Any]) -> bytes:
    data = encode(value)
    if not is_normalized("NFC", data.decode("utf-8")):
        # A receipt carries the entry as one text of the profile: a mark after an escaped line break joins the letter n.
        raise EntryError("A text in this entry has a combining mark after a control character; take one of them out.")
    if len(data) > ENTRY_LIMIT:
        raise EntryError(
            f"This entry is {len(data):,} bytes long; at most {ENTRY_LIMIT:,} are taken. "
            "Enter the hash of what is long and keep the thing itself beside the record."
        )
    return data


def read(data: bytes) -> Entry:
    """The entry of these bytes; `ProfileError` or `EntryError` where they are none."""
    value = decode(data)
    if not isinstance(value, dict):
        raise EntryError("An entry is a JSON object, in braces.")
    if "_sd" in value or str(value.get("book", "")).startswith("sha256:"):
        _sealed_shape(value)
        return Entry("sealed", value, data)
    kind = value.get("type") if repr(value.get("v")) == "1" else None
    if kind == "genesis":
        check_genesis(value)
    elif kind == "key.rotated":
        check_rotation(value)
    else:
        kind = "plain"
    return Entry(kind, value, data)


def _sealed_shape(value: Mapping[str, Any]) -> None:
    if sorted(value) != ["_sd", "book", "id", "v"] or value["v"] != 1 or value["v"] is True:
        raise EntryError("A sealed entry has the keys _sd, book, id and v (which is 1), and no other.")
    if not isinstance(value["book"], str) or not BOOK.fullmatch(value["book"]):
        raise EntryError("The key “book” of a sealed entry is sha256: and 64 hex digits.")
    if not isinstance(value["id"], str) or not ID.fullmatch(value["id"]):
        raise EntryError("The key “id” of a sealed entry is 32 hex digits.")
    digests = value["_sd"]
    if not isinstance(digests, list) or not 0 < len(digests) <= MOST_DIGESTS or len(digests) % GROUP:
        raise EntryError(
            f"The key “_sd” of a sealed entry is a list of {GROUP} digests or a multiple, at most {MOST_DIGESTS}."
        )
    for text in digests:
        found = from_base64url(text) if isinstance(text, str) else None
        if found is None or len(found) != 32:
            raise EntryError("A digest in “_sd” is not 32 bytes in base64url.")
    if len(set(digests)) != len(digests):
        raise EntryError("A digest stands twice in “_sd”.")
