# SPDX-License-Identifier: Apache-2.0
"""What tests of a log in files make: its genesis, plain entries, a log of some size, and a look at every file of it."""

from collections.abc import Sequence
from pathlib import Path

from evenhand.record import entries
from evenhand.record.files.auditing import audit
from evenhand.record.files.log import Log, signer_beside
from evenhand.record.files.shelf import Shelf
from evenhand.record.files.signer import Signer
from evenhand.record.keys import SigningKey
from tests.record.making import ORIGIN, key

NEXT = SigningKey.of_seed(ORIGIN, bytes(31) + b"\2")
"""The key to which the log hands over; never to be trusted."""


def genesis(**more: object) -> bytes:
    """Entry 0 of the log of these tests."""
    return entries.genesis(origin=ORIGIN, key=key().verifier.text, **more)


def plain(start: int, end: int) -> list[bytes]:
    """The canonical bytes of entries `start` to `end - 1` of the log of these tests; each has its own length."""
    return [entries.plain({"minute": number, "says": "q" * (number % 7)}) for number in range(start, end)]


def made(folder: Path, size: int = 1, *, first: bytes | None = None) -> Path:
    """A published log of `size` entries, closed."""
    with Log.new(folder, key(), first or genesis()) as log:
        log.append(plain(1, size))
    return folder


def entry_bytes(size: int) -> list[bytes]:
    """All entries of that log."""
    return [genesis(), *plain(1, size)]


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path within it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def held(folder: Path, *keys: SigningKey) -> int:
    """The size of a log in which an audit finds nothing to object to."""
    found = audit(Shelf(folder), [each.verifier for each in keys or (key(),)])
    assert [] == found.faults
    return found.checkpoint.size


def faults(folder: Path) -> Sequence[str]:
    """What an audit finds."""
    return audit(Shelf(folder), [key().verifier]).faults


def signed(folder: Path) -> tuple[int, bytes]:
    """How far the signer beside a log has signed."""
    signer = Signer.open(signer_beside(folder))
    return signer.size, signer.root
