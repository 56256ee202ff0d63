# SPDX-License-Identifier: Apache-2.0
"""The three figures are one value: crude, stratified, within one incident."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.monitor.triple import Group, groups, triple


def rows(number: int, seed: int) -> dict[str, np.ndarray]:
    """Rows of incidents with two or three respondents, three strata, an outcome that leans towards A."""
    rng = np.random.default_rng(seed)
    group, incident = rng.integers(0, 2, number), rng.integers(0, max(1, number // 2), number)
    return {
        "group": group,
        "outcome": (rng.random(number) < 0.2 + 0.2 * group).astype(np.int64),
        "incident": incident,
        "strata": incident % 3,
        "clause_cell": incident * 2 + rng.integers(0, 2, number),
    }


def test_a_difference_between_strata_is_crude_only():
    """Groups alike in every stratum would look treated differently once strata are mixed, and nobody would see why."""
    sizes = [(80, 20, 0, 0.5), (20, 80, 1, 0.1)]
    group = np.concatenate([[1] * a + [0] * b for a, b, _, _ in sizes])
    strata = np.concatenate([[stratum] * (a + b) for a, b, stratum, _ in sizes])
    outcome = np.concatenate(
        [[1] * int(a * r) + [0] * int(a - a * r) + [1] * int(b * r) + [0] * int(b - b * r) for a, b, _, r in sizes]
    )
    found = triple(group, outcome, np.arange(200), strata, strata)
    assert found.crude.odds_ratio > 3
    assert pytest.approx(1.0) == found.stratified.odds_ratio
    assert pytest.approx(0.0) == found.stratified.difference
    assert (2, 0, 0, 2) == (found.within.cells, found.within.higher, found.within.lower, found.within.equal)


def test_cells_are_counted_by_the_side_they_fall_on():
    """The count of cells would tell another story than the cells."""
    cells = [([1, 0], [1, 0]), ([1, 0], [0, 1]), ([1, 0], [0, 1]), ([1, 0], [1, 1]), ([1, 1], [1, 0])]
    group = [code for codes, _ in cells for code in codes]
    outcome = [value for _, values in cells for value in values]
    place = np.repeat(np.arange(5), 2)
    within = triple(group, outcome, place, place, place).within
    assert (4, 4, 3) == (within.cells, within.tables, within.informative)
    assert (1, 2, 1) == (within.higher, within.lower, within.equal)
    assert (4, 4) == (within.units_a, within.units_b)


@settings(deadline=None, max_examples=40)
@given(st.integers(2, 200), st.integers(0, 2**32))
def test_exchanging_the_groups_turns_every_figure_over(number, seed):
    """It would matter which group the question is asked about."""
    given = rows(number, seed)
    found, turned = triple(**given), triple(**given | {"group": 1 - given["group"]})
    for name in ("crude", "stratified", "within"):
        one, other = getattr(found, name), getattr(turned, name)
        assert (one.units_a, one.events_b, one.informative) == (other.units_b, other.events_a, other.informative)
        assert pytest.approx(one.rate_a) == other.rate_b
        for left, right in ((one.odds_ratio, other.odds_ratio), (one.low, other.high), (one.high, other.low)):
            if left and right:
                assert pytest.approx(1 / left, rel=1e-6) == right
    assert (found.within.higher, found.within.equal) == (turned.within.lower, turned.within.equal)


@settings(deadline=None, max_examples=40)
@given(st.integers(2, 200), st.integers(0, 2**32))
def test_names_and_order_of_codes_change_nothing(number, seed):
    """Another numbering of the same cases would give another report."""
    given = rows(number, seed)
    order = np.random.default_rng(seed).permutation(number)
    moved = {name: column[order] for name, column in given.items()}
    for name in ("incident", "strata", "clause_cell"):
        moved[name] = 10**12 - 977 * moved[name]
    found, other = triple(**given), triple(**moved)
    for figure in ("crude", "stratified", "within"):
        for name, value in vars(getattr(found, figure)).items():
            assert pytest.approx(value) == getattr(getattr(other, figure), name), name


def test_a_row_of_unknown_stratum_or_cell_stays_out_of_that_figure_only():
    """Cases without a recorded clause would be taken for the same clause, or vanish from the whole report."""
    given = rows(100, 1)
    some = np.arange(100) < 10
    found = triple(**given | {"clause_cell": np.where(some, -1, given["clause_cell"])})
    fewer = triple(**{name: column[~some] for name, column in given.items()})
    whole = triple(**given)
    assert whole.crude == found.crude
    assert whole.stratified == found.stratified
    assert fewer.within == found.within


def test_the_rows_given_are_left_as_they_are():
    """Whoever computes two comparisons from the same columns would get a wrong second one."""
    given = rows(50, 2)
    copies = {name: column.copy() for name, column in given.items()}
    triple(**given)
    assert all(np.array_equal(copies[name], column) and column.flags.writeable for name, column in given.items())


def test_a_figure_cannot_be_replaced():
    """A report could show one figure of one comparison beside two of another."""
    found = triple(**rows(50, 3))
    with pytest.raises(FrozenInstanceError):
        found.crude = found.stratified


def test_a_wrong_code_is_refused_with_its_value():
    """A third group would be counted as one of the two."""
    with pytest.raises(ValueError, match=r"group\[2\] is 2"):
        triple([0, 1, 2], [0, 0, 0], [0, 1, 2], [0, 0, 0], [0, 1, 2])


def test_no_rows_give_a_whole_triple_that_says_nothing():
    """A comparison without a single case would end the examination."""
    found = triple([], [], [], [], [])
    assert (0, 0, 0) == (found.crude.tables, found.stratified.tables, found.within.cells)
    assert found.smallest.crude.why


def test_groups_as_they_stand():
    """A group without cases would be missing from the table instead of standing there with none."""
    found = groups([0, 2, 2, -1, 2], [1, 0, 1, 1, 1], number=4)
    expected = (Group(0, 1, 1, 1.0), Group(1, 0, 0, None), Group(2, 3, 2, 2 / 3), Group(3, 0, 0, None))
    assert expected == found


@pytest.mark.parametrize(
    ("group", "outcome", "says"),
    [
        ([0, 5], [0, 1], "code 5 and there are 3"),
        ([0, 1], [0, 4], "holds 4"),
        ([0, 1], [0], "has 1 rows and group has 2"),
    ],
)
def test_groups_refuse_what_has_no_meaning(group, outcome, says):
    """Rates would be computed from rows that belong to nobody."""
    with pytest.raises(ValueError, match=says):
        groups(group, outcome, number=3)
