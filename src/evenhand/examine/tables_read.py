# SPDX-License-Identifier: Apache-2.0
"""Tells which tables a SELECT reads, and under which names, without running it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb


@dataclass(frozen=True)
class Used:
    """A table in a FROM, in lower case, and the name it goes by there."""

    table: str
    alias: str


@dataclass(frozen=True)
class Reads:
    """What a SELECT reads: its tables in the order of its parse, and the one whose `_line` it gives, if it is clear."""

    tables: tuple[Used, ...]
    lines_of: str | None


def tables_read(con: duckdb.DuckDBPyConnection, select: str) -> Reads:
    """The tables and common table expressions that the SELECT reads."""
    row = con.execute("SELECT CAST(json_serialize_sql(?) AS VARCHAR)", [select]).fetchone()
    nodes = list(_walk(json.loads(row[0]))) if row else []
    tables = tuple(
        Used(str(node["table_name"]).lower(), str(node.get("alias") or node["table_name"]).lower())
        for node in nodes
        if node.get("type") == "BASE_TABLE"
    )
    asked = {tuple(node["column_names"]) for node in nodes if node.get("type") == "COLUMN_REF"}
    behind = {names[0].lower() for names in asked if names[-1] == "_line" and len(names) > 1}
    owners = {one.table for one in tables if not behind or behind & {one.table, one.alias}}
    return Reads(tables, owners.pop() if len(owners) == 1 else None)


def _walk(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value)
