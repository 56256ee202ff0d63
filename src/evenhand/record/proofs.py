# SPDX-License-Identifier: Apache-2.0
"""Inclusion and consistency proofs: made from stored nodes, and verified as RFC 9162 2.1.3.2 and 2.1.4.2 say.

A consistency proof from size 0 is refused here, as RFC 6962 libraries do; a cosigner takes one with an empty list
and says so itself.
"""

from collections.abc import Sequence

from evenhand.record.encodings import LARGEST_SIZE
from evenhand.record.errors import HashListError
from evenhand.record.tree import Node, checked, fold, node_hash, perfect

LONGEST = 63
"""Hashes in a list at most."""


def inclusion(index: int, size: int, node: Node) -> tuple[bytes, ...]:
    """The hashes from the leaf's sibling up (RFC 6962 2.1.1); `HashListError` if the log has no such entry."""
    if not 0 <= index < size <= LARGEST_SIZE:
        raise HashListError(f"There is no entry {index} among {size}; entries are numbered from 0 to {size - 1}.")
    start, end, beside = 0, size, []
    while end - start > 1:
        middle = start + _left(end - start)
        if index < middle:
            beside.append((middle, end))
            end = middle
        else:
            beside.append((start, middle))
            start = middle
    return tuple(_root(start, end, node) for start, end in reversed(beside))


def consistency(old: int, new: int, node: Node) -> tuple[bytes, ...]:
    """The hashes that show the first `old` of `new` entries unchanged (RFC 6962 2.1.2); empty for equal sizes."""
    if not 0 < old <= new <= LARGEST_SIZE:
        raise HashListError(f"No consistency can be shown from {old} to {new} entries.")
    start, end, beside = 0, new, []
    while end != old:
        middle = start + _left(end - start)
        if old <= middle:
            beside.append((middle, end))
            end = middle
        else:
            beside.append((start, middle))
            start = middle
    if start:
        # Where the old tree is itself one perfect subtree on the left, its root is known and is left out.
        beside.append((start, end))
    return tuple(_root(start, end, node) for start, end in reversed(beside))


def verify_inclusion(*, index: int, size: int, leaf: bytes, hashes: Sequence[bytes], root: bytes) -> None:
    """Raises `HashListError` unless the entry with this leaf hash is entry `index` of the tree with this root."""
    checked(root, "The root")
    if root_of_inclusion(index=index, size=size, leaf=leaf, hashes=hashes) != root:
        raise HashListError(f"The hashes do not lead from entry {index} to the root of {size} entries.")


def root_of_inclusion(*, index: int, size: int, leaf: bytes, hashes: Sequence[bytes]) -> bytes:
    """The root to which an inclusion list leads (RFC 9162 2.1.3.2); `HashListError` if its length is wrong."""
    checked(leaf, "The leaf")
    _taken(hashes)
    if not 0 <= index < size <= LARGEST_SIZE:
        raise HashListError(f"There is no entry {index} among {size}.")
    first, last, found = index, size - 1, leaf
    for beside in hashes:
        if last == 0:
            raise HashListError("The list of hashes is too long.")
        if first & 1 or first == last:
            found = node_hash(beside, found)
            while not first & 1 and first:
                first >>= 1
                last >>= 1
        else:
            found = node_hash(found, beside)
        first >>= 1
        last >>= 1
    if last:
        raise HashListError("The list of hashes is too short.")
    return found


def verify_consistency(*, old: int, new: int, old_root: bytes, new_root: bytes, hashes: Sequence[bytes]) -> None:
    """Raises `HashListError` unless the tree of `new` entries begins with the tree of `old` entries."""
    checked(old_root, "The old root")
    checked(new_root, "The new root")
    if old == new and 0 < old <= LARGEST_SIZE:
        if hashes:
            raise HashListError("Equal sizes need an empty list.")
        if old_root != new_root:
            raise HashListError(f"Two different roots are given for {old} entries.")
        return
    roots = roots_of_consistency(old=old, new=new, old_root=old_root, hashes=hashes)
    if roots != (old_root, new_root):
        raise HashListError(f"The tree of {new} entries does not begin with the tree of {old} entries.")


def roots_of_consistency(*, old: int, new: int, old_root: bytes, hashes: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The two roots to which a consistency list leads (RFC 9162 2.1.4.2), for 0 < old < new.

    `old_root` is used only where `old` is a power of two, because the list leaves out what it takes to be known.
    """
    if not 0 < old < new <= LARGEST_SIZE:
        raise HashListError(f"No consistency can be shown from {old} to {new} entries.")
    _taken(hashes)
    path = [old_root, *hashes] if old & (old - 1) == 0 else list(hashes)
    if not path:
        raise HashListError("The list of hashes is empty.")
    first, last = old - 1, new - 1
    while first & 1:
        first >>= 1
        last >>= 1
    left = right = checked(path[0], "A hash of the list")
    for beside in path[1:]:
        if last == 0:
            raise HashListError("The list of hashes is too long.")
        if first & 1 or first == last:
            left, right = node_hash(beside, left), node_hash(beside, right)
            while not first & 1 and first:
                first >>= 1
                last >>= 1
        else:
            right = node_hash(right, beside)
        first >>= 1
        last >>= 1
    if last:
        raise HashListError("The list of hashes is too short.")
    return left, right


def _left(width: int) -> int:
    """The largest power of two below `width`: how many leaves the left side of a subtree has."""
    return 1 << ((width - 1).bit_length() - 1)


def _root(start: int, end: int, node: Node) -> bytes:
    return fold([node(level, index) for level, index in perfect(start, end)])


def _taken(hashes: Sequence[bytes]) -> None:
    if len(hashes) > LONGEST:
        raise HashListError(f"The list has {len(hashes)} hashes; at most {LONGEST} are taken.")
    for beside in hashes:
        checked(beside, "A hash of the list")
