# SPDX-License-Identifier: Apache-2.0
"""Salted disclosures: what stands sealed in an entry, and can be opened to one reader and not to another.

The encoding is that of SD-JWT (RFC 9901): base64url of `[salt, name, value]`, committed to by the SHA-256 of its own
ASCII bytes. The salt of 32 random bytes is what keeps a guess from being tried: an unsalted hash of a name falls at
once to a list of members. Erasing salt and value leaves a digest that says nothing (L04).
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from evenhand.record.canonical import decode, encode
from evenhand.record.encodings import from_base64url, to_base64url
from evenhand.record.errors import DisclosureError, ProfileError
from evenhand.record.fields import PROCEDURE, check_field

LONGEST = 262_144
"""Characters of a disclosure at most."""
SALT_BYTES = 32


@dataclass(frozen=True)
class Disclosure:
    """One opened field: its name, its value, and the text that is handed on as it is."""

    name: str
    value: Any
    text: str


def disclose(name: str, value: Any, *, salt: bytes) -> str:
    """The disclosure of one field; `salt` is 32 random bytes that are used for nothing else.

    `DisclosureError` for a name or value outside the table of the format, `ProfileError` outside the profile.
    """
    if len(salt) != SALT_BYTES:
        raise DisclosureError(f"A salt has {SALT_BYTES} random bytes, not {len(salt)}.")
    check_field(name, value)
    text = to_base64url(encode([to_base64url(salt), name, value]))
    if len(text) > LONGEST:
        raise DisclosureError(
            f"“{name}” is {len(text):,} characters long once encoded; at most {LONGEST:,} are taken. "
            "Keep it as an evidence file and enter its hash."
        )
    return text


def digest(text: str) -> str:
    """The digest under which a disclosure stands in `_sd`: base64url of the SHA-256 of its ASCII bytes.

    `DisclosureError` for text that is not ASCII, which no disclosure is.
    """
    if not text.isascii():
        raise DisclosureError("This disclosure is not base64url; hand it on exactly as it was received.")
    return to_base64url(hashlib.sha256(text.encode("ascii")).digest())


def read(text: str) -> Disclosure:
    """The field that a disclosure opens; `DisclosureError` for any text but one that `disclose` could have made."""
    if len(text) > LONGEST:
        raise DisclosureError(f"This disclosure is {len(text):,} characters long; at most {LONGEST:,} are taken.")
    data = from_base64url(text)
    if data is None:
        raise DisclosureError("This disclosure is not base64url; hand it on exactly as it was received.")
    try:
        parts = decode(data, limit=LONGEST)
    except ProfileError as error:
        raise DisclosureError(f"This disclosure cannot be read. {error.sentence}") from None
    if not isinstance(parts, list) or len(parts) != 3 or not isinstance(parts[0], str) or not isinstance(parts[1], str):
        raise DisclosureError("This disclosure is not [salt, name, value].")
    salt = from_base64url(parts[0])
    if salt is None or len(salt) != SALT_BYTES:
        raise DisclosureError(f"The salt of this disclosure is not {SALT_BYTES} bytes in base64url.")
    check_field(parts[1], parts[2])
    return Disclosure(parts[1], parts[2], text)


def opened(texts: Iterable[str], digests: Collection[str]) -> tuple[Disclosure, ...]:
    """The fields that these disclosures open of an entry with these digests; none need be opened.

    `DisclosureError` for one that does not belong to the entry, a field opened twice, padding that says something, an act
    under the rule of no book, and a person who acted as the clock.
    """
    found: dict[str, Disclosure] = {}
    for text in texts:
        if digest(text) not in digests:
            raise DisclosureError("A disclosure does not belong to its entry.")
        one = read(text)
        if one.name in found:
            raise DisclosureError(f"The field “{one.name}” is opened twice in one entry.")
        found[one.name] = one
    if "type" in found and found["type"].value == "padding" and len(found) > 1:
        raise DisclosureError("An entry of padding opens its type and nothing else.")
    if "type" in found and "rule" in found:
        kind, rule = found["type"].value, found["rule"].value
        if kind in ("act", "procedure") and (kind == "procedure") != rule.startswith(PROCEDURE):
            raise DisclosureError(
                "The rule of an entry begins with “procedure.” where its type is procedure, and only there."
            )
    if "as" in found and found["as"].value == "clock" and "by" in found:
        raise DisclosureError("Where the clock acted, no person did: “by” does not belong there.")
    return tuple(found.values())
