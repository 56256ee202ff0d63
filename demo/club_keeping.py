# SPDX-License-Identifier: Apache-2.0
"""Keeps the record of a year: enters each happening on its day and moves the public copy at each instant.

A publication comes every day whether or not anything happened; two cosigners of the demo sign it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from evenhand.record import entries
from evenhand.record.canonical import encode
from evenhand.record.cosigning import Policy, cosign
from evenhand.record.disclosures import digest
from evenhand.record.files.log import Log
from evenhand.record.files.publishing import Cosign, publish
from evenhand.record.keys import COSIGNS, SigningKey
from evenhand.record.notes import Note
from evenhand.record.publication import Publication
from evenhand.record.tree import leaf_hash

ORIGIN = "club.example/quay"
COSIGNERS = ("cosigner.example/lantern", "cosigner.example/harbour")
HOUR = 3
"""The hour (UTC) of each publication: at night, when nobody waits for it."""

Fields = Callable[["Kept"], Mapping[str, Any]]
"""Makes the fields of an entry when its turn has come; some of them can only be told from what was entered before."""


@dataclass(frozen=True)
class Due:
    """One entry to be made at an instant."""

    at: datetime
    fields: Fields


@dataclass
class Kept:
    """What is kept beside the log: the bytes of each entry, and by name the disclosures that the organisation still has.

    `given` are those that were handed to the parties when the entry was made: erasing does not reach them.
    """

    entries: dict[int, bytes] = field(default_factory=dict)
    disclosures: dict[int, dict[str, str]] = field(default_factory=dict)
    given: dict[int, dict[str, str]] = field(default_factory=dict)

    def leaf(self, index: int) -> str:
        """The leaf of an entry in hex, as `refs` names it."""
        return leaf_hash(self.entries[index]).hex()

    def erase(self, index: int, names: Iterable[str]) -> list[str]:
        """Forgets these disclosures of an entry and returns their digests."""
        return [digest(self.disclosures[index].pop(name)) for name in names]


@dataclass(frozen=True)
class Keys:
    """The keys of the demo, made from a seed: never to be used for anything else."""

    log: SigningKey
    cosigners: tuple[SigningKey, ...]

    @classmethod
    def of_seed(cls, seed: str) -> "Keys":
        """The same keys for the same seed."""
        chance = Random(f"{seed} keys")
        log = SigningKey.of_seed(ORIGIN, chance.randbytes(32))
        return cls(log, tuple(SigningKey.of_seed(name, chance.randbytes(32), type=COSIGNS) for name in COSIGNERS))

    @property
    def policy(self) -> Policy:
        """Both cosigners are asked for."""
        return Policy(len(self.cosigners), tuple(key.verifier for key in self.cosigners))

    def cosign(self, at: datetime) -> Cosign:
        """Both cosigners sign at an instant."""
        return lambda _, note: self.cosigned(note, at)

    def cosigned(self, note: Note, at: datetime) -> Note:
        """The note with both their lines."""
        return note.with_lines(cosign(note.text, key, seconds=int(at.timestamp())) for key in self.cosigners)


def new_log(folder: Path, keys: Keys, *, rulebook: str, first: date, multiple: int = 16) -> Log:
    """The club's log, published daily from the first day on."""
    start = datetime.combine(first, time(HOUR), UTC)
    genesis = entries.genesis(
        origin=ORIGIN,
        key=keys.log.verifier.text,
        charter="Whether the club keeps its own rules can be checked here by anybody. It is invented.",
        rulebook=rulebook,
        cosigners=keys.policy.as_data(),
        publication=Publication(start, multiple=multiple).as_data(),
    )
    return Log.new(folder, keys.log, genesis)


def keep(
    log: Log,
    public: Path,
    keys: Keys,
    year: Iterable[Due],
    *,
    rulebook: str,
    first: date,
    days: int,
    seed: str,
    seen: Callable[[datetime], None] = lambda _: None,
) -> Kept:
    """Enters a year and publishes it day by day; `seen` is told each instant at which the public copy has moved."""
    chance, waiting, kept = Random(f"{seed} salts").randbytes, list(year), Kept()
    for number in range(days):
        instant = datetime.combine(first + timedelta(days=number), time(HOUR), UTC)
        today = [one for one in waiting if one.at <= instant]
        waiting = waiting[len(today) :]
        for one in today:
            enter(log, kept, one.fields(kept), rulebook=rulebook, chance=chance)
        publish(log, public, now=instant, chance=chance, cosign=keys.cosign(instant))
        seen(instant)
    return kept


def enter(log: Log, kept: Kept, fields: Mapping[str, Any], *, rulebook: str, chance: entries.Chance) -> int:
    """Seals one entry, appends it, and keeps what opens it; returns its index."""
    data, opened = entries.seal(book=rulebook, fields=fields, chance=chance)
    index = log.append([data])
    kept.entries[index] = data
    kept.disclosures[index] = dict(zip(fields, opened, strict=True))
    kept.given[index] = dict(kept.disclosures[index])
    return index


def disclosure_line(index: int, disclosures: Iterable[str]) -> bytes:
    """One line of `disclosures.jsonl`."""
    return encode({"index": index, "disclosures": list(disclosures)}) + b"\n"
