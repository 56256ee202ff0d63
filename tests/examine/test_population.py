# SPDX-License-Identifier: Apache-2.0
"""What the file contains, how long cases took with the open ones counted in, and whether the years add up."""

import pytest

AS_OF = '[source]\nname = "Quay Club"\nas_of = 2021-12-31\n'


@pytest.fixture
def examine_matters(examined, quay):
    """`examine_matters("c1,2021-03-01,2021-04-01\\n")`: the run over these cases."""

    def build(matters: str, toml: str = AS_OF, log: str = ""):
        return examined(quay.files(matters, log), toml, **(quay.sql if log else {"cases": quay.sql["cases"]}))

    return build


def test_open_cases_are_counted_into_the_time_to_closing(examine_matters):
    """Without it a backlog would make an organisation look fast (never a median of closed cases only)."""
    closed = "".join(f"c{i},2021-01-01,2021-01-11\n" for i in range(4))
    waiting = "".join(f"o{i},2021-01-01,\n" for i in range(6))
    run = examine_matters(closed + waiting)
    population = run.findings["population"]
    assert {"closed_median": 10, "closed_p90": 10, "km_median": None, "km_p90": None} == population["closure_days"]
    assert "has not been reached" in run.findings["why"]["population.closure_days.km_median"]
    assert [[10, 0.6], [364, 0.6]] == [point[:2] for point in population["survival"]["all"]]
    assert [[10, 0.0]] == population["survival"]["closed"]


def test_cases_that_run_backwards_have_no_duration_and_are_counted(examine_matters):
    """Without it one mistyped year would pull the median down."""
    run = examine_matters("c1,2021-03-01,2021-03-11\nc2,2021-03-01,2020-03-01\nc3,,2021-03-05\nc4,2022-03-01,\n")
    population = run.findings["population"]
    assert (4, 1, 1) == tuple(population[key] for key in ("cases", "open", "closed_before_received"))
    assert 10 == population["closure_days"]["closed_median"]
    assert any(sentence.startswith("Cases without a duration: 3.") for sentence in population["cannot_show"])
    assert [("c2",)] == run.table("closed_before_received", '"case"')


def test_open_cases_by_age(examine_matters):
    """Without it a backlog of years would hide in one number (P6)."""
    run = examine_matters(
        "c1,2021-12-01,\nc2,2021-11-30,\nc3,2015-01-01,\nc4,,\nc5,2022-06-01,\nc6,2021-01-01,2021-02-01\n"
    )
    backlog = run.findings["backlog"]
    assert [(0, 30, 1), (31, 90, 1), (1827, None, 1)] == [
        (band["from_days"], band["to_days"], band["open"]) for band in backlog["bands"] if band["open"]
    ]
    assert (2556, 2, "2021-12-31") == (backlog["oldest_days"], backlog["unknown_age"], backlog["as_of"])
    assert [("c3", 2556)] == run.table("open_cases", '"case", age_in_days', "received")[:1]


def test_without_a_day_of_export_the_last_day_in_the_file_is_taken_and_said(examine_matters):
    """Without it nobody would know up to when open cases were watched."""
    toml = '[source]\nname = "Quay Club"\n'
    run = examine_matters("c1,2021-03-01,\n", toml, "c1,lodge,2021-05-06,,\n")
    assert "2021-05-06" == run.findings["population"]["as_of"]
    assert any("the last day in the file, 2021-05-06" in line for line in run.findings["population"]["cannot_show"])


def test_empty_columns_are_counted(examine_matters):
    """Without it a report would pass over what the source does not know."""
    run = examine_matters("c1,2021-03-01,\nc2,2021-03-01,2021-04-01\n", log="c1,lodge,2021-03-01,,clerk\nc2,lodge,,,\n")
    missing = {row["column"]: (row["rows"], row["of"]) for row in run.findings["population"]["missing"]}
    expected = {"cases.closed": (1, 2), "acts.at": (1, 2), "acts.actor": (2, 2), "acts.role": (1, 2)}
    assert expected == missing
    assert any(
        line.startswith("acts.actor is empty in every row") for line in run.findings["population"]["cannot_show"]
    )


def test_each_year_adds_up(examine_matters):
    """Without it cases could vanish between two annual reports."""
    matters = "c1,2019-03-01,2019-04-01\nc2,2019-03-01,2021-04-01\nc3,2021-03-01,2021-12-31\nc4,2021-03-01,\n"
    rows = examine_matters(matters).findings["balance"]
    assert [
        ("2019-01-01", "2019-12-31", 0, 2, 1, 1, True),
        ("2020-01-01", "2020-12-31", 1, 0, 0, 1, True),
        ("2021-01-01", "2021-12-31", 1, 2, 2, 1, True),
    ] == [tuple(row.values()) for row in rows]


@pytest.mark.parametrize(
    "matters", ["c1,2021-03-01,2020-03-01\n", "c1,,2021-03-01\n"], ids=["backwards", "never received"]
)
def test_a_year_that_does_not_add_up_is_shown(examine_matters, matters):
    """Without it the sum would be mended until it holds."""
    run = examine_matters(matters)
    assert not all(row["holds"] for row in run.findings["balance"])
    assert any("Calendar years" in sentence for sentence in run.findings["population"]["cannot_show"])


def test_concluded_cases_by_outcome_where_the_source_knows_it(examined, quay):
    """Without it what became of the cases of a year could not be read beside their number."""
    files = {"matters.csv": b"id,received,closed,how\nc1,2021-01-01,2021-02-01,warning\nc2,2021-01-01,2021-02-01,\n"}
    run = examined(files, cases='SELECT id AS "case", received, closed, how AS outcome FROM matters')
    assert [{"outcome": "warning", "cases": 1}, {"outcome": None, "cases": 1}] == run.findings["balance"][0][
        "by_outcome"
    ]


def test_cases_without_any_day_are_still_a_population(examine_matters):
    """Without it a list of cases without dates could not be examined at all."""
    run = examine_matters("c1,,\n", '[source]\nname = "Quay Club"\n')
    findings = run.findings
    assert (1, None, None, None) == (
        findings["population"]["cases"],
        findings["population"]["closure_days"],
        findings["balance"],
        findings["backlog"],
    )
    assert {"population.closure_days", "balance", "backlog"} <= set(findings["why"])
