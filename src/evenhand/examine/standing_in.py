# SPDX-License-Identifier: Apache-2.0
"""Finds the file that was meant when a part of a source comes under another name: events-2006.csv for events.csv."""

import re

import duckdb

from evenhand.examine import sandbox
from evenhand.examine.history import History
from evenhand.examine.quoting import name
from evenhand.examine.sources import SourceFile, doubt
from evenhand.examine.tables_read import tables_read
from evenhand.examine.trouble import Unreadable

IN_ITS_PLACE = "The source has no file {asked}; {file}, which no SQL of the mapping asks for, is read in its place."


def standing_in(history: History, asked: str) -> SourceFile | None:
    """The one file that may stand for a table asked for in vain: its name holds that word, or there is no other."""
    wanted = {one.lower() for one in _asked_for(history)}
    spare = [file for file in history.files if file.columns and file.table.lower() not in wanted]
    word = re.compile(rf"(?<![a-z0-9]){re.escape(asked.lower())}(?![a-z])")
    alike = [file for file in spare if word.search(file.table.lower())]
    if len(alike) == 1:
        return alike[0]
    alone = len(wanted) == 1 and len(spare) == 1 and len(history.files) == 1
    return spare[0] if alone else None


def take_name(con: duckdb.DuckDBPyConnection, file: SourceFile, asked: str) -> None:
    """Let the SQL find this file under the name it asks for; it is said in the list of what is doubtful."""
    con.execute(f"DROP VIEW IF EXISTS views.{name(file.table)}")
    con.execute(f"ALTER TABLE source.{name(file.table)} RENAME TO {name(asked)}")
    file.table = asked
    doubt(con, file.name, None, IN_ITS_PLACE.format(asked=asked, file=file.name))


def _asked_for(history: History) -> set[str]:
    """The tables that any SQL of the mapping reads, common table expressions among them."""
    found: set[str] = set()
    for table, sql in history.mapping.sql.items():
        try:
            select = sandbox.one_select(history.con, sql, f"{table}.sql")
        except Unreadable:
            continue
        found |= {one.table for one in tables_read(history.con, select).tables}
    return found
