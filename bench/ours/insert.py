# SPDX-License-Identifier: Apache-2.0
"""Times the raw insert of the same bytes into SQLite: WAL, synchronous=FULL, a commit for each group: FILE COUNT GROUP DB.

What ends the work is the last checkpoint of the WAL; SQLite makes those before it whenever the WAL has 1,000 pages.
"""

import json
import sqlite3
import sys
import time
from pathlib import Path

from bench.records import read

count, group = int(sys.argv[2]), int(sys.argv[3])
entries = read(Path(sys.argv[1]), count)
con = sqlite3.connect(sys.argv[4])
mode = con.execute("PRAGMA journal_mode = WAL").fetchone()[0]
con.execute("PRAGMA synchronous = FULL")
con.execute("CREATE TABLE entry (number INTEGER PRIMARY KEY, data BLOB NOT NULL)")
con.commit()
begun, worked = time.perf_counter(), time.process_time()
for at in range(0, count, group):
    with con:
        con.executemany("INSERT INTO entry (data) VALUES (?)", ((entry,) for entry in entries[at : at + group]))
seconds, processor = time.perf_counter() - begun, time.process_time() - worked
begun = time.perf_counter()
con.close()
ending = time.perf_counter() - begun
print(json.dumps({"seconds": seconds, "processor": processor, "ending": ending, "mode": mode}))
