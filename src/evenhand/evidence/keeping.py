# SPDX-License-Identifier: Apache-2.0
"""The sealed file store: bytes come in once, hashed while they come, and lie encrypted under a name that says nothing.

```text
 0  16  "evenhand-file-1\n"
16  16  the name of the file, which is 32 hex digits on the disk
32  12  nonce of the wrapping
44  48  the key of the file, wrapped with AES-256-GCM under the key of the matter; authenticated with it: bytes 0 to 31
92  ..  pieces of 65,536 bytes, the last one shorter or as long, each with a tag of 16 bytes
```

A piece is sealed with AES-256-GCM under the key of the file. Its nonce is its number (8 bytes, from 0), three zero bytes,
and one byte that is 1 for the last piece and else 0; authenticated with it is the whole header. Only one file is ever
sealed with one key, so no nonce comes twice (docs/evidence.md).
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evenhand.evidence.kinds import HEAD, media_of
from evenhand.evidence.trouble import Altered, CutOff, Missing, NoKeptFile, NotKept, OtherKey, TooLarge
from evenhand.record.files.durable import sync_folder
from evenhand.store.keys import Chance

MAGIC = b"evenhand-file-1\n"
PIECE, TAG, NONCE, NAME, KEY = 65_536, 16, 12, 16, 32
HEADER = len(MAGIC) + NAME + NONCE + KEY + TAG
MOST = 2 * 1024**3
"""Bytes of one file at most, unless the caller says another number."""


class Stream(Protocol):
    """Where the bytes come from: an upload, an open file."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes, and none at the end only."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file that was kept: its name in the store, the SHA-256 of its bytes in hex, how many, and its media type."""

    name: str
    sha256: str
    size: int
    media: str


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A kept file that was found whole at both ends; `size` is that of the bytes that came in, and is authenticated."""

    path: Path
    size: int
    header: bytes
    key: bytes

    def read(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to before `stop`, in pieces; what lies beyond the end is empty. `Altered`, `Missing`.

        Every piece is checked before any of its bytes is handed on; pieces outside the range are not read.
        """
        end = self.size if stop is None else min(stop, self.size)
        if start < 0 or (stop is not None and stop < start):
            raise ValueError(f"No bytes lie from {start} to {stop}.")
        return self._read(start, end)

    def _read(self, start: int, end: int) -> Iterator[bytes]:
        with _open(self.path) as file:
            for number in range(start // PIECE, -(-end // PIECE)):
                if start >= end:
                    return
                piece, begins = _piece(file, self, number), number * PIECE
                yield piece[max(start - begins, 0) : end - begins]


def keep(folder: Path, stream: Stream, key: bytes, *, chance: Chance, most: int = MOST) -> Kept:
    """Keeps what comes from `stream` under a new random name; `key` is the 32 bytes of the matter's key.

    When it returns the file is whole and lasts; before, nothing lies under its name. `TooLarge`, `NotKept`: then nothing
    is kept. No more than two pieces are in memory at one time.
    """
    name, own, nonce = chance(NAME), chance(KEY), chance(NONCE)
    opening = MAGIC + name
    header = opening + nonce + AESGCM(key).encrypt(nonce, own, opening)
    path, part = folder / name.hex(), folder / f".{name.hex()}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            raise NotKept("A file of this name is kept already; nothing is ever written over.")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(header)
                kept = _write(file, stream, header, own, most)
                file.flush()
                os.fsync(file.fileno())
            os.rename(part, path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        sync_folder(folder)
    except OSError as error:
        raise NotKept(
            f"The file could not be kept ({error.strerror or error}). Nothing of it is here; send it again, and if it fails "
            "again, tell whoever looks after this server."
        ) from None
    return kept


def _write(file: IO[bytes], stream: Stream, header: bytes, key: bytes, most: int) -> Kept:
    cipher, digest, size, number = AESGCM(key), sha256(), 0, 0
    piece = _full(stream)
    media = media_of(piece[:HEAD])
    while True:
        size += len(piece)
        if size > most:
            raise TooLarge(
                f"This file is larger than the {most:,} bytes that are taken here. Send it in parts, or send the original "
                "on a disk to the office."
            )
        digest.update(piece)
        # A piece that is not full is the last; after a full one only the next read tells.
        after = _full(stream) if len(piece) == PIECE else b""
        file.write(cipher.encrypt(_nonce(number, last=not after), piece, header))
        if not after:
            return Kept(name=header[16:32].hex(), sha256=digest.hexdigest(), size=size, media=media)
        piece, number = after, number + 1


def _full(stream: Stream) -> bytes:
    """The next piece: as long as a piece is, or whatever was left. A stream may hand over less than it was asked for."""
    found = bytearray()
    while len(found) < PIECE and (more := stream.read(PIECE - len(found))):
        found += more
    return bytes(found)


def find(folder: Path, name: str, key: bytes) -> Sealed:
    """Opens a kept file with the key of its matter, and checks its header and its last piece, and so its size.

    `Missing`, `NoKeptFile`, `OtherKey`, `CutOff`, `Altered`.
    """
    path = folder / name
    with _open(path) as file:
        header = file.read(HEADER)
        length = os.fstat(file.fileno()).st_size - HEADER
        if len(header) < HEADER and header[: len(MAGIC)] == MAGIC[: len(header)]:
            raise CutOff(_cut(name))
        if header[: len(MAGIC)] != MAGIC or header[16:32].hex() != name:
            raise NoKeptFile(f"What lies under {name} is not the file that was kept there. {RESTORE}")
        try:
            own = AESGCM(key).decrypt(header[32:44], header[44:], header[:32])
        except InvalidTag:
            raise OtherKey(
                f"The key of this matter does not open the file {name}: it belongs to another matter, or its beginning was "
                f"altered. {RESTORE}"
            ) from None
        last, rest = divmod(length - 1, PIECE + TAG)
        if length < TAG or rest + 1 < TAG or (rest + 1 == TAG and last > 0):
            raise CutOff(_cut(name))
        sealed = Sealed(path=path, size=length - (last + 1) * TAG, header=header, key=own)
        _piece(file, sealed, last)
    return sealed


def _piece(file: IO[bytes], sealed: Sealed, number: int) -> bytes:
    ends = max(sealed.size - 1, 0) // PIECE
    file.seek(HEADER + number * (PIECE + TAG))
    data, cipher = file.read(PIECE + TAG), AESGCM(sealed.key)
    try:
        return cipher.decrypt(_nonce(number, last=number == ends), data, sealed.header)
    except InvalidTag:
        pass
    if number == ends:
        with suppress(InvalidTag):
            cipher.decrypt(_nonce(number, last=False), data, sealed.header)
            raise CutOff(_cut(sealed.path.name))
    raise Altered(
        f"Piece {number + 1} of {ends + 1} of the file {sealed.path.name} is not what was kept: it was altered, cut, moved or "
        f"put in from elsewhere. {RESTORE}"
    )


def check(folder: Path, name: str, key: bytes, digest: str) -> None:
    """Reads a kept file whole and compares it with its SHA-256 in hex. `Altered` where it differs; what `find` raises."""
    found = sha256()
    for piece in find(folder, name, key).read():
        found.update(piece)
    if found.hexdigest() != digest:
        raise Altered(f"The file {name} is whole, and is not the file whose hash the record holds. {RESTORE}")


def discard(folder: Path, name: str) -> None:
    """Takes a file away again whose receipt came to nothing; one that is gone already is no matter."""
    with suppress(FileNotFoundError):
        (folder / name).unlink()


def names(folder: Path) -> Iterator[str]:
    """The names of everything that is kept, in order; what broke off while it came is not among them."""
    if folder.is_dir():
        yield from sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


RESTORE = "Nothing was repaired. Bring the file back from a copy, and find out who could write here."


def _cut(name: str) -> str:
    return f"The end of the file {name} is missing. {RESTORE}"


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(8, "big") + bytes(3) + bytes([last])


def _open(path: Path) -> IO[bytes]:
    try:
        return open(path, "rb")
    except OSError as error:
        raise Missing(f"The file {path.name} cannot be read ({error.strerror}). {RESTORE}") from None
