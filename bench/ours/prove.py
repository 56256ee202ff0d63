# SPDX-License-Identifier: Apache-2.0
"""Times inclusion and consistency lists from the stored tiles of a log: FOLDER PROOFS. Seconds are for one proof.

`first`: nothing of the log is in this process yet, each proof reads its tiles. `again`: the same proofs, the tiles read
before. `null` is what reading one tile file costs. Every list is verified afterwards.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.records import spread
from evenhand.record.files.shelf import Shelf
from evenhand.record.proofs import consistency, inclusion, verify_consistency, verify_inclusion
from evenhand.record.tiles import node_of, tile_path
from evenhand.record.tree import CompactRange, leaf_hash

folder, count = Path(sys.argv[1]), int(sys.argv[2])
checkpoint = Shelf(folder).checkpoint()
size, places = checkpoint.size, spread(count, checkpoint.size - 1)
said = {}


def measured(name: str, prove: Callable[[Shelf, int], tuple[bytes, ...]]) -> list[tuple[bytes, ...]]:
    """Each proof on a shelf of its own, then the same proofs twice on one shelf, of which the second round counts."""
    fresh = [Shelf(folder) for _ in places]
    begun = time.perf_counter()
    lists = [prove(shelf, place) for shelf, place in zip(fresh, places, strict=True)]
    said[f"{name} first"] = (time.perf_counter() - begun) / count
    kept = Shelf(folder)
    for _ in range(2):
        begun = time.perf_counter()
        for place in places:
            prove(kept, place)
        said[f"{name} again"] = (time.perf_counter() - begun) / count
    return lists


included = measured("inclusion", lambda shelf, place: inclusion(place, size, node_of(shelf.tile, size)))
extended = measured("consistency", lambda shelf, place: consistency(place + 1, size, node_of(shelf.tile, size)))

begun = time.perf_counter()
for place in places:
    with (folder / tile_path(0, min(place, size - 256) // 256)).open("rb") as file:
        file.read()
said["null"] = (time.perf_counter() - begun) / count

held = Shelf(folder)
for place, hashes, since in zip(places, included, extended, strict=True):
    leaf = leaf_hash(held.entry(place, size))
    verify_inclusion(index=place, size=size, leaf=leaf, hashes=hashes, root=checkpoint.root)
    old = CompactRange.read(place + 1, node_of(held.tile, size)).root()
    verify_consistency(old=place + 1, new=size, old_root=old, new_root=checkpoint.root, hashes=since)
print(json.dumps(said | {"root": checkpoint.root.hex(), "hashes": max(map(len, included))}))
