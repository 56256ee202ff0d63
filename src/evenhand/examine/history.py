# SPDX-License-Identifier: Apache-2.0
"""A case history that is open: its connection, its mapping, its files, and what was asked of them in vain."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import duckdb

from evenhand.examine.mapping import Mapping
from evenhand.examine.sources import SourceFile


@dataclass
class History:
    """A case history in DuckDB: the tables cases, acts, people, facts, allegations, rejected and doubtful.

    `files` are the source as given, `work` the one folder the connection may still write to. `missing` lists
    (table of the source, column) that the SQL asked for in vain; such a column was read as empty everywhere.
    """

    con: duckdb.DuckDBPyConnection
    mapping: Mapping
    files: list[SourceFile]
    work: Path
    rows: dict[str, int] = field(default_factory=dict)
    missing: list[tuple[str, str]] = field(default_factory=list)
    made: dict[str, int] = field(default_factory=dict)
    _own_work: bool = False

    def has(self, table: str) -> bool:
        """Whether the table has any row."""
        return self.rows.get(table, 0) > 0

    def close(self) -> None:
        """Let the connection and the working folder go."""
        self.con.close()
        if self._own_work:
            shutil.rmtree(self.work, ignore_errors=True)

    def __enter__(self) -> "History":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
