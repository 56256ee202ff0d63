# SPDX-License-Identifier: Apache-2.0
"""Pairs the rows of two snapshots of one file by their key and lists every value that is not the same in both."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from evenhand.examine.lines import line_of
from evenhand.examine.quoting import name, text


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two snapshots, as tables of the schema `source` and as they are called, with the columns both have."""

    before: str
    after: str
    from_: str
    to: str
    key: Sequence[str]
    shared: Sequence[str]
    outcomes: Sequence[str]


def doubled_keys(con: duckdb.DuckDBPyConnection, table: str, key: Sequence[str]) -> int:
    """Rows whose key an earlier row of the same snapshot has already."""
    columns = ", ".join(name(column) for column in key)
    counted = con.execute(
        f"SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT {columns} FROM source.{name(table)})) "
        f"FROM source.{name(table)}"
    ).fetchone()
    return int(counted[0]) if counted else 0


def list_changes(con: duckdb.DuckDBPyConnection, pair: Pair) -> None:
    """Append to the table `changes` one row for each row added or removed and for each value changed."""
    _numbered(con, pair.before, pair.after, pair)
    _numbered(con, pair.after, pair.before, pair)
    before, after = f"numbered_{pair.before}", f"numbered_{pair.after}"
    keys = [f"k{place}" for place in range(len(pair.key))]
    same = " AND ".join(f"b.{key} IS NOT DISTINCT FROM a.{key}" for key in [*keys, "ordinal"])
    called = " || ' / ' || ".join(f"coalesce({{0}}.{key}, '')" for key in keys)
    head = f"{text(pair.from_)}, {text(pair.to)}"
    whole = "to_json(map([" + ", ".join(text(column) for column in pair.shared) + "], {0}.content))::VARCHAR"
    for kind, one, other, shown in (
        ("removed", "b", "a", f"{whole.format('b')}, NULL, b._line, NULL"),
        ("added", "a", "b", f"NULL, {whole.format('a')}, NULL, a._line"),
    ):
        tables = {"a": after, "b": before}
        con.execute(
            f"""INSERT INTO changes
                SELECT {head}, {called.format(one)}, {one}.ordinal, '{kind}', NULL, {shown}
                FROM {tables[one]} AS {one} ANTI JOIN {tables[other]} AS {other} ON {same} ORDER BY {one}._place"""
        )
    outcomes = "[" + ", ".join(text(column) for column in pair.outcomes) + "]::VARCHAR[]"
    columns = "[" + ", ".join(text(column) for column in pair.shared) + "]::VARCHAR[]"
    con.execute(
        f"""INSERT INTO changes
            WITH altered AS (
                SELECT {called.format("b")} AS key, b.ordinal, b._line AS line_before, a._line AS line_after, b._place,
                       b.content AS old, a.content AS new, unnest(range(1, {len(pair.shared) + 1})) AS i
                FROM {before} AS b JOIN {after} AS a ON {same}
                WHERE b.content IS DISTINCT FROM a.content
            )
            SELECT {head}, key, ordinal,
                   CASE WHEN new[i] IS NULL THEN 'blanked'
                        WHEN old[i] IS NOT NULL AND list_contains({outcomes}, ({columns})[i]) THEN 'replaced'
                        ELSE 'altered' END,
                   ({columns})[i], old[i], new[i], line_before, line_after
            FROM altered WHERE old[i] IS DISTINCT FROM new[i] ORDER BY _place, i"""
    )
    con.execute(f"DROP TABLE {before}")
    con.execute(f"DROP TABLE {after}")


def _numbered(con: duckdb.DuckDBPyConnection, table: str, other: str, pair: Pair) -> None:
    """The rows of one snapshot with their content as a list and, where a key is doubled, an ordinal within it.

    Rows that the other snapshot has unchanged come first, so that a copy taken away is not read as copies altered.
    """

    def rows(of: str) -> str:
        keys = ", ".join(f"CAST({name(column)} AS VARCHAR) AS k{place}" for place, column in enumerate(pair.key))
        content = ", ".join(f"CAST({name(column)} AS VARCHAR)" for column in pair.shared)
        return (
            f"SELECT {keys}, [{content}]::VARCHAR[] AS content, {line_of(con, of)} AS _line, rowid AS _place "
            f"FROM source.{name(of)}"
        )

    keys = ", ".join(f"k{place}" for place in range(len(pair.key)))
    if not doubled_keys(con, table, pair.key) and not doubled_keys(con, other, pair.key):
        con.execute(f"CREATE TEMP TABLE numbered_{table} AS SELECT *, 1::BIGINT AS ordinal FROM ({rows(table)})")
        return
    copies = f"SELECT *, row_number() OVER (PARTITION BY {keys}, content ORDER BY _place) AS copy FROM ({{}})"
    match = " AND ".join(f"one.k{place} IS NOT DISTINCT FROM two.k{place}" for place in range(len(pair.key)))
    con.execute(
        f"""CREATE TEMP TABLE numbered_{table} AS
            WITH one AS ({copies.format(rows(table))}), two AS ({copies.format(rows(other))}),
                 met AS (SELECT one._place FROM one SEMI JOIN two
                         ON {match} AND one.content IS NOT DISTINCT FROM two.content AND one.copy = two.copy)
            SELECT one.*, row_number() OVER (
                       PARTITION BY {keys} ORDER BY met._place IS NULL,
                       CASE WHEN met._place IS NOT NULL THEN content::VARCHAR END, copy, one._place) AS ordinal
            FROM one LEFT JOIN met ON met._place = one._place"""
    )
