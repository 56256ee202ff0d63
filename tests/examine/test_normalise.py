# SPDX-License-Identifier: Apache-2.0
"""What a mapping gives becomes the tables of a history; a value that does not fit is listed, never lost."""

from datetime import date

import pytest

CASES = 'SELECT id AS "case", received, closed, note, _line FROM matters'
DOUBTS = "SELECT case_id, line, reason, value FROM doubtful ORDER BY line, reason"


@pytest.mark.parametrize(
    ("given", "kept", "says"),
    [
        (b"2020-02-01", date(2020, 2, 1), None),
        (b"2020-07-01T23:30:00Z", date(2020, 7, 2), None),
        (b"2020-07-01 23:30:00+01:00", date(2020, 7, 1), None),
        (b"2020-07-01 09:00", date(2020, 7, 1), None),
        (b"01/02/2020", date(2020, 2, 1), None),
        (b" 2020-02-01 ", date(2020, 2, 1), None),
        (b"31/02/2020", None, "received cannot be read as a date."),
        (b"2020-13-01", None, "received cannot be read as a date."),
        (b"yesterday", None, "received cannot be read as a date."),
        (b"0001-01-01", None, "received is not a plausible day"),
        (b"9999-12-31", None, "received is not a plausible day"),
    ],
)
def test_a_date_is_read_in_local_days_or_listed(opened, rows, given, kept, says):
    """Without it a case received late in the evening would move to another day, and 31/02/2020 into nowhere."""
    toml = '[source]\nname = "Quay Club"\nzone = "Europe/London"\ndates = ["%d/%m/%Y"]\n'
    history = opened(b"c1," + given + b",,\n", toml=toml, cases=CASES)
    assert [(kept,)] == rows(history, "SELECT received FROM cases")
    doubts = rows(history, DOUBTS)
    assert (says is None) == (doubts == [])
    if says is not None:
        assert ("c1", 2, given.decode()) == (doubts[0][0], doubts[0][1], doubts[0][3])
        assert doubts[0][2].startswith(says)


@pytest.mark.parametrize(("given", "kept"), [(b"03-04-21", date(2021, 4, 3)), (b"03-04-1921", date(1921, 4, 3))])
def test_a_named_form_goes_before_an_impossible_reading(opened, rows, given, kept):
    """Without it the third of April 2021 would be read as a day of the year 3, and be lost."""
    toml = '[source]\nname = "Quay Club"\ndates = ["%d-%m-%y", "%d-%m-%Y"]\n'
    history = opened(b"c1," + given + b",,\n", toml=toml, cases=CASES)
    assert [(kept,)] == rows(history, "SELECT received FROM cases")
    assert [] == rows(history, DOUBTS)


def test_a_date_after_the_export_is_kept_and_listed(opened, rows):
    """Without it a mistyped year would count as the latest event of all."""
    toml = '[source]\nname = "Quay Club"\nas_of = 2020-12-31\n'
    history = opened(b"c1,2021-03-01,,\n", toml=toml, cases=CASES)
    assert [(date(2021, 3, 1),)] == rows(history, "SELECT received FROM cases")
    assert "lies after the day of the export, 2020-12-31" in rows(history, DOUBTS)[0][2]


def test_a_case_that_ends_before_it_begins_is_kept_and_listed(opened, rows):
    """Without it negative durations would pass into the medians."""
    history = opened(b"c1,2020-02-01,2020-01-01,\n", cases=CASES)
    assert [("c1", 2, "The case is closed before it was received.", "2020-02-01 to 2020-01-01")] == rows(
        history, DOUBTS
    )
    assert 1 == history.rows["cases"]


