# SPDX-License-Identifier: Apache-2.0
"""The smallest difference that would have been seen: what silence of the figures is worth.

Fixed sample, two-sided 5 %, power 80 %, the observed margins of every stratum. With large tables the normal
approximation is used, log θ = ±(1.959964 + 0.841621)/√ΣV (Schoenfeld, Biometrika 68 (1981), 316-319); with small ones
(ΣV < 25) the power of the exact conditional test, for each direction on its own.

Limits: rows of one incident are taken as independent, so the truth is somewhat further from 1; one odds ratio is taken
to hold in all strata; with ΣV just above 25 the approximation is optimistic for odds ratios far from 1.
"""

from dataclasses import dataclass
from math import exp, sqrt

from evenhand.monitor.exact import Conditional, rising
from evenhand.monitor.figures import NORMAL_95, SMALL, cmh
from evenhand.monitor.tables import Tables

NORMAL_80 = 0.8416212335729143
"""The normal quantile of 80 %."""

POWER = 0.8

NO_TABLE = "No stratum has both groups and both outcomes, so no difference of any size could have been seen."
NEITHER = "There are so few cases that even the largest difference would probably have been missed."
ONLY_HIGHER = (
    "There are so few cases that even the largest difference to the lower side would probably have been missed."
)
ONLY_LOWER = (
    "There are so few cases that even the largest difference to the higher side would probably have been missed."
)


@dataclass(frozen=True)
class Smallest:
    """The odds ratios nearest 1, below and above it, that would be noticed in 80 of 100 such samples.

    None on a side: nothing on that side would have been; `why` then says so in a sentence.
    """

    lower: float | None
    higher: float | None
    why: str | None = None


def smallest_visible(tables: Tables) -> Smallest:
    """The smallest visible odds ratio for these margins; the outcomes' split between the groups is not read."""
    variance = cmh(tables).variance
    if variance == 0:
        return Smallest(None, None, NO_TABLE)
    if variance >= SMALL:
        step = (NORMAL_95 + NORMAL_80) / sqrt(variance)
        return Smallest(exp(-step), exp(step))
    return exactly(Conditional.of(tables))


def exactly(conditional: Conditional) -> Smallest:
    """The same by the power of the exact conditional test, which is at its highest, 1 or 0, at the ends."""
    below, above = conditional.rejected()
    lower = higher = None
    if below > 0:
        lower = exp(rising(lambda log_odds: -float(conditional.at(log_odds)[:below].sum()), -POWER))
    if above < conditional.log_g.size - 1:
        higher = exp(rising(lambda log_odds: float(conditional.at(log_odds)[above + 1 :].sum()), POWER))
    if lower is None and higher is None:
        return Smallest(None, None, NEITHER)
    return Smallest(lower, higher, ONLY_HIGHER if lower is None else ONLY_LOWER if higher is None else None)
