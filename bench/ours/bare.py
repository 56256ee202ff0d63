# SPDX-License-Identifier: Apache-2.0
"""Times what bare DuckDB needs to read the files of chicago-complaints and to join them: SOURCE.

Every column is read as text (DuckDB's own guess of the types fails on these files), every accusation meets its
complaint, its respondent, and the investigators and complainants of the complaint, and one row comes out: the least
that any examination must do.
"""

import json
import sys
import time
from pathlib import Path

import duckdb

source = Path(sys.argv[1])
begun, worked = time.perf_counter(), time.process_time()
con = duckdb.connect()
con.execute("SET threads = 2")
for path in sorted(source.glob("*.csv.gz")):
    con.execute(f"CREATE TABLE {path.name.removesuffix('.csv.gz')} AS FROM read_csv('{path}', all_varchar = true)")
rows = con.execute(
    """SELECT count(*), count(DISTINCT cr_id), min(TRY_CAST(complaint_date AS DATE)),
              max(TRY_CAST(closed_date AS DATE)), count(officers.race),
              count(investigators.UID), count(complainants.race), count(final_finding)
       FROM accused JOIN complaints USING (cr_id) LEFT JOIN officers ON officers.UID = accused.UID
            LEFT JOIN investigators USING (cr_id) LEFT JOIN complainants USING (cr_id)"""
).fetchone()
seconds, processor = time.perf_counter() - begun, time.process_time() - worked
print(json.dumps({"seconds": seconds, "processor": processor, "rows": rows[0] if rows else 0}))
