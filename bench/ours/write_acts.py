# SPDX-License-Identifier: Apache-2.0
"""Writes the acts of a source as Parquet, taken as often as asked with new case ids: MAPPING SOURCE FILE TIMES."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from evenhand.examine.opening import open_history

mapping, source, out, times = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
con = duckdb.connect()
with TemporaryDirectory() as tmp, open_history(mapping, source, tmp=Path(tmp)) as history:
    once = Path(tmp) / "once.parquet"
    order = 'case_id, "at" NULLS LAST, seq NULLS LAST, rowid'
    place = f"row_number() OVER (ORDER BY {order}) AS place"
    history.con.execute(f"""COPY (SELECT case_id, act, "at", {place} FROM acts) TO '{once}' (FORMAT parquet)""")
    con.execute(
        f"""COPY (SELECT case_id || '-' || time AS "case", act, "at",
                         row_number() OVER (PARTITION BY case_id, time ORDER BY place) AS seq
                  FROM '{once}', range({times}) AS again (time) ORDER BY time, place)
            TO '{out}' (FORMAT parquet)"""
    )
cases, acts = con.execute(f"""SELECT count(DISTINCT "case"), count(*) FROM '{out}'""").fetchall()[0]
print(json.dumps({"cases": cases, "acts": acts}))
