# SPDX-License-Identifier: Apache-2.0
"""Two counts side by side, year by year: the product's two even lines stood upright."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.examine.charts import rect, round_up, share
from evenhand.examine.charts_bars import BASE, PLOT, upright
from evenhand.examine.phrases import count


@dataclass(frozen=True)
class Pair:
    """One year: its name, the count of the open bar and that of the filled one."""

    name: str
    open: int
    filled: int


def pairs(ident: str, title: str, desc: str, given: Sequence[Pair], open_: str, filled: str) -> str:
    """Upright pairs in the order given; `open_` and `filled` say what the two bars count."""
    top = round_up(max((max(pair.open, pair.filled) for pair in given), default=1) or 1)
    slot = 1 / max(len(given), 1)
    marks = []
    for k, pair in enumerate(given):
        words = f"{pair.name}: {count(pair.open)} {open_}, {count(pair.filled)} {filled}"
        tall, full = PLOT * pair.open / top, PLOT * pair.filled / top
        marks.append(rect("open", share((k + 0.12) * slot), BASE - tall, share(0.36 * slot), tall, words))
        if pair.filled:
            marks.append(rect("filled", share((k + 0.52) * slot), BASE - full, share(0.36 * slot), full, words))
    return upright(ident, title, desc, marks, [pair.name for pair in given], top)
