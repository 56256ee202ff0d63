# SPDX-License-Identifier: Apache-2.0
"""Says in which fields an act of the Quay Club stands in the record (docs/record-format.md, section 3)."""

from collections.abc import Mapping, Sequence
from typing import Any

from demo.club_cases import Happening
from evenhand.casework.fields import SHARED, field_of
from evenhand.record.fields import instant_text
from evenhand.rulebook.calendar import Calendar


def fields_of(
    one: Happening, *, book: str, calendar: Calendar, matter: str, n: int, by: str | None, more: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields of one entry. `more` holds what only the log knows: leaves referred to, digests erased, names."""
    found: dict[str, Any] = {
        "type": one.kind,
        "day": calendar.local_day(one.at).isoformat(),
        "at": instant_text(one.at),
        "matter": matter,
        "n": n,
        "as": one.role,
        "rule": f"{book}.{one.act}",
    }
    if by is not None:
        found["by"] = by
    if one.refusal:
        # What was asked for is not kept: what nobody was allowed to do need not be readable for ever.
        found |= {"body.refusal": {"rule": one.refusal["rule"]}, "text.refusal": one.refusal["sentence"]}
    return found | {field_of(item): value for item, value in one.carries.items()} | dict(more)


def read_by(names: Sequence[str], own: frozenset[str]) -> list[str]:
    """Which fields of an entry a party is given: everything but what tells who somebody else is.

    The real rule is the publication section of a rulebook, which is not read yet.
    """
    shared = [name for name in names if name in SHARED or name.startswith(("body.", "text."))]
    return shared + [name for name in names if name in own]
