# SPDX-License-Identifier: Apache-2.0
"""How long it took until a case was closed: the share still open after so many days, with and without open cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.examine import phrases
from evenhand.examine.charts import at, line, share, stretched, write

TOP, PLOT, HEIGHT = 8, 208, 244
STEPS = (1, 2, 7, 14, 30, 60, 90, 180, 365, 731, 1096, 1826, 3652, 7305)
MOST_TICKS = 4


@dataclass(frozen=True)
class Step:
    """After `day` days the share `open` was still without an end; `low` and `high` are its range if it has one."""

    day: int
    open: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Medians:
    """The days after which half had ended, of closed cases and of all; None where it is not reached."""

    closed: float | None
    every: float | None


def survival_curve(
    ident: str, title: str, desc: str, every: Sequence[Step], closed: Sequence[Step], medians: Medians
) -> str:
    """The curve of all cases as a filled line with its range, and that of closed cases alone as a dashed line."""
    last = last_day(every, closed)
    marks: list[str] = []
    for quarter in range(5):
        y = TOP + PLOT * (1 - quarter / 4)
        marks.append(line("axis" if quarter == 0 else "grid", 0, y, "100%", y))
        if quarter:
            marks.append(
                write(f"{25 * quarter} in 100", "100%", y - 5 if quarter < 4 else y + 14, end=True, faint=True)
            )
    marks.append(
        f'<svg x="0" y="{TOP}" width="100%" height="{PLOT}" viewBox="0 0 1000 {PLOT}" preserveAspectRatio="none">'
        + band(every, last)
        + path("dashed", closed, last)
        + path("curve", every, last)
        + "</svg>"
    )
    for kind, median in (("filled", medians.every), ("hollow", medians.closed)):
        if median is not None and median <= last:
            marks.append(
                f'<circle class="{kind}" cx="{share(median / last)}" cy="{at(TOP + PLOT / 2)}" r="5">'
                f"<title>Half after {phrases.days(median)}</title></circle>"
            )
    for tick in ticks(last):
        place = tick / last
        marks.append(line("axis", share(place), TOP + PLOT, share(place), TOP + PLOT + 5))
        marks.append(
            write(
                phrases.age(tick) if tick else "0",
                share(place),
                TOP + PLOT + 21,
                end=place > 0.93,
                middle=0.05 < place <= 0.93,
                faint=True,
            )
        )
    return stretched(ident, title, desc, marks, height=HEIGHT)


def last_day(every: Sequence[Step], closed: Sequence[Step]) -> int:
    """Where the drawing ends: when 2 in 100 are left or nothing more is known, and never before day 7."""
    ends = [
        next((step.day for step in steps if step.open <= 0.02), steps[-1].day) for steps in (every, closed) if steps
    ]
    return max([7, *ends])


def ticks(last: int) -> list[int]:
    """Round days for the axis, few enough for a phone."""
    step = next((step for step in STEPS if last / step <= MOST_TICKS), STEPS[-1])
    return [round(step * k) for k in range(int(last / step) + 1)]


def corners(points: Sequence[tuple[int, float]], last: int) -> str:
    """The corners of a staircase that begins at the whole and stays level between its days."""
    drawn, level = ["0 0"], 0.0
    for day, open_ in points:
        if day > last:
            break
        x, y = 1000 * day / last, PLOT * (1 - open_)
        drawn += [f"{at(x)} {at(level)}", f"{at(x)} {at(y)}"]
        level = y
    return " ".join([*drawn, f"1000 {at(level)}"])


def path(kind: str, steps: Sequence[Step], last: int) -> str:
    """A staircase as a line."""
    if not steps:
        return ""
    return f'<polyline class="{kind}" points="{corners([(s.day, s.open) for s in steps], last)}"/>'


def band(steps: Sequence[Step], last: int) -> str:
    """The range around a staircase, as far as there is one."""
    if not any(step.low is not None and step.high is not None for step in steps):
        return ""
    over = corners([(s.day, s.open if s.high is None else s.high) for s in steps], last).split(" ")
    under = corners([(s.day, s.open if s.low is None else s.low) for s in steps], last).split(" ")
    back = [f"{x} {y}" for x, y in reversed(list(zip(under[::2], under[1::2], strict=True)))]
    return f'<polygon class="band" points="{" ".join(over + back)}"/>'
