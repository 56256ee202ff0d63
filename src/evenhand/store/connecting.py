# SPDX-License-Identifier: Apache-2.0
"""Where the database is, as the framework wants to hear it: SQLite in a file, or PostgreSQL 15 and later."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from evenhand.store.trouble import Trouble

PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=15000"
"""An act that was acknowledged must be an act that was kept, so each commit is flushed."""

STATEMENTS = 512
"""So many are kept ready by a connection; reading the text of one about conflicts takes longer than answering it."""


class NoDatabase(Trouble, ValueError):
    """An address that names no database which can be used; says what one looks like."""


def database_of(url: str) -> dict[str, Any]:
    """`DATABASES["default"]` for an address: `sqlite:///FILE`, or `postgres://USER@HOST:PORT/NAME?host=/SOCKET`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        if not parts.path.removeprefix("/"):
            raise NoDatabase(
                "The address of an SQLite database names its file: sqlite:///organisation/evenhand.sqlite3."
            )
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path.removeprefix("/") if parts.path == "/:memory:" else parts.path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 15,
                "init_command": PRAGMAS,
                "cached_statements": STATEMENTS,
            },
            "CONN_MAX_AGE": 0,
        }
    if parts.scheme in ("postgres", "postgresql"):
        asked = dict(parse_qsl(parts.query))
        name = unquote(parts.path.removeprefix("/"))
        if not name:
            raise NoDatabase("The address of a PostgreSQL database names it: postgres://user@host:5432/evenhand.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": asked.get("host") or parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {key: value for key, value in asked.items() if key != "host"},
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise NoDatabase(f"No database begins with “{parts.scheme}:”; take sqlite:///FILE or postgres://USER@HOST/NAME.")


def connect(url: str) -> None:
    """Makes this the database of the running process, in place of the one it was started with."""
    from django.db import connections

    wanted = database_of(url)
    connections["default"].close()
    all_of_them = connections.configure_settings({"default": wanted})
    connections.databases["default"] = all_of_them["default"]
    del connections["default"]
