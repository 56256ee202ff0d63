# SPDX-License-Identifier: Apache-2.0
"""Times to an act with open cases counted in."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from evenhand.monitor.survival import Open, kaplan_meier

CASES = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=120)


@settings(deadline=None, max_examples=60)
@given(CASES)
def test_equal_to_lifelines(cases):
    """Whoever recomputes a waiting time with another program would find another."""
    days, observed = (np.array(column) for column in zip(*cases, strict=True))
    other = KaplanMeierFitter().fit(days, observed)
    found = kaplan_meier(days, observed)
    limits = other.confidence_interval_
    for day in range(int(days.max()) + 1):
        told = found.after(day)
        assert pytest.approx(float(other.predict(day))) == told.share
        if told.low is not None:
            low, high = limits[limits.index <= day].iloc[-1]
            assert pytest.approx((low, high)) == (told.low, told.high)
    median = other.median_survival_time_
    if not np.isclose(found.share, 0.5, atol=1e-9, rtol=0).any():  # there the other rounds a half to either side
        assert (None if np.isinf(median) else median) == found.median


@given(CASES)
def test_with_every_case_closed_it_is_the_plain_share(cases):
    """Where nothing is open the curve would say something else than counting."""
    days = np.array([day for day, _ in cases])
    found = kaplan_meier(days, np.ones(len(days), bool))
    for day in range(61):
        share = float(np.mean(days > day))
        assert pytest.approx(share) == found.after(day).share
        assert pytest.approx(share * (1 - share) / len(days)) == (found.after(day).variance or 0.0)
    assert int(np.sort(days)[int(np.ceil(0.9 * len(days) - 1e-9)) - 1]) == found.p90


@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_cases_changes_nothing(cases, shuffle):
    """The same file, sorted differently, would give another waiting time."""
    moved = list(cases)
    shuffle.shuffle(moved)
    one, other = (kaplan_meier(*(np.array(column) for column in zip(*rows, strict=True))) for rows in (cases, moved))
    assert one.share.tolist() == other.share.tolist()


def test_an_act_on_the_last_day_is_in_time():
    """Every organisation would be a day late."""
    curve = kaplan_meier([10, 10, 11, 12], [True, True, True, True])
    assert [1.0, 0.5, 0.25] == [curve.late(day) for day in (9, 10, 11)]


def test_a_case_still_open_is_not_counted_as_done():
    """A backlog would shorten the median."""
    curve = kaplan_meier([5, 400, 400], [True, False, False])
    assert (5, None, None) == (curve.reached(0.3), curve.median, curve.p90)
    assert pytest.approx(2 / 3) == curve.late(365)


def test_beyond_the_longest_watch_nothing_is_said():
    """A curve drawn on to the right would be invented."""
    curve = kaplan_meier([5, 8], [True, False])
    assert Open(None, None, None, None, 0) == curve.after(9)
    assert 0.0 == kaplan_meier([5, 8], [True, True]).late(9)


def test_no_case_gives_no_figure():
    """A rulebook clock nobody ever started would end in a traceback."""
    curve = kaplan_meier(np.array([], int), np.array([], bool))
    assert (0, None, None, None) == (curve.n, curve.median, curve.p90, curve.late(30))


def test_a_case_that_ends_before_it_begins_is_refused():
    """A typing error in a date would shorten a waiting time."""
    with pytest.raises(ValueError, match=r"days\[1\] is -4"):
        kaplan_meier([3, -4], [True, True])


def test_observed_is_true_or_false():
    """Codes such as 2 for "withdrawn" would count as an act."""
    with pytest.raises(ValueError, match="true and false only"):
        kaplan_meier([3, 4], [1, 2])


@pytest.mark.parametrize("share", [0.0, 1.5, -0.1])
def test_only_a_share_can_be_reached(share):
    """90 in place of 0.9 would be answered with the first day."""
    with pytest.raises(ValueError, match="is not a share"):
        kaplan_meier([3], [True]).reached(share)
