# SPDX-License-Identifier: Apache-2.0
"""The figures equal those of an independent library, and depend on nothing but the counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import StratifiedTable

from evenhand.monitor.figures import cmh, figure, odds_ratio, rates, rbg_se, robust_se
from evenhand.monitor.tables import Tables, Units

COUNT = st.integers(0, 40)
TABLES = st.lists(st.tuples(COUNT, COUNT, COUNT, COUNT), min_size=1, max_size=12).map(
    lambda rows: Tables(*np.array(rows).T)
)


@st.composite
def some_units(draw):
    """Rows of any group, outcome, stratum and incident."""
    number = draw(st.integers(1, 80))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    codes = (rng.integers(0, top, number) for top in (draw(st.integers(1, 6)), 2, 2, draw(st.integers(1, 40))))
    return Units(*codes)


@settings(deadline=None)
@given(TABLES)
def test_equal_to_statsmodels(tables):
    """Whoever recomputes a report with another program would find other numbers."""
    tables = tables.where(tables.informative)
    if rbg_se(tables) is None:
        return
    other = StratifiedTable(
        [np.array([[a, b], [c, e]]) for a, b, c, e in zip(tables.a, tables.b, tables.c, tables.e, strict=True)]
    )
    assert pytest.approx(other.oddsratio_pooled, rel=1e-9) == odds_ratio(tables)
    assert pytest.approx(other.logodds_pooled_se, rel=1e-9) == rbg_se(tables)
    assert pytest.approx(other.test_null_odds(correction=False).statistic, rel=1e-9) == cmh(tables).z ** 2


@given(TABLES)
def test_exchanging_the_groups_turns_the_ratio_over(tables):
    """It would matter which group is called A."""
    ratio, turned = odds_ratio(tables), odds_ratio(tables.swapped())
    if ratio and turned:
        assert pytest.approx(1 / ratio) == turned
        assert pytest.approx(rbg_se(tables)) == rbg_se(tables.swapped())
    assert pytest.approx(rates(tables)[::-1]) == rates(tables.swapped())


@given(TABLES, st.tuples(COUNT, COUNT), st.booleans())
def test_a_stratum_with_one_group_or_one_outcome_tells_nothing(tables, two, of_group):
    """Strata that compare nothing would pull the ratio towards 1."""
    one, other = two
    empty = (one, other, 0, 0) if of_group else (one, 0, other, 0)
    more = Tables(
        *(
            np.append(column, value)
            for column, value in zip((tables.a, tables.b, tables.c, tables.e), empty, strict=True)
        )
    )
    assert pytest.approx(odds_ratio(tables)) == odds_ratio(more)
    assert pytest.approx(rbg_se(tables)) == rbg_se(more)
    assert pytest.approx(cmh(tables).z) == cmh(more).z


@given(some_units(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(units, shuffle):
    """The same file, sorted differently, would give another report."""
    order = list(range(units.group.size))
    shuffle.shuffle(order)
    moved = Units(units.stratum[order], units.group[order], units.outcome[order], units.incident[order])
    for name, value in vars(figure(units)).items():
        assert pytest.approx(value) == getattr(figure(moved), name), name


@given(some_units())
def test_the_robust_error_is_the_sum_over_incidents_of_the_rows_influence(units):
    """Respondents of one event, decided together, would count as so many separate decisions."""
    tables = units.tables
    r, s = (tables.a * tables.e / tables.n).sum(), (tables.b * tables.c / tables.n).sum()
    if r == 0 or s == 0:
        assert robust_se(units) is None
        return
    influence, compared = {}, set()
    for stratum, group, outcome, incident in zip(
        units.stratum, units.group, units.outcome, units.incident, strict=True
    ):
        a, b, c, e, n = (int(column[stratum]) for column in (tables.a, tables.b, tables.c, tables.e, tables.n))
        if not (a + b and c + e):
            continue
        of_a, of_b, of_c, of_e = ((group, outcome) == cell for cell in ((1, 1), (1, 0), (0, 1), (0, 0)))
        u = (of_a * e + of_e * a) / n / r - (of_b * c + of_c * b) / n / s - a * e / n**2 / r + b * c / n**2 / s
        influence[incident] = influence.get(incident, 0.0) + u
        compared.add(incident)
    k = len(compared)
    variance = k / (k - 1) * sum(u**2 for u in influence.values()) if k > 1 else 0.0
    if variance < 1e-12:
        return
    assert pytest.approx(variance**0.5) == robust_se(units)


def test_rows_of_one_incident_widen_the_range():
    """Ten copies of each decision would look like ten times the evidence."""
    rng = np.random.default_rng(7)
    group, outcome = rng.integers(0, 2, 400), (rng.random(400) < 0.4).astype(int)
    once = Units(np.zeros(400, int), group, outcome, np.arange(400))
    copied = Units(np.zeros(4000, int), *(np.repeat(column, 10) for column in (group, outcome, np.arange(400))))
    assert pytest.approx(robust_se(once), rel=1e-9) == robust_se(copied)
    assert rbg_se(copied.tables) < 0.4 * rbg_se(once.tables)


def test_rows_of_one_incident_alone_give_no_range():
    """A single event would be told as if it were a practice."""
    rng = np.random.default_rng(8)
    found = figure(Units(np.zeros(400, int), rng.integers(0, 2, 400), rng.integers(0, 2, 400), np.zeros(400, int)))
    assert (None, None, "none") == (found.low, found.high, found.method)


def test_no_b_with_the_outcome_leaves_no_upper_limit():
    """An infinite ratio would be printed as a number."""
    found = figure(Units(np.zeros(40, int), [1] * 20 + [0] * 20, [1] * 9 + [0] * 31, np.arange(40)))
    assert (None, None, "exact") == (found.odds_ratio, found.high, found.method)
    assert found.low > 1


def test_no_a_with_the_outcome_leaves_no_lower_limit():
    """The range would end at a number below which nothing was looked at."""
    found = figure(Units(np.zeros(40, int), [0] * 20 + [1] * 20, [1] * 9 + [0] * 31, np.arange(40)))
    assert (0.0, None, "exact") == (found.odds_ratio, found.low, found.method)
    assert found.high < 1


@pytest.mark.parametrize(("events", "sides"), [("a", (True, False)), ("c", (False, True))])
def test_a_large_table_with_all_outcomes_on_one_side_has_one_limit(events, sides):
    """Hundreds of cases that all point one way would be told as nothing."""
    first = 1 if events == "a" else 0
    group = [first] * 250 + [1 - first] * 250
    found = figure(Units(np.zeros(500, int), group, [1] * 190 + [0] * 310, np.arange(500)))
    assert ("one limit", *sides) == (found.method, found.low is not None, found.high is not None)


def test_nothing_at_all_gives_nothing():
    """An empty export would end in a traceback, or in a difference of 0."""
    found = figure(Units([], [], [], []))
    names = ("units_a", "tables", "rate_a", "difference", "odds_ratio", "low", "high")
    assert [0, 0, None, None, None, None, None] == [getattr(found, name) for name in names]
