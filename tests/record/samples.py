# SPDX-License-Identifier: Apache-2.0
"""Good inputs of every parser, to be damaged."""

from evenhand.record import entries, forks, proofs, tiles
from evenhand.record.canonical import encode
from evenhand.record.tree import leaf_hash
from tests.record.making import BOOK, COSIGNERS, FIELDS, POLICY, checkpoint, counted, key, receipt
from tests.record.trees import leaves, mth, node_over

KEYS = [key().verifier]
SEALED, OPENED = entries.seal(book=BOOK, fields=FIELDS, chance=counted())
LOG = [entries.genesis(origin=key().name, key=key().verifier.text), SEALED, b"{}", b'{"a":[1,"\\n",true]}', SEALED]
LEAVES = leaves(300)

NOTES = [str(checkpoint(LOG, seconds=at)).encode() for at in (None, 1, 2**62)]
NOT_OURS = b"x\n\n\xe2\x80\x94 a AAAAAAA=\n"
VERIFIER_KEYS = [each.text.encode() for each in (*KEYS, COSIGNERS[0].verifier)]
SIGNING_KEYS = [key().text.encode()]
TILES = [bytes([0, 200]) + b"".join(LEAVES[:200]), bytes([1, 0]) + b"".join(LEAVES[:256])]
"""Each behind two bytes for the size of a log."""
BUNDLES = [tiles.bundle(LOG), tiles.bundle([b""] * 256)]
DISCLOSURES = [text.encode() for text in OPENED]
RECEIPTS = [str(receipt(LOG, at, texts, seconds=1)).encode() for at, texts in ((0, ()), (1, OPENED), (4, ()))]
MANY_RECEIPTS = [b"".join(str(receipt(LOG, at)).encode() for at in range(3))]
POLICIES = [encode(POLICY.as_data())]
SCHEDULES = [b'{"every":86400,"from":"2026-01-01T03:00:00Z","multiple":16}']


def _sizes(first: int, second: int) -> bytes:
    return first.to_bytes(10, "big") + second.to_bytes(10, "big")


def hash_lists() -> list[bytes]:
    """Two numbers of 10 bytes, a leaf or an old root, a root, and the hashes that lead there."""
    node, root = node_over(LEAVES), mth(LEAVES)
    return [
        _sizes(index, 300) + LEAVES[index] + root + b"".join(proofs.inclusion(index, 300, node))
        for index in (0, 255, 299)
    ] + [
        _sizes(old, 300) + mth(LEAVES[:old]) + root + b"".join(proofs.consistency(old, 300, node))
        for old in (1, 256, 299, 300)
    ]


def a_fork(size: int) -> bytes:
    """The fork of two logs that differ in their first entry."""
    other = [b'{"other":1}', *LOG[1:]]
    node = node_over([leaf_hash(each) for each in other])
    found = forks.between(checkpoint(LOG[:size]), checkpoint(other), node=node)
    assert found is not None
    return found.data()


FORKS = [a_fork(3), a_fork(4), a_fork(5)]
