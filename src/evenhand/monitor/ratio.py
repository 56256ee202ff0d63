# SPDX-License-Identifier: Apache-2.0
"""How sure one may be of a ratio of two rates, everything in one table: the range beside the crude figure.

With many outcomes the rows of one incident are taken together (influence of each row on the logarithm of the ratio,
summed within incidents); with few the score interval is used, which takes every row as independent. Source of the
latter: Miettinen and Nurminen, Statistics in Medicine 4 (1985), 213-226.
"""

from math import exp, log, sqrt

import numpy as np

from evenhand.monitor.exact import rising
from evenhand.monitor.figures import NORMAL_95, SMALL, cmh
from evenhand.monitor.tables import Units


def ratio_range(units: Units) -> tuple[float | None, float | None]:
    """The 95 % limits of rate A / rate B of units in one stratum; None where there is no limit on that side.

    Both are None if a group is empty or nobody has the outcome. Raises ValueError for more than one stratum.
    """
    tables = units.tables
    if len(tables) > 1:
        raise ValueError(f"there are {len(tables)} strata; a ratio of rates is of one")
    if not len(tables) or not tables.both.all() or int(tables.d[0]) == 0:
        return None, None
    a, n_a, c, n_b = (int(counts[0]) for counts in (tables.a, tables.n_a, tables.c, tables.n_b))
    if a == 0 or c == 0 or cmh(tables).variance < SMALL:
        return _score(a, n_a, c, n_b)
    rate_a, rate_b = a / n_a, c / n_b
    influence = np.where(
        units.group == 1, (units.outcome - rate_a) / (n_a * rate_a), -(units.outcome - rate_b) / (n_b * rate_b)
    )
    of_incident = np.bincount(units.incident, weights=influence)
    incidents = len(of_incident)
    if incidents < 2:
        return _score(a, n_a, c, n_b)
    error = sqrt(incidents / (incidents - 1) * float(of_incident @ of_incident))
    centre = log(rate_a / rate_b)
    return exp(centre - NORMAL_95 * error), exp(centre + NORMAL_95 * error)


def _score(a: int, n_a: int, c: int, n_b: int) -> tuple[float | None, float | None]:
    def below(log_ratio: float) -> float:
        """Minus the score statistic, which rises with the ratio."""
        ratio = exp(log_ratio)
        # The rates that are likeliest if their ratio is this one.
        first, second = (n_a + n_b) * ratio, n_a * ratio + a + n_b + c * ratio
        rate_b = (second - sqrt(max(second * second - 4 * first * (a + c), 0.0))) / (2 * first)
        rate_a = min(ratio * rate_b, 1.0)
        variance = rate_a * (1 - rate_a) / n_a + ratio * ratio * rate_b * (1 - rate_b) / n_b
        variance *= (n_a + n_b) / (n_a + n_b - 1)
        away = ratio * c / n_b - a / n_a
        return away / sqrt(variance) if variance > 0 else float(np.sign(away)) * 1e9

    low = exp(rising(below, -NORMAL_95)) if a else None
    high = exp(rising(below, NORMAL_95)) if c else None
    return low, high
