# SPDX-License-Identifier: Apache-2.0
"""How long or how much a sanction is, held against the most that the rulebook allows (F03).

Both are words with numbers in them, as “6 months” and “12 months on file”. Of several numbers the largest counts, so that
nothing can hide behind a shorter one. Between units that the calendar does not fix, only what is longer in any case is.
"""

import re
from typing import Literal

MEASURED = re.compile(r"(?<![0-9.,])([0-9]{1,6})\s*(day|week|month|year|session)s?\b", re.IGNORECASE)
DAYS = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366)}
"""The fewest and the most days of each unit."""
MONTHS = {"month": 1, "year": 12}

Held = Literal["", "longer", "unread"]
"""Nothing against it; longer than the most; or not a number and a unit that can be held against it."""


def held_against(length: str, most: str) -> Held:
    """How a length such as “18 months” stands to one such as “12 months on file”; nothing where either is empty."""
    allowed = MEASURED.findall(most)
    if not length.strip() or not allowed:
        return ""
    asked = MEASURED.findall(length)
    if not asked or any(_kind(unit) != _kind(allowed[0][1]) for _, unit in asked):
        return "unread"
    return "longer" if any(_longer(one, allowed[0]) for one in asked) else ""


def _kind(unit: str) -> str:
    return "time" if unit.lower() in DAYS else unit.lower()


def _longer(asked: tuple[str, str], allowed: tuple[str, str]) -> bool:
    (many, unit), (most, its) = ((int(number), unit.lower()) for number, unit in (asked, allowed))
    if unit == its:
        return many > most
    if unit in MONTHS and its in MONTHS:
        return many * MONTHS[unit] > most * MONTHS[its]
    return many * DAYS[unit][0] > most * DAYS[its][1]
