# SPDX-License-Identifier: Apache-2.0
"""Says how well a mapping fits a source: rows in and out of each SQL, what was rejected, what does not join."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.examine import sandbox
from evenhand.examine.history import History
from evenhand.examine.listing import by_reason
from evenhand.examine.mapping import TABLES, Mapping, read_mapping
from evenhand.examine.opening import open_history
from evenhand.examine.pairing import doubled_keys
from evenhand.examine.quoting import name, texts
from evenhand.examine.rules_of_the_day import load_books
from evenhand.examine.snapshots import read_snapshots
from evenhand.examine.sources import doubt, find_files
from evenhand.examine.trouble import Unreadable

JOINS = (
    ("acts", "case_id", "cases", "case_id", "rows of acts belong to a case that is not among the cases"),
    ("allegations", "case_id", "cases", "case_id", "allegations belong to a case that is not among the cases"),
    ("allegations", "person", "people", "person", "allegations name a person who is not among the people"),
    ("acts", "actor", "people", "person", "acts have an actor who is not among the people"),
)


@dataclass(frozen=True, kw_only=True)
class Fit:
    """How a mapping fits a source. `problems` are sentences; the mapping holds if there are none."""

    files: tuple[dict[str, Any], ...]
    tables: tuple[dict[str, Any], ...]
    rejected: tuple[dict[str, Any], ...]
    doubtful: tuple[dict[str, Any], ...]
    unmatched: tuple[dict[str, Any], ...]
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything that the mapping names is there and every row could be read."""
        return not self.problems

    @property
    def lines(self) -> tuple[str, ...]:
        """The whole in sentences, for the terminal."""
        said = [f"{f['name']}: {_rows(f['rows'])} read, {f['rejected']:,} rejected." for f in self.files]
        said += [
            f"{t['table']}.sql: {_rows(t['rows_given'])}, of which {t['rows']:,} are kept."
            if t["sql"]
            else f"{t['table']}: the mapping has no {t['table']}.sql."
            for t in self.tables
        ]
        said += [f"rejected: {_rows(r['rows'])} of {r['file']}: {r['reason']}" for r in self.rejected]
        said += [f"doubtful: {_rows(d['rows'])} of {d['table'] or d['file']}: {d['reason']}" for d in self.doubtful]
        said += [f"{u['rows']:,} of {u['of']:,} {u['says']}." for u in self.unmatched]
        said += [f"Does not fit: {problem}" for problem in self.problems]
        return (*said, "The mapping fits." if self.holds else "The mapping does not fit yet.")

    def as_dict(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "holds": self.holds,
            "files": list(self.files),
            "tables": list(self.tables),
            "rejected": list(self.rejected),
            "doubtful": list(self.doubtful),
            "unmatched": list(self.unmatched),
            "problems": list(self.problems),
        }


def check_mapping(mapping: Path, source: Path, progress: Callable[[str, float], None] | None = None) -> Fit:
    """Run a mapping over a source and say what does not fit. Raises `Unreadable` where nothing can be run."""
    known = read_mapping(mapping)
    if known.key and not known.sql:
        return _check_snapshots(known, source, progress or (lambda what, share: None))
    with open_history(mapping, source, progress=progress) as history:
        rejected, doubtful = by_reason(history.con)
        return Fit(
            files=tuple(file.as_dict() for file in history.files),
            tables=tuple(
                {
                    "table": table,
                    "sql": table in history.mapping.sql,
                    "rows_given": history.made.get(table, 0),
                    "rows": history.rows[table],
                }
                for table in TABLES
            ),
            rejected=rejected,
            doubtful=doubtful,
            unmatched=tuple(found for join in JOINS if (found := _unmatched(history, *join))),
            problems=(*_missing(rejected), *_dates(history), *_findings(history), *_compared(history), *_acts(history)),
        )


def _check_snapshots(known: Mapping, source: Path, tell: Callable[[str, float], None]) -> Fit:
    """A mapping without SQL compares snapshots: each file must have the key, and should have the outcomes."""
    with tempfile.TemporaryDirectory(prefix="evenhand-") as work:
        con = sandbox.connect(Path(work), threads=2, memory="1GB", zone=known.zone)
        try:
            files = read_snapshots(con, known, find_files(source), Path(work), tell)
            doubled = [(file, count) for file in files if (count := doubled_keys(con, file.table, known.key))]
            for file, count in doubled:
                doubt(
                    con, file.name, None, f"{count:,} rows have a key that an earlier row has; they are told by order."
                )
            rejected, doubtful = by_reason(con)
        finally:
            con.close()
    lacking = [
        f"{file.name} has no column {column}, which [snapshots] outcome_columns names."
        for file in files
        for column in known.outcome_columns
        if column not in file.columns
    ]
    return Fit(
        files=tuple(file.as_dict() for file in files),
        tables=(),
        rejected=rejected,
        doubtful=doubtful,
        unmatched=(),
        problems=(*_missing(rejected), *lacking),
    )


