# SPDX-License-Identifier: Apache-2.0
"""Worked examples with known answers; another implementation can be held to the same numbers."""

from fractions import Fraction

import pytest

from evenhand.monitor.exact import Conditional
from evenhand.monitor.figures import cmh, odds_ratio, rates, rbg_se
from evenhand.monitor.survival import kaplan_meier
from evenhand.monitor.tables import Tables

S1 = [(3, 5, 4, 1)]
S3 = [*S1, (2, 6, 5, 1), (4, 4, 3, 0)]
S6 = [*S3, (1, 7, 6, 0), (3, 5, 2, 0), (2, 6, 4, 0)]


@pytest.mark.parametrize(
    ("margins", "observed", "expected", "variance", "z"),
    [
        (S1, 1, 1.5, 0.535714, -0.683130),
        (S3, 2, 4.25, 1.473214, -1.853743),
        (S6, 2, 6.75, 2.491071, -3.009543),
    ],
    ids=["S1", "S3", "S6"],
)
def test_observed_expected_variance_and_z(margins, observed, expected, variance, z):
    """Every other figure is built on these four; a slip here would move all of them."""
    found = cmh(Tables.of_margins(margins))
    assert observed == found.observed
    assert pytest.approx((expected, variance, z), abs=5e-7) == (found.expected, found.variance, found.z)


@pytest.mark.parametrize(
    ("margins", "ratio", "error"),
    [(S1, 1 / 3, 1.527525), (S3, 2 / 11, 0.930431), (S6, 0.0952381, 0.866353)],
    ids=["S1", "S3", "S6"],
)
def test_odds_ratio_and_its_standard_error(margins, ratio, error):
    """The printed ratio would differ from everybody else's Mantel-Haenszel ratio."""
    tables = Tables.of_margins(margins)
    assert pytest.approx(ratio, abs=5e-8) == odds_ratio(tables)
    assert pytest.approx(error, abs=5e-7) == rbg_se(tables)


@pytest.mark.parametrize(
    ("margins", "at_most", "two_sided", "mid_p"),
    [
        (S1, Fraction(1, 2), 1.0, 0.571429),
        (S3, Fraction(97, 1372), 0.141400, 0.080539),
        (S6, Fraction(6213, 2151296), 0.005776, 0.003151),
    ],
    ids=["S1", "S3", "S6"],
)
def test_exact_test(margins, at_most, two_sided, mid_p):
    """Small organisations would be judged by an approximation that does not hold for them."""
    found = Conditional.of(Tables.of_margins(margins)).test()
    assert pytest.approx(float(at_most), rel=1e-12) == found.at_most
    assert pytest.approx((two_sided, mid_p), abs=1e-6) == (found.two_sided, found.mid_p)


def test_rates_that_fit_the_odds_ratio():
    """A ratio would stand without the two rates that show how large or small it is in life."""
    assert pytest.approx((1.375 / 5.375, 3.625 / 5.375)) == rates(Tables.of_margins(S3))


def test_kaplan_meier_of_five_cases():
    """Open cases would be dropped or counted as closed, and slow handling would look quick."""
    curve = kaplan_meier([3, 5, 5, 8, 10], [True, True, False, True, False])
    shares = [curve.after(day).share for day in (3, 5, 8, 7)]
    assert pytest.approx([0.8, 0.6, 0.3, 0.6]) == shares
    assert pytest.approx(0.048) == curve.after(5).variance
    assert pytest.approx(1 / 3) == kaplan_meier([3, 5, 8], [True, True, True]).late(7)
