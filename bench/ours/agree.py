# SPDX-License-Identifier: Apache-2.0
"""Compares two files of verdicts case by case: CSV with case, first_unlawful, complete."""

import json
import sys

import duckdb

ours, theirs = sys.argv[1:]
differing = """count(*) FILTER (ours.first_unlawful IS DISTINCT FROM theirs.first_unlawful
                                OR ours.complete IS DISTINCT FROM theirs.complete)"""
sql = f"""SELECT count(*), {differing}
          FROM read_csv('{ours}') AS ours FULL JOIN read_csv('{theirs}') AS theirs USING ("case")"""
cases, different = duckdb.connect().execute(sql).fetchall()[0]
print(json.dumps({"cases": cases, "different": different}))
