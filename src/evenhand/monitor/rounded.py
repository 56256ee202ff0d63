# SPDX-License-Identifier: Apache-2.0
"""Numbers as people read them. Figures are computed on exact counts and told rounded; limits are rounded outwards."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

FIGURES = 2
"""How many figures a told ratio has."""

MOST_FIGURES = 6
"""So many where fewer would turn a limit beside 1 into 1."""


def count(number: int) -> str:
    """A count with its thousands apart: 52,551."""
    return f"{number:,}"


def in_hundred(rate: float) -> str:
    """A fraction as a number in 100, to a tenth; two figures where a tenth would hide it."""
    hundredfold = 100 * rate
    return f"{hundredfold:.1f}" if hundredfold == 0 or hundredfold >= 0.1 else figures(hundredfold, ROUND_HALF_EVEN)


def points(difference: float) -> str:
    """A difference of two fractions in points of 100, signed."""
    text = f"{100 * difference:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


def ratio(number: float) -> str:
    """An odds ratio or ratio of rates, to two figures; three beside 1, where two would hide the difference."""
    return figures(number, ROUND_HALF_EVEN, avoid_one=True)


def down(number: float) -> str:
    """A lower limit, rounded down."""
    return figures(number, ROUND_FLOOR, avoid_one=True)


def up(number: float) -> str:
    """An upper limit, rounded up."""
    return figures(number, ROUND_CEILING, avoid_one=True)


def figures(number: float, rounding: str, avoid_one: bool = False) -> str:
    """`number` with two figures, rounded as asked; with more where it would read 1 and is not (within reason)."""
    exact = Decimal(repr(float(number)))
    if exact == 0:
        return "0"
    for places in range(FIGURES, MOST_FIGURES + 1):
        quantum = Decimal(1).scaleb(exact.adjusted() - places + 1)
        told = exact.quantize(min(quantum, Decimal(1)), rounding=rounding)
        if not avoid_one or told != 1 or exact == 1:
            break
    return f"{told:,f}"
