# SPDX-License-Identifier: Apache-2.0
"""The names of fields that an entry may seal, and what the value of each looks like (section 3 of the format)."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from evenhand.record.errors import DisclosureError

TYPES = ("act", "procedure", "act.refused", "correction", "erasure.performed", "padding")
PROCEDURE = "procedure."
"""How the `rule` of an entry begins that no book orders; no book of a rulebook is called so."""

HEX32, HEX64 = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
DIGEST = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
"""32 bytes in base64url; the last sign carries four bits."""
ROLE = re.compile(r"[a-z][a-z0-9_]*")
RULE = re.compile(r"[a-z][a-z0-9_]*\.(?:[a-z][a-z0-9_]*|missed\.[a-z][a-z0-9_-]*)")
"""The name of a limit may hold hyphens, that of a book or an act may not."""
NAMED = re.compile(r"(body|text|person)\.[a-z][a-z0-9_]*")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d{0,5}[1-9])?Z", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _fits(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _day(value: Any) -> bool:
    if not _fits(DAY)(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _instant(value: Any) -> bool:
    if not _fits(INSTANT)(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _leaves(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(map(_fits(HEX64), value))


def _erasure(value: Any) -> bool:
    if not isinstance(value, dict) or sorted(value) != ["approved", "basis", "digests"]:
        return False
    approved, basis, digests = value["approved"], value["basis"], value["digests"]
    return (
        isinstance(basis, str)
        and basis != ""
        and isinstance(digests, list)
        and len(digests) > 0
        and all(map(_fits(DIGEST), digests))
        and isinstance(approved, list)
        and all(map(_fits(HEX32), approved))
        and len(approved) == len(set(approved)) == 2
    )


FIELDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "type": (lambda value: value in TYPES, f"one of {', '.join(TYPES)}"),
    "day": (_day, "a day as in 2026-04-01"),
    "at": (_instant, "an instant in UTC as in 2026-04-01T08:30:00Z"),
    "matter": (_fits(HEX32), "32 hex digits"),
    "n": (_number, "a whole number from 1"),
    "by": (_fits(HEX32), "32 hex digits"),
    "as": (_fits(ROLE), "a role of the rulebook"),
    "rule": (_fits(RULE), "BOOK.ACT"),
    "refs": (_leaves, "a list of leaves, each 64 hex digits"),
    "body.erasure": (_erasure, "a basis, the digests that were erased, and the two who approved"),
}


def check_field(name: str, value: Any) -> None:
    """Raises `DisclosureError` unless an entry may hold a field of this name with this value."""
    if name in FIELDS:
        holds, says = FIELDS[name]
        if not holds(value):
            raise DisclosureError(f"The field “{name}” is {str(value)[:60]!r}; it must be {says}.")
        return
    kind = NAMED.fullmatch(name)
    if kind is None:
        raise DisclosureError(
            f"No field is called “{name[:60]}”; there are {', '.join(FIELDS)}, body.GROUP, text.FIELD and person.FIELD."
        )
    if kind[1] == "text" and not isinstance(value, str):
        raise DisclosureError(f"The field “{name}” holds free text, not {type(value).__name__}.")


def instant_text(at: datetime) -> str:
    """An instant as the field `at` writes it; `ValueError` for one that names no zone."""
    if at.tzinfo is None:
        raise ValueError("An instant of the record names its zone.")
    moment = at.astimezone(UTC)
    decimals = f".{moment.microsecond:06d}".rstrip("0").rstrip(".") if moment.microsecond else ""
    return f"{moment.replace(tzinfo=None, microsecond=0).isoformat()}{decimals}Z"
