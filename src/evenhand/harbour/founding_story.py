# SPDX-License-Identifier: Apache-2.0
"""The founding story (S0, M13): what a published criticism tells of one organisation, played with invented people.

Every step is taken through the one writer, on its day, by whoever would take it, under the rulebook as it is shipped.
What stands in `evenhand.web.public.story` is what each step shows, in the order of this list.
"""

from collections.abc import Iterator
from datetime import datetime

from evenhand.harbour.founding_case import FIRST
from evenhand.harbour.founding_critics import THIRD
from evenhand.harbour.founding_decision import SECOND
from evenhand.harbour.founding_rules import FOURTH
from evenhand.harbour.people import People
from evenhand.harbour.telling import Step, Telling, begins, tell
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation

STEPS: tuple[Step, ...] = (*FIRST, *SECOND, *THIRD, *FOURTH)
DAYS = 222
"""How long before the end of the three years the meeting was: the whole story lies under the rules now in force."""


def prepare(organisation: Organisation, people: People, chance: Chance, *, until: datetime) -> Telling:
    """The story before its first step."""
    start = begins(until, DAYS)
    return Telling(organisation, people, chance, start, start)


def first(telling: Telling) -> datetime:
    """When it begins."""
    return min(step.at(telling.start) for step in STEPS)


def play(telling: Telling) -> Iterator[datetime]:
    """Plays it, one step each time it is asked; gives the instant of the next."""
    return tell(telling, STEPS)
