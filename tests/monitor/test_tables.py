# SPDX-License-Identifier: Apache-2.0
"""A table that cannot be is refused with the value that is wrong; rows become tables without loss."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.monitor.tables import Tables, Units, dense


def test_a_negative_count_is_refused():
    """A subtraction gone wrong in the caller would come out as a plausible ratio."""
    with pytest.raises(ValueError, match=r"c\[1\] is -3"):
        Tables([1, 2], [1, 2], [0, -3], [4, 4])


def test_counts_are_whole_numbers():
    """Rates passed instead of counts would be cut to 0 in silence."""
    with pytest.raises(ValueError, match=r"a holds float64 such as .*0\.5"):
        Tables([0.5], [1], [1], [1])


def test_strata_of_different_number_are_refused():
    """Counts of one stratum would be compared with those of another."""
    with pytest.raises(ValueError, match="b has 2 strata and a has 1"):
        Tables([1], [1, 2], [1], [1])


@pytest.mark.parametrize("margins", [(3, 5, 9, 1), (3, 5, 4, 4), (3, 5, 4, -1), (3, 1, 4, 1)])
def test_margins_that_cannot_be_are_refused(margins):
    """More outcomes than units would give negative cells."""
    with pytest.raises(ValueError, match="is not a table"):
        Tables.of_margins([(2, 2, 1, 1), margins])


def test_the_counts_of_a_table_cannot_be_changed():
    """A figure and its table could drift apart between two lines of a report."""
    counts = np.array([1])
    tables = Tables(counts, [1], [1], [1])
    counts[0] = 9
    assert [1] == tables.a.tolist()
    with pytest.raises(ValueError, match="read-only"):
        tables.a[0] = 2


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("group", 2, r"group\[1\] is 2: only 0 and 1"),
        ("outcome", 7, r"outcome\[1\] is 7: only 0 and 1"),
        ("group", -1, r"group\[1\] is -1: every row has one"),
        ("incident", -1, r"incident\[1\] is -1: every row has one"),
        ("stratum", -2, r"stratum\[1\] is -2: codes begin at 0"),
    ],
)
def test_a_code_without_meaning_is_refused(column, value, says):
    """A row of no group would silently count for B, one of no incident would belong to all others like it."""
    rows = {"stratum": [0, 0], "group": [1, 0], "outcome": [0, 1], "incident": [0, 1]}
    rows[column] = [rows[column][0], value]
    with pytest.raises(ValueError, match=says):
        Units(**rows)


def test_columns_of_different_length_are_refused():
    """The outcome of one person would be read as another's."""
    with pytest.raises(ValueError, match="outcome has 1 rows and stratum has 2"):
        Units([0, 0], [1, 0], [1], [0, 1])


def test_a_row_without_a_stratum_stays_out():
    """Rows of unknown kind would be compared with each other as if they were alike."""
    units = Units([-1, 4, 4, -1], [1, 1, 0, 0], [1, 0, 1, 1], [0, 1, 2, 3])
    assert list(
        zip(
            *(column.tolist() for column in (units.tables.a, units.tables.b, units.tables.c, units.tables.e)),
            strict=True,
        )
    ) == [(0, 1, 1, 0)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1), st.integers(0, 1)), max_size=60), st.integers(1, 10**9))
def test_every_row_is_counted_once_and_in_its_place(rows, spread):
    """Expected counts in would not be rows out."""
    stratum, group, outcome = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    tables = Units(stratum * spread, group, outcome, np.arange(len(rows))).tables
    expected = [
        tuple(rows.count((code, *cell)) for cell in ((1, 1), (1, 0), (0, 1), (0, 0)))
        for code in sorted({row[0] for row in rows})
    ]
    assert expected == list(zip(tables.a, tables.b, tables.c, tables.e, strict=True))


@given(st.lists(st.one_of(st.integers(0, 50), st.integers(0, 2**62)), max_size=30))
def test_renumbering_keeps_order_and_equality(values):
    """Two incidents would become one, or one two."""
    places, number = dense(np.array(values, dtype=np.int64))
    order = sorted(set(values))
    assert [order.index(value) for value in values] == places.tolist()
    assert len(order) == number
