# SPDX-License-Identifier: Apache-2.0
"""Counts as bars: by year upright, by age lying. An open bar is all, the filled one a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.examine.charts import line, rect, round_up, share, stretched, write
from evenhand.examine.phrases import count

TOP, PLOT, HEIGHT = 22, 150, 196
MOST_NAMES = 6


@dataclass(frozen=True)
class Bar:
    """One bar: its name, all it counts, and the part that is filled."""

    name: str
    all: int
    part: int


def bars(ident: str, title: str, desc: str, given: Sequence[Bar], part: str, *, warn: bool = True) -> str:
    """Upright bars in the order given; `part` says what is filled. The axis is marked with round numbers."""
    top = round_up(max((bar.all for bar in given), default=1) or 1)
    slot = 1 / max(len(given), 1)
    every = -(-len(given) // MOST_NAMES)
    marks = []
    for k, level in enumerate((top, top / 2)):
        y = TOP + PLOT * k / 2
        marks.append(line("grid", 0, y, "100%", y))
        marks.append(write(count(level), 0, y - 6, faint=True))
    for k, bar in enumerate(given):
        left, wide = share((k + 0.14) * slot), share(0.72 * slot)
        tall, filled = PLOT * bar.all / top, PLOT * bar.part / top
        words = f"{bar.name}: {count(bar.part)} of {count(bar.all)} {part}"
        marks.append(rect("open", left, TOP + PLOT - tall, wide, tall, words))
        if bar.part:
            marks.append(rect("over" if warn else "filled", left, TOP + PLOT - filled, wide, filled, words))
        if k % every == 0:
            marks.append(write(bar.name, share((k + 0.5) * slot), HEIGHT - 6, middle=True, faint=True))
    marks.append(line("axis", 0, TOP + PLOT, "100%", TOP + PLOT))
    return stretched(ident, title, desc, marks, height=HEIGHT)


def lying(ident: str, title: str, desc: str, given: Sequence[Bar]) -> str:
    """Lying bars, one under the other, each with its name and number above it."""
    most = max((bar.all for bar in given), default=1) or 1
    marks = []
    for k, bar in enumerate(given):
        y = 46 * k
        marks.append(write(bar.name, 0, y + 14))
        marks.append(write(count(bar.all), "100%", y + 14, end=True))
        marks.append(line("grid", 0, y + 28, "100%", y + 28))
        if bar.all:
            marks.append(rect("filled", 0, y + 21, share(max(bar.all / most, 0.004)), 14))
    return stretched(ident, title, desc, marks, height=46 * len(given))
