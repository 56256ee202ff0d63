# SPDX-License-Identifier: Apache-2.0
"""Counts as bars: by year upright, by age lying. An open bar is all, the filled one a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.examine.charts import line, rect, round_up, share, short, stretched, write
from evenhand.examine.phrases import count, level

TOP, PLOT, HEIGHT = 22, 150, 200
BASE = TOP + PLOT
GUTTER = 60
"""Left of the bars, so wide that a number does not touch them; the stylesheet keeps it free (`.levels`)."""

MOST_NAMES = 6
NARROWEST = 250
"""About as wide are the bars on the narrowest phone; names are left out where they would touch."""

SMALL_LETTER = 7.0
"""About how wide one small letter is."""


@dataclass(frozen=True)
class Bar:
    """One bar: its name, all it counts, and the part that is filled."""

    name: str
    all: int
    part: int


def bars(ident: str, title: str, desc: str, given: Sequence[Bar], part: str) -> str:
    """Upright bars in the order given; `part` says what is filled. The axis is marked with round numbers."""
    top = round_up(max((bar.all for bar in given), default=1) or 1)
    slot = 1 / max(len(given), 1)
    marks = []
    for k, bar in enumerate(given):
        left, wide = share((k + 0.14) * slot), share(0.72 * slot)
        tall, filled = PLOT * bar.all / top, PLOT * bar.part / top
        words = f"{bar.name}: {count(bar.part)} of {count(bar.all)} {part}"
        marks.append(rect("open", left, BASE - tall, wide, tall, words))
        if bar.part:
            marks.append(rect("over", left, BASE - filled, wide, filled, words))
    return upright(ident, title, desc, marks, [bar.name for bar in given], top)


def upright(ident: str, title: str, desc: str, marks: Sequence[str], names: Sequence[str], top: int) -> str:
    """The frame of upright bars that stand on `BASE`: round numbers in the gutter, and some of the names below."""
    longest = max((len(name) for name in names), default=1)
    most = max(1, min(MOST_NAMES, int(NARROWEST // (SMALL_LETTER * longest + 8))))
    slot, every = 1 / max(len(names), 1), max(-(-len(names) // most), 1)
    around = [line("grid", -GUTTER, y, "100%", y) for y in (TOP, TOP + PLOT / 2)]
    around.append(line("axis", -GUTTER, BASE, "100%", BASE))
    written = [
        write(names[k], share((k + 0.5) * slot), BASE + 22, middle=True, faint=True)
        for k in range(0, len(names), every)
    ]
    written += [write(level(mark), -GUTTER, y - 6, faint=True) for mark, y in ((top, TOP), (top / 2, TOP + PLOT / 2))]
    return stretched(ident, title, desc, [*around, *marks, *written], height=HEIGHT, kind="wide levels")


def lying(ident: str, title: str, desc: str, given: Sequence[Bar]) -> str:
    """Lying bars, one under the other, each with its name and number above it."""
    most = max((bar.all for bar in given), default=1) or 1
    marks = []
    for k, bar in enumerate(given):
        y = 46 * k
        marks.append(write(short(bar.name, 30), 0, y + 14))
        marks.append(write(count(bar.all), "100%", y + 14, end=True))
        marks.append(line("grid", 0, y + 28, "100%", y + 28))
        if bar.all:
            marks.append(rect("filled", 0, y + 21, share(max(bar.all / most, 0.004)), 14))
    return stretched(ident, title, desc, marks, height=46 * len(given))
