# SPDX-License-Identifier: Apache-2.0
"""2×2 tables with fixed margins, one for each stratum, and the rows they are counted from.

Of the comparable units of a stratum, n_a = a + b belong to group A and n_b = c + e to group B (the letter d is kept for
the number of units with the outcome, d = a + c):

                 outcome   none
    group A         a        b
    group B         c        e
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Integers = NDArray[np.int64]
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]

UNKNOWN = -1
"""The code of a unit whose stratum is not known: it stays out of the figure that needs the stratum, only of that."""


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of one comparison, an entry of each array for each stratum.

    Raises ValueError, with the offending value, if a count is negative or not a whole number or the lengths differ.
    """

    a: Integers
    b: Integers
    c: Integers
    e: Integers

    def __post_init__(self) -> None:
        for name in ("a", "b", "c", "e"):
            counts = whole(name, getattr(self, name)).copy()
            if counts.size and counts.min() < 0:
                raise ValueError(f"{name}[{counts.argmin()}] is {counts.min()}: a count is never negative")
            if counts.shape != np.shape(self.a):
                raise ValueError(f"{name} has {counts.size} strata and a has {np.size(self.a)}")
            counts.flags.writeable = False
            object.__setattr__(self, name, counts)

    @classmethod
    def of_margins(cls, tables: Sequence[tuple[int, int, int, int]]) -> "Tables":
        """Tables given as (n_a, n_b, d, d_a): units of A, units of B, units with the outcome, those of A among them.

        Raises ValueError with the first table whose margins cannot be.
        """
        given = np.array(tables, dtype=np.int64).reshape(-1, 4)
        n_a, n_b, d, d_a = given.T
        wrong = (d_a < 0) | (d_a > n_a) | (d - d_a < 0) | (d - d_a > n_b)
        if wrong.any():
            raise ValueError(f"(n_a, n_b, d, d_a) = {tuple(given[wrong.argmax()].tolist())} is not a table")
        return cls(d_a, n_a - d_a, d - d_a, n_b - d + d_a)

    def where(self, chosen: Mask) -> "Tables":
        """The chosen strata only."""
        return Tables(self.a[chosen], self.b[chosen], self.c[chosen], self.e[chosen])

    def swapped(self) -> "Tables":
        """The same tables with the groups exchanged: A becomes B."""
        return Tables(self.c, self.e, self.a, self.b)

    def __len__(self) -> int:
        return int(self.a.size)

    @cached_property
    def n_a(self) -> Integers:
        """Units of group A in each stratum."""
        return self.a + self.b

    @cached_property
    def n_b(self) -> Integers:
        """Units of group B in each stratum."""
        return self.c + self.e

    @cached_property
    def n(self) -> Integers:
        """Units in each stratum."""
        return self.n_a + self.n_b

    @cached_property
    def d(self) -> Integers:
        """Units with the outcome in each stratum."""
        return self.a + self.c

    @cached_property
    def both(self) -> Mask:
        """The strata in which both groups occur: the only ones that compare anything."""
        return (self.n_a > 0) & (self.n_b > 0)

    @cached_property
    def informative(self) -> Mask:
        """The strata with both groups and both outcomes: the only ones that tell the groups apart."""
        return self.both & (self.d > 0) & (self.d < self.n)


@dataclass(frozen=True, eq=False)
class Units:
    """The rows behind the tables: one for each respondent and clause, all arrays of one length.

    `stratum`: any code from 0, or -1 (unknown: the row is left out); `group`: 1 is A, 0 is B; `outcome`: 1 or 0;
    `incident`: any code from 0, equal for all rows of one event. Raises ValueError with the offending value.
    """

    stratum: Integers
    group: Integers
    outcome: Integers
    incident: Integers
    strata: int = field(init=False)

    def __post_init__(self) -> None:
        given = {name: codes(name, getattr(self, name)) for name in ("stratum", "group", "outcome", "incident")}
        for name, values in given.items():
            if values.size != given["stratum"].size:
                raise ValueError(f"{name} has {values.size} rows and stratum has {given['stratum'].size}")
            if name in ("group", "outcome") and values.size and values.max() > 1:
                raise ValueError(f"{name}[{values.argmax()}] is {values.max()}: only 0 and 1 have a meaning here")
            if name != "stratum" and values.size and values.min() < 0:
                raise ValueError(f"{name}[{values.argmin()}] is {values.min()}: every row has one, from 0")
        known = given["stratum"] >= 0
        if not known.all():
            given = {name: values[known] for name, values in given.items()}
        given["stratum"], strata = dense(given["stratum"])
        given["incident"], _ = dense(given["incident"])
        for name, values in given.items():
            object.__setattr__(self, name, values)
        object.__setattr__(self, "strata", strata)

    @cached_property
    def place(self) -> Integers:
        """Where each row stands: 4 × stratum + (0, 1, 2, 3 for a, b, c, e)."""
        return self.stratum * 4 + (3 - 2 * self.group - self.outcome)

    @cached_property
    def tables(self) -> Tables:
        """The rows counted, a table for each stratum that has a row."""
        a, b, c, e = np.bincount(self.place, minlength=4 * self.strata).reshape(self.strata, 4).T
        return Tables(a, b, c, e)


def whole(name: str, given: ArrayLike) -> Integers:
    """The values as one row of 64-bit integers; ValueError if there is anything else among them."""
    values = np.asarray(given)
    if values.ndim != 1:
        raise ValueError(f"{name} has the shape {values.shape} and must be one row")
    if values.size and values.dtype.kind not in "iub":
        raise ValueError(f"{name} holds {values.dtype} such as {values[0]!r}; it takes whole numbers only")
    return values.astype(np.int64, copy=False)


def codes(name: str, given: ArrayLike) -> Integers:
    """The values as integer codes from 0, with -1 for unknown; ValueError for anything below."""
    values = whole(name, given)
    if values.size and values.min() < UNKNOWN:
        raise ValueError(f"{name}[{values.argmin()}] is {values.min()}: codes begin at 0, and -1 means unknown")
    return values


def dense(values: Integers) -> tuple[Integers, int]:
    """Codes renumbered 0, 1, 2, … in their order, and how many there are. `values` are not negative."""
    if not values.size:
        return values, 0
    top = int(values.max())
    if top < 4 * values.size + 1024:  # counting is several times faster than sorting, and needs memory up to `top`
        present = np.bincount(values, minlength=top + 1) > 0
        if present.all():
            return values, top + 1
        return (np.cumsum(present) - 1)[values], int(present.sum())
    found, places = np.unique(values, return_inverse=True)
    return places.astype(np.int64), int(found.size)
