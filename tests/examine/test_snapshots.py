# SPDX-License-Identifier: Apache-2.0
"""Snapshots of one published file: what was added, removed, altered, blanked, and which outcomes were replaced."""

import json

import duckdb
import pytest

from evenhand.examine.snapshots import compare_snapshots
from evenhand.examine.trouble import Unreadable

TOML = '[source]\nname = "Quay Club"\n[snapshots]\nkey = ["id"]\noutcome_columns = ["penalty"]\npending = ["pending"]\n'
BEFORE = b"id,penalty,note\n1,fine,a\n2,pending,b\n3,,c\n4,fine,d\n5,fine,e\n"
AFTER = b"id,penalty,note\n1,warning,a\n2,fine,b\n3,fine,c\n4,,D\n6,fine,f\n"
COUNTS = ("added", "removed", "altered", "blanked", "outcomes_replaced", "final_outcomes_replaced")


@pytest.fixture
def compared(a_source, a_mapping, tmp_path):
    """`compared(before, after)`: the finding for two snapshots, written to `out`."""

    def compare(*contents: bytes, toml: str = TOML) -> list[dict[str, object]]:
        source = a_source({f"2024-0{place}-01.csv": content for place, content in enumerate(contents, 1)})
        files = sorted(source.iterdir())
        return compare_snapshots(a_mapping(toml, folder="mapping"), files, tmp_path / "out")

    return compare


def test_every_kind_of_change_is_counted_by_rows(compared):
    """Without it a published record could change unseen."""
    (finding,) = compared(BEFORE, AFTER)
    assert ("2024-01-01", "2024-02-01") == (finding["from"], finding["to"])
    assert (1, 1, 4, 1, 2, 1) == tuple(finding[key] for key in COUNTS)


def test_each_change_is_an_entry_with_its_lines(compared, tmp_path):
    """Without it a count could not be opened to its rows."""
    compared(BEFORE, AFTER)
    table = str(tmp_path / "out" / "snapshots.parquet")
    entries = duckdb.sql(
        f"""SELECT "from", "to", key, kind, "column", before, after, line_after FROM '{table}'
            WHERE kind NOT IN ('added', 'removed') ORDER BY key, "column" """
    ).fetchall()
    days = ("2024-01-01", "2024-02-01")
    assert [
        (*days, "1", "replaced", "penalty", "fine", "warning", 2),
        (*days, "2", "replaced", "penalty", "pending", "fine", 3),
        (*days, "3", "altered", "penalty", None, "fine", 4),
        (*days, "4", "altered", "note", "d", "D", 5),
        (*days, "4", "blanked", "penalty", "fine", None, 5),
    ] == entries


def test_what_was_removed_is_kept(compared, tmp_path):
    """Without it a deleted row could be counted but not read."""
    compared(BEFORE, AFTER)
    ((before,),) = duckdb.sql(
        f"SELECT before FROM '{tmp_path / 'out' / 'snapshots.parquet'}' WHERE kind = 'removed'"
    ).fetchall()
    assert {"penalty": "fine", "note": "e"} == json.loads(before)


def test_doubled_keys_are_paired_by_what_is_unchanged(compared):
    """Without it one copy taken away would look like many rows altered."""
    (finding,) = compared(b"id,penalty,note\n1,fine,a\n1,fine,b\n1,fine,c\n", b"id,penalty,note\n1,fine,c\n1,fine,b\n")
    assert (0, 1, 0, 0, 0, 0) == tuple(finding[key] for key in COUNTS)
    assert (2, 1) == (finding["doubled_keys_from"], finding["doubled_keys_to"])


def test_columns_that_come_and_go_are_said(compared):
    """Without it a column that is no longer published would be missed."""
    (finding,) = compared(b"id,penalty,judge\n1,fine,x\n", b"id,penalty,place\n1,fine,y\n")
    assert (["place"], ["judge"], 0) == (
        finding["columns_added"],
        finding["columns_removed"],
        finding["altered"],
    )


def test_findings_are_written_whole(compared, tmp_path):
    """Without it other tools would have nothing to read."""
    findings = compared(BEFORE, AFTER, AFTER)
    written = json.loads((tmp_path / "out" / "findings.json").read_text())
    assert findings == written["snapshots"]
    assert 2 == len(findings)
    assert 3 == len(written["files"])
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_snapshot_without_its_key_stops_and_leaves_nothing(compared, tmp_path):
    """Without it every row would count as removed, or a half result be left behind."""
    with pytest.raises(Unreadable, match="has no column id"):
        compared(BEFORE, b"number,penalty\n1,fine\n")
    assert not (tmp_path / "out").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_folder_with_other_things_is_left_alone(compared, tmp_path):
    """Without it a mistyped --out would delete somebody's folder."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(Unreadable, match="holds other things"):
        compared(BEFORE, AFTER)
    assert "mine" == (tmp_path / "out" / "thesis.txt").read_text()


@pytest.mark.data
def test_the_penalties_of_new_york_change_as_counted(root, shared_data, tmp_path):
    """Without it a change in pairing could move the published figures."""
    files = sorted(shared_data("nyc-ccrb-penalties").glob("*.csv.gz"))
    findings = compare_snapshots(root / "mappings/nyc-ccrb-penalties", files, tmp_path / "out")
    assert [
        (382, 1, 858, 58, 56, 33),
        (293, 0, 418, 126, 62, 12),
        (426, 2, 261, 25, 72, 5),
        (520, 1, 347, 45, 79, 1),
        (551, 3, 512, 43, 93, 7),
        (351, 0, 192, 15, 33, 0),
    ] == [tuple(finding[key] for key in COUNTS) for finding in findings]
