# SPDX-License-Identifier: Apache-2.0
"""Times `rules check` on one file from the first line of the interpreter: imports, loading, compiling, every check."""

import time

BEGUN = time.perf_counter()

import json  # noqa: E402
import sys  # noqa: E402
from pathlib import Path  # noqa: E402

from evenhand.rulebook.checking import check  # noqa: E402
from evenhand.rulebook.loading import load  # noqa: E402

report = check(load(Path(sys.argv[1])))
seconds = time.perf_counter() - BEGUN
largest = max(report.books, key=lambda book: book.states)
told = {"states": largest.states, "moves": largest.moves, "book": largest.id, "books": len(report.books)}
print(json.dumps({"seconds": seconds, "processor": time.process_time(), **told}))
