# SPDX-License-Identifier: Apache-2.0
"""Brings an organisation back from a backup into a new folder, on whichever database, with the same record or not at all.

An older backup that goes on is a second history: whoever holds a receipt of what is missing could show both. So whoever
restores names the newest checkpoint that is known anywhere, and a backup that does not reach it is refused.
"""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections, transaction

from evenhand.procedure.backing_up import FOLDER, KEYS, TABLES
from evenhand.record import checkpoints
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.errors import RecordError
from evenhand.record.files.auditing import audit as audit_log
from evenhand.record.files.log import Log, signer_beside
from evenhand.record.files.shelf import Shelf
from evenhand.record.files.signer import Signer
from evenhand.record.keys import VerifierKey
from evenhand.record.notes import Note
from evenhand.record.receipts import Receipt
from evenhand.record.tree import leaf_hash
from evenhand.store import plain_rows
from evenhand.store.archive import NoBackup, Reader, reading
from evenhand.store.connecting import connect
from evenhand.store.models import Entry
from evenhand.store.opened import forget_everything
from evenhand.store.organisation import SETTINGS, Organisation
from evenhand.store.sealing import Torn, catch_up

DATABASE = re.compile(r"^database\s*=.*\n?", re.MULTILINE)


class Older(NoBackup):
    """The backup ends before something that others hold."""


@dataclass(frozen=True)
class Restored:
    """What was brought back: the organisation, as it stood `at`, the log's size and root (hex), its entries, and how many
    entries that others hold are missing."""

    organisation: Organisation
    at: datetime
    size: int
    root: str
    entries: int
    missing: int


