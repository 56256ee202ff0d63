# SPDX-License-Identifier: Apache-2.0
"""What tests of the record make: chance that can be repeated, keys, signed checkpoints, receipts and fields."""

import hashlib
from collections.abc import Sequence

from evenhand.record import proofs
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import Policy, cosign
from evenhand.record.keys import COSIGNS, SigningKey
from evenhand.record.notes import Note
from evenhand.record.receipts import Receipt
from evenhand.record.tree import leaf_hash
from tests.record.trees import mth, node_over
from tools.vectors_chance import BOOK, FIELDS, ORIGIN, counted

__all__ = ["BOOK", "FIELDS", "counted"]


def key(name: str = ORIGIN, *, cosigns: bool = False) -> SigningKey:
    """The test key of a name. Its seed is the hash of the name: never to be trusted."""
    seed = hashlib.sha256(f"never trust this test key: {name}".encode()).digest()
    return SigningKey.of_seed(name, seed, type=COSIGNS) if cosigns else SigningKey.of_seed(name, seed)


COSIGNERS = [key(f"cosigner.example/{name}", cosigns=True) for name in ("north", "south", "west")]
POLICY = Policy(2, tuple(each.verifier for each in COSIGNERS))


def checkpoint(entries: Sequence[bytes], *, by: SigningKey | None = None, seconds: int | None = None) -> Note:
    """The signed checkpoint over these entries; with `seconds`, cosigned by two of three."""
    signer = by or key()
    note = Checkpoint(signer.name, len(entries), mth([leaf_hash(entry) for entry in entries])).signed([signer])
    if seconds is None:
        return note
    return note.with_lines(cosign(note.text, each, seconds=seconds) for each in COSIGNERS[:2])


def receipt(
    entries: Sequence[bytes], index: int, disclosures: Sequence[str] = (), *, seconds: int | None = None
) -> Receipt:
    """The receipt of one of these entries."""
    node = node_over([leaf_hash(entry) for entry in entries])
    hashes = proofs.inclusion(index, len(entries), node)
    return Receipt(entries[index], tuple(disclosures), index, hashes, checkpoint(entries, seconds=seconds))
