# SPDX-License-Identifier: Apache-2.0
"""The range of a ratio of two rates agrees with the reference implementation, and takes incidents together."""

from math import exp, log, sqrt

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from evenhand.monitor.figures import NORMAL_95
from evenhand.monitor.ratio import ratio_range
from evenhand.monitor.tables import Units


def units(a, n_a, c, n_b, incident=None):
    """One stratum with these counts; each row an incident of its own unless told otherwise."""
    group = np.repeat([1, 0], [n_a, n_b])
    outcome = np.concatenate([np.arange(n_a) < a, np.arange(n_b) < c]).astype(np.int64)
    return Units(np.zeros(n_a + n_b, np.int64), group, outcome, np.arange(n_a + n_b) if incident is None else incident)


@pytest.mark.parametrize(("a", "n_a", "c", "n_b"), [(3, 10, 6, 12), (1, 30, 9, 25), (12, 14, 2, 9), (6, 8, 3, 8)])
def test_with_few_outcomes_it_is_the_score_interval(a, n_a, c, n_b):
    """Without it the range beside a ratio from a dozen people would be far too narrow."""
    expected = confint_proportions_2indep(a, n_a, c, n_b, compare="ratio", method="score", correction=True)
    assert pytest.approx(expected, rel=1e-4) == ratio_range(units(a, n_a, c, n_b))


def test_with_many_outcomes_and_rows_by_themselves_it_is_the_usual_one():
    """Without it the range would not be the one that others reckon from the same counts."""
    a, n_a, c, n_b = 300, 1000, 500, 2000
    error = sqrt((1 - a / n_a) / a + (1 - c / n_b) / c)
    centre = log(a / n_a / (c / n_b))
    expected = (exp(centre - NORMAL_95 * error), exp(centre + NORMAL_95 * error))
    assert pytest.approx(expected, rel=1e-3) == ratio_range(units(a, n_a, c, n_b))


def test_people_decided_together_make_the_range_wider():
    """Without it ten people decided together would look like ten decisions."""
    alone = ratio_range(units(300, 1000, 500, 2000))
    together = ratio_range(units(300, 1000, 500, 2000, np.arange(3000) // 10))
    assert together[0] < alone[0] < alone[1] < together[1]


def test_where_a_group_has_no_outcome_there_is_no_limit_on_that_side():
    """Without it a limit would be made up where none can be known."""
    assert (None, None) == ratio_range(units(0, 10, 0, 10))
    assert (None, None) == ratio_range(units(2, 10, 0, 0))
    assert ratio_range(units(0, 10, 4, 10))[0] is None
    assert ratio_range(units(4, 10, 0, 10))[1] is None


def test_two_strata_are_refused():
    """Without it rates of unlike cases would be divided by one another."""
    with pytest.raises(ValueError, match="2 strata"):
        ratio_range(Units(np.array([0, 1]), np.array([1, 0]), np.array([1, 0]), np.array([0, 1])))
