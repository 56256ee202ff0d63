# SPDX-License-Identifier: Apache-2.0
"""Bad input, from the file to the report: each fault is a sentence and a row of the lists, and no fault stops a run."""

import gzip

import pytest

from evenhand.examine.running import run
from evenhand.examine.trouble import Unreadable

HEAD = b"id,received,closed,note\n"
GOOD = b"".join(b"c%d,2020-01-%02d,2020-02-01,x\n" % (i, i % 28 + 1) for i in range(200))
MEMBERS = b"member,branch\nm1,north\n"
WIDE = (",".join(f"c{i}" for i in range(1_000_000)) + "\n").encode()
TOML = '[source]\nname = "Quay Club"\nzone = "Europe/London"\ndates = ["%d/%m/%Y"]\n'


def lists(run):
    """Both lists of a run as they are counted in the findings, and the tables behind them."""
    population = run.findings["population"]
    rejected = run.table("rejected", "file, line, reason")
    doubtful = run.table("doubtful", "file, line, reason")
    assert (len(rejected), len(doubtful)) == (population["rejected_rows"], population["doubtful_rows"])
    assert len(rejected) == sum(row["rows"] for row in population["rejected"])
    assert len(doubtful) == sum(row["rows"] for row in population["doubtful"])
    return rejected, doubtful


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"x,2020-01-01,,Zo\xeb\n", "not valid UTF-8"),
        (b"x,2020-01-01\n", "too few columns"),
        (b"x,2020-01-01,,a,b\n", "too many columns"),
        (b",2020-01-01,,\n", "has no case"),
    ],
    ids=["wrong encoding", "few columns", "many columns", "no case"],
)
def test_a_line_that_cannot_be_read_is_a_row_of_the_rejected(examined, line, says):
    """Without it a case could vanish between the file and the report (nothing is dropped silently)."""
    examination = examined({"matters.csv": HEAD + GOOD + line, "members.csv": MEMBERS}, TOML)
    ((file, number, reason),), doubtful = lists(examination)
    assert (("matters.csv", 202), [], 200) == ((file, number), doubtful, examination.findings["population"]["cases"])
    assert says in reason


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"x,0001-01-01,,\n", "received is not a plausible day"),
        (b"x,31/02/2020,,\n", "received cannot be read as a date."),
        (b"x,2020-01-01,9999-12-31,\n", "closed is not a plausible day"),
        (b"c7,2020-01-08,2020-02-01,x\n", "The case is there twice, with the same values; the first is kept."),
        (b"c7,2021-01-08,2021-02-01,x\n", "The case is there twice, with different values; the first is kept."),
        (b"x,2020-03-01,2020-01-01,\n", "The case is closed before it was received."),
    ],
    ids=["year one", "31 February", "no end", "doubled", "doubled and different", "ends before it begins"],
)
def test_a_value_that_cannot_be_right_is_a_row_of_the_doubtful(examined, line, says):
    """Without it a date of the year 1 would become a median of two thousand years."""
    examination = examined({"matters.csv": HEAD + GOOD + line, "members.csv": MEMBERS}, TOML)
    rejected, ((file, number, reason),) = lists(examination)
    assert ([], "matters.csv", 202) == (rejected, file, number)
    assert reason.startswith(says)
    assert 31 >= examination.findings["population"]["closure_days"]["closed_p90"]


def test_a_truncated_file_is_examined_up_to_the_break(examined):
    """Without it an upload that broke off would look like a short history."""
    lines = b"".join(b"c%d,2020-01-%02d,,%d\n" % (i, i % 28 + 1, i * i) for i in range(20_000))
    whole = gzip.compress(HEAD + lines)
    examination = examined({"matters.csv.gz": whole[: len(whole) // 2], "members.csv": MEMBERS}, TOML)
    ((file, _, reason),), _ = lists(examination)
    assert "matters.csv.gz" == file
    assert "cut off before its end" in reason
    assert 0 < examination.findings["population"]["cases"] < 20_000


@pytest.mark.parametrize(
    ("members", "says"),
    [(b"", "is empty"), (WIDE, "has 1,000,000 columns; at most 2,000"), (b"nr,branch\n1,n\n", "has no column member")],
    ids=["an empty file", "a million columns", "a missing column"],
)
def test_a_file_beside_the_cases_that_cannot_be_read_does_not_stop_the_run(examined, members, says):
    """Without it a broken list of members would keep the complaints themselves from being examined."""
    examination = examined({"matters.csv": HEAD + GOOD, "members.csv": members}, TOML)
    rejected, _ = lists(examination)
    assert any(says in reason for _, _, reason in rejected)
    assert 200 == examination.findings["population"]["cases"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (WIDE, "has 1,000,000 columns"),
        (b"nr,received\n1,2020-01-01\n", "has no column id"),
        (HEAD, "no row that can be read"),
        (gzip.compress(HEAD + GOOD)[:12], "matters"),
    ],
    ids=["empty", "wide", "no id", "header only", "not text"],
)
def test_where_nothing_is_left_there_is_a_sentence_and_no_folder(a_source, a_mapping, tmp_path, content, says):
    """Without it an examination of nothing would end in a traceback, or in a clean report."""
    with pytest.raises(Unreadable, match=says):
        run(a_mapping(TOML), a_source({"matters.csv": content, "members.csv": MEMBERS}), tmp_path / "out")
    assert ["mapping", "source"] == sorted(path.name for path in tmp_path.iterdir())


def test_all_of_it_at_once(examined, quay):
    """Without it faults could hide one another."""
    twice, impossible = "c1,2021-03-01,\nc1,2021-03-01,\n", "c2,31/02/2020,\nc3,0001-01-01,\n"
    matters = f"{twice}{impossible}c4,2021-03-01,2020-01-01\nc5,2021\n,2021-01-01,\n"
    files = quay.files(matters, "c1,lodge,2021-03-01,,\nc9,lodge,2021-03-01,,\nc2,lodge,soon,,\nc3,,2021-03-01,,\n")
    examination = examined(files, TOML, quay.rulebook, **quay.sql)
    rejected, doubtful = lists(examination)
    assert (3, 6) == (len(rejected), len(doubtful))
    population = examination.findings["population"]
    assert (4, 1, 3) == (population["cases"], population["closed_before_received"], population["acts"])
    assert (2, 0, 2) == tuple(examination.findings["rules"][key] for key in ("lawful", "unlawful", "without_acts"))