def test_a_doubled_case_is_kept_once_and_listed(opened, rows):
    """Without it one complaint would be counted twice, or a difference between its rows be hidden."""
    history = opened(b"c1,2020-01-01,,a\nc1,2020-01-01,,a\nc2,2020-01-01,,b\nc2,2020-02-02,,b\n", cases=CASES)
    assert [("c1", date(2020, 1, 1)), ("c2", date(2020, 1, 1))] == rows(history, "SELECT case_id, received FROM cases")
    assert ["with the same values", "with different values"] == [
        row[2].split(", ")[1].split(";")[0] for row in rows(history, DOUBTS)
    ]


def test_acts_of_an_unknown_case_are_kept_and_listed(opened, rows):
    """Without it acts in a case that was left out of the export would vanish with it."""
    history = opened(
        b"c1,2020-01-01,,c1\nc2,2020-01-01,,c9\n",
        cases=CASES,
        acts="SELECT note AS \"case\", 'receive' AS act, received AS at, _line FROM matters",
    )
    assert 2 == history.rows["acts"]
    assert [("c9", 3, "The case is not among the cases.", "c9")] == rows(history, DOUBTS)


def test_acts_are_numbered_by_time_and_keep_local_wall_time(opened, rows):
    """Without it the order of acts would depend on the order of rows, and days on the zone of the server."""
    history = opened(
        b"c1,2020-07-02T00:10:00+01:00,,late\nc1,2020-07-01T21:30:00Z,,early\nc1,,,undated\n",
        cases='SELECT DISTINCT id AS "case" FROM matters',
        acts='SELECT id AS "case", note AS act, received AS at, _line FROM matters',
    )
    assert [
        (1, "early", "2020-07-01 22:30:00", date(2020, 7, 1)),
        (2, "late", "2020-07-02 00:10:00", date(2020, 7, 2)),
        (3, "undated", None, None),
    ] == rows(history, 'SELECT seq, act, "at"::VARCHAR, day FROM acts ORDER BY seq')


def test_a_cast_in_the_sql_does_not_stop_the_run(opened, rows):
    """Without it one bad date would stop an examination of a hundred thousand cases."""
    history = opened(
        b"c1,31/02/2020,,\nc2,2020-01-01,,\n",
        cases='SELECT id AS "case", CAST(received AS DATE) AS received, closed::DATE AS closed FROM matters; -- days',
    )
    assert [("c1", None), ("c2", date(2020, 1, 1))] == rows(history, "SELECT case_id, received FROM cases")
    assert "A value could not be converted" in rows(history, "SELECT reason FROM doubtful")[0][0]


def test_further_columns_are_kept(opened, rows):
    """Without it nothing could be compared that Evenhand has no word for."""
    history = opened(b"c1,2020-01-01,,blue\n", cases=CASES)
    assert [("blue", 2)] == rows(history, "SELECT note, _line FROM cases")


def test_every_table_is_there_even_when_no_sql_makes_it(opened, rows):
    """Without it each finding would have to ask first which tables exist."""
    history = opened(b"c1,2020-01-01,,\n", cases=CASES)
    for table in ("acts", "people", "facts", "allegations"):
        assert [(0,)] == rows(history, f"SELECT count(*) FROM {table}")
        assert not history.has(table)


@pytest.mark.data
def test_the_complaints_of_chicago_are_read_as_they_are(root, shared_data, rows):
    """Without it a change in reading could move the published figures."""
    from evenhand.examine.opening import open_history

    with open_history(root / "mappings/chicago-complaints", shared_data("chicago-complaints")) as history:
        assert [(136_193, 624, 38)] == rows(
            history,
            "SELECT count(*), count(*) FILTER (closed IS NULL), count(*) FILTER (closed < received) FROM cases",
        )
        assert [(70_554, 6_461, 687, 126)] == rows(
            history,
            "SELECT count(*), count(*) FILTER (finding <> recommended), "
            "count(*) FILTER (recommended = 'SU' AND finding <> 'SU'), "
            "count(*) FILTER (recommended <> 'SU' AND finding = 'SU') "
            "FROM allegations WHERE finding IS NOT NULL AND recommended IS NOT NULL",
        )
        assert [] == rows(history, "FROM rejected")
