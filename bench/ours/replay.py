# SPDX-License-Identifier: Apache-2.0
"""Times the replay of a Parquet file of acts, and writes each case's verdict: RULEBOOK BOOK ACTS FILE."""

import json
import sys
import time
from pathlib import Path

import duckdb

from evenhand.examine.replaying import replay_parquet
from evenhand.rulebook.loading import load

rulebook, book, acts, out = sys.argv[1:]
known = load(Path(rulebook))
begun, worked = time.perf_counter(), time.process_time()
verdicts = replay_parquet(Path(acts), known, book, threads=2)
seconds, processor = time.perf_counter() - begun, time.process_time() - worked
con = duckdb.connect()
columns = {"case": verdicts.case, "first_unlawful": verdicts.position, "complete": verdicts.complete}
con.register("verdicts", columns)
con.execute(f"COPY (SELECT * FROM verdicts) TO '{out}' (HEADER)")
print(
    json.dumps(
        {"seconds": seconds, "processor": processor, "cases": len(verdicts.case), "lawful": int(verdicts.lawful.sum())}
    )
)
