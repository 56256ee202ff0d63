# SPDX-License-Identifier: Apache-2.0
"""Tiles and entry bundles (C2SP `tlog-tiles`): how the nodes and entries of a log lie in files of fixed size.

A tile is 256 hashes of one level, a bundle is 256 entries, each after its length as two bytes. From the tiles every
node of the tree, and so every proof, is a few hashes away.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256

from evenhand.record.errors import TileError
from evenhand.record.tree import HASH, Node

WIDTH = 256
"""Hashes of a full tile, and entries of a full bundle."""
HEIGHT = 8
LONGEST_ENTRY = 65_535

Tile = Callable[[int, int, int], bytes]
"""(level, index, width) to at least `width` hashes of a tile; raises `TileError` if it is not there."""


def index_path(index: int) -> str:
    """A number in groups of three digits, all but the last with an x before it: 1234067 is x001/x234/067."""
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03d}")
    return "/".join(reversed(groups))


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Where a tile lies, or with the level "entries" a bundle; partial when the width is below 256."""
    return f"tile/{level}/{index_path(index)}" + (f".p/{width}" if width < WIDTH else "")


def layout(size: int) -> list[tuple[int, int, int]]:
    """(level, full tiles, width of the partial tile or 0) for each level of a log of `size` entries."""
    found, level = [], 0
    while size:
        found.append((level, size // WIDTH, size % WIDTH))
        size //= WIDTH
        level += 1
    return found


def width_of(level: int, index: int, size: int) -> int:
    """How many hashes a tile has in a log of `size` entries: 256, fewer at the edge, 0 beyond it."""
    return max(0, min(WIDTH, (size >> (HEIGHT * level)) - index * WIDTH))


def subtree(hashes: bytes | memoryview) -> bytes:
    """The root of a perfect subtree over a power of two of hashes that stand one after another."""
    data = bytes(hashes)
    while len(data) > HASH:
        data = b"".join([sha256(b"\1" + data[at : at + 64]).digest() for at in range(0, len(data), 64)])
    return data


def node_of(tile: Tile, size: int) -> Node:
    """A reader of nodes over the tiles of a log of `size` entries; each node costs one tile and at most 127 hashes."""

    def node(level: int, index: int) -> bytes:
        rows, height = divmod(level, HEIGHT)
        start = (index << height) % WIDTH
        number = (index << height) // WIDTH
        hashes = tile(rows, number, width_of(rows, number, size))
        found = hashes[start * HASH : (start + (1 << height)) * HASH]
        if len(found) != HASH << height:
            raise TileError(f"{tile_path(rows, number)} is shorter than a log of {size} entries needs.")
        return subtree(found)

    return node


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one after another, each after its length; `TileError` for one that is longer than two bytes can say."""
    parts = []
    for entry in entries:
        if len(entry) > LONGEST_ENTRY:
            raise TileError(
                f"An entry of {len(entry):,} bytes does not fit into a bundle; at most {LONGEST_ENTRY:,} do."
            )
        parts.append(len(entry).to_bytes(2, "big"))
        parts.append(entry)
    return b"".join(parts)


def unbundle(data: bytes, *, most: int = WIDTH) -> list[bytes]:
    """The entries of a bundle; `TileError` if it ends within one or holds more than `most`."""
    entries: list[bytes] = []
    at, end = 0, len(data)
    for _ in range(most):
        if at == end:
            return entries
        start = at + 2
        if start <= end:
            at = start + (data[at] << 8 | data[at + 1])
        if at > end or start > end:
            raise TileError("The bundle ends in the middle of an entry.")
        entries.append(data[start:at])
    if at < end:
        raise TileError(f"The bundle holds more than the {most} entries that belong there.")
    return entries
