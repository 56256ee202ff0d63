# SPDX-License-Identifier: Apache-2.0
"""A line that cannot be read is listed with its number and its reason; the lines around it are kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.examine.numbering import find_records

LISTED = "SELECT line, reason FROM rejected WHERE file = 'matters.csv' ORDER BY line"


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (b"c2,2020-01-01\n", "too few columns"),
        (b"c2,2020-01-01,,a,b,c\n", "too many columns"),
        (b"c2,2020-01-01,,\xe9\n", "not valid UTF-8"),
        (b'c2,2020-01-01,,"open\n', "quotation mark"),
        (b'c2,2020-01-01,,"a"b\n', "quotation mark"),
        (b"c2,2020-01-01,,a\0b\n", "NUL characters"),
        (b",2020-01-01,,\n", "has no case"),
        (b"c2,,," + b"x" * 3_000_000 + b"\n", "too long"),
    ],
    ids=["few", "many", "latin-1", "open quote", "text after quote", "NUL", "no case", "long"],
)
def test_a_broken_line_is_listed_and_its_neighbours_kept(opened, rows, broken, says):
    """Without it one bad line would stop a run or take others with it."""
    history = opened(b"c1,2020-01-01,,\n" + broken + b"c3,2020-01-01,,\nc4,2020-01-01,,\n")
    ((line, reason),) = rows(history, LISTED)
    assert 3 == line
    assert says in reason
    assert [("c1", 2), ("c3", 4), ("c4", 5)] == rows(history, "SELECT case_id, _line FROM cases")


def test_open_quotes_cost_their_own_lines_only(opened, rows):
    """Without it one forgotten quotation mark would swallow the rest of the file."""
    lines = b"".join(b"c%d,2020-01-01,,%s\n" % (i, b'"x' if i % 700 == 7 else b'"k"') for i in range(5_000))
    history = opened(lines)
    assert [(line,) for line in range(9, 5_002, 700)] == rows(history, "SELECT line FROM rejected ORDER BY line")
    assert 5_000 - 8 == history.rows["cases"]
    assert [] == rows(history, "SELECT case_id FROM cases WHERE case_id <> 'c' || (_line - 2)")


def test_lines_are_counted_over_quoted_line_ends_and_empty_lines(opened, rows):
    """Without it the list would send a reader to the wrong line."""
    history = opened(b'c1,2020-01-01,,"a\nb"\n\nc2,2020-01-01,,6\'2"\nc3,31/02/2020,,\n')
    assert [("c1", 2), ("c2", 5), ("c3", 6)] == rows(history, "SELECT case_id, _line FROM cases")
    assert [("c3", 6)] == rows(history, "SELECT case_id, line FROM doubtful")


@pytest.mark.parametrize("ends", [b"\r\n", b"\r"], ids=["windows", "old macintosh"])
def test_any_line_end_will_do(opened, rows, ends):
    """Without it files from other systems would be one long line."""
    lines = b"id,received,closed,note\nc1,2020-01-01,,a\nc2,2020-01-02,,b\n".replace(b"\n", ends)
    history = opened(files={"matters.csv": lines, "members.csv": b"member,branch\nm1,north\n"})
    assert [("c1", 2), ("c2", 3)] == rows(history, "SELECT case_id, _line FROM cases")


def test_a_file_in_another_encoding_is_read_when_it_is_named(opened, rows):
    """Without it every name with an accent would be rejected."""
    toml = '[source]\nname = "Quay Club"\nencoding = "windows-1252"\n'
    history = opened("c1,2020-01-01,,Zoë\n".encode("windows-1252"), toml=toml)
    assert [("Zoë",)] == rows(history, "SELECT note FROM cases")


def test_a_byte_order_mark_names_the_encoding(opened, rows):
    """Without it what a spreadsheet calls Unicode text could not be read."""
    text = "id,received,closed,note\nc1,2020-01-01,,Zoë\n"
    history = opened(files={"matters.csv": text.encode("utf-16"), "members.csv": b"\xef\xbb\xbfmember,branch\nm1,n\n"})
    assert [("Zoë",)] == rows(history, "SELECT note FROM cases")
    assert [("m1",)] == rows(history, "SELECT person FROM people")


VALUES = st.text(st.sampled_from('ab\n,"'), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=12))
def test_records_are_found_whatever_the_values_hold(tmp_path_factory, values):
    """Without it values with quotation marks and line ends would shift every line number after them."""
    quoted = [",".join('"' + value.replace('"', '""') + '"' for value in row) for row in values]
    plain = tmp_path_factory.mktemp("records") / "plain.csv"
    plain.write_bytes("".join(f"{line}\n" for line in quoted).encode())
    expected, line = [], 1
    for record in quoted:
        expected.append(line)
        line += record.count("\n") + 1
    assert expected == find_records(plain, ",").lines.tolist()
