# SPDX-License-Identifier: Apache-2.0
"""The right edge of a log in memory: what grows when entries are appended, and the tiles that fall out of it.

An append costs one hash for each entry and, every 256 entries, the 255 of a finished tile; nothing is read again.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

from evenhand.record.files.shelf import Shelf
from evenhand.record.tiles import HEIGHT, WIDTH, bundle, layout, subtree, tile_path
from evenhand.record.tree import HASH, fold

Put = Callable[[str, bytes], None]
"""(path within the log, bytes): writes a file."""


class Edge:
    """The unfinished tile of each level and the unfinished bundle of a log of `size` entries."""

    def __init__(self) -> None:
        self.size = 0
        self.tiles: list[bytearray] = []
        self.entries: list[bytes] = []

    @classmethod
    def read(cls, shelf: Shelf, size: int) -> "Edge":
        """The edge of a stored log; `TileError` if a file of it is missing."""
        edge = cls()
        edge.size = size
        for level, full, width in layout(size):
            edge.tiles.append(bytearray(shelf.tile(level, full, width)[: width * HASH] if width else b""))
            if level == 0 and width:
                edge.entries = shelf.bundle(full, width)
        return edge

    def append(self, entries: Sequence[bytes], put: Put) -> None:
        """Adds entries; writes each tile and bundle that they finish."""
        at = 0
        while at < len(entries):
            taken = entries[at : at + WIDTH - len(self.entries)]
            at += len(taken)
            self.entries.extend(taken)
            self._extend(0, b"".join([sha256(b"\0" + entry).digest() for entry in taken]), put)
            self.size += len(taken)
            if len(self.entries) == WIDTH:
                put(tile_path("entries", self.size // WIDTH - 1), bundle(self.entries))
                self.entries = []

    def _extend(self, level: int, hashes: bytes, put: Put) -> None:
        if level == len(self.tiles):
            self.tiles.append(bytearray())
        tile = self.tiles[level]
        tile += hashes
        if len(tile) == WIDTH * HASH:
            # `size` does not count the entries yet that finish the tile, so it still lies within it.
            index = self.size >> HEIGHT * (level + 1)
            put(tile_path(level, index), bytes(tile))
            self.tiles[level] = bytearray()
            self._extend(level + 1, subtree(bytes(tile)), put)

    def write_partial(self, put: Put) -> None:
        """Writes the unfinished tiles and the unfinished bundle, as a log of this size needs them."""
        if self.entries:
            put(tile_path("entries", self.size // WIDTH, len(self.entries)), bundle(self.entries))
        for level, full, width in layout(self.size):
            if width:
                put(tile_path(level, full, width), bytes(self.tiles[level]))

    def peaks(self) -> list[bytes]:
        """The roots of the perfect subtrees, largest first."""
        found = []
        for tile in reversed(self.tiles):
            at, width = 0, len(tile) // HASH
            for bit in reversed(range(HEIGHT)):
                if width >> bit & 1:
                    found.append(subtree(bytes(tile[at * HASH : (at + (1 << bit)) * HASH])))
                    at += 1 << bit
        return found

    def root(self) -> bytes:
        """The root over all entries."""
        return fold(self.peaks())
