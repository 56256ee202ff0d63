# SPDX-License-Identifier: Apache-2.0
"""Reads findings by path, and for what is null the sentence that says why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.examine import phrases
from evenhand.examine.report_markup import Html, Piece, data, html, prose, said, tag

INDEX = re.compile(r"\[(\d+)\]")
NOT_SAID = "The findings do not say why."


@dataclass(frozen=True)
class Findings:
    """`findings.json` as it was read, and the names of the files that lie beside the report in `tables/`."""

    tree: Mapping[str, Any]
    tables: frozenset[str] = frozenset()

    def at(self, path: str) -> Any:
        """The value at a path such as `population.closure_days.km_median`, or None."""
        value: Any = self.tree
        for step in steps(path):
            if isinstance(value, Mapping):
                value = value.get(step)
            elif isinstance(value, Sequence) and not isinstance(value, str) and step.isdigit():
                value = value[int(step)] if int(step) < len(value) else None
            else:
                return None
        return value

    def number(self, path: str) -> int | float | None:
        """The number at a path, or None."""
        return as_number(self.at(path))

    def rows(self, path: str) -> list[dict[str, Any]]:
        """The rows at a path; none if there is no list."""
        value = self.at(path)
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    def opening(self, path: str) -> list[str]:
        """The tables whose rows are the count at a path, as the findings list them."""
        listed = self.rows("tables")
        return [stem(row.get("name")) for row in listed if path in (row.get("opens") or ())]

    def rows_of(self, table: str) -> int | None:
        """How many rows a table has, as the findings list it."""
        found = next((row.get("rows") for row in self.rows("tables") if stem(row.get("name")) == table), None)
        return found if isinstance(found, int) else None

    def why(self, path: str) -> str:
        """Why there is nothing at this path: the reason given for it, for what it belongs to, or inside it."""
        given = self.tree.get("why")
        reasons = {".".join(steps(key)): value for key, value in given.items()} if isinstance(given, Mapping) else {}
        parts = steps(path)
        for length in range(len(parts), 0, -1):
            reason = reasons.get(".".join(parts[:length]))
            inner = self.at(".".join(parts[:length]))
            if reason is None and isinstance(inner, Mapping):
                reason = inner.get("why")
            if isinstance(reason, str) and reason:
                return reason
        return NOT_SAID

    def value(self, path: str) -> Html:
        """The number at a path as it stands on the page, or why there is none."""
        number = self.number(path)
        return self.absent(path) if number is None else html(number)

    def absent(self, path: str) -> Html:
        """Not known, and why, as it stands in a cell or in a sentence."""
        return said('<span class="quiet">Not known: {why}</span>', why=prose(self.why(path)))


def steps(path: str) -> list[str]:
    """`equal_treatment[0].crude` and `equal_treatment.0.crude` are the same path."""
    return [step for step in INDEX.sub(r".\1", path).split(".") if step]


def stem(name: object) -> str:
    """The name of a table without its folder and its ending."""
    return str(name).rsplit("/", 1)[-1].removesuffix(".parquet")


def as_number(value: object) -> int | float | None:
    """A number, or None: a truth value is none."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def whole(row: Mapping[str, Any], key: str) -> int:
    """The count under a key of a row; 0 where there is none."""
    number = as_number(row.get(key))
    return int(number) if number is not None else 0


def cell(row: Mapping[str, Any], key: str) -> Piece:
    """The number under a key of a row as it stands in a table, or a dash."""
    number = as_number(row.get(key))
    return Html("–") if number is None else html(number)


def names(value: object) -> Html:
    """One name or several of the rulebook or the source, in the letters in which names are compared by eye."""
    if value is None or value == "" or value == []:
        return Html("–")
    several = value if isinstance(value, list | tuple) else [value]
    told = [tag("code", data(each)) for each in several]
    return Html(f"{', '.join(told[:-1])} or {told[-1]}" if len(told) > 1 else told[0])


def versions(row: Mapping[str, Any]) -> Html:
    """Which versions of the rulebook a row is about, where there are several."""
    given = row.get("versions")
    several = ", ".join(str(each) for each in given) if isinstance(given, list | tuple) else ""
    return said(" (version {versions})", versions=several) if several else Html("")


def period_of(row: Mapping[str, Any]) -> str:
    """The period a row is about."""
    return phrases.period(row.get("from"), row.get("to"))