def _unmatched(history: History, table: str, column: str, other: str, key: str, says: str) -> dict[str, Any] | None:
    """Rows whose join finds nothing, where both sides are there at all."""
    if not (history.has(table) and history.has(other)):
        return None
    row = history.con.execute(
        f"SELECT count(*) FILTER ({column} NOT IN (SELECT {key} FROM {other} WHERE {key} IS NOT NULL)), "
        f"count({column}) FROM {table}"
    ).fetchone()
    if row is None or not row[1]:
        return None
    return {"table": table, "column": column, "with": other, "rows": row[0], "of": row[1], "says": says}


def _missing(rejected: tuple[dict[str, Any], ...]) -> list[str]:
    """Whatever was rejected: a missing file or column (one row each), or lines that could not be read."""
    return [
        row["reason"] if row["file"] in row["reason"] else f"{_rows(row['rows'])} of {row['file']}: {row['reason']}"
        for row in rejected
    ]


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _dates(history: History) -> list[str]:
    """A column most of whose dates cannot be read was given in a form that mapping.toml does not name."""
    rows = history.con.execute(
        "SELECT tbl, reason, count(*), min(value) FROM doubtful "
        "WHERE contains(reason, 'cannot be read as a date') GROUP BY ALL"
    ).fetchall()
    return [
        f"{table}.sql: {reason} ({_rows(count)}, for example {value}); name the form under [source] dates."
        for table, reason, count, value in rows
        if 2 * count > history.made.get(table, 0)
    ]


def _findings(history: History) -> list[str]:
    """Findings that mapping.toml names and no allegation has."""
    mapping = history.mapping
    if not history.has("allegations"):
        return []
    rows = history.con.execute("SELECT DISTINCT finding FROM allegations WHERE finding IS NOT NULL").fetchall()
    there = {row[0] for row in rows}
    wanted = [*mapping.against, *mapping.other]
    lacking = [finding for finding in wanted if finding not in there]
    said = [f"mapping.toml: no allegation has the finding {finding}." for finding in lacking]
    if not mapping.against and there:
        common = ", ".join(sorted(there)[:8])
        said.append(f"mapping.toml: [findings] against names no finding; the findings there are: {common}.")
    return said


def _compared(history: History) -> list[str]:
    """Columns that a comparison names and no table has."""
    said = []
    for compare in history.mapping.compare:
        for column in (compare.column, *compare.strata):
            table, _, field = column.partition(".")
            if table == "received" and field in ("year", "month"):
                continue
            if table not in TABLES or field.lower() not in _columns(history, table):
                said.append(
                    f"mapping.toml: [[compare]] {compare.attribute} names {column}, which no table has; "
                    "write it as TABLE.COLUMN, such as people.gender."
                )
                continue
            counted = history.con.execute(f"SELECT count(DISTINCT {name(field)}) FROM {table}").fetchone()
            if column == compare.column and counted and counted[0] < 2:
                said.append(f"mapping.toml: {column} has fewer than two different values; nothing can be compared.")
    return said


def _columns(history: History, table: str) -> set[str]:
    return {column.lower() for column in history.con.table(f"main.{table}").columns}


def _acts(history: History) -> list[str]:
    """Acts of the history that no rulebook of the mapping knows; or why the rulebook cannot be used."""
    try:
        books = load_books(history.mapping)
    except Unreadable as trouble:
        return [trouble.sentence]
    if books is None:
        return []
    known = sorted({act for version in books.versions for act in version.book.acts})
    rows = history.con.execute(
        f"SELECT act, count(*) FROM acts WHERE NOT list_contains({texts(known)}, act) "
        "GROUP BY act ORDER BY 2 DESC, 1 LIMIT 20"
    ).fetchall()
    return [f"acts.sql: the rulebook knows no act {act} ({_rows(count)})." for act, count in rows]
