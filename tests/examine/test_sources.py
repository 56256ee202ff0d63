# SPDX-License-Identifier: Apache-2.0
"""A source is taken as given: every file once, with its digest, under the name of its stem."""

import hashlib

import duckdb
import pytest

from evenhand.examine.opening import open_history
from evenhand.examine.trouble import Unreadable

HEAD = b"id,received,closed,note\n"


def test_every_file_is_recorded_with_its_digest(opened):
    """Without it nobody could show later which files were examined."""
    content = HEAD + b"c1,2020-01-01,,\n"
    history = opened(files={"matters.csv": content, "members.csv": b"member,branch\nm1,n\n", "README.md": b"no table"})
    first, second = (file.as_dict() for file in history.files)
    expected = {"name": "matters.csv", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    assert {**expected, "rows": 1, "rejected": 0} == first
    assert "members.csv" == second["name"]


@pytest.mark.parametrize("separator", [b";", b"\t", b"|"])
def test_the_separator_is_read_from_the_header(opened, rows, separator):
    """Without it a file from a country that writes decimals with a comma would be one column."""
    lines = (HEAD + b"c1,2020-01-01,,x\n").replace(b",", separator)
    history = opened(files={"matters.csv": lines, "members.csv": b"member,branch\nm1,n\n"})
    assert [("c1", "x")] == rows(history, "SELECT case_id, note FROM cases")


def test_a_parquet_file_is_a_table_like_any_other(a_source, a_mapping, rows):
    """Without it the interchange form that the documents recommend could not be read."""
    source = a_source({"members.csv": b"member,branch\nm1,n\n"})
    duckdb.sql("SELECT 'c1' AS id, DATE '2020-01-01' AS received, NULL::DATE AS closed, 'x' AS note").write_parquet(
        str(source / "matters.parquet")
    )
    with open_history(a_mapping(), source) as history:
        assert [("c1", "2020-01-01", None)] == rows(history, "SELECT case_id, received::VARCHAR, closed FROM cases")


def test_one_file_can_be_a_source(a_source, a_mapping, rows):
    """Without it a single export would need a folder of its own."""
    source = a_source({"matters.csv": HEAD + b"c1,2020-01-01,,\n"})
    with open_history(a_mapping(cases='SELECT id AS "case", received FROM matters'), source / "matters.csv") as history:
        assert [("c1",)] == rows(history, "SELECT case_id FROM cases")


def test_two_files_of_one_stem_are_not_mixed(opened, rows):
    """Without it the table would be whichever file was read last."""
    history = opened(
        files={
            "matters.csv": HEAD + b"c1,2020-01-01,,\n",
            "matters.tsv": b"id\nc2\n",
            "members.csv": b"member,branch\nm1,n\n",
        }
    )
    assert [("matters.tsv",)] == rows(history, "SELECT file FROM rejected")


@pytest.mark.parametrize(
    ("select", "says"),
    [
        ("SELECT 1; SELECT 2", "exactly one SELECT"),
        ("DROP TABLE matters", "it holds: DROP"),
        ("COPY (SELECT 1) TO 'x.csv'", "it holds: COPY"),
        ("", "it holds: nothing"),
        ("SELEC", "not SQL that can be read"),
        ("SELECT * FROM read_text('/etc/hostname')", "asks for a file outside the source"),
        ("SELECT * FROM '/etc/hosts.csv'", "asks for a file outside the source"),
        ("SELECT nothing(id) FROM matters", "does not run"),
        ("SELECT id FROM matters", 'gives no column "case"'),
        ('SELECT id AS "case", wings FROM (SELECT id FROM matters)', "a column wings that no table"),
    ],
)
def test_the_sql_of_a_mapping_may_only_select(a_source, a_mapping, select, says):
    """Without it a mapping from a stranger could read or write the examiner's files."""
    with pytest.raises(Unreadable, match=says):
        open_history(a_mapping(cases=select), a_source({"matters.csv": HEAD + b"c1,,,\n"}))


def test_a_table_that_cannot_be_made_is_empty_and_listed(opened, rows):
    """Without it a fault in one SQL file would keep everything else from being examined."""
    history = opened(
        b"c1,2020-01-01,,\n", cases='SELECT id AS "case", received, closed FROM matters', people="SELECT ["
    )
    ((file, reason),) = rows(history, "SELECT file, reason FROM rejected")
    assert "people.sql" == file
    assert "The table people is empty." in reason


def test_the_connection_stays_locked(opened):
    """Without it what runs after the mapping could still be led to other files."""
    history = opened(b"c1,2020-01-01,,\n")
    with pytest.raises(duckdb.Error):
        history.con.execute("FROM read_text('/etc/hostname')").fetchall()
    with pytest.raises(duckdb.Error, match="locked"):
        history.con.execute("SET enable_external_access = true")


@pytest.mark.parametrize("file", ["matters-2021.csv", "export.csv"], ids=["a part of it", "the only file"])
def test_a_part_of_the_source_under_another_name_is_read_and_said(opened, rows, file):
    """Without it the next year's file would not be examined because its name has a year in it."""
    history = opened(files={file: HEAD + b"c1,2020-01-01,,x\n"}, cases='SELECT id AS "case", received FROM matters')
    assert [("c1",)] == rows(history, "SELECT case_id FROM cases")
    ((reason,),) = rows(history, "SELECT reason FROM doubtful")
    assert f"The source has no file matters; {file}" in reason


def test_of_two_files_that_could_be_meant_none_is_taken(a_source, a_mapping):
    """Without it one of two years would be examined and pass for the whole."""
    files = {"matters-2021.csv": HEAD + b"c1,2020-01-01,,x\n", "matters-2022.csv": HEAD + b"c2,2020-01-01,,x\n"}
    with pytest.raises(Unreadable, match="has no file matters"):
        open_history(a_mapping(cases='SELECT id AS "case", received FROM matters'), a_source(files))
