# SPDX-License-Identifier: Apache-2.0
"""The Merkle tree of RFC 6962 over SHA-256: leaves, nodes, and the compact range that grows it.

A hash is 32 bytes wherever it is taken from outside; whoever compares without looking at the length first lets an empty
leaf stand for an empty tree.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from evenhand.record.errors import HashListError

HASH = 32
EMPTY_ROOT = sha256(b"").digest()

Node = Callable[[int, int], bytes]
"""(level, index) to the root of the perfect subtree over leaves [index * 2^level, (index + 1) * 2^level)."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256 of 0x00 and the bytes of an entry."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of 0x01 and two hashes."""
    return sha256(b"\1" + left + right).digest()


def checked(value: bytes, what: str) -> bytes:
    """The same bytes; `HashListError` unless they are 32."""
    if not isinstance(value, bytes) or len(value) != HASH:
        raise HashListError(f"{what} is not a hash of {HASH} bytes.")
    return value


class CompactRange:
    """The roots of the perfect subtrees of a log's first `size` entries, largest first: all that appending needs.

    Holds at most one hash for each bit of the size; appending costs one hash on average and log2(size) at most.
    """

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = [checked(peak, "A peak") for peak in peaks]
        if len(self.peaks) != size.bit_count():
            raise HashListError(f"A range of {size} entries has {size.bit_count()} peaks, not {len(self.peaks)}.")

    @classmethod
    def read(cls, size: int, node: Node) -> "CompactRange":
        """The range over the first `size` entries of a stored tree."""
        return cls(size, [node(level, index) for level, index in perfect(0, size)])

    def append(self, leaf: bytes) -> None:
        """One entry more, by its leaf hash."""
        found, size = checked(leaf, "A leaf"), self.size
        while size & 1:
            found = node_hash(self.peaks.pop(), found)
            size >>= 1
        self.peaks.append(found)
        self.size += 1

    def root(self) -> bytes:
        """The root over everything appended so far."""
        return fold(self.peaks)


def perfect(start: int, end: int) -> list[tuple[int, int]]:
    """The perfect subtrees, as (level, index), that make up [start, end), from left to right.

    `start` is a multiple of the largest power of two that fits, as it always is for a subtree of RFC 6962.
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def fold(peaks: Sequence[bytes]) -> bytes:
    """The root over perfect subtrees that stand from left to right, largest first."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    grown = CompactRange()
    for leaf in leaves:
        grown.append(leaf)
    return grown.root()
