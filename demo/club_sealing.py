# SPDX-License-Identifier: Apache-2.0
"""Says in which fields an act of the Quay Club stands in the record (docs/record-format.md, section 3).

It lives in the demo because the demo is the first that needs it; with the database (issue 4) it moves into the program.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from demo.club_cases import Happening
from evenhand.record.fields import instant_text
from evenhand.rulebook.calendar import Calendar

TEXT = frozenset(("account", "grounds", "reasons", "proportionality", "statement", "text", "response", "request"))
"""What an act carries in free words."""
PERSONAL = frozenset(("person", "consent", "candidates"))
"""What tells who somebody is. Everything else that an act can carry is coded."""
SHARED = ("type", "day", "at", "matter", "n", "by", "as", "rule", "refs")
"""What both parties of a matter read of each of its entries, besides what was coded and said."""


def field_of(item: str) -> str:
    """The name of the field in which a carried item is sealed."""
    kind = "text" if item in TEXT else "person" if item in PERSONAL else "body"
    return f"{kind}.{item}"


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

    The real rule is the publication section of a rulebook, which is not read yet (issue 4).
    """
    shared = [name for name in names if name in SHARED or name.startswith(("body.", "text."))]
    return shared + [name for name in names if name in own]
