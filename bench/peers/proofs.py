# SPDX-License-Identifier: Apache-2.0
"""The peer's proofs over the entries of a log of ours, in the peer's own environment: FOLDER SIZE DATABASE PLACES.

The tree lies in SQLite, is made and opened before the clock starts, and is used as it is meant to be. `first`: the
cache of subtrees is empty, as after each start of a program. `again`: it holds all that these proofs need.
"""

import json
import sys
import time
from pathlib import Path

from pymerkle import SqliteTree

folder, size, places = Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[4])
said = {}


def entries():
    """The entries as they lie in the bundles of the log: each after its length."""
    for number in range((size + 255) // 256):
        width = min(256, size - 256 * number)
        groups = [f"x{number // 1000:03d}"] if number >= 1000 else []
        path = folder.joinpath("tile", "entries", *groups, f"{number % 1000:03d}")
        data = (path if width == 256 else path.with_name(f"{path.name}.p") / str(width)).read_bytes()
        at = 0
        while at < len(data):
            start = at + 2
            at = start + int.from_bytes(data[at:start], "big")
            yield data[start:at]


def measured(name, prove):
    """Each proof with an empty cache, then the same proofs twice, of which the second round counts."""
    total = 0.0
    for place in places:
        tree.cache_clear()
        begun = time.perf_counter()
        prove(place)
        total += time.perf_counter() - begun
    said[f"{name} first"] = total / len(places)
    for _ in range(2):
        begun = time.perf_counter()
        for place in places:
            prove(place)
        said[f"{name} again"] = (time.perf_counter() - begun) / len(places)


with SqliteTree(sys.argv[3]) as tree:
    if not tree.get_size():
        tree.append_entries(entries())
    measured("inclusion", lambda place: tree.prove_inclusion(place + 1))
    measured("consistency", lambda place: tree.prove_consistency(place + 1))
    said["root"] = tree.get_root().hex()
print(json.dumps(said))
