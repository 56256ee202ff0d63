# SPDX-License-Identifier: Apache-2.0
"""Writes a book of a rulebook as a Petri net: RULEBOOK BOOK FILE, and "workflow" for a net with one last place."""

import json
import sys
from pathlib import Path

from bench.nets import net
from evenhand.rulebook.loading import load
from evenhand.rulebook.table import compile_book

rulebook, book, out, *workflow = sys.argv[1:]
table = compile_book(load(Path(rulebook)), book)
Path(out).write_text(json.dumps(net(table, workflow=bool(workflow))))
print(json.dumps({"states": table.states, "moves": len(table.move_from)}))
