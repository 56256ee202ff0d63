# SPDX-License-Identifier: Apache-2.0
"""Promises in words: what was promised, what became of it so far, and how the cases ended."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from evenhand.casework.phrases_words import day_words, title_of
from evenhand.procedure.backlog import told, told_all
from evenhand.procedure.promising import Fulfilment, fulfilment, promises
from evenhand.store.organisation import Organisation


def told_promises(organisation: Organisation, *, at: datetime, fewest: int = 0) -> list[dict[str, Any]]:
    """Every promise for a page, the newest first; with `fewest`, smaller numbers than that are None."""
    one: Callable[[int], int | None] = (lambda number: told(number, fewest)) if fewest else (lambda number: number)
    found = []
    for promised in promises(organisation):
        became = fulfilment(promised, at=at)
        numbers = [became.in_time, became.late, became.open]
        ends = list(became.outcomes.values())
        names = (gettext("Ended in time"), gettext("Ended too late"), gettext("Open"))
        outcomes = [
            title_of(name, translate=gettext) if name else gettext("No outcome named") for name in became.outcomes
        ]
        found.append(
            {
                "says": promised.says,
                "made": promised.at,
                "before": day_words(promised.before, translate=gettext),
                "until": day_words(promised.until, translate=gettext),
                "count": one(len(promised.cases)),
                "stands": _stands(became),
                "numbers": list(zip(names, told_all(numbers, fewest) if fewest else numbers, strict=True)),
                "outcomes": list(zip(outcomes, told_all(ends, fewest) if fewest else ends, strict=True)),
            }
        )
    return found


def _stands(became: Fulfilment) -> str:
    if became.kept:
        return gettext("It was kept.")
    if became.missed:
        return gettext("It was not kept.")
    return gettext("Its day has not come yet.")
