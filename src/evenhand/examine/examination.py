# SPDX-License-Identifier: Apache-2.0
"""What every finding of one examination works on: the history, its last day, its rulebooks, the shelf of tables."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from evenhand.examine.history import History
from evenhand.examine.quoting import name, text
from evenhand.examine.replaying import Walk
from evenhand.examine.rules_of_the_day import Books

LAST_DAY = """
SELECT max(day) FROM (
    SELECT max(received) AS day FROM cases UNION ALL SELECT max(closed) FROM cases UNION ALL SELECT max(day) FROM acts
)
"""


@dataclass
class Shelf:
    """The Parquet tables of a run: each count of the findings can be opened to its rows in one of them."""

    con: duckdb.DuckDBPyConnection
    folder: Path
    listed: list[dict[str, Any]] = field(default_factory=list)

    def put(self, table: str, select: str, *, says: str, opens: Iterable[str] = ()) -> int:
        """Write the rows of a SELECT as `TABLE.parquet` and return how many there are.

        `says` tells in a sentence what a row is; `opens` are the paths of the findings that equal the number of rows.
        """
        stem = file_name(table)
        taken = {known["name"] for known in self.listed}
        while stem in taken:
            stem += "_"
        path = self.folder / f"{stem}.parquet"
        columns = [str(row[0]) for row in self.con.execute(f"DESCRIBE ({select})").fetchall()]
        if "case_id" in columns:
            # Outside, a history calls it "case"; inside, that word would have to be quoted everywhere.
            select = f'SELECT * RENAME (case_id AS "case") FROM ({select})'
        copied = self.con.execute(f"COPY ({select}) TO {text(str(path))} (FORMAT parquet, COMPRESSION zstd)").fetchall()
        rows = int(copied[0][0])
        self.listed.append({"name": stem, "rows": rows, "says": says, "opens": list(opens)})
        return rows


def file_name(table: str) -> str:
    """A name of the source or the rulebook as the name of a file."""
    return re.sub(r"[^\w.-]+", "_", table).strip("._")[:80] or "table"


@dataclass
class Examination:
    """One run. `why` collects a sentence for each path that is null, `notes` sentences on what the source cannot show.

    `as_of` is the day up to which open cases were watched: the day of the export, else the last day in the file.
    `walks` are the replays by version, once they are made.
    """

    history: History
    shelf: Shelf
    books: Books | None
    as_of: date | None
    why: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    walks: dict[int, Walk] = field(default_factory=dict)

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The connection of the history."""
        return self.history.con

    def unknown(self, path: str, why: str) -> None:
        """Say why there is nothing at this path. Returns None, which is what stands there."""
        self.why[path] = why

    def rows(self, select: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Every row of the answer."""
        return self.con.execute(select, list(given)).fetchall()

    def row(self, select: str, given: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The one row of the answer."""
        return self.rows(select, given)[0]

    def columns(self, table: str) -> dict[str, str]:
        """The columns of a table of the history by their name in small letters."""
        described = self.rows(f"DESCRIBE main.{name(table)}")
        return {str(row[0]).lower(): str(row[0]) for row in described}


def last_day(history: History) -> date | None:
    """The day of the export as the mapping gives it, else the last day in the file."""
    if history.mapping.as_of is not None:
        return history.mapping.as_of
    found = history.con.execute(LAST_DAY).fetchall()[0][0]
    return found if isinstance(found, date) else None
