# SPDX-License-Identifier: Apache-2.0
"""Facts in a database, as the tests of conflicts ask about them: the golden case of the design."""

import re
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from evenhand.conflicts.facts import COLUMNS, Fact
from evenhand.conflicts.grounds import text_of
from evenhand.conflicts.waivers import Query
from evenhand.rulebook.loading import load
from evenhand.rulebook.model import Rulebook

RULES: Rulebook = load(Path(__file__).parents[2] / "rulebooks/harbour.yaml")
START = datetime(2026, 4, 1, 12, tzinfo=UTC)


def on_day(number: int) -> datetime:
    """Noon of so many days after the first."""
    return START + timedelta(days=number)


def day(number: int) -> str:
    """The same as a day."""
    return on_day(number).date().isoformat()


def fact(kind: str, a: str, b: str, since: int = -100, *, known: int | None = None, **more: str) -> Fact:
    """A fact since a day, known since then unless another is named."""
    at = text_of(on_day(since if known is None else known))
    return Fact(ident=f"{kind}-{a}-{b}", kind=kind, a=a, b=b, since=day(since), known=at, **more)


GOLDEN = (
    fact("complainant", "comp", "matter:C1", 0),
    fact("respondent", "resp", "matter:C1", 0),
    fact("concerns", "matter:C1", "event:E", 0),
    fact("slate", "m1", "slate:A"),
    fact("slate", "resp", "slate:A"),
    fact("witness", "m2", "matter:C1", 3),
    fact("reports_to", "m3", "mgr"),
    fact("reports_to", "mgr", "comp"),
    fact("waived", "m3", "matter:C1", 5, source="command"),
    fact("signed", "m4", "letter:L"),
    fact("signed", "comp", "letter:L"),
    fact("present_at", "m5", "event:E"),
    fact("respondent", "m6", "matter:C2", 10, known=50),
    fact("open", "matter:C2", "admitted", 10, known=50),
)
EVERYBODY = ("comp", "resp", "m1", "m2", "m3", "mgr", "m4", "m5", "m6")


def in_sqlite(facts: Iterable[Fact]) -> Query:
    """The facts in an SQLite database in memory."""
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE TABLE store_fact ({', '.join(f'{name} TEXT' for name in COLUMNS)})")
    blanks = ", ".join("?" for _ in COLUMNS)
    database.executemany(f"INSERT INTO store_fact VALUES ({blanks})", [one.as_row() for one in facts])
    return lambda text, params: database.execute(text, dict(params)).fetchall()


def in_duckdb(facts: Iterable[Fact]) -> Query:
    """The facts in DuckDB, as an examination has them."""
    database = duckdb.connect(":memory:")
    database.execute(f"CREATE TABLE store_fact ({', '.join(f'{name} TEXT' for name in COLUMNS)})")
    rows = [one.as_row() for one in facts]
    if rows:
        blanks = ", ".join("?" for _ in COLUMNS)
        database.executemany(f"INSERT INTO store_fact VALUES ({blanks})", rows)
    return lambda text, params: database.execute(re.sub(r":([a-z_0-9]+)", r"$\1", text), dict(params)).fetchall()


DATABASES = {"sqlite": in_sqlite, "duckdb": in_duckdb}
