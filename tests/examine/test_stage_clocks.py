# SPDX-License-Identifier: Apache-2.0
"""The clocks of stages, held against a history: stays that ended in time, late, by the clock, or not yet."""

import pytest


@pytest.fixture
def stages(examined, quay):
    """`stages(c1="lodge 2021-03-01, ...")`: stage -> its clock, and the run."""

    def build(as_of: str = "2021-12-31", **cases: str):
        toml = f'[source]\nname = "Quay Club"\nzone = "Europe/London"\nas_of = {as_of}\n'
        run = examined(quay.log(**cases), toml, quay.rulebook, **quay.sql)
        return {row["id"].removeprefix("stages."): row for row in run.findings["clocks"]}, run

    return build


@pytest.mark.parametrize(
    ("acts", "counted"),
    [
        ("lodge 2021-03-01, assign 2021-03-08", (1, 1, 0, 0, 0)),
        ("lodge 2021-03-01, assign 2021-03-09", (1, 0, 1, 0, 0)),
        ("lodge 2021-03-01, pass_on 2021-03-08", (1, 1, 0, 1, 0)),
        ("lodge 2021-03-01, pass_on 2021-03-09", (1, 0, 1, 1, 0)),
        ("lodge 2021-03-01", (0, 0, 0, 0, 1)),
        ("lodge 2021-03-01, decide 2021-03-02", (0, 0, 0, 0, 0)),
    ],
    ids=["in time", "late", "by the clock", "by the clock, late", "still there", "broken off"],
)
def test_a_stay_is_kept_in_time_or_not(stages, acts, counted):
    """Without it a rulebook whose deadlines stand in its stages would have no clocks at all (B01, P6)."""
    found, _ = stages(c1=acts)
    assert counted == tuple(found["lodged"][key] for key in ("of", "on_time", "late", "lapsed", "never"))


def test_a_stay_that_goes_on_past_its_limit_is_overdue(stages):
    """Without it whoever never acts would never be late."""
    found, _ = stages(as_of="2021-03-09", c1="lodge 2021-03-01", c2="lodge 2021-03-02")
    assert (2, 1) == (found["lodged"]["never"], found["lodged"]["overdue"])


def test_more_time_lengthens_the_limit_it_is_given_in(stages):
    """Without it time that was rightly asked for would count as delay (M17)."""
    begun = "lodge 2021-03-01, assign 2021-03-01, answer 2021-03-02"
    found, run = stages(
        c1=f"{begun}, decide 2021-03-15",
        c2=f"{begun}, more_time 2021-03-03, decide 2021-03-22",
        c3=f"{begun}, decide 2021-03-16",
    )
    assert {"c1": "on time", "c2": "on time", "c3": "late"} == dict(run.table("clock_stages.open", '"case", verdict'))
    assert (3, 2, 1) == tuple(found["open"][key] for key in ("of", "on_time", "late"))


def test_the_rows_of_each_count_are_there(stages):
    """Without it a count of late stays could not be opened to the cases."""
    found, run = stages(c1="lodge 2021-03-01, assign 2021-03-20", c2="lodge 2021-03-01, assign 2021-03-02")
    assert ("entering lodged", "leaving lodged", "within 5wd") == tuple(
        found["lodged"][key] for key in ("from", "to", "limit")
    )
    assert [("c1", 12)] == run.table("clock_stages.lodged_late", '"case", late_by')
