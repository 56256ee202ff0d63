# SPDX-License-Identifier: Apache-2.0
"""Makes a log of COUNT plain entries after its genesis, in groups of 10,000: FOLDER COUNT."""

import json
import sys
import time
from pathlib import Path

from bench.records import new, plain

GROUP = 10_000

folder, count = Path(sys.argv[1]), int(sys.argv[2])
begun, worked = time.perf_counter(), time.process_time()
with new(folder) as log:
    for first in range(1, count, GROUP):
        log.append([plain(number) for number in range(first, min(first + GROUP, count))])
seconds, processor = time.perf_counter() - begun, time.process_time() - worked
print(json.dumps({"seconds": seconds, "processor": processor}))
