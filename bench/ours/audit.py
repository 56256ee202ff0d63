# SPDX-License-Identifier: Apache-2.0
"""Times the audit of a log as `record verify` does it: FOLDER, and "shapes" for the profile and shape of entries as well."""

import json
import sys
import time
from pathlib import Path

from bench.records import KEY
from evenhand.record.files.auditing import audit
from evenhand.record.files.shelf import Shelf

folder, shapes = Path(sys.argv[1]), "shapes" in sys.argv[2:]
begun, worked = time.perf_counter(), time.process_time()
found = audit(Shelf(folder), [KEY.verifier], shapes=shapes)
seconds, processor = time.perf_counter() - begun, time.process_time() - worked
if not found.holds:
    raise SystemExit(found.faults[0])
print(json.dumps({"seconds": seconds, "processor": processor, "root": found.checkpoint.root.hex()}))
