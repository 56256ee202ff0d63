# SPDX-License-Identifier: Apache-2.0
"""The frame of every chart: SVG text with stable bytes, a title and a description, in the colours of the page.

A chart holds no script, no font and no colour of its own: classes of the stylesheet and `currentColor`. Open and filled
shapes tell apart what colour alone must not. Texts of data are escaped here and nowhere else.
"""

from collections.abc import Iterable
from html import escape

LETTER = 7.4
"""About how wide one letter of a label is, in the units of a drawing that is 340 wide."""


def at(number: float) -> str:
    """A coordinate: at most two decimals, and the same bytes for the same number."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def share(number: float) -> str:
    """A coordinate as a share of the width."""
    return f"{at(100 * number)}%"


def short(text: str, letters: int) -> str:
    """A label cut to so many letters."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def write(text: str, x: float | str, y: float, *, end: bool = False, middle: bool = False, faint: bool = False) -> str:
    """A label; at the start of the line unless it is asked to end or to stand in the middle there."""
    place = x if isinstance(x, str) else at(x)
    anchor = ' text-anchor="end"' if end else ' text-anchor="middle"' if middle else ""
    kind = ' class="faint"' if faint else ""
    return f'<text{kind} x="{place}" y="{at(y)}"{anchor}>{escape(text)}</text>'


def rect(kind: str, x: float | str, y: float, width: float | str, height: float, title: str = "") -> str:
    """A bar of the class `open`, `filled` or `over`, with the words that belong to it."""
    left, wide = (value if isinstance(value, str) else at(value) for value in (x, width))
    box = f'<rect class="{kind}" x="{left}" y="{at(y)}" width="{wide}" height="{at(height)}"'
    return f"{box}><title>{escape(title)}</title></rect>" if title else f"{box}/>"


def line(kind: str, x1: float | str, y1: float, x2: float | str, y2: float, title: str = "") -> str:
    """A line of the class `axis`, `alike`, `range` or `grid`."""
    a, b = (value if isinstance(value, str) else at(value) for value in (x1, x2))
    drawn = f'<line class="{kind}" x1="{a}" x2="{b}" y1="{at(y1)}" y2="{at(y2)}"'
    return f"{drawn}><title>{escape(title)}</title></line>" if title else f"{drawn}/>"


def drawing(ident: str, title: str, desc: str, marks: Iterable[str], *, width: int, height: int) -> str:
    """A drawing that grows and shrinks as a whole, letters too."""
    return _svg(ident, title, desc, marks, f'viewBox="0 0 {width} {height}"')


def stretched(ident: str, title: str, desc: str, marks: Iterable[str], *, height: int, kind: str = "wide") -> str:
    """A drawing that is as wide as its place while its letters keep their size; places along it are shares."""
    return _svg(ident, title, desc, marks, f'class="{kind}" height="{height}"')


def _svg(ident: str, title: str, desc: str, marks: Iterable[str], size: str) -> str:
    inside = "\n".join(mark for mark in marks if mark)
    return (
        f'<svg {size} role="img" aria-labelledby="t-{ident} d-{ident}">\n'
        f'<title id="t-{ident}">{escape(title)}</title>\n<desc id="d-{ident}">{escape(desc)}</desc>\n{inside}\n</svg>'
    )


def round_up(number: float) -> int:
    """The next round number: 1, 2 or 5 with noughts."""
    scale = 1
    while True:
        for step in (1, 2, 5):
            if number <= step * scale:
                return step * scale
        scale *= 10
