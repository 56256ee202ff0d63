# SPDX-License-Identifier: Apache-2.0
"""The three figures of a public release of police complaints (before 2008), every number as the manual prints it."""

import duckdb
import numpy as np
import pytest

from evenhand.monitor.figures import NORMAL_95, odds_ratio, rbg_se
from evenhand.monitor.survival import kaplan_meier
from evenhand.monitor.tables import Units
from evenhand.monitor.triple import groups, triple

pytestmark = pytest.mark.data

ROWS = """
SELECT (race = 'BLACK')::BIGINT AS grp, (final_finding = 'SU')::BIGINT AS outcome,
       dense_rank() OVER (ORDER BY cr_id) - 1 AS incident,
       dense_rank() OVER (ORDER BY complaint_category, year(complaint_date::DATE)) - 1 AS strata,
       dense_rank() OVER (ORDER BY cr_id, complaint_code) - 1 AS cell
FROM {accused} JOIN {officers} USING (UID) JOIN {complaints} USING (cr_id)
WHERE final_finding IN ('SU', 'NS', 'UN', 'EX') AND race IN ('BLACK', 'WHITE')
"""

ALL_RACES = """
SELECT race, (final_finding = 'SU')::BIGINT AS outcome
FROM {accused} JOIN {officers} USING (UID)
WHERE final_finding IN ('SU', 'NS', 'UN', 'EX') AND race IS NOT NULL
"""

CLOSURES = """
SELECT coalesce(closed_date::DATE, DATE '2018-07-31') - complaint_date::DATE AS days, closed_date IS NOT NULL AS closed
FROM {complaints} WHERE closed_date IS NULL OR closed_date >= complaint_date
"""


def read(query: str, folder) -> dict[str, np.ndarray]:
    """The columns of a query over the files of one folder."""
    names = ("accused", "officers", "complaints")
    files = {name: f"read_csv('{folder}/{name}.csv.gz', all_varchar = true) AS {name}" for name in names}
    return duckdb.sql(query.format(**files)).fetchnumpy()


@pytest.fixture(scope="module")
def rows(shared_data):
    """The decisive accusations against officers recorded as Black (1) or White (0)."""
    return read(ROWS, shared_data("chicago-complaints"))


@pytest.fixture(scope="module")
def three(rows):
    """The triple of these rows."""
    return triple(rows["grp"], rows["outcome"], rows["incident"], rows["strata"], rows["cell"])


def rounded(figure) -> tuple[float, ...]:
    """Rates in 100, odds ratio and its limits as the manual prints them."""
    numbers = (100 * figure.rate_a, 100 * figure.rate_b)
    return tuple(round(number, 2) for number in numbers) + tuple(
        round(number, 3) for number in (figure.odds_ratio, figure.low, figure.high)
    )


def test_crude(three):
    """The figure an outsider sees would not be the one in this report."""
    crude = three.crude
    assert (52_551, 102_461) == (crude.units_a, crude.units_b)
    assert (15.62, 7.90, 2.158) == rounded(crude)[:3]
    assert 7.7 == round(100 * crude.difference, 1)
    assert 1.977 == round(crude.risk_ratio, 3)


def test_stratified_by_category_and_year(three, rows):
    """Like would be compared with something else than like."""
    figure = three.stratified
    assert (2_311, 1_185) == (figure.tables, figure.informative)
    assert (52_209, 101_244) == (figure.units_a, figure.units_b)
    assert (13.16, 9.51, 1.648, 1.575, 1.725) == rounded(figure)
    assert 3.7 == round(100 * figure.difference, 1)
    tables = Units(rows["strata"], rows["grp"], rows["outcome"], rows["incident"]).tables
    step = NORMAL_95 * rbg_se(tables)
    limits = tuple(round(float(np.exp(np.log(odds_ratio(tables)) + side * step)), 3) for side in (-1, 1))
    assert (1.584, 1.715) == limits


def test_within_case_and_code(three):
    """Nobody would see that the difference nearly vanishes between people accused of the same thing in one event."""
    within = three.within
    assert (6_346, 545) == (within.cells, within.informative)
    assert (10_540, 12_790) == (within.units_a, within.units_b)
    assert (10.29, 9.35, 1.360, 1.148, 1.612) == rounded(within)
    assert 0.9 == round(100 * within.difference, 1)
    assert (300, 239, 5_807) == (within.higher, within.lower, within.equal)


def test_share_sustained_of_every_group(shared_data):
    """The groups' own rates would not be those that anybody can count in the source."""
    columns = read(ALL_RACES, shared_data("chicago-complaints"))
    names, codes = np.unique(np.asarray(columns["race"], dtype=str), return_inverse=True)
    found = dict(zip(names, groups(codes, columns["outcome"]), strict=True))
    shown = {name: (found[name].n, round(100 * found[name].rate, 2)) for name in ("WHITE", "BLACK", "HISPANIC")}
    assert {"WHITE": (102_461, 7.90), "BLACK": (52_551, 15.62), "HISPANIC": (25_396, 7.71)} == shown


def test_closures_with_the_open_complaints_counted_in(shared_data):
    """A median of closed cases only would hide 624 that are still open."""
    columns = read(CLOSURES, shared_data("chicago-complaints"))
    days, closed = np.asarray(columns["days"]), np.asarray(columns["closed"])
    with_open, closed_only = kaplan_meier(days, closed), kaplan_meier(days[closed], closed[closed])
    assert 624 == int((~closed).sum())
    assert (14.67, 14.27) == tuple(round(100 * curve.late(365), 2) for curve in (with_open, closed_only))
    assert (168, 168) == (with_open.median, closed_only.median)
    assert (466, 454) == (with_open.p90, closed_only.p90)
