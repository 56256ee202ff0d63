# SPDX-License-Identifier: Apache-2.0
"""A backup while everybody goes on working: log, tables, files and, where that was chosen, the keys.

The order makes it one state. The checkpoint is read first, then the files under it, then the database as it stands at one
later moment, which has every entry of that log; evidence is copied last, because a file is there before its entry is.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, models
from django.db.models import Max

from evenhand.record.checkpoints import Checkpoint
from evenhand.record.errors import RecordError
from evenhand.record.files import durable, journal
from evenhand.record.files.log import signer_beside
from evenhand.record.files.shelf import Shelf
from evenhand.record.notes import Note
from evenhand.record.tiles import WIDTH, bundle, layout, tile_path
from evenhand.record.tree import HASH
from evenhand.store import plain_rows
from evenhand.store.archive import NoBackup, Writer, aside, writing
from evenhand.store.models import Entry
from evenhand.store.organisation import Organisation
from evenhand.store.snapshot import snapshot

FOLDER, TABLES, KEYS = "folder/", "tables/", "keys/"
"""How the names of members begin: files of the organisation's folder, rows of tables, and keys."""
APART = ("keys", "record", "public")
"""Folders that are not copied as they are: the keys by choice, the log under its checkpoint, and its public copy never."""


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds: the log's `size` and `root` (hex), `entries` of the database, `files` of the folder."""

    origin: str
    at: str
    size: int
    root: str
    entries: int
    files: int
    keys: str


def back_up(organisation: Organisation, to: Path, *, at: datetime, keys: Path | None, within: bool = False) -> BackedUp:
    """Writes a backup to `to`; the keys to a file `keys` of their own, or `within` it, or nowhere.

    With `within` whoever has the file can read everything; without any keys nobody can, and they must be kept some other
    way. `NoBackup` where a file is there already or the log is not whole.
    """
    about: dict[str, object] = {}
    with writing(to, about) as archive:
        note, files = _log(organisation, archive)
        checkpoint = Checkpoint.parse(note.text)
        entries = _tables(archive, about)
        files += _files(organisation, archive)
        if within:
            _keys(organisation, archive)
        chosen = "within" if within else "apart" if keys is not None else "none"
        found = BackedUp(
            origin=organisation.origin,
            at=at.astimezone(UTC).isoformat(),
            size=checkpoint.size,
            root=checkpoint.root.hex(),
            entries=entries,
            files=files,
            keys=chosen,
        )
        about.update(asdict(found))
        if keys is not None:
            with writing(keys, {"keys_of": organisation.origin, "at": found.at}) as other:
                _keys(organisation, other)
    return found


def _log(organisation: Organisation, archive: Writer) -> tuple[Note, int]:
    """The log exactly as its checkpoint says, whoever seals meanwhile."""
    shelf = Shelf(organisation.log)
    try:
        note = shelf.note()
        size = Checkpoint.parse(note.text).size
        for path, data in _under(shelf, size):
            archive.put(f"{FOLDER}record/{path}", data)
    except RecordError as error:
        raise NoBackup(
            f"The log in {organisation.log} is not whole. {error.sentence} Run “evenhand work --once”, or bring it back."
        ) from None
    archive.put(f"{FOLDER}record/checkpoint", str(note).encode())
    number = 1
    for file in sorted(organisation.log.rglob("*")):
        inside = file.relative_to(organisation.log)
        if file.is_file() and inside.parts[0] not in ("tile", "checkpoint", journal.NAME, durable.PART):
            archive.copy(f"{FOLDER}record/{inside.as_posix()}", file)
            number += 1
    return note, number


def _under(shelf: Shelf, size: int) -> Iterator[tuple[str, bytes]]:
    for level, full, part in layout(size):
        for index, width in [*((index, WIDTH) for index in range(full)), *([(full, part)] if part else [])]:
            yield tile_path(level, index, width), shelf.tile(level, index, width)[: width * HASH]
            if level == 0:
                yield tile_path("entries", index, width), bundle(shelf.bundle(index, width))


def _tables(archive: Writer, about: dict[str, object]) -> int:
    rows: dict[str, int] = {}
    with snapshot():
        about["migrations"] = plain_rows.migrations()
        about["placed"] = Entry.objects.aggregate(newest=Max("position"))["newest"] or 0
        for table in plain_rows.tables():
            rows[table._meta.db_table] = _table(archive, table)
    about["rows"] = rows
    return rows[Entry._meta.db_table]


def _table(archive: Writer, table: type[models.Model]) -> int:
    number = 0
    with aside() as file:
        for line in plain_rows.lines_of(table):
            file.write(line)
            number += 1
        archive.stream(f"{TABLES}{table._meta.db_table}.jsonl", file)
    return number


def _files(organisation: Organisation, archive: Writer) -> int:
    number, database = 0, _database_file()
    for file in sorted(organisation.folder.rglob("*")):
        inside = file.relative_to(organisation.folder)
        one = inside.parts[0]
        # What begins with the name of the database is the database; the signer's file holds a key.
        if one in APART or one.startswith((database, "record.signer", "record.sealing")) or one.endswith(durable.PART):
            continue
        if file.is_file() and not file.is_symlink():
            archive.copy(f"{FOLDER}{inside.as_posix()}", file)
            number += 1
    return number


def _database_file() -> str:
    here = connection.vendor == "sqlite"
    return Path(str(connection.settings_dict["NAME"])).name if here else "record.sealing"


def _keys(organisation: Organisation, archive: Writer) -> None:
    for file in sorted((organisation.folder / "keys").iterdir()):
        archive.copy(f"{KEYS}{file.name}", file)
    archive.copy(f"{KEYS}record.signer", signer_beside(organisation.log))
