# SPDX-License-Identifier: Apache-2.0
"""Times appending canonical entries to a new log in groups, and apart from it what ends the work: FILE COUNT GROUP FOLDER.

When `append` returns, a group is on the disk and each of its entries can be proved. What ends the work is the checkpoint,
signed and published, the flush of every tile, and the end of the journal.
"""

import json
import sys
import time
from pathlib import Path

from bench.records import new, read
from evenhand.record.proofs import verify_inclusion
from evenhand.record.tree import leaf_hash

count, group = int(sys.argv[2]), int(sys.argv[3])
entries = read(Path(sys.argv[1]), count)
with new(Path(sys.argv[4])) as log:
    begun, worked = time.perf_counter(), time.process_time()
    for at in range(0, count, group):
        log.append(entries[at : at + group])
    seconds, processor = time.perf_counter() - begun, time.process_time() - worked
    verify_inclusion(  # ready for proofs, before anything is published
        index=count, size=log.size, leaf=leaf_hash(entries[-1]), hashes=log.inclusion(count), root=log.root_at(log.size)
    )
    begun = time.perf_counter()
    log.settle()
    ending = time.perf_counter() - begun
print(json.dumps({"seconds": seconds, "processor": processor, "ending": ending}))
