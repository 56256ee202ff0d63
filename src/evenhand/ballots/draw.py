# SPDX-License-Identifier: Apache-2.0
"""Draws by lot that anybody can repeat (D14).

The first method is VRS (draft-thomson-elegy-vrs): HKDF-SHA256 (RFC 5869) and a sort. When one name falls out, the order of
all others stays as it was, so removing somebody seats the next and not a friend. The second is RFC 3797, for rules that
name it.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Drawn:
    """One name with its key, 64 hex digits: the names come in the order of their keys."""

    label: str
    key: str


@dataclass(frozen=True)
class Draw:
    """Who sits, who comes next if a seat empties, both in the order of the lot."""

    seats: tuple[str, ...]
    substitutes: tuple[str, ...]


def order(salt: bytes, beacon: bytes, labels: Sequence[str]) -> tuple[Drawn, ...]:
    """The order of a pool. `ValueError` for a label that stands twice: nobody has two chances."""
    if len(set(labels)) != len(labels):
        raise ValueError("A name stands twice in the pool; everybody has one chance.")
    extracted = hmac.digest(salt, beacon, "sha256")
    keyed = ((hmac.digest(extracted, label.encode() + b"\x01", "sha256").hex(), label) for label in labels)
    return tuple(Drawn(label, key) for key, label in sorted(keyed))


def draw(salt: bytes, beacon: bytes, labels: Sequence[str], *, seats: int) -> Draw:
    """The first `seats` of the order sit. `ValueError` where there are fewer names than seats."""
    if not 0 < seats <= len(labels):
        raise ValueError(f"{len(labels)} names cannot fill {seats} seats.")
    drawn = [one.label for one in order(salt, beacon, labels)]
    return Draw(tuple(drawn[:seats]), tuple(drawn[seats:]))


def may_draw(eligible: int, seats: int) -> bool:
    """Whether a lot decides anything: fewer than two more than the seats, and the rulebook's substitutes sit (S13)."""
    return eligible >= seats + 2


def rfc3797(key: str, names: int, *, picks: int) -> tuple[int, ...]:
    """Which of the names, numbered from 1, are picked, in their order (RFC 3797, section 5).

    `key` is the source as that section writes it: numbers ascending, each followed by a full stop, sources closed by /.
    """
    if not 0 < picks <= names:
        raise ValueError(f"{names} names cannot give {picks} picks.")
    left, found = list(range(1, names + 1)), []
    for number in range(picks):
        counter = number.to_bytes(2, "big")
        digest = hashlib.md5(counter + key.encode("ascii") + counter, usedforsecurity=False).digest()
        found.append(left.pop(int.from_bytes(digest, "big") % len(left)))
    return tuple(found)
