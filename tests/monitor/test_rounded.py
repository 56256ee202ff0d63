# SPDX-License-Identifier: Apache-2.0
"""Numbers are told rounded, and never so that a limit crosses 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.monitor.rounded import count, down, in_hundred, points, ratio, up


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("52,551", count(52551)),
        ("15.6", in_hundred(0.1562101)),
        ("0.0", in_hundred(0.0)),
        ("0.012", in_hundred(0.000123)),
        ("100.0", in_hundred(1.0)),
        ("+7.7", points(0.0772)),
        ("−0.9", points(-0.0094)),
        ("0.0", points(-0.0001)),
        ("1.6", ratio(1.648)),
        ("0.25", ratio(0.2512)),
        ("1.003", ratio(1.0031)),
        ("1.0", ratio(1.0)),
        ("0", ratio(0.0)),
        ("1.5", down(1.575)),
        ("1.8", up(1.725)),
        ("1.02", down(1.023)),
        ("0.98", up(0.977)),
        ("0.996", up(0.9957)),
        ("123", ratio(123.4)),
        ("135,500", up(135499.75)),
    ],
)
def test_numbers_as_people_read_them(expected, actual):
    """A reader would see digits that the data cannot carry, or lose the ones that matter."""
    assert expected == actual


@given(st.floats(1e-6, 1e6))
def test_limits_are_rounded_outwards_and_stay_on_their_side_of_one(number):
    """A range that just touches 1 would be told as one that excludes it, or the other way round."""
    low, high = float(down(number).replace(",", "")), float(up(number).replace(",", ""))
    assert low <= number <= high
    if abs(number - 1) > 1e-4:
        assert (number > 1, number < 1) == (low > 1 or (low == 1 < number < 1), high < 1)
