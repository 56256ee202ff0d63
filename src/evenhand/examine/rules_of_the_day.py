# SPDX-License-Identifier: Apache-2.0
"""Loads the rulebooks of a mapping and finds for each case the version that was in force on the day it was received."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from evenhand.examine.mapping import Mapping
from evenhand.examine.trouble import Unreadable
from evenhand.rulebook.model import Book, Rulebook
from evenhand.rulebook.table import Table, compile_book

BEFORE_THE_FIRST = (
    "Cases received before the first version of the rulebook was in force, or on a day that is not known: {count}. "
    "They were examined under that version."
)


@dataclass(frozen=True, eq=False)
class Version:
    """One version of the rulebook, with the compiled book that the cases follow."""

    number: int
    rulebook: Rulebook
    table: Table

    @property
    def book(self) -> Book:
        """The book itself."""
        return self.table.book

    def as_dict(self) -> dict[str, Any]:
        """For findings.json."""
        known = self.rulebook
        return {
            "id": known.id,
            "title": known.title,
            "version": known.version,
            "in_force": None if known.in_force is None else known.in_force.isoformat(),
            "digest": known.digest,
            "book": self.book.id,
        }


@dataclass(frozen=True, eq=False)
class Books:
    """The versions in the order in which they came into force."""

    versions: tuple[Version, ...]

    @property
    def several(self) -> bool:
        """Whether the rules changed during the history."""
        return len(self.versions) > 1

    def told(self, numbers: list[int]) -> dict[str, Any]:
        """Which versions a finding is about, where there are several: their numbers in the texts."""
        return {"versions": [self.versions[number].rulebook.version for number in numbers]} if self.several else {}

    def suffix(self, numbers: list[int]) -> str:
        """What tells the tables of these versions apart, where there are several: `_1_2`."""
        return "".join(f"_{self.versions[number].rulebook.version}" for number in numbers) if self.several else ""

    def as_dict(self) -> dict[str, Any]:
        """The latest version, and all of them where there are several."""
        latest = self.versions[-1].as_dict()
        return latest | ({"versions": [one.as_dict() for one in self.versions]} if self.several else {})


def load_books(mapping: Mapping) -> Books | None:
    """The rulebooks a mapping names, compiled; None if it names none. Raises `Unreadable` with what to do."""
    if not mapping.rulebooks:
        return None
    # Only here, so that a source without a rulebook is examined without the loader.
    from evenhand.rulebook.calendar import Calendar, Uncountable
    from evenhand.rulebook.loading import load
    from evenhand.rulebook.malformed import Malformed
    from evenhand.rulebook.table import TooLarge

    loaded: list[Version] = []
    for path in mapping.rulebooks:
        try:
            rulebook = load(path)
            Calendar(rulebook.calendar)
            loaded.append(Version(0, rulebook, compile_book(rulebook, _book(mapping, path, rulebook))))
        except (Malformed, TooLarge, Uncountable) as error:
            raise Unreadable(f"The rulebook cannot be used: {error}") from None
    undated = [version.rulebook for version in loaded if version.rulebook.in_force is None]
    if len(loaded) > 1 and len(undated) > 1:
        raise Unreadable(
            f"{mapping.folder / 'mapping.toml'} names several versions of the rulebook; "
            "give each of them the day `in_force`, so that a case is examined under the rules of its day."
        )
    loaded.sort(key=lambda version: version.rulebook.in_force or date.min)
    return Books(tuple(Version(place, one.rulebook, one.table) for place, one in enumerate(loaded)))


def _book(mapping: Mapping, path: Path, rulebook: Rulebook) -> str:
    known = list(rulebook.books)
    if mapping.book is not None:
        if mapping.book not in rulebook.books:
            raise Unreadable(f"{path} has no book {mapping.book}; [source] book can be: {', '.join(known) or 'none'}.")
        return mapping.book
    if len(known) == 1:
        return known[0]
    raise Unreadable(
        f"{path} has {len(known)} books ({', '.join(known)}); say in mapping.toml, under [source], "
        "which of them the cases follow: book = ..."
    )


def assign_versions(con: duckdb.DuckDBPyConnection, books: Books) -> int:
    """Create `ruled (case_id, version)`; returns how many cases are older than the first version, which they then get.

    A case without a day of receipt takes the day of its first act.
    """
    if not books.several:
        con.execute("CREATE OR REPLACE TEMP TABLE ruled AS SELECT case_id, 0::INTEGER AS version FROM cases")
        return 0
    days = [version.rulebook.in_force or date.min for version in books.versions]
    con.execute("CREATE OR REPLACE TEMP TABLE in_force (version INTEGER, since DATE)")
    con.executemany("INSERT INTO in_force VALUES (?, ?)", [[place, day] for place, day in enumerate(days)])
    con.execute(
        """CREATE OR REPLACE TEMP TABLE ruled AS
           WITH first AS (SELECT case_id, min(day) AS began FROM acts GROUP BY case_id)
           SELECT cases.case_id, coalesce(in_force.version, 0)::INTEGER AS version, in_force.version IS NULL AS older
           FROM (SELECT case_id, coalesce(received, began) AS began FROM cases LEFT JOIN first USING (case_id)) AS cases
           ASOF LEFT JOIN in_force ON cases.began >= in_force.since"""
    )
    older = con.execute("SELECT count(*) FROM ruled WHERE older").fetchall()[0][0]
    con.execute("ALTER TABLE ruled DROP COLUMN older")
    return int(older)
