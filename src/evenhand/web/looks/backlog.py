# SPDX-License-Identifier: Apache-2.0
"""The backlog in words: the same two tables at the desk, with exact numbers, and on the public page, with small ones left out."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext, ngettext

from evenhand.casework.phrases_words import stage_title
from evenhand.procedure.backlog import BANDS, Backlog, Cell, told, told_all
from evenhand.rulebook.model import Rulebook

Numbers = Callable[[Iterable[int]], list[int | None]]


def exact(numbers: Iterable[int]) -> list[int | None]:
    """Every number as it is."""
    return list(numbers)


def tables(found: Backlog, rules: Rulebook, *, fewest: int = 0) -> dict[str, Any]:
    """What the templates show: by age, by stage, and in all. With `fewest`, smaller numbers than that are None."""
    numbers: Numbers = (lambda some: told_all(some, fewest)) if fewest else exact
    one: Callable[[int], int | None] = (lambda number: told(number, fewest)) if fewest else (lambda number: number)
    names = [_ages(first, last) for first, last in BANDS]
    stages = [f"{_book(rules, stage.book)}: {stage_title(stage.stage, translate=gettext)}" for stage in found.stages]
    return {
        "total": one(found.total.open),
        "fewest": fewest,
        "tables": [
            {"caption": gettext("By age"), "head": gettext("Days since entry"), "rows": _rows(names, found.bands, numbers)},
            {
                "caption": gettext("By stage"),
                "head": gettext("Stage"),
                "rows": _rows(stages, [stage.total for stage in found.stages], numbers),
            },
        ],
        "sums": [one(found.total.open), one(found.total.unassigned), one(found.total.suspended)],
        "at": found.at,
    }  # fmt: skip


def _rows(names: Iterable[str], cells: Iterable[Cell], numbers: Numbers) -> list[tuple[str, tuple[int | None, ...]]]:
    some = list(cells)
    columns = [numbers(getattr(cell, name) for cell in some) for name in ("open", "unassigned", "suspended")]
    return list(zip(names, zip(*columns, strict=True), strict=True))


def _ages(first: int, last: int | None) -> str:
    if last is None:
        return ngettext("%(n)d day or more", "%(n)d days or more", first) % {"n": first}
    return gettext("%(first)d to %(last)d days") % {"first": first, "last": last}


def _book(rules: Rulebook, book: str) -> str:
    return rules.books[book].title or book if book in rules.books else book
