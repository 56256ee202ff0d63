# SPDX-License-Identifier: Apache-2.0
"""The exact conditional distribution, its test and its interval."""

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import i0
from scipy.stats import hypergeom, nchypergeom_fisher

from evenhand.monitor.exact import Conditional, separated_limit
from evenhand.monitor.tables import Tables

COUNT = st.integers(0, 7)
TABLES = st.lists(st.tuples(COUNT, COUNT, COUNT, COUNT), min_size=1, max_size=6).map(
    lambda rows: Tables(*np.array(rows).T)
)


@settings(deadline=None, max_examples=50)
@given(st.tuples(COUNT, COUNT, COUNT, COUNT), st.floats(-3, 3))
def test_one_table_is_fishers_noncentral_distribution(counts, log_odds):
    """Power and limits would come from another distribution than the one named."""
    tables = Tables(*([count] for count in counts))
    if not tables.informative[0]:
        return
    n, d, n_a = (int(column[0]) for column in (tables.n, tables.d, tables.n_a))
    found = Conditional.of(tables)
    expected = nchypergeom_fisher(n, d, n_a, np.exp(log_odds)).pmf(np.arange(found.least, found.most + 1))
    assert pytest.approx(expected, abs=1e-12) == found.at(log_odds)


@settings(deadline=None, max_examples=50)
@given(TABLES)
def test_several_tables_are_the_convolution(tables):
    """Strata would be mixed instead of added."""
    tables = tables.where(tables.n > 0)
    expected, least = np.ones(1), 0
    for n, d, n_a, n_b in zip(tables.n, tables.d, tables.n_a, tables.n_b, strict=True):
        low = max(0, d - n_b)
        expected = np.convolve(expected, hypergeom(n, d, n_a).pmf(np.arange(low, min(n_a, d) + 1)))
        least += low
    found = Conditional.of(tables)
    assert pytest.approx(expected, abs=1e-12) == found.at(0.0)
    assert least - int(tables.a[~tables.informative].sum()) == found.least


@settings(deadline=None)
@given(TABLES)
def test_the_interval_contains_the_conditional_maximum(tables):
    """A figure could stand outside its own range."""
    found = Conditional.of(tables)
    low, high = found.interval()
    assert (low or 0.0) <= found.maximum() <= (inf if high is None else high)
    assert (low is None) == (found.seen == found.least)
    assert (high is None) == (found.seen == found.most)


@settings(deadline=None)
@given(TABLES)
def test_exchanging_the_groups_turns_the_interval_over(tables):
    """The range would depend on which group is called A."""
    low, high = Conditional.of(tables).interval()
    turned = Conditional.of(tables.swapped()).interval()
    for limit, other in zip((low, high), reversed(turned), strict=True):
        assert (limit is None) == (other is None)
        if limit is not None:
            assert pytest.approx(1 / limit, rel=1e-6) == other


@settings(deadline=None)
@given(TABLES)
def test_the_test_rejects_exactly_where_the_interval_leaves_out_one(tables):
    """A range could exclude 1 while the test sees nothing, and the sentence would depend on which was read."""
    found = Conditional.of(tables)
    low, high = found.interval()
    two_sided = found.test().two_sided
    if abs(two_sided - 0.05) > 1e-9:
        outside = (low is not None and low > 1) or (high is not None and high < 1)
        assert outside == (two_sided < 0.05)
    below, above = found.rejected()
    assert (found.seen - found.least < below or found.seen - found.least > above) == (two_sided <= 0.05 + 1e-15)


@settings(deadline=None)
@given(TABLES)
def test_the_one_limit_of_separated_tables_is_that_of_the_exact_interval(tables):
    """The short way would give another limit than the long one."""
    most = Tables(tables.a + tables.c, tables.b, tables.c * 0, tables.e)
    found = Conditional.of(most)
    if found.least == found.most or found.seen != found.most:
        return
    assert pytest.approx(found.interval()[0]) == separated_limit(most)
    assert pytest.approx(Conditional.of(most.swapped()).interval()[1]) == separated_limit(most.swapped())


def test_the_one_limit_is_refused_where_there_are_two():
    """A limit for the wrong case would look like any other number."""
    with pytest.raises(ValueError, match="lies between its ends"):
        separated_limit(Tables([3], [4], [5], [6]))


def test_far_tails_do_not_run_out_of_range():
    """A thousand cases that all point one way would give no number, or a wrong one."""
    found = Conditional.of(Tables([1000], [0], [0], [1000]))
    assert pytest.approx(-1382.2676, rel=1e-6) == found.log_g[-1]
    low, high = found.interval()
    assert high is None
    assert pytest.approx(40, rel=0.02) == i0(2 * 1000 / low**0.5)  # the limit's equation where few could have crossed
