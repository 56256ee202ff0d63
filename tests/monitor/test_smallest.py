# SPDX-License-Identifier: Apache-2.0
"""What silence is worth: the difference that would have been seen in 80 of 100 such samples."""

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.monitor.exact import Conditional
from evenhand.monitor.figures import NORMAL_95, cmh
from evenhand.monitor.smallest import NEITHER, NO_TABLE, ONLY_HIGHER, ONLY_LOWER, Smallest, smallest_visible
from evenhand.monitor.tables import Tables

COUNT = st.integers(0, 12)
SMALL = st.lists(st.tuples(COUNT, COUNT, COUNT, COUNT), min_size=1, max_size=5).map(
    lambda rows: Tables(*np.array(rows).T)
)


def test_large_tables_follow_the_normal_approximation():
    """The sentence about what was missed would rest on another formula than the manual's."""
    tables = Tables.of_margins([(200, 300, 150, 60), (100, 400, 250, 50)])
    step = (1.959964 + 0.841621) / sqrt(cmh(tables).variance)
    found = smallest_visible(tables)
    assert pytest.approx((exp(-step), exp(step)), rel=1e-6) == (found.lower, found.higher)


def test_simulated_samples_agree():
    """The power promised would not be the power there is."""
    rng = np.random.default_rng(11)
    tables = Tables.of_margins([(120, 180, 120, 48), (100, 120, 100, 44)])
    found = smallest_visible(tables)
    for odds in (found.lower, found.higher):
        z = []
        for _ in range(400):
            a = 0.0
            for n_a, n_b, d in zip(tables.n_a, tables.n_b, tables.d, strict=True):
                one = Conditional.of(Tables.of_margins([(n_a, n_b, d, max(0, d - n_b))]))
                a += one.least + rng.choice(one.log_g.size, p=one.at(log(odds)))
            z.append((a - cmh(tables).expected) / sqrt(cmh(tables).variance))
        assert 0.72 < np.mean(np.abs(z) > NORMAL_95) < 0.88


@settings(deadline=None)
@given(SMALL)
def test_small_tables_have_the_power_they_promise(tables):
    """With few cases the approximation would promise what the exact test cannot see."""
    found, conditional = smallest_visible(tables), Conditional.of(tables)
    below, above = conditional.rejected()
    for odds in (found.lower, found.higher):
        if odds is not None and cmh(tables).variance < 25:
            probability = conditional.at(log(odds))
            power = probability[:below].sum() + probability[above + 1 :].sum()
            assert 0.8 - 1e-6 <= power <= 0.826


@settings(deadline=None)
@given(SMALL)
def test_exchanging_the_groups_exchanges_the_sides(tables):
    """Silence would be worth more about one group than about the other."""
    found, turned = smallest_visible(tables), smallest_visible(tables.swapped())
    for one, other in ((found.lower, turned.higher), (found.higher, turned.lower)):
        assert (one is None) == (other is None)
        if one is not None:
            assert pytest.approx(1 / one, rel=1e-6) == other


@given(SMALL)
def test_the_outcomes_of_the_groups_are_not_read(tables):
    """What could have been seen would depend on what was seen."""
    least = np.maximum(0, tables.d - tables.n_b)
    other = Tables.of_margins(np.stack([tables.n_a, tables.n_b, tables.d, least], axis=1).tolist())
    found, expected = smallest_visible(tables), smallest_visible(other)
    assert expected.why == found.why
    assert [expected.lower, expected.higher] == pytest.approx([found.lower, found.higher], nan_ok=True) or (
        None in (found.lower, found.higher) and (expected.lower is None) == (found.lower is None)
    )


@pytest.mark.parametrize(
    ("margins", "expected"),
    [
        ((5, 0, 3, 3), Smallest(None, None, NO_TABLE)),
        ((3, 3, 3, 1), Smallest(None, None, NEITHER)),
    ],
)
def test_where_nothing_could_be_seen_it_says_so(margins, expected):
    """ "No clear difference" would be printed where none could ever appear."""
    assert expected == smallest_visible(Tables.of_margins([margins]))


def test_where_one_side_could_not_be_seen_it_says_which():
    """A difference to the side that cannot be seen would be taken as ruled out."""
    rare = smallest_visible(Tables.of_margins([(3, 60, 4, 0)]))
    assert (None, ONLY_HIGHER) == (rare.lower, rare.why)
    assert rare.higher > 1
    turned = smallest_visible(Tables.of_margins([(60, 3, 4, 4)]))
    assert (None, ONLY_LOWER) == (turned.higher, turned.why)
