# SPDX-License-Identifier: Apache-2.0
"""The page on snapshots: what was added, removed, altered and blanked between each two, and where the rows are."""

import json
import re
from pathlib import Path

import pytest

from evenhand.examine.report import write_snapshots
from evenhand.examine.report_snapshots import snapshots
from evenhand.monitor.banned import banned_in

PAIR = {
    "from": "2024-01-01", "to": "2024-02-01", "from_file": "2024-01-01.csv", "to_file": "2024-02-01.csv",
    "added": 3, "removed": 1, "altered": 4, "blanked": 2, "outcomes_replaced": 2, "final_outcomes_replaced": 1,
    "rows_from": 5, "rows_to": 7, "rejected_from": 0, "rejected_to": 1, "doubled_keys_from": 2, "doubled_keys_to": 0,
    "columns_added": ["place"], "columns_removed": ["judge"],
    "altered_by_column": [{"column": "penalty", "rows": 3, "blanked": 2}],
    "replaced_by_value": [{"column": "penalty", "before": "fine", "after": "<b>warning</b>", "rows": 2}],
}  # fmt: skip


def found(*pairs) -> dict:
    """Findings of a comparison of snapshots."""
    files = [
        {"name": f"{k}.csv", "bytes": 10, "sha256": "4f19", "rows": 5, "rejected": 0} for k in range(len(pairs) + 1)
    ]
    rejected = [{"file": "1.csv", "line": 7, "reason": "Too many columns."}]
    return {
        "source": {"name": "Quay Club", "licence": "open"},
        "files": files,
        "snapshots": list(pairs),
        "rejected": rejected,
    }


@pytest.fixture
def page(read_page):
    """The page for two comparisons."""
    return read_page(snapshots(found(PAIR, PAIR | {"from": "2024-02-01", "to": "2024-03-01"}), rows=True))


def test_the_page_begins_with_what_changed(page):
    """A row that was taken away would be found in a table only."""
    assert "Between 1 January 2024 and 1 March 2024, 2 rows were removed, 8 altered and 6 added." in page.text
    assert (
        "1 January 2024 to 1 February 2024: 1 row was removed, 4 altered, 2 of them with a value taken away."
        in page.text
    )


def test_every_two_snapshots_have_a_part_of_their_own(page):
    """The reader would not get from the sum to what it is the sum of."""
    assert ["pair-1", "pair-2", "check"] == [given["id"] for given in page.all("section", class_="part")]
    assert {"#pair-1", "#pair-2"} <= set(page.links("#pair"))
    assert ([], []) == (page.crossed, page.open)


def test_an_outcome_that_was_replaced_is_told_with_both_values(page):
    """A lighter penalty would be one altered row among many."""
    assert "fine <b>warning</b> 2" in page.text
    assert [] == [given for given in page.all("b") if given]


def test_what_else_happened_to_the_files_is_said(page):
    """A column that is no longer published, or a doubled key, would pass unseen."""
    for told in (
        "Columns that came: place.",
        "Columns that went: judge.",
        "2 in the earlier file, 0 in the later",
        "Rows that could not be read: 0 in the earlier file, 1 in the later.",
        "Too many columns.",
    ):
        assert told in page.text


def test_the_rows_are_linked_only_where_they_lie(tmp_path: Path):
    """The link would open nothing."""
    write_snapshots(tmp_path, found(PAIR))
    assert 'href="snapshots.parquet"' not in (tmp_path / "report.html").read_text("utf-8")
    (tmp_path / "snapshots.parquet").touch()
    write_snapshots(tmp_path, found(PAIR))
    assert 'href="snapshots.parquet"' in (tmp_path / "report.html").read_text("utf-8")


def test_equal_findings_give_an_equal_page():
    """Nobody could check a page by making it again."""
    assert snapshots(found(PAIR), rows=True) == snapshots(json.loads(json.dumps(found(PAIR))), rows=True)


def test_no_snapshots_give_a_page_that_says_so(read_page):
    """An empty comparison would stop with an error."""
    assert "There were not two snapshots to compare." in read_page(snapshots({"snapshots": []}, rows=False)).text


def test_the_page_uses_no_banned_word(page):
    """The page would judge what it can only count."""
    assert [] == banned_in(page.text)
    assert not re.search(r"[{}]|None", page.text)
