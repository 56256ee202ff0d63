# SPDX-License-Identifier: Apache-2.0
"""The kernel's matter as data that a database keeps, and back."""

from datetime import date, datetime
from typing import Any

from evenhand.casework.matter import Matter
from evenhand.rulebook.model import Span


def as_data(matter: Matter) -> dict[str, Any]:
    """The matter as JSON can hold it: equal matters give equal data."""
    return {
        "rulebook": matter.rulebook,
        "book": matter.book,
        "stage": matter.stage,
        "over": matter.over,
        "facts": sorted(matter.facts),
        "uses": dict(sorted(matter.uses.items())),
        "last": _text(matter.last),
        "entered": _text(matter.entered),
        "counts_from": _text(matter.counts_from),
        "longer": [[span.n, span.unit] for span in matter.longer],
        "running": {name: day.isoformat() for name, day in sorted(matter.running.items())},
        "owed": matter.owed,
    }


def of_data(data: dict[str, Any]) -> Matter:
    """The matter that `as_data` wrote."""
    return Matter(
        rulebook=data["rulebook"],
        book=data["book"],
        stage=data["stage"],
        over=data["over"],
        facts=frozenset(data["facts"]),
        uses=data["uses"],
        last=None if data["last"] is None else datetime.fromisoformat(data["last"]),
        entered=None if data["entered"] is None else datetime.fromisoformat(data["entered"]),
        counts_from=None if data["counts_from"] is None else date.fromisoformat(data["counts_from"]),
        longer=tuple(Span(n, unit) for n, unit in data["longer"]),
        running={name: date.fromisoformat(day) for name, day in data["running"].items()},
        owed=data["owed"],
    )


def _text(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()
