# SPDX-License-Identifier: Apache-2.0
"""Looks at the columns of a source: how many values, how many different ones, which read as dates and in what form."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from evenhand.examine.dates import moment
from evenhand.examine.quoting import name, text
from evenhand.examine.sources import SourceFile

MOST_COMPARED = 20_000
MOST_DATES = 1_000
FORMATS = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%m/%d/%y",
    "%d/%m/%y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d %B %Y",
    "%Y%m%d",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%y",
    "%d-%m-%y",
    "%m-%d-%y",
    "%d %b %Y",
    "%d %b %y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d/%m/%y %H:%M",
    "%m/%d/%y %H:%M",
    "%d.%m.%y %H:%M",
    "%d-%b-%Y %H:%M",
)
MOSTLY = 0.9
NEARLY = 0.99


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One column as it is: `filled` rows of `rows` have a value, `distinct` of them differ.

    `dates` are the formats that read it as dates ("ISO" or strptime), best first; `examples` are its commonest values.
    """

    file: str
    table: str
    column: str
    rows: int
    filled: int
    distinct: int
    dates: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def unique(self) -> bool:
        """Whether every row has a value of its own."""
        return self.rows > 0 and self.distinct == self.rows

    @property
    def nearly_unique(self) -> bool:
        """Whether nearly every row has a value of its own: a file of cases in which a few lines are there twice."""
        return self.rows > 0 and self.distinct >= NEARLY * self.rows

    @property
    def sql(self) -> str:
        """The column as the SQL of a mapping names it."""
        return name(self.column)


def look(con: duckdb.DuckDBPyConnection, files: list[SourceFile]) -> list[Seen]:
    """Every column of every file, in their order."""
    return [_column(con, file, column) for file in files for column in file.columns]


def _column(con: duckdb.DuckDBPyConnection, file: SourceFile, column: str) -> Seen:
    table, value = f"source.{name(file.table)}", f"CAST({name(column)} AS VARCHAR)"
    row = con.execute(f"SELECT count(*), count({value}), count(DISTINCT {value}) FROM {table}").fetchone()
    rows, filled, distinct = row or (0, 0, 0)
    common = con.execute(
        f"SELECT {value} AS v FROM {table} WHERE v IS NOT NULL GROUP BY v ORDER BY count(*) DESC, v LIMIT 8"
    ).fetchall()
    return Seen(
        file=file.name,
        table=file.table,
        column=column,
        rows=rows,
        filled=filled,
        distinct=distinct,
        dates=_dates(con, table, value),
        examples=tuple(value for (value,) in common),
    )


def _dates(con: duckdb.DuckDBPyConnection, table: str, value: str) -> tuple[str, ...]:
    """The formats that read nearly all of the first values. A number alone is a date only as %Y%m%d."""
    forms = ", ".join(
        f"count(*) FILTER (try_strptime(v, {text(form)}) BETWEEN TIMESTAMP '1900-01-01' AND TIMESTAMP '2100-12-31')"
        for form in FORMATS
    )
    row = con.execute(
        f"SELECT count(*), count({moment('v', 'VARCHAR', ())}), {forms} "
        f"FROM (SELECT DISTINCT {value} AS v FROM {table} WHERE length({value}) >= 6 ORDER BY v LIMIT {MOST_DATES})"
    ).fetchone()
    if row is None or not row[0]:
        return ()
    shares = {form: count / row[0] for form, count in zip(("ISO", *FORMATS), row[1:], strict=True)}
    fitting = [form for form, share in shares.items() if share >= MOSTLY]
    return tuple(sorted(fitting, key=lambda form: -shares[form]))


def shared_values(con: duckdb.DuckDBPyConnection, one: Seen, other: Seen) -> float:
    """The share of the different values of `one` that are found in `other`."""
    sought = f"SELECT CAST({other.sql} AS VARCHAR) FROM source.{name(other.table)}"
    row = con.execute(
        f"""SELECT count(*), count(*) FILTER (v IN ({sought}))
            FROM (SELECT DISTINCT CAST({one.sql} AS VARCHAR) AS v FROM source.{name(one.table)}
                  WHERE {one.sql} IS NOT NULL LIMIT {MOST_COMPARED})"""
    ).fetchone()
    return row[1] / row[0] if row and row[0] else 0.0


def folder_name(path: Path) -> str:
    """What to call a source before anybody has given it a name."""
    return path.resolve().name.replace("-", " ").replace("_", " ")
