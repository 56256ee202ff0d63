# SPDX-License-Identifier: Apache-2.0
"""A backup as one file: a plain tar whose last member, `backup.json`, says what the others are and their SHA-256.

It appears whole or not at all, readable by its owner alone. Nothing is taken from it before every member was compared
with its hash; and its members have names of this program alone, so that none can be written outside of its folder.
"""

import io
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO, Any

import orjson

from evenhand.store.trouble import Trouble

MANIFEST = "backup.json"
VERSION = 1
CHUNK = 1 << 20


class NoBackup(Trouble):
    """A file is no backup, is damaged, or does not fit; says what to do."""


class Writer:
    """Adds members to a backup; whatever is not closed by `finish` is as if it never began."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.hashes: dict[str, str] = {}

    def put(self, name: str, data: bytes) -> None:
        """A member from its bytes."""
        self._add(name, io.BytesIO(data), len(data), sha256(data).hexdigest())

    def copy(self, name: str, path: Path) -> None:
        """A member from a file; one that is gone meanwhile is left out."""
        try:
            with path.open("rb") as file:
                self.stream(name, file)
        except FileNotFoundError:
            return

    def stream(self, name: str, file: IO[bytes]) -> None:
        """A member from an open file, from its beginning to the end that it has now."""
        file.seek(0)
        found, size = sha256(), 0
        while part := file.read(CHUNK):
            found.update(part)
            size += len(part)
        file.seek(0)
        self._add(name, file, size, found.hexdigest())

    def _add(self, name: str, file: IO[bytes], size: int, digest: str) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, file)
        self.hashes[name] = digest


@contextmanager
def writing(path: Path, about: dict[str, Any]) -> Iterator[Writer]:
    """A new backup at `path`; what is put into `about` within the block stands in its manifest. `NoBackup` if it is there."""
    if path.exists():
        raise NoBackup(f"There is a file {path} already; a backup is never written over another. Name a new file.")
    part = path.with_name(path.name + ".part")
    try:
        handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                writer = Writer(tar)
                yield writer
                members = dict(sorted(writer.hashes.items()))
                writer.put(MANIFEST, orjson.dumps({"v": VERSION, **about, "members": members}))
            file.flush()
            os.fsync(file.fileno())
        os.rename(part, path)
    finally:
        part.unlink(missing_ok=True)


class Reader:
    """A backup whose every member is what its manifest says."""

    def __init__(self, tar: tarfile.TarFile, path: Path) -> None:
        self._tar, self._path = tar, path
        self._members = {member.name: member for member in tar.getmembers() if member.isreg()}
        try:
            self.about: dict[str, Any] = orjson.loads(self._bytes(MANIFEST))
            self.hashes: dict[str, str] = self.about["members"]
            version = self.about["v"]
        except (KeyError, TypeError, ValueError):
            raise NoBackup(f"{path} is no backup of this program: it has no {MANIFEST}.") from None
        if version != VERSION:
            raise NoBackup(f"{path} was made by another version of this program; restore it with that one.")
        for name, digest in self.hashes.items():
            if name not in self._members or self._digest(name) != digest:
                raise NoBackup(f"{name} in {path} is missing or was altered. Take another copy of the backup.")

    def names(self, beginning: str) -> list[str]:
        """The members whose names begin so, in their order."""
        return sorted(name for name in self.hashes if name.startswith(beginning))

    def lines(self, name: str) -> Iterator[bytes]:
        """A member, line by line."""
        file = self._tar.extractfile(self._members[name])
        yield from file or ()

    def unpack(self, name: str, folder: Path) -> None:
        """Writes a member below a folder, under its own name."""
        place = PurePosixPath(name)
        if place.is_absolute() or ".." in place.parts:
            raise NoBackup(f"{self._path} names a file outside of its folder; it was not made by this program.")
        path = folder / place
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        source = self._tar.extractfile(self._members[name])
        with os.fdopen(handle, "wb") as file:
            if source is not None:
                shutil.copyfileobj(source, file, CHUNK)
            file.flush()
            os.fsync(file.fileno())

    def _bytes(self, name: str) -> bytes:
        file = self._tar.extractfile(self._members[name])
        return file.read() if file is not None else b""

    def _digest(self, name: str) -> str:
        found, file = sha256(), self._tar.extractfile(self._members[name])
        while file is not None and (part := file.read(CHUNK)):
            found.update(part)
        return found.hexdigest()


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """A backup, once all of it was compared with its manifest. `NoBackup`."""
    try:
        with tarfile.open(path, mode="r:") as tar:
            yield Reader(tar, path)
    except FileNotFoundError:
        raise NoBackup(f"There is no file {path}.") from None
    except tarfile.TarError as error:
        raise NoBackup(f"{path} is no backup, or its end is missing ({error}). Take another copy of it.") from None


@contextmanager
def aside() -> Iterator[IO[bytes]]:
    """A private file without a name, for a member whose length is known only at its end."""
    with TemporaryFile() as file:
        yield file


__all__ = ["MANIFEST", "NoBackup", "Reader", "Writer", "aside", "reading", "writing"]
