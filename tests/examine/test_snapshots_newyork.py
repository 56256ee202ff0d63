# SPDX-License-Identifier: Apache-2.0
"""The snapshots of New York's penalties, compared a second time, row by row, without a database."""

import csv
import gzip
from itertools import pairwise

import pytest

from evenhand.examine.snapshots import compare_snapshots

pytestmark = pytest.mark.data

KEY = ("Complaint Id", "Tax ID")
OUTCOME, PENDING = "NYPD Officer Penalty", "APU - Decision Pending"
COUNTS = ("added", "removed", "altered", "blanked", "outcomes_replaced", "final_outcomes_replaced")


def read(path):
    """Key -> the row, empty values as None."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = [{name: value or None for name, value in row.items()} for row in csv.DictReader(stream)]
    by_key = {tuple(row[name] for name in KEY): row for row in rows}
    assert len(rows) == len(by_key), "a key is there twice, and this comparison does not hold"
    return by_key


def changes(before, after):
    """The six counts of one pair."""
    columns = [name for name in next(iter(before.values())) if name in next(iter(after.values()))]
    both = [(before[key], after[key]) for key in before if key in after]
    altered = [(old, new) for old, new in both if any(old[name] != new[name] for name in columns)]
    blanked = sum(any(old[name] is not None and new[name] is None for name in columns) for old, new in altered)
    replaced = [
        old[OUTCOME]
        for old, new in altered
        if old[OUTCOME] is not None and new[OUTCOME] is not None and old[OUTCOME] != new[OUTCOME]
    ]
    return (
        len(after.keys() - before.keys()),
        len(before.keys() - after.keys()),
        len(altered),
        blanked,
        len(replaced),
        sum(outcome != PENDING for outcome in replaced),
    )


def test_what_was_added_removed_altered_and_blanked(root, shared_data, tmp_path):
    """Without it a published record of discipline could be rewritten, and the tool that watches it be wrong."""
    files = sorted(shared_data("nyc-ccrb-penalties").glob("*.csv.gz"))
    snapshots = [read(path) for path in files]
    findings = compare_snapshots(root / "mappings/nyc-ccrb-penalties", files, tmp_path / "out")
    assert 6 == len(findings)
    expected = [changes(before, after) for before, after in pairwise(snapshots)]
    assert expected == [tuple(finding[key] for key in COUNTS) for finding in findings]
    assert all(sum(counts) > 0 for counts in expected)
