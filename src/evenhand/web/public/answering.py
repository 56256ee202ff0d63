# SPDX-License-Identifier: Apache-2.0
"""What an answer of the tour is: a sentence, a table, who sees more, the rule, and how somebody outside checks it.

A real organisation shows no such page: exact figures and code names of open matters stand here only because everybody in
it is invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from evenhand.store import models

Says = Promise | str
DISCIPLINE = "discipline"
AUDIT = "evenhand audit --dir {folder}"
EXPORT = "evenhand record export audit --dir {folder}"
VERIFY = 'evenhand-verify audit --key "$(cat {folder}/record/vkey)"'


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a table: words or a number, and where time is compared the days allowed and used."""

    says: Says
    number: bool = False
    days: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """Some rows under their heads; `sums` is the last line where a sum balances."""

    caption: Says
    heads: tuple[tuple[Says, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[Cell, ...] = ()

    @property
    def labelled(self) -> list[list[tuple[Says, Cell]]]:
        """The rows, each cell with its head: on a phone a row becomes a block of labels and values."""
        return [self._labelled(row) for row in self.rows]

    @property
    def sum_labelled(self) -> list[tuple[Says, Cell]]:
        """The last line in the same way."""
        return self._labelled(self.sums)

    def _labelled(self, row: tuple[Cell, ...]) -> list[tuple[Says, Cell]]:
        return [(head, cell) for (head, _), cell in zip(self.heads, row, strict=False)]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One question with its answer in a sentence; `lacks` says what is not there yet."""

    asks: Says
    says: Says
    seen: Says
    rule: Says
    checks: tuple[str, ...]
    table: Table | None = None
    lacks: Says = ""


@dataclass(frozen=True)
class Tour:
    """What the tour asks about: the matters of the story by step, and the day on which it is asked."""

    folder: str
    matters: Mapping[str, str]
    at: datetime

    def matter(self, step: str) -> models.Matter | None:
        """The matter of a step, if the organisation has one."""
        return models.Matter.objects.filter(ident=self.matters.get(step, "")).first()

    def commands(self, *lines: str) -> tuple[str, ...]:
        """Commands with the folder filled in."""
        return tuple(line.format(folder=self.folder) for line in lines)
