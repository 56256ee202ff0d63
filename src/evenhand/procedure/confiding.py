# SPDX-License-Identifier: Apache-2.0
"""What is between one side and the seats: the other side learns neither what it says nor of which kind it is.

Such an entry has its number like any other, and everybody in the matter has a receipt for it. To whom it is not
addressed the receipt opens the day and the number and no more (M14).
"""

from collections.abc import Mapping
from typing import Any

from evenhand.store import models

COMPANION = "companion"
"""The role of whoever accompanies a party: reads what that party reads and acts in nothing (B06)."""
BARE = ("type", "day", "at", "matter", "n")
"""What everybody in a matter reads of each of its entries."""
MESSAGE = "message_sent"
ONE_SIDE = frozenset(("companion_named", "companion_left", "adjustment_asked", "adjustment_answered"))
ADDRESSED = ("body.message", "body.companion", "body.adjustment")
"""The fields that say in `to` for whom it is: a pseudonym, or the role of a seat."""
SEATS = frozenset(("contact_entered", "party_named", "membership_checked", "matter_linked", "matter_marked"))
CONFIDED = ONE_SIDE | SEATS | {MESSAGE}
"""Every one of them."""


def reads_as(part: models.Part) -> models.Part:
    """By whose eyes a part reads: a companion reads what the party reads who named them, everybody else for themselves."""
    if part.role != COMPANION:
        return part
    named = models.Entry.objects.only("by").get(id=part.entry)
    return models.Part.objects.get(matter_id=part.matter_id, pseudonym=named.by)


def concerns(entry: models.Entry, part: models.Part, said: Mapping[str, Any]) -> bool:
    """Whether an entry is open to somebody with a part in its matter, as far as it is between some of them alone.

    A message is for who sent it and to whom: a party by pseudonym, a seat by its role, so that whoever takes the seat
    next finds it. What a party asks for itself is for that party and every seat; contact from outside is for the seats.
    """
    name = entry.rule.partition(".")[2] if entry.type == "procedure" else ""
    to = next((said[field].get("to", "") for field in ADDRESSED if field in said), "")
    if name == MESSAGE:
        return part.pseudonym in (entry.by, to) or (part.kind == "seat" and part.role in (entry.role, to))
    if name in SEATS:
        return part.kind == "seat"
    return name not in ONE_SIDE or part.kind == "seat" or part.pseudonym in (entry.by, to)
