# SPDX-License-Identifier: Apache-2.0
"""Times `evenhand-verify` on a log: FOLDER, and "whole" for all that the command does.

Without it: signature, tiles, leaves, nodes and root, which is what bare hashing is compared with. What is more in the
whole is the profile and shape of every entry, and the numbering of matters where disclosures lie in the folder.
"""

import json
import sys
import time
from importlib.util import module_from_spec, spec_from_file_location

from bench.measuring import ROOT
from bench.records import KEY

spec = spec_from_file_location("evenhand_verify", ROOT / "verifier" / "evenhand_verify.py")
verifier = module_from_spec(spec)
spec.loader.exec_module(verifier)
folder, whole = sys.argv[1], "whole" in sys.argv[2:]
begun, worked = time.perf_counter(), time.process_time()
report, keys = verifier.Report(), [verifier.Key(KEY.verifier.text)]
log = verifier.Log(folder, report)
if whole:
    verifier.check_log(log, keys, None)
else:
    log.checkpoint.signers(keys)
    log.check_tiles()
seconds, processor = time.perf_counter() - begun, time.process_time() - worked
if report.count:
    raise SystemExit(report.as_text())
print(json.dumps({"seconds": seconds, "processor": processor, "root": log.root.hex()}))