def restore(
    archive: Path,
    folder: Path,
    *,
    keys: Path | None = None,
    database: str = "",
    known: Sequence[Path] = (),
    older: bool = False,
) -> Restored:
    """Brings back all of a backup, or nothing is left of the attempt. `keys` is the file of the keys, if they lie apart.

    `known` are a checkpoint, a receipt, a public copy or the folder of the organisation as it was: whatever is newest. `Older`
    where one of them has entries that the backup lacks, unless `older` says that this is known; then everything can be
    read, and nothing is signed until the missing entries are there. `NoBackup` for everything else that does not fit.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NoBackup(
            f"{folder} is not empty. Move it away, and name it with --known: it may know what the backup does not."
        )
    staging = folder.with_name(folder.name + ".restoring")
    if staging.exists():
        raise NoBackup(f"{staging} is left of another restoring. If none is running, remove it.")
    try:
        with reading(archive) as held:
            signer = _files(held, staging, keys, archive)
            organisation = _settled(staging, database)
            url = database or f"sqlite:///{staging / 'evenhand.sqlite3'}"
            connect(url)
            call_command("migrate", verbosity=0, interactive=False)
            with transaction.atomic():
                _rows(held)
                found = _record(held, organisation, signer, known, older)
                at = datetime.fromisoformat(held.about["at"])
            connections["default"].close()
        folder.mkdir(exist_ok=True)
        os.rename(staging, folder)
    except BaseException:
        connections["default"].close()
        shutil.rmtree(staging, ignore_errors=True)
        raise
    forget_everything()
    restored = Organisation.open(folder)
    connect(database or f"sqlite:///{restored.folder / 'evenhand.sqlite3'}")
    return Restored(restored, at, *found)


def _files(held: Reader, staging: Path, keys: Path | None, archive: Path) -> Signer:
    """Writes files and keys; the signer that the keys hold, whose file is taken away for `_record` to write anew."""
    staging.mkdir(mode=0o700, parents=True)
    within = held.names(KEYS)
    if not within and keys is None:
        raise NoBackup(
            f"The keys of {archive} lie apart from it; name their file with --keys. Nothing can be read without."
        )
    for name in held.names(FOLDER):
        held.unpack(name, staging / ".backup")
    os.rename(staging / ".backup" / FOLDER.rstrip("/"), staging / ".folder")
    for path in (staging / ".folder").iterdir():
        os.rename(path, staging / path.name)
    (staging / ".folder").rmdir()
    (staging / ".backup").rmdir()
    if within:
        _unpack_keys(held, staging)
    else:
        with reading(keys or archive) as other:
            if other.about.get("keys_of") != held.about["origin"]:
                raise NoBackup(f"{keys} does not hold the keys of {held.about['origin']}.")
            _unpack_keys(other, staging)
    signer = Signer.open(staging / "keys" / "record.signer")
    signer.path.unlink()
    return signer


def _unpack_keys(held: Reader, staging: Path) -> None:
    for name in held.names(KEYS):
        held.unpack(name, staging)


def _settled(staging: Path, database: str) -> Organisation:
    """The organisation with the database that it has from now on in its settings."""
    path = staging / SETTINGS
    text = DATABASE.sub("", path.read_text("utf-8"))
    if database:
        quoted = database.replace("\\", "\\\\").replace('"', '\\"')
        text = f'database = "{quoted}"\n{text}'  # first, because what stands after a table belongs to it
    path.write_text(text, "utf-8")
    return Organisation.open(staging)


def _rows(held: Reader) -> None:
    if unknown := set(held.about["migrations"]) - set(plain_rows.migrations()):
        raise NoBackup(
            f"The backup was made by a newer version of the program ({min(unknown)}); restore it with that one."
        )
    if Entry.objects.exists():
        raise NoBackup("This database holds a record already; name an empty one with --database.")
    for table in plain_rows.tables():
        name, wanted = f"{TABLES}{table._meta.db_table}.jsonl", held.about["rows"].get(table._meta.db_table, 0)
        number = plain_rows.fill(table, held.lines(name)) if name in held.hashes else 0
        if number != wanted:
            raise NoBackup(f"The backup has {number:,} rows of {table._meta.db_table} and speaks of {wanted:,}.")
    plain_rows.count_on()


def _record(
    held: Reader, organisation: Organisation, signer: Signer, known: Sequence[Path], older: bool
) -> tuple[int, str, int, int]:
    """Holds log and tables against each other and against what others hold; the newest that is known is remembered."""
    shelf = Shelf(organisation.log)
    mine = checkpoints.read(shelf.note(), signer.verifiers)
    if (mine.size, mine.root.hex()) != (held.about["size"], held.about["root"]):
        raise NoBackup("The log in the backup is not the one that the backup speaks of.")
    faults = audit_log(shelf, signer.verifiers).faults
    if faults:
        raise NoBackup(f"The log in the backup does not hold: {faults[0]}")
    place = signer_beside(organisation.log)
    Signer.brought_back(place, signer.keys, mine)
    log = catch_up(organisation)  # the log of a backup may be some entries behind its tables
    try:
        _same(log)
        missing, newest = _missing(log, list(_known(known, signer.verifiers)), older)
    finally:
        log.close()
    if newest is not None and newest.size > log.size:
        place.unlink()
        Signer.brought_back(place, signer.keys, newest)
    end = Shelf(organisation.log).checkpoint()
    return end.size, end.root.hex(), Entry.objects.count(), missing


def _same(log: Log) -> None:
    """Every place of the log has the entry that the tables have there."""
    placed = Entry.objects.exclude(position=None).order_by("position").values_list("position", "leaf", "data")
    number = 0
    for number, (position, leaf, data) in enumerate(placed.iterator(), 1):
        if position != number or leaf_hash(bytes(data)).hex() != leaf or log.entry(number) != bytes(data):
            raise Torn(f"Entry {number:,} of the log in the backup is another than in its tables.")
    if number + 1 != log.size:
        raise Torn(f"The log in the backup has {log.size:,} entries and its tables {number + 1:,}.")


def _missing(log: Log, known: list[Checkpoint], older: bool) -> tuple[int, Checkpoint | None]:
    newest = max(known, key=lambda one: one.size, default=None)
    for one in known:
        if one.origin != log.origin:
            raise NoBackup(f"A checkpoint of {one.origin} was named; this is the record of {log.origin}.")
        if one.size <= log.size and one.size and log.root_at(one.size) != one.root:
            raise NoBackup(
                f"Others hold a checkpoint over {one.size:,} entries that is not of this history. One of the two was altered; "
                "nothing was restored. Keep both."
            )
    if newest is None or newest.size <= log.size:
        return 0, newest
    missing = newest.size - log.size
    if not older:
        raise Older(
            f"This backup ends at {log.size:,} entries, and others hold a checkpoint over {newest.size:,}: {missing:,} entries "
            "are missing. If the record went on from here, whoever holds a receipt of one of them could show two histories. "
            "Take a newer backup. With --older it is restored to be read, and nothing is signed until they are there."
        )
    return missing, newest


def _known(paths: Sequence[Path], keys: Sequence[VerifierKey]) -> Iterator[Checkpoint]:
    """What is known of the log besides the backup: each checkpoint is one that the log's own key has signed."""
    for path in paths:
        found = list(_notes(path))
        signer = path / "record.signer"
        if not found and not signer.is_file():
            raise NoBackup(f"{path} is no checkpoint, no receipt, and no folder that has one.")
        for note in found:
            yield checkpoints.read(note, keys)
        if signer.is_file():
            remembered = Signer.open(signer)
            yield Checkpoint(remembered.origin, remembered.size, remembered.root)


def _notes(path: Path) -> Iterator[Note]:
    places = [path / "checkpoint", path / "record/checkpoint", path / "public/checkpoint"] if path.is_dir() else [path]
    for place in places:
        if place.is_file() or not path.is_dir():
            yield _note(place)


def _note(path: Path) -> Note:
    try:
        data: Any = path.read_bytes()
    except OSError as error:
        raise NoBackup(f"{path} cannot be read ({error.strerror}).") from None
    try:
        return Receipt.parse(data).note
    except RecordError:
        return Note.parse(data)
