# SPDX-License-Identifier: Apache-2.0
"""A damaged file is examined as far as it goes, and every loss is listed; it stops a run only if nothing is left."""

import gzip

import pytest

from evenhand.examine.opening import open_history
from evenhand.examine.trouble import Unreadable

HEAD = b"id,received,closed,note\n"
MEMBERS = {"members.csv": b"member,branch\nm1,north\n"}
MANY = b"".join(b"c%d,2020-01-%02d,2020-02-01,x\n" % (i, i % 28 + 1) for i in range(20_000))


def test_a_truncated_file_is_examined_up_to_the_break(opened, rows):
    """Without it an upload that broke off would be silently short, or not be examined at all."""
    whole = gzip.compress(HEAD + MANY)
    history = opened(files={"matters.csv.gz": whole[: len(whole) // 2], **MEMBERS})
    kept = history.rows["cases"]
    ((file, line, reason, _),) = rows(history, "FROM rejected")
    assert 0 < kept < 20_000
    assert ("matters.csv.gz", kept + 2) == (file, line)
    assert "cut off before its end" in reason


def test_a_corrupt_file_loses_only_what_follows_the_fault(opened, rows):
    """Without it one flipped bit would take megabytes of good rows with it."""
    whole = bytearray(gzip.compress(HEAD + MANY))
    whole[-6] ^= 0xFF
    history = opened(files={"matters.csv.gz": bytes(whole), **MEMBERS})
    assert 20_000 == history.rows["cases"]
    assert 1 == len(rows(history, "FROM rejected WHERE contains(reason, 'is damaged')"))


def test_a_file_of_several_gzip_members_is_read_whole(opened):
    """Without it files joined by concatenation would end after their first part."""
    both = gzip.compress(HEAD + b"c1,2020-01-01,,\n") + gzip.compress(b"c2,2020-01-02,,\n") + b"\0\0"
    history = opened(files={"matters.csv.gz": both, **MEMBERS})
    assert 2 == history.rows["cases"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (HEAD, "no row that can be read"),
        (b"\n" + HEAD, "begins with an empty line"),
        ((HEAD + b"c1,2020-01-01,,\n").decode().encode("utf-16-le"), 'encoding = "utf-16"'),
        ((",".join(f"c{i}" for i in range(1_000_000)) + "\n").encode(), "has 1,000,000 columns; at most 2,000"),
        (b"nr,received\n1,2020-01-01\n", "has no column id, which cases.sql asks for"),
    ],
    ids=["empty", "header only", "blank first line", "utf-16", "a million columns", "no case id"],
)
def test_what_leaves_nothing_to_examine_stops_with_a_sentence(a_source, a_mapping, content, says):
    """Without it a run on nothing would end in a traceback, or in an empty report that looks like a clean one."""
    with pytest.raises(Unreadable, match=says):
        open_history(a_mapping(), a_source({"matters.csv": content, **MEMBERS}))


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "is empty"), ((",".join(f"c{i}" for i in range(3_000)) + "\n").encode(), "has 3,000 columns")],
)
def test_a_side_file_that_cannot_be_read_is_listed_and_the_run_goes_on(opened, rows, content, says):
    """Without it a broken list of members would keep the complaints themselves from being examined."""
    history = opened(files={"matters.csv": HEAD + b"c1,2020-01-01,,\n", "members.csv": content})
    ((file, reason),) = rows(history, "SELECT file, reason FROM rejected")
    assert "members.csv" == file
    assert says in reason
    assert not history.has("people")
    assert history.has("cases")


def test_a_missing_file_is_listed_once(opened, rows):
    """Without it a forgotten file would look like a history without people."""
    history = opened(files={"matters.csv": HEAD + b"c1,2020-01-01,,\n"})
    ((reason,),) = rows(history, "SELECT reason FROM rejected")
    assert "The source has no file members, which people.sql asks for" in reason


def test_a_missing_column_is_read_as_empty_and_listed(opened, rows):
    """Without it a renamed column would silently make every case open."""
    history = opened(files={"matters.csv": b"id,received,note\nc1,2020-01-01,\n", **MEMBERS})
    ((file, reason),) = rows(history, "SELECT file, reason FROM rejected")
    assert "matters.csv" == file
    assert "has no column closed, which cases.sql asks for" in reason
    assert "The columns there are: id, received, note." in reason
    assert [("matters", "closed")] == history.missing


def test_doubled_column_names_are_told_apart_and_said(opened, rows):
    """Without it the second of two columns of one name would vanish."""
    history = opened(files={"matters.csv": b"id,received,closed,Closed,note\nc1,2020-01-01,,x,\n", **MEMBERS})
    ((reason,),) = rows(history, "SELECT reason FROM doubtful")
    assert "column 4 is read as Closed_2" in reason


def test_column_names_in_another_encoding_are_said(opened, rows):
    """Without it a column would have a name that nobody could ask for, and nobody would know why."""
    history = opened(
        files={"matters.csv": "id,received,closed,note,Gebäude\nc1,2020-01-01,,,\n".encode("latin-1"), **MEMBERS}
    )
    ((file, line, reason),) = rows(history, "SELECT file, line, reason FROM doubtful")
    assert ("matters.csv", 1) == (file, line)
    assert "not valid UTF-8" in reason


def test_a_folder_without_tables_says_what_is_there(a_source, a_mapping):
    """Without it somebody who names the wrong folder would not see why nothing is found."""
    with pytest.raises(Unreadable, match=r"holds no table \(README.md\)"):
        open_history(a_mapping(), a_source({"README.md": b""}))


def test_a_folder_that_is_not_there_is_named(a_mapping, tmp_path):
    """Without it a mistyped path would end in a traceback."""
    with pytest.raises(Unreadable, match="There is no folder"):
        open_history(a_mapping(), tmp_path / "nowhere")


def test_a_missing_column_is_read_as_empty_also_where_the_sql_gives_one_of_its_name(opened, rows):
    """A file that was not handed over would stop the examination of all the others."""
    sql = """WITH known AS (SELECT member, CASE WHEN min(rank) = max(rank) THEN min(rank) END AS rank FROM members
                            GROUP BY member)
             SELECT id AS "case", received, closed, known.rank, matters._line FROM matters LEFT JOIN known ON member = id"""
    history = opened(b"c1,2020-01-01,,\n", cases=sql)
    assert [("c1", None)] == rows(history, "SELECT case_id, rank FROM cases")
    assert [("members", "rank")] == history.missing


@pytest.mark.parametrize(
    "content", [b"", b",".join(b"c%d" % place for place in range(3_000))], ids=["empty", "too wide"]
)
def test_a_file_without_columns_takes_no_rows_of_another_with_it(opened, rows, content):
    """Without it one damaged file would empty a table that a whole file fills as well."""
    people = """SELECT members.member AS person, members._file, members._line FROM members
                UNION ALL SELECT former.member, former._file, former._line FROM former"""
    sql = {"cases": 'SELECT id AS "case", received, closed, _line FROM matters', "people": people}
    history = opened(
        files={"matters.csv": b"id,received,closed\nc1,2020-01-01,\n", "former.csv": content, **MEMBERS}, **sql
    )
    assert [("m1",)] == rows(history, "SELECT person FROM people ORDER BY person")
    assert [("former.csv",)] == rows(history, "SELECT DISTINCT file FROM rejected")
