# SPDX-License-Identifier: Apache-2.0
"""The database as it stands at one moment, to look at and to try things on, while everybody else goes on writing.

On SQLite it is a copy in a private temporary file, which the system takes away whatever happens: it has no name in any
folder. On PostgreSQL it is one transaction that sees one state, and temporary tables over those that are to be tried on.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections, models, transaction
from django.db.utils import load_backend

PRIVATE = "file:"
"""An address without a path: SQLite makes a file of its own for it, removed from its folder as soon as it is open."""


@contextmanager
def snapshot() -> Iterator[None]:
    """Within it, this thread reads and writes the database as it stood at the beginning; others see and wait for nothing.

    Whatever is written within it is gone at the end. `RuntimeError` inside a transaction, which could hold locks.
    """
    if connection.in_atomic_block:
        raise RuntimeError("A snapshot is taken outside of transactions.")
    live = connections["default"]
    aside = _copy(live) if live.vendor == "sqlite" else _second(live)
    connections["default"] = aside
    try:
        with transaction.atomic():
            _one_state(aside)
            yield
            transaction.set_rollback(True)
    finally:
        connections["default"] = live
        aside.close()


def lay_over(tables: Sequence[type[models.Model]]) -> None:
    """From here on and until the end of the snapshot these tables can be emptied and filled without touching the real ones.

    They may be empty or still hold their rows. Only within `snapshot`.
    """
    if connection.vendor != "postgresql":
        return  # the whole database is a copy
    with connection.cursor() as cursor:
        for table in tables:
            name = connection.ops.quote_name(table._meta.db_table)
            # The search path of PostgreSQL begins with the temporary tables of the session.
            cursor.execute(f"CREATE TEMPORARY TABLE {name} (LIKE {name} INCLUDING ALL) ON COMMIT DROP")


def _copy(live: Any) -> Any:
    aside = _beside(live, NAME=PRIVATE, OPTIONS={"transaction_mode": None})
    live.ensure_connection()
    aside.ensure_connection()
    # All pages in one step, so that it is one state; in WAL mode no writer waits for it.
    live.connection.backup(aside.connection)
    return aside


def _second(live: Any) -> Any:
    from psycopg import IsolationLevel

    options = {**live.settings_dict["OPTIONS"], "isolation_level": IsolationLevel.REPEATABLE_READ}
    return _beside(live, OPTIONS=options)


def _beside(live: Any, **other: Any) -> Any:
    backend = load_backend(live.settings_dict["ENGINE"])
    return backend.DatabaseWrapper({**live.settings_dict, "CONN_MAX_AGE": 0, **other}, "default")


def _one_state(aside: Any) -> None:
    """PostgreSQL takes its state with the first statement, so there is one at once."""
    with aside.cursor() as cursor:
        cursor.execute("SELECT 1")
