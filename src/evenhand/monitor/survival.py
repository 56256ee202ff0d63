# SPDX-License-Identifier: Apache-2.0
"""How long an act takes when some cases are still open: the Kaplan-Meier curve.

An open case counts as "not yet, for as long as it was watched"; leaving it out would flatter. S(D) is the share without
the act after day D, and an act on day D is in time. Variance after Greenwood; limits on the log(−log S) scale, which
keeps them between 0 and 1. Sources: Kaplan and Meier 1958; Kalbfleisch and Prentice 1980.
"""

from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from evenhand.monitor.figures import NORMAL_95
from evenhand.monitor.tables import Integers, Numbers, dense, whole

ROUNDING = 1e-12
"""A share this near one half is one half: the product of the curve's fractions is not exact."""


@dataclass(frozen=True)
class Open:
    """What the curve says of one deadline: the share still without the act after it, a fraction, with 95 % limits.

    Limits are None where the share is 1 or 0 (nothing has varied yet); all but `at_risk` are None if nobody was watched
    to the deadline and some were still open when the watching ended.
    """

    share: float | None
    low: float | None
    high: float | None
    variance: float | None
    at_risk: int


@dataclass(frozen=True, eq=False)
class Curve:
    """One entry for each day on which something happened or a watch ended, in order.

    `days`: durations in days; `at_risk`: cases still without the act and still watched when that day begins; `acts`:
    acts on that day; `share`: S after that day; `variance`: Greenwood's, of S (nan once S is 0).
    """

    days: Integers
    at_risk: Integers
    acts: Integers
    share: Numbers
    variance: Numbers

    @property
    def n(self) -> int:
        """All cases, open ones included."""
        return int(self.at_risk[0]) if self.at_risk.size else 0

    @cached_property
    def limits(self) -> tuple[Numbers, Numbers]:
        """The 95 % limits of every share; nan where it is 1 or 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            logarithm = np.log(self.share)
            step = NORMAL_95 * np.sqrt(self.variance) / (self.share * np.abs(logarithm))
            low, high = self.share ** np.exp(step), self.share ** np.exp(-step)
        inner = (self.share > 0) & (self.share < 1)
        return np.where(inner, low, np.nan), np.where(inner, high, np.nan)

    def reached(self, share_done: float) -> int | None:
        """The first day by which this share of cases (a fraction) has had the act, or None: not reached."""
        if not 0 < share_done <= 1:
            raise ValueError(f"{share_done} is not a share between 0 and 1")
        below = self.share <= 1 - share_done + ROUNDING
        return int(self.days[below.argmax()]) if below.any() else None

    @property
    def median(self) -> int | None:
        """The day by which half the cases have had the act, or None: not reached."""
        return self.reached(0.5)

    @property
    def p90(self) -> int | None:
        """The day by which nine in ten have had the act, or None: not reached."""
        return self.reached(0.9)

    def after(self, deadline: int) -> Open:
        """The share still without the act after day `deadline`."""
        place = int(np.searchsorted(self.days, deadline, side="right"))
        at_risk = int(self.at_risk[place]) if place < self.days.size else 0
        if place == 0:
            return Open(1.0 if self.n else None, None, None, 0.0 if self.n else None, at_risk)
        share = float(self.share[place - 1])
        if at_risk == 0 and share > 0 and deadline > self.days[-1]:
            return Open(None, None, None, None, 0)
        low, high = (float(limit[place - 1]) for limit in self.limits)
        variance = float(self.variance[place - 1])
        return Open(
            share,
            low if isfinite(low) else None,
            high if isfinite(high) else None,
            variance if isfinite(variance) else None,
            at_risk,
        )

    def late(self, deadline: int) -> float | None:
        """The share for which the deadline passes without the act, S(deadline); None if no case was watched so long."""
        return self.after(deadline).share


def kaplan_meier(days: ArrayLike, observed: ArrayLike) -> Curve:
    """The curve of durations in whole days; `observed` is false where the act had not happened when the watch ended.

    A watch that ends on a day ends after the acts of that day. Raises ValueError with the offending value for a
    negative duration: a case that ends before it begins has none, and whoever calls leaves it out and counts it.
    """
    durations = whole("days", days)
    seen = np.asarray(observed)
    if seen.shape != durations.shape:
        raise ValueError(f"observed has {seen.size} entries and days has {durations.size}")
    if seen.dtype.kind not in "b":
        raise ValueError(f"observed holds {seen.dtype}; it takes true and false only")
    if durations.size and durations.min() < 0:
        raise ValueError(f"days[{durations.argmin()}] is {durations.min()}: nothing ends before it begins")
    places, number = dense(durations)
    distinct = np.zeros(number, dtype=np.int64)
    distinct[places] = durations
    ended = np.bincount(places, minlength=number)
    acts = np.bincount(places[seen], minlength=number)
    at_risk = durations.size - (np.cumsum(ended) - ended)
    share = np.cumprod((at_risk - acts) / at_risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = acts / (at_risk.astype(np.float64) * (at_risk - acts))
        variance = share**2 * np.cumsum(hazard, dtype=np.float64)
    return Curve(distinct, at_risk, acts, share, variance)
