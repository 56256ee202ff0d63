# SPDX-License-Identifier: Apache-2.0
"""The profile `evenhand-jcs-1`: JSON in the one spelling of RFC 8785, within limits that leave nothing to choose.

No null, no fraction, whole numbers within 2^53 - 1, ASCII keys, strings in NFC, at most 32 levels. Inside these limits
every encoder of RFC 8785 gives the same bytes, so that a hash made by one program is found again by another.
"""

import unicodedata
from typing import Any

import orjson
import rfc8785

from evenhand.record.errors import ProfileError

PROFILE = "evenhand-jcs-1"
ENTRY_LIMIT = 16_384
"""Bytes of an entry at most."""
DEEPEST = 32
LARGEST = 2**53 - 1


def encode(value: Any) -> bytes:
    """The bytes of a value of the profile; `ProfileError` names the place of what does not fit."""
    _within(value, None, 1)
    return rfc8785.dumps(value)


def decode(data: bytes, *, limit: int = ENTRY_LIMIT) -> Any:
    """The value of canonical bytes; `ProfileError` for anything longer than `limit` bytes, outside the profile, or
    spelled in any way but that of `encode`.
    """
    if len(data) > limit:
        raise ProfileError(
            f"These are {len(data):,} bytes; at most {limit:,} are taken. Put what is long into a disclosure."
        )
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise ProfileError(f"This is not JSON in UTF-8 ({error}).") from None
    _within(value, None, 1)
    # Inside the profile orjson and RFC 8785 give the same bytes (a property test holds them together).
    if orjson.dumps(value, option=orjson.OPT_SORT_KEYS) != data:
        raise ProfileError(
            "This JSON is not in canonical form (RFC 8785): sort the keys, leave out spaces, write each key once."
        )
    return value


Place = tuple[Any, str | int] | None
"""Where a value stands: the place around it and a step. Written out only for an error, or a long key would be copied for
every element below it."""


def _within(value: Any, place: Place, depth: int) -> None:
    if isinstance(value, str):
        _text(value, place)
    elif isinstance(value, bool):
        return
    elif isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise ProfileError(f"{_at(place)} is a number beyond 2^53 - 1; write it as text.")
    elif isinstance(value, dict):
        _deep(place, depth)
        for key, inner in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise ProfileError(f"{_at(place)} has the key {str(key)[:60]!r}; keys are ASCII.")
            _within(inner, (place, key), depth + 1)
    elif isinstance(value, list | tuple):
        _deep(place, depth)
        for number, inner in enumerate(value):
            _within(inner, (place, number), depth + 1)
    elif value is None:
        raise ProfileError(f"{_at(place)} is null; leave the key out instead.")
    elif isinstance(value, float):
        raise ProfileError(f"{_at(place)} is a fraction or too large a number; write it as text.")
    else:
        raise ProfileError(f"{_at(place)} is of the type {type(value).__name__}, which JSON does not have.")


def _text(value: str, place: Place) -> None:
    if value.isascii():
        return
    if not value.isprintable() and any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ProfileError(f"{_at(place)} holds half of a surrogate pair; it is no Unicode text.")
    if not unicodedata.is_normalized("NFC", value):
        raise ProfileError(f"{_at(place)} is text outside NFC; normalise it before it is entered.")


def _deep(place: Place, depth: int) -> None:
    if depth > DEEPEST:
        raise ProfileError(f"{_at(place)} is nested more than {DEEPEST} levels deep.")


def _at(place: Place) -> str:
    steps: list[str] = []
    while place is not None:
        place, step = place
        steps.append(f"[{step}]" if isinstance(step, int) else f".{step[:60]}")
    return f"“{''.join(reversed(steps)).removeprefix('.')[:240]}”" if steps else "The value"
