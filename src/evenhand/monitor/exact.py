# SPDX-License-Identifier: Apache-2.0
"""The exact conditional distribution of the number of A's outcomes, for tables too small for a normal approximation.

With all margins fixed and one odds ratio θ for all tables, T = Σ a takes the value k with probability proportional to
g_k·θ^k, where g is the convolution of the tables' C(n_a,k)·C(n_b,d−k)/C(n,d) (Fisher's noncentral hypergeometric
distribution, summed). Rows are taken as independent. Everything is kept in logarithms, so nothing runs out of range.
Source: Gart, "Point and interval estimation of the common odds ratio", Biometrika 57 (1970), 471-475.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import exp, inf

import numpy as np

from evenhand.monitor.tables import Integers, Numbers, Tables

FURTHEST = 700.0
"""The largest |log θ| looked at: e^700 is as good as no limit."""


@dataclass(frozen=True)
class Test:
    """The exact conditional test that the groups are handled alike: both tails, and the two ways to join them."""

    __test__ = False  # pytest collects classes called Test

    at_most: float
    at_least: float
    two_sided: float
    mid_p: float


@dataclass(frozen=True, eq=False)
class Conditional:
    """`log_g[k]` belongs to T = least + k; `seen` is the T that was observed."""

    least: int
    seen: int
    log_g: Numbers

    @classmethod
    def of(cls, tables: Tables) -> "Conditional":
        """The distribution of these tables; strata that tell nothing apart are left out, they only shift T."""
        chosen = tables.where(tables.informative)
        low = np.maximum(0, chosen.d - chosen.n_b)
        total = np.zeros(1)
        for log_g in sorted(terms(chosen, low), key=len):
            total = convolve(total, log_g)
        return cls(least=int(low.sum()), seen=int(chosen.a.sum()), log_g=total - log_sum(total))

    @property
    def most(self) -> int:
        """The largest T there can be."""
        return self.least + self.log_g.size - 1

    @cached_property
    def steps(self) -> Numbers:
        """k = T − least."""
        return np.arange(self.log_g.size, dtype=np.float64)

    def at(self, log_odds: float) -> Numbers:
        """The probability of each T if the odds ratio is exp(log_odds)."""
        tilted = self.log_g + log_odds * self.steps
        probability: Numbers = np.exp(tilted - tilted.max())
        probability /= probability.sum()
        return probability

    def test(self) -> Test:
        """Tails and p-values at odds ratio 1."""
        probability, k = self.at(0.0), self.seen - self.least
        at_most, at_least = min(1.0, float(probability[: k + 1].sum())), min(1.0, float(probability[k:].sum()))
        tail = min(at_most, at_least)
        mid_p = min(1.0, 2 * tail - float(probability[k]))
        return Test(at_most, at_least, min(1.0, 2 * tail), mid_p)

    def interval(self, alpha: float = 0.05) -> tuple[float | None, float | None]:
        """Both limits of the odds ratio at level 1 − alpha; None where there is no limit on that side."""
        k = self.seen - self.least
        low = high = None
        if self.seen > self.least:
            low = exp(rising(lambda log_odds: float(self.at(log_odds)[k:].sum()), alpha / 2))
        if self.seen < self.most:
            high = exp(rising(lambda log_odds: -float(self.at(log_odds)[: k + 1].sum()), -alpha / 2))
        return low, high

    def maximum(self) -> float:
        """The conditional maximum-likelihood odds ratio: 0 or infinity where the observed T is at an end."""
        if self.seen == self.least:
            return 0.0
        if self.seen == self.most:
            return inf
        return exp(rising(lambda log_odds: float(self.at(log_odds) @ self.steps), self.seen - self.least))

    def rejected(self, alpha: float = 0.05) -> tuple[int, int]:
        """The test rejects for T − least below the first and above the second number."""
        probability = self.at(0.0)
        below = int((np.cumsum(probability) <= alpha / 2).sum())
        above = int((np.cumsum(probability[::-1]) <= alpha / 2).sum())
        return below, self.log_g.size - 1 - above


def separated_limit(tables: Tables, alpha: float = 0.05) -> float:
    """The one limit there is when T is at its largest (lower) or smallest (upper); no convolution is needed for it.

    Raises ValueError if the observed T is at neither end.
    """
    chosen = tables.where(tables.informative)
    low, high = np.maximum(0, chosen.d - chosen.n_b), np.minimum(chosen.n_a, chosen.d)
    upward = bool(np.array_equal(chosen.a, high))
    if not upward and not np.array_equal(chosen.a, low):
        raise ValueError(f"T = {chosen.a.sum()} lies between its ends {low.sum()} and {high.sum()}")
    width = high - low + 1
    log_g = np.concatenate([np.zeros(0), *terms(chosen, low)])
    starts = np.cumsum(width) - width
    steps = np.arange(log_g.size) - np.repeat(starts, width)
    seen = starts + chosen.a - low

    def probability(log_odds: float) -> float:
        tilted = log_g + log_odds * steps
        peak = np.maximum.reduceat(tilted, starts)
        sums = np.add.reduceat(np.exp(tilted - np.repeat(peak, width)), starts)
        return exp(float((tilted[seen] - peak - np.log(sums)).sum()))

    if upward:
        return exp(rising(probability, alpha / 2))
    return exp(rising(lambda log_odds: -probability(log_odds), -alpha / 2))


def terms(tables: Tables, low: Integers) -> list[Numbers]:
    """For each table log C(n_a,k) + log C(n_b,d−k) − log C(n,d), k from `low` to min(n_a, d)."""
    from scipy.special import gammaln

    high = np.minimum(tables.n_a, tables.d)
    width = high - low + 1
    starts = np.cumsum(width) - width
    k = np.arange(int(width.sum())) - np.repeat(starts - low, width)
    n_a, n_b, d = (np.repeat(margin, width) for margin in (tables.n_a, tables.n_b, tables.d))

    def choose(n: Integers, r: Integers) -> Numbers:
        logarithm: Numbers = gammaln(n + 1) - gammaln(r + 1) - gammaln(n - r + 1)
        return logarithm

    log_g = choose(n_a, k) + choose(n_b, d - k) - choose(n_a + n_b, d)
    return np.split(log_g, starts[1:]) if len(tables) else []


def convolve(long: Numbers, short: Numbers) -> Numbers:
    """The convolution of two arrays of logarithms, in logarithms."""
    if short.size > long.size:
        long, short = short, long
    out = np.full(long.size + short.size - 1, -inf)
    for place, weight in enumerate(short):
        window = out[place : place + long.size]
        np.logaddexp(window, long + weight, out=window)
    return out


def log_sum(values: Numbers) -> float:
    """log Σ exp(values)."""
    peak = float(values.max())
    return peak + float(np.log(np.exp(values - peak).sum()))


def rising(function: Callable[[float], float], aim: float) -> float:
    """Where a rising function of log θ reaches `aim`, to 1e−12, by bisection between ±FURTHEST."""
    width = 1.0
    while width < FURTHEST and not function(-width) <= aim <= function(width):
        width *= 2
    low, high = -width, width
    while high - low > 1e-12 * max(1.0, abs(high)):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if function(middle) < aim:
            low = middle
        else:
            high = middle
    return (low + high) / 2
