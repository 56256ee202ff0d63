# SPDX-License-Identifier: Apache-2.0
"""The public copy of a log, which moves at the instants of its schedule and at no other time.

At each instant the log is filled up with padding, signed, cosigned, and copied; whether anything happened since the last
time cannot be seen from it. Files carry the time of the instant, because the time of an act would be in them otherwise.
"""

import os
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from evenhand.record import entries
from evenhand.record.canonical import decode, encode
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.disclosures import digest
from evenhand.record.entries import Chance
from evenhand.record.errors import LogError, ProfileError, RecordError
from evenhand.record.fields import instant_text
from evenhand.record.files import durable
from evenhand.record.files.log import Log
from evenhand.record.files.shelf import Shelf
from evenhand.record.notes import Note
from evenhand.record.publication import Publication
from evenhand.record.tiles import WIDTH, layout, tile_path

STAMP = "published"
"""A file of the public copy: the instant for which it was made, the size, and the SHA-256 of its checkpoint."""

TAIL = 16 * 1024 * 1024
"""Bytes at the end of the disclosures among which those of a publication that was cut off are looked for."""

Cosign = Callable[[Log, Note], Note]
"""Asks the log's cosigners and returns the note with their lines; the one that opens sockets is given from above."""


def schedule_of(log: Log) -> Publication | None:
    """The schedule in the genesis, or None where it has none."""
    value = entries.read(log.entry(0)).value
    return Publication.of_data(value["publication"]) if "publication" in value else None


def disclosures_beside(folder: Path) -> Path:
    """Where the disclosures of a log's own padding are kept, for an auditor: DIR.disclosures.jsonl, mode 0600."""
    folder = folder.resolve()
    return folder.with_name(folder.name + ".disclosures.jsonl")


def publish(
    log: Log,
    to: Path,
    *,
    now: datetime,
    chance: Chance,
    book: str | None = None,
    cosign: Cosign | None = None,
    filled: bool = False,
) -> datetime | None:
    """Moves the public copy in `to` if an instant of the schedule has come since it last moved; None if none has.

    `book` is the version of the rulebook in force, which padding cites as every other entry of the day does; that of the
    genesis if none is given. `filled` says that the log was filled up by whoever keeps its entries elsewhere too: none are
    added then. `LogError` where the genesis has no schedule, or `to` holds another log or something else.
    """
    schedule = schedule_of(log)
    if schedule is None:
        raise LogError("The genesis of this log has no schedule; a new log gets one with --every.")
    inside, around = to.resolve(), log.folder.resolve()
    if inside.is_relative_to(around) or around.is_relative_to(inside):
        raise LogError(f"{to} and {log.folder} lie within each other; name a folder beside the log with --to.")
    last, size = _published(to, log)
    instant = schedule.due(last=last, now=now)
    if instant is None:
        return None
    book = book or entries.read(log.entry(0)).value.get("rulebook")
    missing = schedule.fill(published=size, size=log.size)
    if filled and missing:
        raise LogError(f"The log has to be filled up with {missing:,} entries before it is published; nothing was.")
    if book is not None:
        _fill(log, missing, book, chance)
    log.settle()
    note = log.shelf.note()
    if cosign is not None:
        note = cosign(log, note)
        log.replace_checkpoint(note)
    _copy(log.shelf, note, to, instant)
    return instant


def _published(to: Path, log: Log) -> tuple[datetime | None, int]:
    if not to.exists() or (to.is_dir() and not any(to.iterdir())):
        return None, 0
    try:
        note = Shelf(to).note()
        seen = Checkpoint.parse(note.text)
        instant, size, stamped = (to / STAMP).read_text("utf-8").split()
        # The stamp is written before the checkpoint; if the two differ, that publication was cut off and is made again.
        last = datetime.fromisoformat(instant) if stamped == _digest(f"{instant} {size}", note) else None
    except (RecordError, OSError, ValueError):
        # The first publication may have been cut off before its checkpoint; then only tiles lie there.
        if to.is_dir() and {path.name for path in to.iterdir()} <= {"tile", "vkey", "rotated", STAMP, durable.PART}:
            return None, 0
        raise LogError(f"{to} holds something else than a public copy of this log; name another folder.") from None
    if seen.origin != log.origin or seen.size > log.size or (seen.size and log.root_at(seen.size) != seen.root):
        raise LogError(f"{to} holds the public copy of another log or of another history; name another folder.")
    return last, seen.size


def _fill(log: Log, number: int, book: str, chance: Chance) -> None:
    made = [entries.padding(book=book, chance=chance) for _ in range(number)]
    lines = [
        encode({"index": log.size + place, "disclosures": list(opened)}) + b"\n"
        for place, (_, opened) in enumerate(made)
    ]
    # What opens padding is kept before the padding is entered, so the last lines may be of a call that was cut off.
    handle = os.open(disclosures_beside(log.folder), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        os.ftruncate(handle, _kept(log, handle))
        os.lseek(handle, 0, os.SEEK_END)
        durable.append(handle, b"".join(lines))
    finally:
        os.close(handle)
    log.append([data for data, _ in made])


def _kept(log: Log, handle: int) -> int:
    """How many bytes of the disclosures open entries of this log; whole lines, looked at from the end."""
    end = os.lseek(handle, 0, os.SEEK_END)
    start = max(0, end - TAIL)
    lines = os.pread(handle, end - start, start).splitlines(keepends=True)
    while lines and not _opens(log, lines[-1]):
        end -= len(lines.pop())
    return end


def _opens(log: Log, line: bytes) -> bool:
    try:
        value = decode(line.removesuffix(b"\n"), limit=len(line))
        digests = entries.read(log.entry(value["index"])).value.get("_sd", [])
    except (ProfileError, LogError, KeyError, TypeError):
        return False  # cut off while it was written, or of an entry that never came
    return line.endswith(b"\n") and all(digest(text) in digests for text in value["disclosures"])


def _digest(stamp: str, note: Note) -> str:
    return sha256(f"{stamp}\n{note}".encode()).hexdigest()


def _paths(size: int) -> list[str]:
    found = []
    for level, full, part in layout(size):
        tiles = [(index, WIDTH) for index in range(full)] + ([(full, part)] if part else [])
        found += [tile_path(level, index, width) for index, width in tiles]
        if level == 0:
            found += [tile_path("entries", index, width) for index, width in tiles]
    return found


def _copy(shelf: Shelf, note: Note, to: Path, instant: datetime) -> None:
    to.mkdir(parents=True, exist_ok=True)
    size = Checkpoint.parse(note.text).size
    paths = _paths(size) + [f"rotated/{path.name}" for path in (shelf.folder / "rotated").glob("*")]
    moment = instant.timestamp()

    def put(name: str, data: bytes) -> None:
        durable.put(to / name, data, part=to / durable.PART, sync=True, moment=moment)

    for name in paths:
        if not (to / name).exists():
            put(name, (shelf.folder / name).read_bytes())
    folders = {each for name in paths for each in (to / name).parents if each.is_relative_to(to)}
    for folder in folders:
        durable.sync_folder(folder)
    put("vkey", (shelf.folder / "vkey").read_bytes())
    stamp = f"{instant_text(instant)} {size}"
    put(STAMP, f"{stamp} {_digest(stamp, note)}\n".encode())
    put("checkpoint", str(note).encode())
    for folder in folders:
        os.utime(folder, (moment, moment))
