# SPDX-License-Identifier: Apache-2.0
"""Whether each cell of the read tables follows from the entries."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from evenhand.procedure.rebuilding import Look, rebuild
from evenhand.store import models
from evenhand.store.organisation import Organisation
from evenhand.store.snapshot import lay_over


def rows(table: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The rows of a read table by their key, each value as a database gives it."""
    names = [one.attname for one in table._meta.concrete_fields]
    own = table._meta.pk.attname
    natural = [name for name in names if name != "id"] if own == "id" else names
    for row in table.objects.order_by(own).values_list(*natural):
        yield (row if own == "id" else row[natural.index(own)]), tuple(zip(natural, row, strict=True))


def differences(organisation: Organisation, *, look: Look | None = None) -> list[str]:
    """Makes the tables anew beside the real ones and names each cell that is another. Only within `store.snapshot`.

    `look` is shown each entry while the tables stand as they did just before it.
    """
    try:
        with transaction.atomic():
            stored = {table: dict(rows(table)) for table in models.READ_TABLES}
            lay_over(models.READ_TABLES)
            rebuild(organisation, look=look)
            made = {table: dict(rows(table)) for table in models.READ_TABLES}
    except Exception as error:  # what was altered can fail in any way
        return [f"The tables cannot be made from the entries: {error}"]
    return [
        difference
        for table in models.READ_TABLES
        for difference in _compared(table._meta.db_table, stored[table], made[table])
    ]


def _compared(name: str, stored: dict[Any, Any], made: dict[Any, Any]) -> Iterator[str]:
    for key in stored.keys() - made.keys():
        yield f"{name}: the row {_short(key)} follows from no entry."
    for key in made.keys() - stored.keys():
        yield f"{name}: the row {_short(key)} is missing."
    for key in stored.keys() & made.keys():
        for (column, ours), (_, theirs) in zip(stored[key], made[key], strict=True):
            if ours != theirs:
                yield f"{name}, row {_short(key)}: {column} is {ours!r}, and follows as {theirs!r}."


def _short(key: Any) -> str:
    return str(key)[:120]
