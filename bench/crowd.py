# SPDX-License-Identifier: Apache-2.0
"""Fills the tables of an organisation with so many matters that one can see what lists cost: copies of those that it has.

Each copy has a new identifier, code name, pseudonyms and days, and rows in the shape that the real writer gave its model.
What it says stays under the key of its model and cannot be opened, and no copy stands in the log: it is for the read
tables and for nothing else. The same seed gives the same rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from evenhand.store.setup import set_up

set_up()

from django.db import connection, transaction  # noqa: E402
from django.db.models import Max  # noqa: E402

from evenhand.store import models  # noqa: E402
from evenhand.store.naming import code_name, slug_of  # noqa: E402

CHUNK = 2_000  # matters
DAYS = 900
"""Over so many days before its model a copy can have begun."""
TABLES = (models.Matter, models.Part, models.Alleged, models.Fact, models.Entry)
Row = list[Any]


@dataclass(frozen=True)
class Model:
    """A matter that is copied: its rows by table, each in the order of the columns."""

    ident: str
    rows: dict[Any, list[Row]]


def columns(table: Any) -> list[str]:
    """The columns of a table that are given; the database counts its own numbers."""
    return [one.attname for one in table._meta.concrete_fields if one.attname != "id" or table is models.Entry]


def models_of(most: int) -> list[Model]:
    """The matters that are copied: those of a book, with their parties, in the order of their identifiers."""
    found = []
    for ident in models.Matter.objects.exclude(book="").order_by("ident").values_list("ident", flat=True)[:most]:
        entries = models.Entry.objects.filter(matter=ident).order_by("n")
        asked = {
            models.Matter: models.Matter.objects.filter(ident=ident),
            models.Part: models.Part.objects.filter(matter=ident),
            models.Alleged: models.Alleged.objects.filter(matter=ident),
            models.Fact: models.Fact.objects.filter(entry__in=list(entries.values_list("id", flat=True))),
            models.Entry: entries,
        }
        rows = {table: [list(row) for row in some.values_list(*columns(table))] for table, some in asked.items()}
        rows[models.Entry] = [
            list(row) for row in ready(models.Entry, rows[models.Entry])
        ]  # once: there are many of them
        found.append(Model(ident, rows))
    return found


def multiply(matters: int, acts: int, *, seed: str = "crowd", most: int = 60) -> None:
    """Adds so many copies with so many entries each, in the transaction of nobody; commits after each chunk."""
    chance, made = Random(seed), models_of(most)
    number = (models.Entry.objects.aggregate(last=Max("id"))["last"] or 0) + 1
    place = 10**12 + number  # sealed, somewhere: nothing takes the copies for what waits to be sealed
    for start in range(0, matters, CHUNK):
        rows: dict[Any, list[Row]] = {table: [] for table in TABLES}
        for _ in range(start, min(start + CHUNK, matters)):
            for table, more in _copied(chance.choice(made), chance, acts, number, place).items():
                rows[table] += more
            number, place = number + acts, place + acts
        with transaction.atomic():
            for table in TABLES:
                insert(table, rows[table])
    _counted()


def _copied(model: Model, chance: Random, acts: int, number: int, place: int) -> dict[Any, list[Row]]:
    ident = chance.randbytes(16).hex()
    shift = -timedelta(days=chance.randint(0, DAYS), minutes=chance.randint(0, 600))
    renamed = {model.ident: ident}
    for row in model.rows[models.Part]:
        renamed[row[0]] = chance.randbytes(16).hex()
    entries = {row[0]: number + n % acts for n, row in enumerate(model.rows[models.Entry])}
    copied = {
        table: [_row(table, row, renamed, entries, shift, chance) for row in rows]
        for table, rows in model.rows.items()
        if table is not models.Entry
    }
    matter = dict(zip(columns(models.Matter), copied[models.Matter][0], strict=True))
    due = None if matter["over"] or matter["due"] is None else matter["due"]
    copied[models.Entry] = list(_entries(model.rows[models.Entry], renamed, acts, number, place, chance))
    for table in (models.Matter, models.Part):
        names = columns(table)
        for row in copied[table]:
            row[names.index("code")] = code_name(ident)
            row[names.index("due")] = due if table is models.Matter else due or models.NEVER
            if table is models.Matter:
                row[names.index("slug")], row[names.index("n")] = slug_of(ident), acts
    return copied


def _row(
    table: Any, row: Row, renamed: dict[str, str], entries: dict[int, int], shift: timedelta, chance: Random
) -> Row:
    found = []
    for name, value in zip(columns(table), row, strict=True):
        if name == "entry":
            value = entries[value]
        elif isinstance(value, datetime) and value != models.NEVER:
            value = value + shift if name != "due" else value + timedelta(days=chance.randint(-60, 60))
        elif table is models.Fact and name == "ident":
            value = chance.randbytes(16).hex()
        elif table is models.Fact and name in ("a", "b"):
            value = ":".join(renamed.get(part, part) for part in value.split(":"))
        elif isinstance(value, str):
            value = renamed.get(value, value)
        found.append(value)
    return found


def _entries(
    rows: list[Row], renamed: dict[str, str], acts: int, number: int, place: int, chance: Random
) -> Iterator[Row]:
    names = columns(models.Entry)
    at = {name: names.index(name) for name in ("id", "n", "leaf", "position", "matter", "by")}
    for n in range(acts):
        row = list(rows[n % len(rows)])
        for name in ("matter", "by"):
            row[at[name]] = renamed.get(row[at[name]], row[at[name]])
        row[at["id"]], row[at["n"]] = number + n, n + 1
        row[at["leaf"]], row[at["position"]] = chance.randbytes(32).hex(), place + n
        yield row


PLAIN = (str, int, bool, type(None), bytes, memoryview)


def fields_of(table: Any) -> list[Any]:
    """The fields of the columns that are given."""
    return [table._meta.get_field(name) for name in columns(table)]


def ready(table: Any, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """Rows as the database takes them."""
    fields = fields_of(table)
    return [
        tuple(
            value if type(value) in PLAIN else field.get_db_prep_save(value, connection)
            for field, value in zip(fields, row, strict=True)
        )
        for row in rows
    ]


def insert(table: Any, rows: Sequence[Row]) -> None:
    """Puts rows into a table as quickly as the database takes them."""
    if not rows:
        return
    fields, given = fields_of(table), rows if table is models.Entry else ready(table, rows)
    names = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table._meta.db_table} ({names}) FROM STDIN") as copy:
                for row in given:
                    copy.write_row(row)
            return
        blanks = ", ".join("%s" for _ in fields)
        cursor.executemany(f"INSERT INTO {table._meta.db_table} ({names}) VALUES ({blanks})", given)


def _counted() -> None:
    """The database learns how many rows there are, as it does by itself in time; PostgreSQL goes on counting after the last."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('store_entry', 'id'), (SELECT max(id) FROM store_entry))"
            )
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
