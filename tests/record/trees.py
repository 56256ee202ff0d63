# SPDX-License-Identifier: Apache-2.0
"""Trees for tests: leaves by a seed, the plain recursive hash of RFC 6962, and tiles held in a dictionary."""

import hashlib

from evenhand.record import tiles
from evenhand.record.errors import TileError
from evenhand.record.tree import Node


def leaves(count: int, seed: str = "leaf") -> list[bytes]:
    """So many different leaf hashes, always the same for one seed."""
    return [hashlib.sha256(f"{seed} {number}".encode()).digest() for number in range(count)]


def mth(hashes: list[bytes]) -> bytes:
    """The Merkle Tree Hash, word for word as RFC 6962 2.1 defines it, over leaf hashes."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return hashlib.sha256(b"\1" + mth(hashes[:split]) + mth(hashes[split:])).digest()


def node_over(hashes: list[bytes]) -> Node:
    """Any node of the tree over these leaf hashes, by the plain definition."""

    def node(level: int, index: int) -> bytes:
        inside = hashes[index << level : (index + 1) << level]
        assert len(inside) == 1 << level, "a node outside the tree was asked for"
        return mth(inside)

    return node


def tiles_of(hashes: list[bytes]) -> dict[str, bytes]:
    """Every tile of a log with these leaf hashes, by its path."""
    found: dict[str, bytes] = {}
    row = hashes
    for level, full, partial in tiles.layout(len(hashes)):
        for index in range(full + bool(partial)):
            inside = row[index * tiles.WIDTH : (index + 1) * tiles.WIDTH]
            found[tiles.tile_path(level, index, len(inside))] = b"".join(inside)
        row = [mth(row[at : at + tiles.WIDTH]) for at in range(0, full * tiles.WIDTH, tiles.WIDTH)]
    return found


def tile_reader(found: dict[str, bytes]) -> tiles.Tile:
    """A reader of tiles over such a dictionary."""

    def tile(level: int, index: int, width: int) -> bytes:
        try:
            return found[tiles.tile_path(level, index, width)]
        except KeyError:
            raise TileError(f"{tiles.tile_path(level, index, width)} is missing.") from None

    return tile
