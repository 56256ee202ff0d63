# SPDX-License-Identifier: Apache-2.0
"""Runs the SQL of a mapping as the foreign text it is: one SELECT a file, over the source's tables and nothing else."""

import re
from contextlib import suppress
from pathlib import Path
from weakref import WeakSet

import duckdb

from evenhand.examine.quoting import name, text
from evenhand.examine.trouble import Unreadable

_OPEN: "WeakSet[duckdb.DuckDBPyConnection]" = WeakSet()


def connect(work: Path, *, threads: int, memory: str, zone: str) -> duckdb.DuckDBPyConnection:
    """A fresh in-memory database that spills into `work` and reckons in the local time of `zone`."""
    con = duckdb.connect(":memory:")
    con.execute(
        f"SET temp_directory = {text(str(work / 'spill'))}; SET threads = {int(threads)}; "
        f"SET memory_limit = {text(memory)}; SET TimeZone = {text(zone)}; SET preserve_insertion_order = true; "
        "SET autoinstall_known_extensions = false; SET autoload_known_extensions = false; "
        "SET python_enable_replacements = false"
    )
    _OPEN.add(con)
    return con


def interrupt() -> None:
    """Break off what every database of this process is doing; to be called from another thread.

    DuckDB notices a signal between two steps of a query only, and not while it waits for a thread of its own.
    """
    for con in list(_OPEN):
        with suppress(duckdb.Error):  # closed in the meantime
            con.interrupt()


def lock(con: duckdb.DuckDBPyConnection, work: Path) -> None:
    """From here on no file outside `work` can be read or written, and no setting changed."""
    con.execute(
        f"SET allowed_directories = [{text(str(work))}]; SET enable_external_access = false; "
        "SET lock_configuration = true"
    )


def one_select(con: duckdb.DuckDBPyConnection, sql: str, file: str) -> str:
    """The text without its semicolon. Raises `Unreadable` unless it is exactly one SELECT."""
    try:
        statements = con.extract_statements(sql)
    except duckdb.Error as error:
        raise Unreadable(f"{file} is not SQL that can be read: {_first(error)}") from None
    kinds = [statement.type for statement in statements]
    if kinds != [duckdb.StatementType.SELECT]:
        found = ", ".join(kind.name for kind in kinds) or "nothing"
        raise Unreadable(f"{file} must hold exactly one SELECT and nothing else; it holds: {found}.")
    # The semicolon and the comments after it would end the text too early once it stands in brackets.
    return re.sub(r"[\s;]*(--[^\n]*\s*|/\*.*?\*/\s*)*\Z", "", str(statements[0].query), flags=re.S)


class NoColumn(Exception):
    """The SQL names a column that no table has: `column`, and `owner`, the name it stands behind, if any."""

    def __init__(self, column: str, owner: str | None) -> None:
        super().__init__(column)
        self.column, self.owner = column, owner


class NoTable(Exception):
    """The SQL names a table that the source does not have."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


class Inconvertible(Exception):
    """A value in the data stopped a CAST of the SQL; the text is DuckDB's sentence."""


def run_select(con: duckdb.DuckDBPyConnection, select: str, file: str, target: str) -> None:
    """Create `made.<target>` from one SELECT. Raises `NoColumn`, `NoTable`, `Inconvertible` or `Unreadable`."""
    con.execute("USE views")
    try:
        con.execute(f"CREATE OR REPLACE TABLE made.{name(target)} AS SELECT * FROM (\n{select}\n)")
    except (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.OutOfRangeException) as error:
        raise Inconvertible(_first(error)) from None
    except duckdb.PermissionException:
        raise Unreadable(
            f"{file} asks for a file outside the source; a mapping may read the tables of its source only."
        ) from None
    except duckdb.Error as error:
        said = str(error)
        # Where the SELECT gives a column of the same name, the missing one is told in other words.
        if found := re.search(
            r'Referenced column "(.+?)" not found|Column "(.+?)" referenced that exists in the', said
        ):
            raise NoColumn(found[1] or found[2], None) from None
        if found := re.search(r'(?:Table|Values list) "(.+?)" does not have a column named "(.+?)"', said):
            raise NoColumn(found[2], found[1]) from None
        if found := re.search(r'Column "(.+?)" does not exist on (?:left|right) side of join', said):
            raise NoColumn(found[1], None) from None
        if found := re.search(r"Table with name (.+?) does not exist", said):
            raise NoTable(found[1]) from None
        raise Unreadable(f"{file} does not run: {_first(error)}") from None
    finally:
        con.execute("USE main")


def tolerant(select: str) -> str:
    """The same SELECT with casts that make what they cannot convert empty."""
    select = re.sub(r"(?<![\w])cast\s*\(", "TRY_CAST(", select, flags=re.I)
    select = re.sub(r"(?<![\w])strptime\s*\(", "try_strptime(", select, flags=re.I)
    # `value::DATE`, where the value is a plain or quoted name; anything longer stays as it is.
    return re.sub(r'((?:\w+\.)?(?:\w+|"[^"]+"))::([A-Za-z]\w*)', r"TRY_CAST(\1 AS \2)", select)


def _first(error: duckdb.Error) -> str:
    """The error in one line: what, and the line of the SQL it points at."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and "^" not in line]
    said = lines[0].removeprefix("Binder Error: ").removeprefix("Parser Error: ") if lines else "no reason given"
    where = next((line for line in lines[1:] if line.startswith("LINE")), "")
    return f"{said}{f' ({where})' if where else ''}"
