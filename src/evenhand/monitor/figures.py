# SPDX-License-Identifier: Apache-2.0
"""Mantel-Haenszel figures of a set of 2×2 tables: odds ratio, its standard errors, rates, and how sure one may be.

Sources: Mantel and Haenszel 1959; Robins, Breslow and Greenland, Biometrics 42 (1986), 311-323; the incident-robust
variance is the sum over incidents of the estimate's influence, squared. The formulas stand in docs/equal-treatment.md.
"""

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Literal, NamedTuple

import numpy as np

from evenhand.monitor.exact import Conditional, separated_limit
from evenhand.monitor.tables import Numbers, Tables, Units

NORMAL_95 = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""

SMALL = 25.0
"""Below this sum of the tables' variances the exact conditional interval is used."""

Method = Literal["robust", "exact", "one limit", "none"]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One comparison of A with B. Rates are fractions; None is "nothing can be said", or "no limit on that side".

    `units_a`, `units_b`, `events_a`, `events_b` count the strata that have both groups; `tables` counts all strata,
    `informative` those with both groups and both outcomes. `odds_ratio` is None where it would be infinite or 0/0.
    `low` to `high` is the 95 % interval of the odds ratio. `variance` is the sum of the tables' variances.
    `method`: "robust" (over incidents), "exact" (small tables), "one limit" (large tables whose outcomes all fell to
    one side), "none" (too little for an interval).
    """

    units_a: int
    units_b: int
    tables: int
    informative: int
    events_a: int
    events_b: int
    rate_a: float | None
    rate_b: float | None
    difference: float | None
    odds_ratio: float | None
    low: float | None
    high: float | None
    method: Method
    variance: float


@dataclass(frozen=True, kw_only=True)
class Crude(Figure):
    """Everything in one table: what an outsider sees. `risk_ratio` is rate A / rate B, None if B has no event."""

    risk_ratio: float | None


@dataclass(frozen=True, kw_only=True)
class Within(Figure):
    """Within one incident and clause: `cells` with both groups, and in how many A's rate is higher, lower, equal."""

    cells: int
    higher: int
    lower: int
    equal: int


class Sums(NamedTuple):
    """R = Σ a·e/n and S = Σ b·c/n, with each table's part."""

    r: Numbers
    s: Numbers

    @property
    def odds_ratio(self) -> float | None:
        """R/S; None where S is 0."""
        total_r, total_s = float(self.r.sum()), float(self.s.sum())
        return total_r / total_s if total_s > 0 else None


class Cmh(NamedTuple):
    """The Cochran-Mantel-Haenszel test without continuity correction; z is None where the variance is 0."""

    observed: int
    expected: float
    variance: float
    z: float | None


def sums(tables: Tables) -> Sums:
    """The two sums of the Mantel-Haenszel odds ratio, an entry for each stratum (0 for an empty one)."""
    n = np.maximum(tables.n, 1).astype(np.float64)
    return Sums(tables.a * (tables.e / n), tables.b * (tables.c / n))


def odds_ratio(tables: Tables) -> float | None:
    """The Mantel-Haenszel odds ratio R/S; None if S = 0."""
    return sums(tables).odds_ratio


def rbg_se(tables: Tables) -> float | None:
    """Standard error of the log odds ratio after Robins, Breslow and Greenland, rows independent; None if R·S = 0."""
    r, s = sums(tables)
    total_r, total_s = float(r.sum()), float(s.sum())
    if total_r == 0 or total_s == 0:
        return None
    n = np.maximum(tables.n, 1).astype(np.float64)
    p, q = (tables.a + tables.e) / n, (tables.b + tables.c) / n
    variance = (
        float(p @ r) / (2 * total_r**2)
        + float(p @ s + q @ r) / (2 * total_r * total_s)
        + float(q @ s) / (2 * total_s**2)
    )
    return sqrt(variance)


def robust_se(units: Units) -> float | None:
    """Standard error of the log odds ratio if the rows of one incident belong together.

    None if R or S is 0, with fewer than two incidents, and where every incident cancels out, so that nothing varies.
    """
    tables = units.tables
    r, s = sums(tables)
    total_r, total_s = float(r.sum()), float(s.sum())
    if total_r == 0 or total_s == 0:
        return None
    n = np.maximum(tables.n, 1).astype(np.float64)
    middle = s / n / total_s - r / n / total_r
    cells = (tables.e / n / total_r, -tables.c / n / total_s, -tables.b / n / total_s, tables.a / n / total_r)
    influence = np.stack([cell + middle for cell in cells], axis=1)
    influence[~tables.both] = 0.0
    of_incident = np.bincount(units.incident, weights=influence.ravel()[units.place])
    # Rows in strata with one group only are not part of this figure, nor are incidents that have no other row.
    incidents = int(np.count_nonzero(np.bincount(units.incident, weights=tables.both[units.stratum])))
    if incidents < 2:
        return None
    variance = incidents / (incidents - 1) * float(of_incident @ of_incident)
    nothing = 1e-20 * units.group.size
    return sqrt(variance) if variance > nothing else None


def cmh(tables: Tables) -> Cmh:
    """Observed, expected and variance of A's outcomes given all margins, and z; strata of one unit are dropped."""
    n = tables.n.astype(np.float64)
    more = n >= 2
    n = np.where(more, n, 2.0)
    share = tables.d / n
    expected = float((tables.n_a * share)[more].sum())
    variance = float((tables.n_a * (tables.n_b / n) * share * ((tables.n - tables.d) / (n - 1)))[more].sum())
    observed = int(tables.a[more].sum())
    return Cmh(observed, expected, variance, (observed - expected) / sqrt(variance) if variance > 0 else None)


def rates(tables: Tables) -> tuple[float | None, float | None]:
    """The rates of A and B that fit the odds ratio: each stratum weighted n_a·n_b/n; None if no stratum has both."""
    n = np.maximum(tables.n, 1).astype(np.float64)
    weight = float((tables.n_a * (tables.n_b / n)).sum())
    if weight == 0:
        return None, None
    return float((tables.a * (tables.n_b / n)).sum()) / weight, float((tables.c * (tables.n_a / n)).sum()) / weight


def interval(units: Units) -> tuple[float | None, float | None, Method]:
    """The 95 % interval of the odds ratio, and how it was found."""
    tables = units.tables
    r, s = sums(tables)
    if not tables.informative.any():
        return None, None, "none"
    if cmh(tables).variance < SMALL:
        return (*Conditional.of(tables).interval(), "exact")
    if not s.any():
        return separated_limit(tables), None, "one limit"
    if not r.any():
        return None, separated_limit(tables), "one limit"
    error = robust_se(units)
    if error is None:
        return None, None, "none"
    centre = log(float(r.sum()) / float(s.sum()))
    return exp(centre - NORMAL_95 * error), exp(centre + NORMAL_95 * error), "robust"


def figure(units: Units) -> Figure:
    """Everything one figure says about these rows and strata."""
    tables = units.tables
    compared = tables.where(tables.both)
    rate_a, rate_b = rates(compared)
    low, high, method = interval(units)
    return Figure(
        units_a=int(compared.n_a.sum()),
        units_b=int(compared.n_b.sum()),
        tables=len(tables),
        informative=int(tables.informative.sum()),
        events_a=int(compared.a.sum()),
        events_b=int(compared.c.sum()),
        rate_a=rate_a,
        rate_b=rate_b,
        difference=None if rate_a is None or rate_b is None else rate_a - rate_b,
        odds_ratio=odds_ratio(compared),
        low=low,
        high=high,
        method=method,
        variance=cmh(tables).variance,
    )
