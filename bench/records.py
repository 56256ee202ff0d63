# SPDX-License-Identifier: Apache-2.0
"""Logs to measure: their key, their entries, and files of entries that are made once and read by both sides."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from evenhand.record import entries
from evenhand.record.canonical import encode
from evenhand.record.entries import Chance
from evenhand.record.files.log import Log
from evenhand.record.keys import SigningKey
from evenhand.record.tiles import unbundle

ORIGIN = "bench.example/log"
KEY = SigningKey.of_seed(ORIGIN, sha256(b"never trust this key: it is in a public file").digest())
BOOK = "sha256:" + sha256(b"a rulebook that nobody wrote").hexdigest()
IN_A_MATTER = 10  # entries
PLAIN_TEXT = "An entry that is as long as many that other logs hold, and always the same but for its number. " * 4


def new(folder: Path) -> Log:
    """A new log with its genesis alone; its signer lies beside it."""
    return Log.new(folder, KEY, entries.genesis(origin=ORIGIN, key=KEY.verifier.text))


def acts(count: int, chance: Chance) -> Iterator[tuple[bytes, tuple[str, ...]]]:
    """Sealed entries of the usual size with their disclosures: acts of matters that have ten entries each."""
    for number in range(count):
        if number % IN_A_MATTER == 0:
            matter, by = chance(16).hex(), chance(16).hex()
        fields = {
            "type": "act",
            "day": "2026-04-01",
            "at": "2026-04-01T08:30:00Z",
            "matter": matter,
            "n": number % IN_A_MATTER + 1,
            "by": by,
            "as": "registrar",
            "rule": "discipline.note",
            "body.notice": {"how": "post"},
        }
        yield entries.seal(book=BOOK, fields=fields, chance=chance)


def plain(number: int) -> bytes:
    """A plain entry of about 400 bytes, quickly made and already canonical."""
    return b'{"number":%d,"text":"%s"}' % (number, PLAIN_TEXT.encode())


def line(index: int, disclosures: tuple[str, ...]) -> bytes:
    """The line of `disclosures.jsonl` that opens an entry."""
    return encode({"disclosures": list(disclosures), "index": index}) + b"\n"


def read(path: Path, count: int) -> list[bytes]:
    """The entries of a file of `count`, each after its length as in a bundle."""
    return unbundle(path.read_bytes(), most=count)


def spread(count: int, size: int) -> list[int]:
    """Places in a log of `size` entries, far from each other and the same in each run."""
    return [(number * 0x9E3779B1 + 12_345) % size for number in range(count)]
