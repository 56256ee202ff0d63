# SPDX-License-Identifier: Apache-2.0
"""Times bare `hashlib` over the leaves and nodes of a log: FOLDER SIZE.

Reading a bundle and taking it apart is not counted: the clock runs while 256 entries that lie in memory are hashed, then
the 255 nodes above them, and at the end while the nodes above those are. So it is the least that any verification does.
"""

import json
import sys
import time
from hashlib import sha256
from pathlib import Path

from evenhand.record.files.shelf import Shelf
from evenhand.record.tiles import WIDTH

folder, size = Path(sys.argv[1]), int(sys.argv[2])
shelf, seconds, processor, above, rest = Shelf(folder), 0.0, 0.0, [], b""


def pairs(row: bytes) -> bytes:
    """The nodes above a row of hashes; an odd last one has none yet."""
    return b"".join([sha256(b"\1" + row[at : at + 64]).digest() for at in range(0, len(row) - 63, 64)])


for number in range((size + WIDTH - 1) // WIDTH):
    entries = shelf.bundle(number, min(WIDTH, size - number * WIDTH))
    begun, worked = time.perf_counter(), time.process_time()
    row = b"".join([sha256(b"\0" + entry).digest() for entry in entries])
    if len(entries) == WIDTH:
        while len(row) > 32:
            row = pairs(row)
        above.append(row)
    else:
        rest = row
    seconds += time.perf_counter() - begun
    processor += time.process_time() - worked
begun, worked = time.perf_counter(), time.process_time()
peaks = []  # the smallest first
for row in (rest, b"".join(above)):
    while row:
        if len(row) // 32 % 2:
            peaks.append(row[-32:])
        row = pairs(row)
root = peaks[0]
for peak in peaks[1:]:
    root = sha256(b"\1" + peak + root).digest()
seconds += time.perf_counter() - begun
processor += time.process_time() - worked
print(json.dumps({"seconds": seconds, "processor": processor, "root": root.hex()}))
