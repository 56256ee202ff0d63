# SPDX-License-Identifier: Apache-2.0
"""Writes the receipt of the last entry of a log and the key of the log: FOLDER FILE KEYFILE."""

import json
import sys
from pathlib import Path

from bench.records import KEY
from evenhand.record.files.log import receipt
from evenhand.record.files.shelf import Shelf

shelf = Shelf(Path(sys.argv[1]))
index = shelf.checkpoint().size - 1
path = Path(f"{sys.argv[1]}/disclosures.jsonl")
opened = json.loads(path.read_bytes().splitlines()[-1])["disclosures"] if path.exists() else ()
made = str(receipt(shelf, index, opened))
Path(sys.argv[2]).write_text(made, encoding="utf-8")
Path(sys.argv[3]).write_text(f"{KEY.verifier.text}\n", encoding="utf-8")
print(json.dumps({"bytes": len(made.encode())}))
