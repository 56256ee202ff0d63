# SPDX-License-Identifier: Apache-2.0
"""In which fields of the record an act stands, and back (docs/record-format.md, section 3).

What is said in free words, what tells who somebody is, and what is coded are fields of different kinds, because they are
opened to different readers.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from evenhand.casework.acts import Act
from evenhand.rulebook.carries import CARRIES

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


def item_of(field: str) -> str | None:
    """The item that a field holds, or None where it holds something that no act carries."""
    item = field.partition(".")[2]
    return item if item in CARRIES and field == field_of(item) else None


def act_of(fields: Mapping[str, Any]) -> Act:
    """The act that an entry of the type `act` holds, once it is opened. `KeyError` where one of its fields is not."""
    items = ((item_of(name), value) for name, value in fields.items())
    return Act(
        name=fields["rule"].partition(".")[2],
        by=fields["as"],
        at=datetime.fromisoformat(fields["at"]),
        carries={item: value for item, value in items if item is not None},
    )
