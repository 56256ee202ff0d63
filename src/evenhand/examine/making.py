# SPDX-License-Identifier: Apache-2.0
"""Makes the tables of a history by the SQL of a mapping; what the SQL asks for in vain is read as empty and listed."""

import duckdb

from evenhand.examine import doubts, normalise, sandbox
from evenhand.examine.history import History
from evenhand.examine.lines import line_of
from evenhand.examine.quoting import name, text
from evenhand.examine.sources import SourceFile, doubt, reject
from evenhand.examine.standing_in import standing_in, take_name
from evenhand.examine.tables_read import Used, tables_read
from evenhand.examine.trouble import Unreadable


def show(con: duckdb.DuckDBPyConnection, files: list[SourceFile]) -> None:
    """Each file as a view named after its stem, with `_line`: what the SQL of a mapping sees."""
    con.execute("CREATE SCHEMA views; CREATE SCHEMA made")
    for file in files:
        _view(con, file, [])


def _view(con: duckdb.DuckDBPyConnection, file: SourceFile, lacking: list[str]) -> None:
    columns = [name(column) for column in file.columns] + [f"NULL::VARCHAR AS {name(column)}" for column in lacking]
    columns += [f"{line_of(con, file.table)} AS _line", f"{text(file.name)} AS _file"]
    con.execute(
        f"CREATE OR REPLACE VIEW views.{name(file.table)} AS SELECT {', '.join(columns)} FROM source.{name(file.table)}"
    )


def make(history: History, table: str) -> int:
    """Make one table of the history; returns the rows its SQL gave."""
    con, file = history.con, f"{table}.sql"
    if table not in history.mapping.sql:
        normalise.empty_table(con, table)
        return 0
    try:
        select = sandbox.one_select(con, history.mapping.sql[table], file)
        reads = tables_read(con, select)
        _select(history, table, select, reads.tables)
    except Unreadable as trouble:
        if table == "cases":
            raise
        reject(con, file, None, f"{trouble.sentence} The table {table} is empty.")
        normalise.empty_table(con, table)
        return 0
    given = {column.lower() for column in con.table(f"made.{table}").columns}
    lacking = [key for key in normalise.NEEDED[table] if key not in given]
    if lacking:
        raise Unreadable(f'{file} gives no column "{lacking[0]}"; give each of its rows one.')
    counted = con.execute(f"SELECT count(*) FROM made.{table}").fetchone()
    origin = next((known.name for known in history.files if known.table.lower() == reads.lines_of), None)
    mapping = history.mapping
    normalise.normalise(con, table, normalise.Reading(formats=mapping.dates, as_of=mapping.as_of, file=origin))
    if table == "cases":
        doubts.doubt_cases(con, origin)
    elif table in ("acts", "allegations"):
        doubts.doubt_strangers(con, table, origin)
    elif table == "people":
        doubts.doubt_people(con, origin)
    return counted[0] if counted else 0


def _select(history: History, table: str, select: str, used: tuple[Used, ...]) -> None:
    """Run the SQL; columns and files it asks for in vain are read as empty, and listed."""
    con, file = history.con, f"{table}.sql"
    lacking: dict[str, list[str]] = {}
    while True:
        try:
            sandbox.run_select(con, select, file, table)
            return
        except sandbox.NoColumn as no:
            owner = _owner(history, used, no)
            if owner is None or no.column in lacking.get(owner.table, []):
                raise Unreadable(
                    f"{file} asks for a column {no.column} that no table of the source has; correct its name there, or "
                    f"write NULL AS {no.column} where the source does not know it."
                ) from None
            lacking.setdefault(owner.table, []).append(no.column)
            _view(con, owner, lacking[owner.table])
            if (owner.table, no.column) not in history.missing:
                history.missing.append((owner.table, no.column))
            if owner.columns:
                # A file that is missing or could not be read is listed already, once and not for each of its columns.
                reject(
                    con,
                    owner.name,
                    1,
                    f"{owner.name} has no column {no.column}, which {file} asks for; it is read as empty everywhere. "
                    f"The columns there are: {', '.join(owner.columns)}.",
                )
        except sandbox.NoTable as no:
            if any(known.table.lower() == no.table.lower() for known in history.files):
                raise Unreadable(f"{file} does not run: there is no table {no.table} where it is asked for.") from None
            if stand_in := standing_in(history, no.table):
                take_name(con, stand_in, no.table)
                _view(con, stand_in, [])
                continue
            stems = ", ".join(known.table for known in history.files)
            absent = SourceFile(f"{no.table}.csv", no.table)
            con.execute(f"CREATE TABLE source.{name(no.table)} (_unreadable VARCHAR)")
            history.files.append(absent)
            _view(con, absent, [])
            reject(
                con,
                absent.name,
                None,
                f"The source has no file {no.table}, which {file} asks for; it is read as empty. "
                f"The tables there are: {stems}.",
            )
        except sandbox.Inconvertible as error:
            gentler = sandbox.tolerant(select)
            if gentler == select:
                raise Unreadable(f"{file} does not run: {error}") from None
            doubt(con, file, None, f"A value could not be converted and is read as empty: {error}")
            select = gentler


def _owner(history: History, used: tuple[Used, ...], no: sandbox.NoColumn) -> SourceFile | None:
    """The file that should have had the column: the one named, else the first that the SQL reads and that lacks it."""
    files = {file.table.lower(): file for file in history.files}
    read = [(files[one.table], one.alias) for one in used if one.table in files]
    if no.owner is not None:
        return next((file for file, alias in read if no.owner.lower() in (file.table.lower(), alias)), None)
    lack = [file for file, _ in read if no.column.lower() not in {column.lower() for column in file.columns}]
    # A file that could not be read lacks everything, and is the likeliest.
    return next(iter(sorted(lack, key=lambda file: bool(file.columns))), None)
