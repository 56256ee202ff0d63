# SPDX-License-Identifier: Apache-2.0
"""Reads everything public of a small club over a year and tries to find out what the club did.

`Watcher.look` is called after each publication and notes all that a stranger can see of it: sizes, files, lengths, times,
signatures. `guesses` then looks for whatever sets one day, one entry or one value apart from the others, because
nothing can be learned where nothing differs. `python -m tests.record_attacks.reading_public FOLDER` reads one copy.
"""

import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evenhand.record.encodings import to_base64url
from evenhand.record.files.shelf import Shelf
from evenhand.record.notes import Note
from evenhand.record.tiles import WIDTH, width_of

OPEN_TO_ALL = ("v", "book", "type", "profile")
"""Keys whose values are the same for many entries because the format says so; they are looked at as classes."""


@dataclass(frozen=True)
class Day:
    """What one publication shows; instants are counted in seconds from the one for which it was made."""

    growth: int
    note: tuple[int, int]
    signed: tuple[int, ...]
    files: tuple[tuple[str, int, int], ...]

    @property
    def kind(self) -> tuple[Any, ...]:
        """What can be compared between days; names of tiles follow from the size alone and are compared in full years."""
        return self.growth, self.note[1], self.signed, tuple(sorted({late for _, _, late in self.files}))


@dataclass
class Watcher:
    """A stranger who takes a copy after each publication."""

    folder: Path
    days: list[Day] = field(default_factory=list)
    _size: int = 0
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def look(self, instant: float) -> None:
        """Notes what there is now; `instant` is the one that the schedule in the genesis names."""
        note, size = Shelf(self.folder).note(), Shelf(self.folder).checkpoint().size
        fresh = []
        for name, length, moment in sorted(_listed(self.folder, "")):
            if self._seen.get(name) != (length, moment):
                fresh.append((name, length, round(moment / 1e9 - instant)))
                self._seen[name] = length, moment
        lengths = (len(str(note)) - len(str(size)), len(note.signatures))
        self.days.append(Day(size - self._size, lengths, tuple(_cosigned(note, instant)), tuple(fresh)))
        self._size = size


def _listed(folder: Path | str, under: str) -> Iterator[tuple[str, int, int]]:
    """(name, length, time of the last change in nanoseconds) of all files and folders; a folder has no length."""
    for each in os.scandir(folder):
        stat, is_folder = each.stat(), each.is_dir()
        yield under + each.name, 0 if is_folder else stat.st_size, stat.st_mtime_ns
        if is_folder:
            yield from _listed(each.path, f"{under}{each.name}/")


def _cosigned(note: Note, instant: float) -> Iterator[int]:
    """How long after the instant each cosignature says it was made."""
    for each in note.signatures:
        if len(each.blob) == 72:
            yield round(int.from_bytes(each.blob[:8], "big") - instant)


@dataclass(frozen=True)
class Guesses:
    """What a stranger concludes. Empty fields, and one class of entries beside the genesis, mean: nothing."""

    days: tuple[int, ...]
    classes: tuple[tuple[tuple[Any, ...], int], ...]
    matters: tuple[int, ...]
    names: tuple[str, ...]


def entries_of(folder: Path) -> list[bytes]:
    """The entries of a copy, as anybody can read them."""
    shelf = Shelf(folder)
    size = shelf.checkpoint().size
    return [
        entry
        for number in range(-(-size // WIDTH))
        for entry in shelf.bundle(number, width_of(0, number, size))
    ]  # fmt: skip


def guesses(folder: Path, days: Sequence[Day], members: Iterable[str] = ()) -> Guesses:
    """Tries to find the days of acts, how many there were of a kind, how long matters were, and who acted."""
    values = [json.loads(entry) for entry in entries_of(folder)]
    lengths = [len(entry) for entry in entries_of(folder)]
    return Guesses(
        days=days_apart(days),
        classes=tuple(sorted(Counter(map(shape_of, values, lengths)).items())),
        matters=matters_in(values),
        names=names_in(values, members),
    )


def days_apart(days: Sequence[Day]) -> tuple[int, ...]:
    """The days that differ from most others: on them something was done. The first has the genesis, as it says."""
    usual = Counter(day.kind for day in days).most_common(1)
    return tuple(number for number, day in enumerate(days) if day.kind != usual[0][0])


def shape_of(value: dict[str, Any], length: int) -> tuple[Any, ...]:
    """Everything by which one entry can be told from another without knowing a salt: how many of each would be counts."""
    digests = value.get("_sd", [])
    kinds = tuple(sorted({len(digest) for digest in digests}))
    return length, len(digests), kinds, tuple(sorted(value)), str(value.get("book", "")), str(value.get("type", ""))


def matters_in(values: Sequence[dict[str, Any]]) -> tuple[int, ...]:
    """Entries that share a value hang together; how many hang together is how long a matter was. One alone is none."""
    heads = list(range(len(values)))

    def head(at: int) -> int:
        while heads[at] != at:
            heads[at] = heads[heads[at]]
            at = heads[at]
        return at

    first: dict[str, int] = {}
    for at, value in enumerate(values):
        for text in _texts(value):
            heads[head(at)] = head(first.setdefault(text, at))
    return tuple(sorted(count for count in Counter(map(head, range(len(values)))).values() if count > 1))


def _texts(value: dict[str, Any]) -> Iterator[str]:
    for name, inner in value.items():
        if name not in OPEN_TO_ALL:
            yield from map(str, inner if isinstance(inner, list) else [inner])


def names_in(values: Sequence[dict[str, Any]], members: Iterable[str]) -> tuple[str, ...]:
    """Whose name can be found by hashing the list of members, which everybody in a club has."""
    there = {text for value in values for text in _texts(value)}
    return tuple(name for name in members if not there.isdisjoint(_hashes(name)))


def _hashes(name: str) -> Iterator[str]:
    fields = ("person.complainant", "person.respondent", "by")
    spelled = [name, json.dumps(name), *(json.dumps([key, name], separators=(",", ":")) for key in fields)]
    salts = ("", "AA", to_base64url(bytes(32)))
    spelled += [json.dumps([salt, key, name], separators=(",", ":")) for salt in salts for key in fields]
    for text in spelled:
        for data in (text.encode(), to_base64url(text.encode()).encode()):
            whole = hashlib.sha256(data).digest()
            yield from (to_base64url(whole), whole.hex(), whole.hex()[:32], name)


def main() -> None:
    """Says what one copy gives away."""
    folder = Path(sys.argv[1])
    found = guesses(folder, ())
    print(f"{sum(count for _, count in found.classes)} entries of {len(found.classes)} kinds:")
    for shape, count in found.classes:
        print(f"  {count} of {shape[0]} bytes with {shape[1]} digests, keys {', '.join(shape[3])}")
    print(f"Entries that share a value: {', '.join(map(str, found.matters)) or 'none'}.")


if __name__ == "__main__":
    main()
