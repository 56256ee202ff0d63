# SPDX-License-Identifier: Apache-2.0
"""Limits of the rulebook, held against a history: early, on time, late, never; in local days."""

import pytest

LIMIT = "decision: {from: lodge, to: decide, within: 30d, says: A complaint is decided within thirty days.}"
KEYS = ("of", "early", "on_time", "late", "never", "without_start")


@pytest.fixture
def clock(examined, quay):
    """`clock("within: 30d", c1="lodge 2021-03-01, decide 2021-03-31")`: the one limit of a book, examined."""

    def build(limit: str, toml: str = '[source]\nname = "Quay Club"\nzone = "Europe/London"\n', **cases: str):
        book = quay.rulebook.replace(LIMIT, f"decision: {{from: lodge, to: decide, {limit}}}")
        run = examined(quay.log(**cases), toml, book, **quay.sql)
        (one,) = (row for row in run.findings["clocks"] if row["id"] == "decision")
        return one, run

    return build


@pytest.mark.parametrize(
    ("limit", "decided", "verdict"),
    [
        ("within: 30d", "2021-03-31", "on time"),
        ("within: 30d", "2021-04-01", "late"),
        ("within: 30d", "2021-03-01", "on time"),
        ("within: 30d", "2021-02-28", "early"),
        ("exactly: 30d", "2021-03-30", "early"),
        ("exactly: 30d", "2021-03-31", "on time"),
        ("exactly: 30d", "2021-04-01", "late"),
        ("at_least: 30d", "2021-03-30", "early"),
        ("at_least: 30d", "2021-06-30", "on time"),
        ("within: 5wd", "2021-03-08", "on time"),
        ("within: 5wd", "2021-03-09", "late"),
    ],
)
def test_the_last_day_is_in_time_and_the_next_is_not(clock, limit, decided, verdict):
    """Without it one day would cost somebody their appeal, or hide a missed deadline (P6)."""
    one, run = clock(limit, c1=f"lodge 2021-03-01, decide {decided}")
    counted = {"early": one["early"], "on time": one["on_time"], "late": one["late"]}
    assert {"early": 0, "on time": 0, "late": 0} | {verdict: 1} == counted
    assert [(verdict,)] == run.table("clock_decision", "verdict")


def test_working_days_leave_out_the_holidays_of_the_book(clock):
    """Without it a limit over New Year would end a day too soon."""
    one, _ = clock("within: 2wd", c1="lodge 2020-12-30, decide 2021-01-04", c2="lodge 2020-12-30, decide 2021-01-05")
    assert (1, 1) == (one["on_time"], one["late"])


def test_a_case_without_the_second_act_stands_outside(clock):
    """Without it cases that never got a decision would count as decided late, or not at all."""
    one, run = clock(
        "within: 30d", c1="lodge 2021-03-01", c2="lodge 2021-03-01, decide 2021-03-05", c3="decide 2021-03-05"
    )
    assert (1, 0, 1, 0, 1, 1) == tuple(one[key] for key in KEYS)
    assert [("c1",)] == run.table("clock_decision_never", '"case"')


def test_the_first_act_of_each_kind_counts(clock):
    """Without it a second decision, years later, would make the first one late."""
    one, _ = clock("within: 30d", c1="lodge 2021-03-01, decide 2021-03-05, decide 2023-03-05, lodge 2021-03-02")
    assert (1, 1) == (one["of"], one["on_time"])


def test_undated_acts_keep_no_limit(clock):
    """Without it an act without a day would be on time on a day that nobody wrote down."""
    one, _ = clock("within: 30d", c1="lodge 2021-03-01, decide", c2="lodge 2021-03-01, decide 2021-03-02")
    assert (1, 1) == (one["of"], one["never"])


def test_a_late_evening_is_the_local_day(clock):
    """Without it an act at half past eleven at night would fall on the day before, and in time (P6)."""
    one, _ = clock("within: 1d", c1="lodge 2021-07-01T12:00:00Z, decide 2021-07-02T23:30:00Z")
    assert (0, 1) == (one["on_time"], one["late"])


def test_by_how_much_and_by_year(clock):
    """Without it a day late would look like a year late."""
    one, run = clock(
        "within: 10d",
        c1="lodge 2020-03-01, decide 2020-03-12",
        c2="lodge 2021-03-01, decide 2021-03-14",
        c3="lodge 2021-03-01, decide 2021-04-10",
        c4="lodge 2021-03-01, decide 2021-03-10",
    )
    assert {"median": 3, "p90": 30, "most": 30} == one["late_by"]
    assert [(2020, 1, 1), (2021, 3, 2)] == [(row["year"], row["of"], row["late"]) for row in one["by_year"]]
    assert [("c1", 1), ("c2", 3), ("c3", 30)] == run.table("clock_decision_late", '"case", late_by')


def test_where_nobody_is_late_there_is_a_reason_instead_of_a_number(clock):
    """Without it a null would leave the reader to guess."""
    one, run = clock("within: 30d", c1="lodge 2021-03-01, decide 2021-03-02")
    assert one["late_by"] is None
    assert "No case is late." == run.findings["why"]["clocks.0.late_by"]
