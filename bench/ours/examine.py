# SPDX-License-Identifier: Apache-2.0
"""Times one examination, report included: MAPPING SOURCE OUT."""

import json
import sys
import time
from pathlib import Path

from evenhand.examine.running import run

mapping, source, out = map(Path, sys.argv[1:])
begun, worked = time.perf_counter(), time.process_time()
findings = run(mapping, source, out, threads=2, memory="1GB")
seconds, processor = time.perf_counter() - begun, time.process_time() - worked
report = out / "report.html"
print(json.dumps({"seconds": seconds, "processor": processor, "cases": findings["population"]["cases"],
                  "report": report.stat().st_size if report.exists() else None}))  # fmt: skip
