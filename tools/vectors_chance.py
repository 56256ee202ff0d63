# SPDX-License-Identifier: Apache-2.0
"""What the vectors are made of: chance that can be repeated, test keys that nobody may trust, and an invented club."""

import hashlib
from collections.abc import Callable, Sequence

from evenhand.record import proofs
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import Policy, cosign
from evenhand.record.keys import COSIGNS, SigningKey
from evenhand.record.notes import Note
from evenhand.record.receipts import Receipt
from evenhand.record.tree import CompactRange, Node, leaf_hash, node_hash, root_of

ORIGIN = "example.org/quay"
BOOK = "sha256:" + hashlib.sha256(b"an invented rulebook").hexdigest()
DAY = 1_775_030_400
"""2026-04-01T08:00:00Z in seconds, when the cosigners cosigned."""

FIELDS = {
    "type": "act",
    "day": "2026-04-01",
    "at": "2026-04-01T08:30:00Z",
    "matter": "0" * 31 + "1",
    "n": 1,
    "by": "0" * 31 + "2",
    "as": "complainant",
    "rule": "discipline.lodge",
    "body.notice": {"how": "post"},
    "text.account": "Das Boot lag bis Ostern quer über dem Steg.",
    "person.respondent": "Ida Ågren",
}
"""The fields of one invented act."""


def counted(seed: str = "chance") -> Callable[[int], bytes]:
    """A stand-in for random bytes: SHA-256 of the seed and a number that counts the calls, cut to length."""
    calls = 0

    def chance(count: int) -> bytes:
        nonlocal calls
        calls += 1
        return hashlib.sha256(f"{seed} {calls}".encode()).digest()[:count]

    return chance


def key(name: str = ORIGIN, *, cosigns: bool = False, number: int = 1) -> SigningKey:
    """A test key: its seed is a hash of its name, so that everybody has it. Never to be trusted."""
    seed = hashlib.sha256(f"never trust this test key: {name} {number}".encode()).digest()
    return SigningKey.of_seed(name, seed, type=COSIGNS) if cosigns else SigningKey.of_seed(name, seed)


COSIGNERS = [key(f"cosigner.example/{name}", cosigns=True) for name in ("north", "south", "west")]
POLICY = Policy(2, tuple(each.verifier for each in COSIGNERS))


def node_over(leaves: Sequence[bytes]) -> Node:
    """Any node of the tree over these leaf hashes."""

    def node(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))

    return node


def leaves_of(entries: Sequence[bytes]) -> list[bytes]:
    """The leaf hashes of entries."""
    return [leaf_hash(entry) for entry in entries]


def checkpoint(entries: Sequence[bytes], *, by: SigningKey | None = None, cosigners: Sequence[SigningKey] = ()) -> Note:
    """The signed checkpoint over these entries, cosigned by these."""
    signer = by or key()
    note = Checkpoint(signer.name, len(entries), root_of(leaves_of(entries))).signed([signer])
    return note.with_lines(cosign(note.text, each, seconds=DAY + 60) for each in cosigners)


def receipt(
    entries: Sequence[bytes], index: int, disclosures: Sequence[str] = (), *, cosigners: Sequence[SigningKey] = ()
) -> Receipt:
    """The receipt of one of these entries under their checkpoint."""
    hashes = proofs.inclusion(index, len(entries), node_over(leaves_of(entries)))
    note = checkpoint(entries, cosigners=cosigners)
    return Receipt(entries[index], tuple(disclosures), index, hashes, note)


def flipped(data: bytes, at: int = 0) -> bytes:
    """The same bytes with the lowest bit of one of them changed."""
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def root_at(entries: Sequence[bytes], size: int) -> bytes:
    """The root over the first entries."""
    return CompactRange.read(size, node_over(leaves_of(entries))).root()
