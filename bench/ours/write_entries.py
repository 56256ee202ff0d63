# SPDX-License-Identifier: Apache-2.0
"""Makes sealed entries, times it, and keeps them for both sides: FILE COUNT. What opens them goes into FILE.jsonl."""

import json
import secrets
import sys
import time
from pathlib import Path

from bench.records import acts, line
from evenhand.record.tiles import bundle

path, count = Path(sys.argv[1]), int(sys.argv[2])
begun, worked = time.perf_counter(), time.process_time()
made = list(acts(count, secrets.token_bytes))
seconds, processor = time.perf_counter() - begun, time.process_time() - worked
path.write_bytes(bundle(data for data, _ in made))
with path.with_name(f"{path.name}.jsonl").open("wb") as file:
    file.writelines(line(index, opened) for index, (_, opened) in enumerate(made, 1))  # the genesis is entry 0
mean = sum(len(data) for data, _ in made) / count
print(json.dumps({"seconds": seconds, "processor": processor, "mean": mean}))
