# SPDX-License-Identifier: Apache-2.0
"""The journal: entries that are acknowledged and whose tiles may not yet have reached the disk.

A group of entries costs one flush here instead of one for each tile; tiles can always be made again from it. What belongs
together may come in several groups, of which the last says so: an append that was killed or failed in the middle leaves
nothing behind.
"""

import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from evenhand.record.encodings import decimal
from evenhand.record.errors import LogError
from evenhand.record.files import durable
from evenhand.record.tiles import bundle, unbundle

MAGIC = b"evenhand-journal-1 "
NAME = "journal"
HEAD, CHECK = 5, 32
"""Bytes before a group (its length, and whether it is the last of its append) and after it (its SHA-256)."""


class Journal:
    """Entries from `first` on, in groups; the file is made with the first group and deleted by `drop`."""

    def __init__(self, folder: Path, first: int) -> None:
        self.path, self.first = folder / NAME, first
        self.bytes = 0
        self._handle: int | None = None
        self._whole = 0  # up to this byte it counts

    def write(self, entries: Sequence[bytes], *, last: bool = True) -> None:
        """Adds a group; it is on the disk when this returns, and counts once a group has come that is the `last`."""
        group = bundle(entries)
        data = b"".join((len(group).to_bytes(4, "big"), bytes([last]), group, sha256(group).digest()))
        if self._handle is None:
            self._handle = os.open(self.path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o644)
            data = MAGIC + str(self.first).encode() + b"\n" + data
            durable.append(self._handle, data)
            durable.sync_folder(self.path.parent)
        else:
            durable.append(self._handle, data)
        self.bytes += len(data)
        self._whole = self.bytes if last else self._whole

    def cut_back(self) -> None:
        """Takes away what does not count, of an append that ended before its last group."""
        if self._handle is None:
            return
        if self._whole:
            os.ftruncate(self._handle, self._whole)
            os.fsync(self._handle)
        else:
            self.drop(first=self.first)

    def drop(self, *, first: int) -> None:
        """Forgets everything: the tiles of entries before `first` have reached the disk."""
        self.close()
        self.path.unlink(missing_ok=True)
        durable.sync_folder(self.path.parent)
        self.first, self.bytes, self._whole = first, 0, 0

    def close(self) -> None:
        """Closes the file; what stands in it stays."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def first_of(folder: Path) -> int | None:
    """From which entry on the journal of a folder holds entries, or None where there is none.

    `LogError` if the file is not a journal of this format. One that was cut off in its first line is none.
    """
    path = folder / NAME
    try:
        with path.open("rb") as file:
            head = file.readline(64)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LogError(f"The journal {path} cannot be read ({error.strerror}).") from None
    number = decimal(head.removeprefix(MAGIC).removesuffix(b"\n").decode("ascii", "replace") or "-")
    if head.endswith(b"\n") and head.startswith(MAGIC) and number is not None:
        return number
    if MAGIC.startswith(head) or (head.startswith(MAGIC) and not head.endswith(b"\n")):
        return None
    raise LogError(f"The file {path} is not a journal of this format; bring the folder back from a copy.")


def groups_of(folder: Path) -> Iterator[list[bytes]]:
    """The groups that count, in their order: whole, unchanged, and of an append whose last group is there."""
    with (folder / NAME).open("rb") as file:
        file.readline(64)
        start = end = file.tell()
        for last, _ in _groups(file):
            end = file.tell() if last else end
        file.seek(start)
        for _, group in _groups(file):
            if file.tell() > end:
                return
            yield unbundle(group, most=len(group))


def _groups(file: BinaryIO) -> Iterator[tuple[bool, bytes]]:
    while True:
        head = file.read(HEAD)
        if len(head) < HEAD or head[4] > 1:
            return
        length = int.from_bytes(head[:4], "big")
        if length > os.fstat(file.fileno()).st_size:
            return
        group, check = file.read(length), file.read(CHECK)
        if sha256(group).digest() != check:
            return
        yield bool(head[4]), group
