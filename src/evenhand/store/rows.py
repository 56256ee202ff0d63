# SPDX-License-Identifier: Apache-2.0
"""Rows of a table by what their columns equal, with statements that are made once and kept.

The framework writes every statement anew, which takes it several times as long as the database takes to answer. What each
act asks twenty times is asked through here; it gives the same rows, as the same objects. Everything else is asked as the
framework has it.

What is asked for is named as there: `role="panel"`, `status__in=("called", "sits")`, `due__lte=at`, and
`b__startswith="office:"` (of letters, not of signs that LIKE knows). None is asked for as NULL. An order is the names of
columns, those from the greatest down with `-` before them.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)
HOW = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">=", "startswith": "LIKE"}
"""What can stand between a column and a value besides an equals sign and a list."""


class _Select(NamedTuple):
    """A statement, the columns that it gives, and by which of the framework's converters each is read."""

    sql: str
    names: tuple[str, ...]
    readers: tuple[tuple[int, Any, tuple[str, ...], tuple[Any, ...]], ...]


def rows(table: type[M], /, *, order: Sequence[str] = (), most: int = 0, lock: bool = False, **asked: Any) -> list[M]:
    """The rows as objects, `most` of them at most; with `lock` nobody else changes them until the transaction ends."""
    made, found = _found(table, (), order, most, lock, asked)
    return [table.from_db(DEFAULT_DB_ALIAS, made.names, values) for values in found]


def row(table: type[M], /, *, order: Sequence[str] = (), lock: bool = False, **asked: Any) -> M | None:
    """The first of the rows, or None where there is none."""
    return next(iter(rows(table, order=order, most=1, lock=lock, **asked)), None)


def one(table: type[M], /, **asked: Any) -> M:
    """The row that there must be. The table's `DoesNotExist` where there is none."""
    found = row(table, **asked)
    if found is None:
        raise table.DoesNotExist(f"{table.__name__} with {', '.join(sorted(asked))} as asked")  # type: ignore[attr-defined]
    return found


def values(
    table: type[Model], names: Sequence[str], /, *, order: Sequence[str] = (), most: int = 0, **asked: Any
) -> list[tuple[Any, ...]]:
    """Some columns of the rows."""
    return [tuple(found) for found in _found(table, tuple(names), order, most, False, asked)[1]]


def column(table: type[Model], name: str, /, *, order: Sequence[str] = (), most: int = 0, **asked: Any) -> list[Any]:
    """One column of the rows."""
    return [found[0] for found in _found(table, (name,), order, most, False, asked)[1]]


def any_row(table: type[Model], /, **asked: Any) -> bool:
    """Whether there is such a row."""
    return bool(_found(table, (str(table._meta.pk.attname),), (), 1, False, asked)[1])


def _found(
    table: type[Model], names: tuple[str, ...], order: Sequence[str], most: int, lock: bool, asked: dict[str, Any]
) -> tuple[_Select, list[list[Any]]]:
    where, connection = tuple(shapes(asked)), connections[DEFAULT_DB_ALIAS]
    locking = lock and connection.vendor == "postgresql"
    made = _select(connection.vendor, table, names, where, tuple(order), most, locking)
    with connection.cursor() as cursor:
        cursor.execute(made.sql, list(blanks(table, asked, connection)))
        found = [list(values) for values in cursor.fetchall()]
    for place, field, backend, own in made.readers:
        for values in found:
            for reader in backend:
                values[place] = getattr(connection.ops, reader)(values[place], field, connection)
            for read in own:
                values[place] = read(values[place], field, connection)
    return made, found


def shapes(asked: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Of each condition its column, how it compares, and of how many values: what the text of a statement depends on."""
    for name, value in asked.items():
        column, _, how = name.partition("__")
        if how == "in":
            yield column, "in", len(value)
        elif value is None:
            yield column, "null", 0
        else:
            yield column, how, 1


def blanks(table: type[Model], asked: dict[str, Any], connection: BaseDatabaseWrapper) -> Iterator[Any]:
    """The values of the conditions as the database takes them, in their order."""
    for name, value in asked.items():
        column, _, how = name.partition("__")
        field = field_of(table, column)
        if how == "in":
            yield from (field.get_db_prep_value(each, connection) for each in value)
        elif how == "startswith":
            yield f"{value}%"
        elif value is not None:
            yield field.get_db_prep_value(value, connection)


def condition(table: type[Model], where: Collection[tuple[str, str, int]]) -> str:
    """The conditions as SQL, with a blank for each value; empty where there are none."""
    parts = []
    for name, how, many in where:
        column = quoted(table, name)
        if how == "null":
            parts.append(f"{column} IS NULL")
        elif how == "in":
            parts.append(f"{column} IN ({', '.join(['%s'] * many)})" if many else "1 = 0")
        else:
            parts.append(f"{column} {HOW[how] if how else '='} %s")
    return f" WHERE {' AND '.join(parts)}" if parts else ""


def quoted(table: type[Model], name: str) -> str:
    """A column as SQL has it."""
    return str(connections[DEFAULT_DB_ALIAS].ops.quote_name(str(field_of(table, name).column)))


@lru_cache(maxsize=512)
def field_of(table: type[Model], name: str) -> "Field[Any, Any]":
    """The field of a column, by the name that its attribute has."""
    found: Field[Any, Any] = table._meta.get_field(name)  # type: ignore[assignment]
    return found


@lru_cache(maxsize=1024)
def _select(
    vendor: str,
    table: type[Model],
    names: tuple[str, ...],
    where: tuple[tuple[str, str, int], ...],
    order: tuple[str, ...],
    most: int,
    lock: bool,
) -> _Select:
    connection = connections[DEFAULT_DB_ALIAS]
    wanted = [field_of(table, name) for name in names] or list(table._meta.concrete_fields)
    name = connection.ops.quote_name(table._meta.db_table)
    columns = ", ".join(str(connection.ops.quote_name(str(field.column))) for field in wanted)
    sql = f"SELECT {columns} FROM {name}{condition(table, where)}"
    if order:
        by = (f"{quoted(table, one.removeprefix('-'))} {'DESC' if one.startswith('-') else 'ASC'}" for one in order)
        sql += f" ORDER BY {', '.join(by)}"
    if most:
        sql += f" LIMIT {most}"
    if lock:
        sql += " FOR UPDATE"
    readers = []
    for place, field in enumerate(wanted):
        read = field.get_col(table._meta.db_table)
        backend = tuple(one.__name__ for one in connection.ops.get_db_converters(read))
        own = tuple(read.get_db_converters(connection))
        if backend or own:
            readers.append((place, read, backend, own))
    return _Select(sql, tuple(str(field.attname) for field in wanted), tuple(readers))
