# SPDX-License-Identifier: Apache-2.0
"""Reads the tiles and bundles of a folder, the newest kept in memory."""

from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

from evenhand.record import checkpoints
from evenhand.record.errors import LogError, TileError
from evenhand.record.files import durable
from evenhand.record.notes import LARGEST_NOTE, Note
from evenhand.record.tiles import LONGEST_ENTRY, WIDTH, tile_path, unbundle, width_of
from evenhand.record.tree import HASH

KEPT = 64
LARGEST_BUNDLE = WIDTH * (2 + LONGEST_ENTRY)


class Shelf:
    """The files of a log as they lie in a folder: tiles by (level, index, width), entries by index. Nothing is verified."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: OrderedDict[tuple[int, int], bytes] = OrderedDict()

    def tile(self, level: int, index: int, width: int) -> bytes:
        """At least `width` hashes of a tile; `TileError` if there is no such file or it is too short."""
        kept = self._kept.get((level, index))
        if kept is not None and len(kept) >= width * HASH:
            return kept
        data = self._read(level, index, width, WIDTH * HASH)
        if len(data) < width * HASH or len(data) % HASH:
            raise TileError(f"{tile_path(level, index, width)} has {len(data)} bytes, which is not {width} hashes.")
        self._kept[level, index] = data
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return data

    def bundle(self, index: int, width: int) -> list[bytes]:
        """The first `width` entries of a bundle; `TileError` if there are fewer."""
        data = self._read("entries", index, width, LARGEST_BUNDLE)
        try:
            entries = unbundle(data)
        except TileError as error:
            raise TileError(f"{tile_path('entries', index, width)}: {error.sentence}") from None
        if len(entries) < width:
            raise TileError(f"{tile_path('entries', index, width)} has {len(entries)} entries, not {width}.")
        return entries[:width]

    def entry(self, index: int, size: int) -> bytes:
        """Entry `index` of a log of `size` entries."""
        number, place = divmod(index, WIDTH)
        return self.bundle(number, width_of(0, number, size))[place]

    def newest_first(self, size: int) -> Iterator[bytes]:
        """The entries of a log of `size`, from the last to the first, each bundle read once."""
        for number in reversed(range(-(-size // WIDTH))):
            yield from reversed(self.bundle(number, width_of(0, number, size)))

    def note(self) -> Note:
        """The note in `checkpoint`; `LogError` where the folder has none."""
        path = self.folder / "checkpoint"
        try:
            return Note.parse(durable.read(path, most=LARGEST_NOTE))
        except OSError:
            raise LogError(
                f"{self.folder} is not a log: it has no file “checkpoint”. Name the folder that “record new” made."
            ) from None

    def checkpoint(self) -> checkpoints.Checkpoint:
        """What that note says, unverified."""
        return checkpoints.Checkpoint.parse(self.note().text)

    def _read(self, level: int | str, index: int, width: int, largest: int) -> bytes:
        full = self.folder / tile_path(level, index)
        for path in (self.folder / tile_path(level, index, width), full, *self._wider(full, width)):
            try:
                data = durable.read(path, most=largest)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                raise TileError(f"{path} cannot be read ({error.strerror}).") from None
            if len(data) > largest:
                raise TileError(f"{path} is larger than a file of its kind can be.")
            return data
        raise TileError(f"{tile_path(level, index, width)} is missing.")

    def _wider(self, full: Path, width: int) -> list[Path]:
        beside = full.with_name(full.name + ".p")
        try:
            widths = sorted(int(path.name) for path in beside.iterdir() if path.name.isdecimal())
        except OSError:
            return []
        return [beside / str(found) for found in widths if found > width]
