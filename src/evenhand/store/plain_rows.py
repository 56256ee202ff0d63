# SPDX-License-Identifier: Apache-2.0
"""Every table as lines of JSON that either database can be filled from: what moves from SQLite to PostgreSQL and back."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson
from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.utils.dateparse import parse_date, parse_datetime

from evenhand.store.archive import NoBackup

LEFT_OUT = ("contenttypes", "auth", "sessions")
"""Tables of the framework that it fills itself."""
ENDED = "session"
"""Who is signed in is no part of a backup: a session that was ended since would be open again."""
GROUP = 500


def tables() -> list[type[models.Model]]:
    """Every table that is kept, by name."""
    found = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
    kept = [one for one in found if one._meta.app_label not in LEFT_OUT and one._meta.model_name != ENDED]
    return sorted(kept, key=lambda one: one._meta.db_table)


def migrations() -> list[str]:
    """The changes of the tables that this database has had."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def lines_of(table: type[models.Model]) -> Iterator[bytes]:
    """The rows of a table, a line each, by their keys."""
    fields = table._meta.concrete_fields
    names = [field.attname for field in fields]
    for values in table._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=2000):
        row = {name: _plain(value) for name, value in zip(names, values, strict=True)}
        yield orjson.dumps(row) + b"\n"


def fill(table: type[models.Model], lines: Iterable[bytes]) -> int:
    """Puts rows into an empty table, keys included; how many. `NoBackup` for columns that this version does not have."""
    readers = {field.attname: _reader(field) for field in table._meta.concrete_fields}
    number, some = 0, []
    for line in lines:
        row = orjson.loads(line)
        if unknown := set(row) - set(readers):
            raise NoBackup(
                f"The backup has a column {min(unknown)} that this version of the program does not know; restore it with a "
                "newer version."
            )
        some.append(table(**{name: value if value is None else readers[name](value) for name, value in row.items()}))
        if len(some) == GROUP:
            number += len(table._base_manager.bulk_create(some))
            some = []
    return number + len(table._base_manager.bulk_create(some))


def count_on() -> None:
    """Lets the database count on after the highest key of each table; only PostgreSQL has to be told."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _plain(value: Any) -> Any:
    return b64encode(bytes(value)).decode() if isinstance(value, bytes | memoryview) else value


def _reader(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    if isinstance(field, models.BinaryField):
        return b64decode
    if isinstance(field, models.DateTimeField):
        return parse_datetime
    if isinstance(field, models.DateField):
        return parse_date
    return lambda value: value
