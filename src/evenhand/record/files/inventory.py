# SPDX-License-Identifier: Apache-2.0
"""What lies under `tile/`: every tile and bundle by its place, and whatever is neither."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from evenhand.record.encodings import LARGEST_SIZE
from evenhand.record.tiles import WIDTH, layout, tile_path, width_of

LEVELS = len(layout(LARGEST_SIZE))
ENTRIES = "entries"


class Place(NamedTuple):
    """Which tile (`kind` is its level) or bundle (`kind` is "entries") a file is, and how wide."""

    kind: int | str
    number: int
    width: int

    def needed(self, size: int) -> int:
        """How wide it is in a log of `size` entries; 0 where such a log does not have it."""
        return width_of(0 if isinstance(self.kind, str) else self.kind, self.number, size)


def lying(folder: Path) -> Iterator[tuple[str, Place | None]]:
    """Every file under `tile/` of a log: its path within the log and its place, None for what is no tile or bundle."""
    for top, folders, names in os.walk(folder / "tile"):
        folders.sort()
        for name in folders:
            if Path(top, name).is_symlink():
                yield Path(top, name).relative_to(folder).as_posix(), None
        for name in sorted(names):
            path = Path(top, name).relative_to(folder).as_posix()
            yield path, _place(path)


def clear(folder: Path, *, since: int, size: int) -> None:
    """Takes away what was written since the log had `since` entries and what a log of `size` does not need.

    An append that was cut off leaves tiles beyond the log; a power cut leaves narrower ones that may be empty.
    """
    for path, place in list(lying(folder)):
        if place is not None and place.needed(since) < place.width != place.needed(size):
            (folder / path).unlink()
            with suppress(OSError):  # other widths lie there still
                (folder / path).parent.rmdir()


def _place(path: str) -> Place | None:
    _, kind, *steps = path.split("/")
    width = WIDTH
    if len(steps) > 1 and steps[-2].endswith(".p"):
        if not steps[-1].isdecimal() or len(steps[-1]) > 3:
            return None
        width = int(steps.pop())
        steps[-1] = steps[-1].removesuffix(".p")
    digits = "".join(steps).replace("x", "")
    if not digits.isdecimal() or len(digits) > 21 or not 0 < width <= WIDTH:
        return None
    if kind != ENTRIES and not (kind.isdecimal() and len(kind) < 3 and int(kind) < LEVELS):
        return None
    place = Place(kind if kind == ENTRIES else int(kind), int(digits), width)
    return place if tile_path(*place) == path else None
