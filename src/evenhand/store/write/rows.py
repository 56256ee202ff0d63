# SPDX-License-Identifier: Apache-2.0
"""Puts rows in and changes them, with statements that are made once and kept: the other half of `store.rows`."""

from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.transaction import mark_for_rollback_on_error

from evenhand.store.rows import blanks, condition, field_of, quoted, shapes

M = TypeVar("M", bound=Model)


def put(table: type[M], /, **columns: Any) -> M:
    """Puts a row in; what is left out has its default. The framework's `IntegrityError` where it cannot be."""
    made, connection = table(**columns), connections[DEFAULT_DB_ALIAS]
    sql, names, numbered = _insert(connection.vendor, table)
    given = [field_of(table, name).get_db_prep_save(getattr(made, name), connection) for name in names]
    with mark_for_rollback_on_error(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        cursor.execute(sql, given)
        if numbered:
            made.pk = cursor.fetchone()[0]
    made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
    return made


def change(table: type[Model], to: dict[str, Any], /, **asked: Any) -> int:
    """Changes the columns `to` in the rows that are asked for as in `store.rows`; returns how many there were."""
    connection = connections[DEFAULT_DB_ALIAS]
    sql = _update(connection.vendor, table, tuple(to), tuple(shapes(asked)))
    given = [field_of(table, name).get_db_prep_save(value, connection) for name, value in to.items()]
    with mark_for_rollback_on_error(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        cursor.execute(sql, [*given, *blanks(table, asked, connection)])
        return int(cursor.rowcount)


@lru_cache(maxsize=64)
def _insert(vendor: str, table: type[Model]) -> tuple[str, tuple[str, ...], bool]:
    key, connection = table._meta.pk, connections[DEFAULT_DB_ALIAS]
    numbered = key.get_internal_type() in ("AutoField", "BigAutoField")
    fields = [field for field in table._meta.concrete_fields if not (numbered and field is key)]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    sql = f"INSERT INTO {connection.ops.quote_name(table._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
    if numbered:
        sql += f" RETURNING {connection.ops.quote_name(str(key.column))}"
    return sql, tuple(str(field.attname) for field in fields), numbered


@lru_cache(maxsize=256)
def _update(vendor: str, table: type[Model], names: tuple[str, ...], where: tuple[tuple[str, str, int], ...]) -> str:
    sets = ", ".join(f"{quoted(table, name)} = %s" for name in names)
    return f"UPDATE {connections[DEFAULT_DB_ALIAS].ops.quote_name(table._meta.db_table)} SET {sets}{condition(table, where)}"
