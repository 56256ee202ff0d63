# SPDX-License-Identifier: Apache-2.0
"""One of three figures: both rates as an open and a filled line, and below them the odds with their range."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from evenhand.examine.charts import LETTER, drawing, line, rect, short, write

WIDTH, HEIGHT = 340, 224
TICKS = (
    (0.01, "1/100"), (0.02, "1/50"), (0.05, "1/20"), (0.1, "a tenth"), (0.2, "a fifth"), (0.5, "half"), (1.0, "alike"),
    (2.0, "twice"), (5.0, "5 times"), (10.0, "10 times"), (20.0, "20 times"), (50.0, "50 times"), (100.0, "100 times"),
)  # fmt: skip
FULL = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True)
class Axis:
    """What the three drawings share: the ends of the odds, and the rate that the full width would be."""

    low: float
    high: float
    full: float

    def place(self, odds: float) -> float:
        """Where these odds stand, on a scale on which twice and half are equally far from alike."""
        inside = min(max(odds, self.low), self.high)
        return WIDTH * log(inside / self.low) / log(self.high / self.low)


@dataclass(frozen=True)
class Rates:
    """The rates and odds of one figure; a limit of None has no end on that side."""

    a: float
    b: float
    odds: float | None
    low: float | None
    high: float | None


def axis(figures: Iterable[Rates]) -> Axis:
    """One axis for all the figures, from half to twice at least."""
    known = list(figures)
    odds = [value for figure in known for value in (figure.odds, figure.low, figure.high) if value]
    lowest, highest = min(odds, default=1.0), max(odds, default=1.0)
    marks = [mark for mark, _ in TICKS]
    low = max((mark for mark in marks if mark <= min(lowest, 0.5)), default=marks[0])
    high = min((mark for mark in marks if mark >= max(highest, 2.0)), default=marks[-1])
    most = max((rate for figure in known for rate in (figure.a, figure.b)), default=1.0)
    return Axis(low, high, min(mark for mark in FULL if mark >= min(most, 1.0)))


def odds_chart(ident: str, name: str, desc: str, a: str, b: str, rates: Rates, told: dict[str, str], on: Axis) -> str:
    """One drawing. `a` is the group in question, `b` the one it is compared with.

    `told`: the rounded numbers as the words beside them give them (a, b, odds, low, high), so that both say the same.
    """
    marks = [
        write(short(b, 26), 0, 14),
        write(f"{told['b']} in 100", WIDTH, 14, end=True),
        rect("open", 0.75, 22.75, max(WIDTH * rates.b / on.full - 1.5, 0.5), 14.5),
        rect("filled", 0, 44, max(WIDTH * rates.a / on.full, 1), 16),
        write(short(a, 26), 0, 80),
        write(f"{told['a']} in 100", WIDTH, 80, end=True),
        line("axis", 0, 104, WIDTH, 104),
        write(f"odds compared with {short(b, 20)}", 0, 132),
        write(told["odds"], WIDTH, 132, end=True),
        line("alike", on.place(1), 146, on.place(1), 196),
        *_range(rates, told, on),
        line("axis", 0, 196, WIDTH, 196),
        *_ticks(on),
    ]
    title = f"{name}: {told['a']} in 100 against {told['b']} in 100"
    return drawing(ident, title, desc, marks, width=WIDTH, height=HEIGHT)


def _range(rates: Rates, told: dict[str, str], on: Axis) -> list[str]:
    """The range, with an arrow on a side without a limit, and the odds as a filled mark on it."""
    if rates.low is None and rates.high is None:
        return []
    low, high = on.place(rates.low or on.low), on.place(rates.high or on.high)
    marks = [line("range", low, 170, high, 170, f"Range {told['low']} to {told['high']}")]
    if not rates.low or rates.low < on.low:
        marks.append('<path class="range" fill="none" d="M8 162 L0 170 L8 178"/>')
    if not rates.high or rates.high > on.high:
        marks.append(f'<path class="range" fill="none" d="M{WIDTH - 8} 162 L{WIDTH} 170 L{WIDTH - 8} 178"/>')
    if rates.odds is not None:
        marks.append(rect("filled", min(max(on.place(rates.odds) - 5, 0), WIDTH - 10), 160, 10, 20))
    return marks


def _ticks(on: Axis) -> list[str]:
    """Marks on the axis; where two names would touch, the one nearer to alike keeps its place."""
    inside = sorted((t for t in TICKS if on.low <= t[0] <= on.high), key=lambda t: (abs(log(t[0])), t[0]))
    ends = (on.low, on.high)
    marks: list[str] = []
    taken: list[tuple[float, float]] = []
    for mark, name in sorted(inside, key=lambda t: (t[0] != 1, t[0] not in ends)):
        x, wide = on.place(mark), LETTER * len(name)
        left = 0.0 if mark == on.low else WIDTH - wide if mark == on.high else x - wide / 2
        marks.append(line("axis", x, 196, x, 201))
        if any(left < right + 6 and start - 6 < left + wide for start, right in taken):
            continue
        taken.append((left, left + wide))
        marks.append(write(name, x, 217, end=mark == on.high, middle=mark not in ends, faint=True))
    return marks
