# SPDX-License-Identifier: Apache-2.0
"""What a cosigner remembers, in one SQLite file: whose logs it cosigns, what it cosigned, and what contradicted it.

A cosigner that forgets can be led to cosign a second history, so everything is on the disk before it answers
(`synchronous=FULL`), and what it compares and what it then writes are one transaction (`BEGIN IMMEDIATE`).
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.cosign.errors import CosignError
from evenhand.cosign.judging import Known
from evenhand.record.keys import VerifierKey

NAME = "cosigner.sqlite3"
VERSION = 1
PATIENCE = 30.0
"""Seconds to wait for another writer; each holds the file for about a millisecond."""
MOST = 20
"""Forks kept for one log: one is enough, and whoever has the log's key could make them without end."""

TABLES = """
CREATE TABLE cosigner (one INTEGER PRIMARY KEY CHECK (one = 1), key TEXT NOT NULL);
CREATE TABLE log (key TEXT PRIMARY KEY, origin TEXT NOT NULL, since INTEGER NOT NULL);
CREATE TABLE cosigned (origin TEXT, size INTEGER, root BLOB NOT NULL, note TEXT NOT NULL,
                       first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (origin, size)) WITHOUT ROWID;
CREATE TABLE refused (origin TEXT PRIMARY KEY, times INTEGER NOT NULL, last INTEGER NOT NULL, note TEXT NOT NULL);
CREATE TABLE fork (origin TEXT, size INTEGER, seen INTEGER NOT NULL, times INTEGER NOT NULL, file BLOB NOT NULL,
                   PRIMARY KEY (origin, size));
"""


@dataclass(frozen=True)
class Refused:
    """How often a log's signed checkpoint came with a list that did not hold, when last, and the last such note."""

    times: int
    last: int
    note: str


@dataclass(frozen=True)
class SeenFork:
    """A fork that was seen: the file, the size of its second checkpoint, when it was first seen and how often since."""

    origin: str
    size: int
    seen: int
    times: int
    file: bytes


class Memory:
    """The file. Any number of threads and processes may use it at once; each thread has a connection of its own."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Opens the file; `CosignError` if it is missing (unless `create`), or is not such a file."""
        self.path = path
        self._threads = threading.local()
        if not create and not path.is_file():
            raise CosignError(f"There is no cosigner in {path.parent}; `evenhand cosign serve --name NAME` makes one.")
        try:
            self._prepare()
        except sqlite3.Error as error:
            raise CosignError(f"{path} is not the memory of a cosigner, or cannot be written ({error}).") from None

    def close(self) -> None:
        """Closes the connection of this thread."""
        connection = self._threads.__dict__.pop("connection", None)
        if connection is not None:
            connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is read and written within is one step: alone among all writers, and kept whole or not at all.

        Durability: when this ends without an error, what was written survives a power cut.
        """
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def owner(self) -> str | None:
        """The verifier key of the cosigner whose memory this is, or None before its first start."""
        found = self._one("SELECT key FROM cosigner")
        return str(found[0]) if found else None

    def own(self, key: VerifierKey) -> None:
        """From now on this is the memory of that cosigner."""
        self._write("INSERT OR REPLACE INTO cosigner VALUES (1, ?)", key.text)

    def add(self, key: VerifierKey, *, seconds: int) -> bool:
        """From now on the log of this key is cosigned; whether that is new."""
        return self._write("INSERT OR IGNORE INTO log VALUES (?, ?, ?)", key.text, key.name, seconds) == 1

    def keys(self, origin: str) -> tuple[VerifierKey, ...]:
        """The keys trusted for a log, the oldest first; none if it is unknown."""
        rows = self._all("SELECT key FROM log WHERE origin = ? ORDER BY since, rowid", origin)
        return tuple(VerifierKey.parse(text) for (text,) in rows)

    def origins(self) -> tuple[str, ...]:
        """The logs that are cosigned, by name."""
        return tuple(origin for (origin,) in self._all("SELECT DISTINCT origin FROM log ORDER BY origin"))

    def latest(self, origin: str) -> Known | None:
        """The largest checkpoint of a log that was cosigned."""
        return self._known("WHERE origin = ? ORDER BY size DESC LIMIT 1", origin)

    def at(self, origin: str, size: int) -> Known | None:
        """The checkpoint of that size, if it was cosigned."""
        return self._known("WHERE origin = ? AND size = ?", origin, size)

    def remember(self, origin: str, known: Known) -> None:
        """A checkpoint was cosigned, for the first time or again."""
        values = (origin, known.size, known.root, known.note, known.first, known.last)
        self._write("INSERT OR REPLACE INTO cosigned VALUES (?, ?, ?, ?, ?, ?)", *values)

    def refuse(self, origin: str, note: str, *, seconds: int) -> None:
        """A signed checkpoint came with a list that does not hold: no evidence, but counted, and the note is kept."""
        self._write(
            "INSERT INTO refused VALUES (?, 1, ?, ?) ON CONFLICT (origin) DO UPDATE "
            "SET times = times + 1, last = excluded.last, note = excluded.note",
            *(origin, seconds, note),
        )

    def refused(self, origin: str) -> Refused | None:
        """What was refused of a log."""
        found = self._one("SELECT times, last, note FROM refused WHERE origin = ?", origin)
        return found and Refused(*found)

    def keep(self, origin: str, size: int, file: bytes, *, seconds: int) -> None:
        """A fork was seen; the first file of each size is kept, further ones are counted, as are those beyond `MOST`."""
        kept = [fork.size for fork in self.forks(origin)]
        if size not in kept and len(kept) >= MOST:
            size = kept[-1]
        self._write(
            "INSERT INTO fork VALUES (?, ?, ?, 1, ?) ON CONFLICT (origin, size) DO UPDATE SET times = times + 1",
            *(origin, size, seconds, file),
        )

    def forks(self, origin: str | None = None) -> tuple[SeenFork, ...]:
        """The forks of one log or of all, in the order in which they were seen."""
        rows = self._all(
            "SELECT origin, size, seen, times, file FROM fork WHERE ? IN (origin, '') ORDER BY seen, rowid",
            origin or "",
        )
        return tuple(SeenFork(*row) for row in rows)

    def _known(self, where: str, *values: object) -> Known | None:
        found = self._one(f"SELECT size, root, note, first, last FROM cosigned {where}", *values)
        return found and Known(*found)

    def _one(self, query: str, *values: object) -> Any:
        return self._connection().execute(query, values).fetchone()

    def _all(self, query: str, *values: object) -> list[Any]:
        return self._connection().execute(query, values).fetchall()

    def _write(self, query: str, *values: object) -> int:
        return self._connection().execute(query, values).rowcount

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if found is None:
            # Without an isolation level the module begins no transaction by itself; one statement alone is one.
            found = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA synchronous = FULL")
            self._threads.connection = found
        return found

    def _prepare(self) -> None:
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0 and not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
            for statement in TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        elif version != VERSION:
            raise CosignError(f"{self.path} is of another version of Evenhand; use the version that wrote it.")
        connection.execute("COMMIT")
