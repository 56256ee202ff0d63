# SPDX-License-Identifier: Apache-2.0
"""Turns what the SQL of a mapping gave into the tables of a history, and lists every value that does not fit.

Types are read here and nowhere else. A value that cannot be read becomes NULL and a row of `doubtful`;
a row without its key goes to `rejected`; everything else is kept, with every further column the SQL gave.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from evenhand.examine import dates
from evenhand.examine.quoting import name, text


@dataclass(frozen=True)
class Column:
    """A column every history has: as the SQL of a mapping names it, as the history does, and how it is read."""

    given: str
    kept: str
    kind: str


def _columns(*specs: str) -> tuple[Column, ...]:
    parts = [spec.split(":") for spec in specs]
    return tuple(Column(given, "case_id" if given == "case" else given, kind) for given, kind in parts)


SHAPES: dict[str, tuple[Column, ...]] = {
    "cases": _columns("case:text", "received:day", "closed:day"),
    "acts": _columns("case:text", "seq:number", "act:text", "at:moment", "actor:text", "role:text"),
    "people": _columns("person:text"),
    "facts": _columns("kind:text", "a:text", "b:text", "since:day", "until:day", "source:text"),
    "allegations": _columns(
        "case:text", "person:text", "clause:text", "finding:text", "recommended:text", "sanction:text"
    ),
}
NEEDED = {
    "cases": ("case",),
    "acts": ("case", "act"),
    "people": ("person",),
    "facts": ("kind",),
    "allegations": ("case",),
}
TYPES = {"text": "VARCHAR", "number": "BIGINT", "day": "DATE", "moment": "TIMESTAMP"}


def empty_table(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """A table of the history without rows, where the mapping has no SQL for it."""
    columns = [f"{name(column.kept)} {TYPES[column.kind]}" for column in SHAPES[table]]
    if table == "acts":
        columns.append("day DATE")
    con.execute(f"CREATE OR REPLACE TABLE main.{table} ({', '.join(columns)})")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How the values of one history are read: further formats of dates, the day of the export, the files of rows."""

    formats: Sequence[str] = ()
    as_of: date | None = None
    file: str | None = None


def normalise(con: duckdb.DuckDBPyConnection, table: str, reading: Reading) -> None:
    """Make `main.<table>` from `made.<table>`, which is dropped; `reading.file` is the file its `_line` counts."""
    made = f"made.{table}"
    kinds = {row[0]: row[1] for row in con.execute(f"DESCRIBE {made}").fetchall()}
    by_name = {column.lower(): column for column in kinds}
    line = name(by_name["_line"]) if "_line" in by_name else "NULL::BIGINT"
    file = name(by_name.pop("_file")) if "_file" in by_name else text(reading.file)
    case = _text(name(by_name["case"]), kinds[by_name["case"]]) if "case" in by_name else "NULL"

    chosen: list[str] = []
    for column in SHAPES[table]:
        given = by_name.pop(column.given, None)
        if given is None:
            chosen.append(f"NULL::{TYPES[column.kind]} AS {name(column.kept)}")
            continue
        chosen.append(
            f"{_read(con, table, column, given, kinds[given], reading, (case, file, line))} AS {name(column.kept)}"
        )
    # What the SQL gives beyond the known columns is kept as it is, under its own name.
    chosen += [name(given) for lower, given in by_name.items() if lower not in ("case_id", "day")]

    keys = [name(column.given) for column in SHAPES[table] if column.given in NEEDED[table]]
    missing = " OR ".join(f"{key} IS NULL" for key in keys)
    con.execute(
        f"""INSERT INTO main.rejected
            SELECT coalesce({file}, {text(table + ".sql")}), {line},
                   {text(f"The row that {table}.sql makes of it has no " + " or no ".join(NEEDED[table]) + ".")},
                   left(CAST(made AS VARCHAR), 500)
            FROM {made} AS made WHERE {missing}"""
    )
    order = " ORDER BY rowid" if table == "acts" else ""
    source = f"SELECT {', '.join(chosen)}, rowid AS _place FROM {made} WHERE NOT ({missing}){order}"
    if table == "acts":
        seq = (
            "seq"
            if "seq" in {column.lower() for column in kinds}
            else ('row_number() OVER (PARTITION BY case_id ORDER BY "at" NULLS LAST, _place)')
        )
        select = f'SELECT * EXCLUDE (_place) REPLACE ({seq} AS seq), CAST("at" AS DATE) AS day FROM ({source})'
    else:
        select = f"SELECT * EXCLUDE (_place) FROM ({source}) ORDER BY _place"
    con.execute(f"CREATE OR REPLACE TABLE main.{table} AS {select}")
    con.execute(f"DROP TABLE {made}")


def _text(column: str, kind: str) -> str:
    return f"nullif({column}, '')" if kind == "VARCHAR" else f"CAST({column} AS VARCHAR)"


def _read(
    con: duckdb.DuckDBPyConnection,
    table: str,
    column: Column,
    given: str,
    kind: str,
    reading: Reading,
    place: tuple[str, str, str],
) -> str:
    """The expression that reads one column; what it cannot read is entered in `doubtful` at once.

    `place` are the expressions for the case, the file and the line of a row.
    """
    raw = name(given)
    if column.kind == "text":
        return _text(raw, kind)
    as_text = f"CAST({raw} AS VARCHAR)"
    if column.kind == "number":
        value = f"TRY_CAST({raw} AS BIGINT)"
        wrong = f"CASE WHEN {value} IS NULL THEN {text(f'{column.given} is not a number.')} END"
    else:
        read = dates.day if column.kind == "day" else dates.moment
        value = read(raw, kind, reading.formats)
        unread = text(f"{column.given} cannot be read as a date.")
        implausible = text(
            f"{column.given} is not a plausible day (before {dates.FIRST_DAY} or after {dates.LAST_DAY})."
        )
        fits = dates.plausible(value)
        wrong = f"CASE WHEN {value} IS NULL THEN {unread} WHEN NOT {fits} THEN {implausible}"
        if reading.as_of is not None:
            late = text(f"{column.given} lies after the day of the export, {reading.as_of}; it is kept as given.")
            wrong += f" WHEN CAST({value} AS DATE) > DATE '{reading.as_of}' THEN {late}"
        wrong += " END"
        value = f"CASE WHEN {fits} THEN {value} END"
    con.execute(
        f"""INSERT INTO main.doubtful
            SELECT {text(table)}, {", ".join(place)}, {wrong} AS reason, {as_text}
            FROM made.{table} WHERE {raw} IS NOT NULL AND {as_text} <> '' AND reason IS NOT NULL"""
    )
    return value
