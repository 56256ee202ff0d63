# SPDX-License-Identifier: Apache-2.0
"""The few pieces of HTML a report is made of. Whatever is not `Html` already is escaped; data of cases is isolated."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from evenhand.examine import phrases

LONGEST = 280
"""Letters of one value of somebody's data; the rest is cut, and the cut is told."""

TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Letters without a shape that turn the direction of the text after them."""

BREAK = "\0"
"""Where a value may be broken, until it is HTML; `plain` has made every other sign of this kind visible."""

STROKE = re.compile(r"(?<=/)(?=[^\W\d])")
JOINT = re.compile(r"(?<=[/_.])(?=[^\W\d])")
LONG_RUN = re.compile(r"[^\s\0]{16}(?=[^\s\0])")
SPACES = re.compile(r"\s+")
TAGS = re.compile(r"<[^>]*>")
TICKS = re.compile(r"`((?:[^`<>]|<wbr>){1,120})`")

PILE = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
"""More than four marks over one letter, which would reach into the lines around it."""


class Html(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


Piece = str | int | float


def plain(value: object, longest: int = LONGEST) -> str:
    """A value of somebody's data as text: on one line, cut, and with every letter that has no shape made visible."""
    told = SPACES.sub(" ", str(value)).strip()
    cut = f"{told[:longest]}… ({phrases.count(len(told))} letters)" if len(told) > longest else told
    return visible(cut)


def visible(text: str) -> str:
    """The same text with every letter that has no shape told by its number, and no pile of marks on one letter."""
    return PILE.sub(r"\1", "".join(f"‹U+{ord(c):04X}›" if hidden(c) else c for c in SPACES.sub(" ", text)))


def hidden(letter: str) -> bool:
    """Whether a letter could not be seen and could turn or break the text around it."""
    return letter in TURNING or unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Co")


def data(value: object, longest: int = LONGEST) -> Html:
    """A value of somebody's data, escaped and kept from turning the direction of the sentence around it.

    It may be broken after a stroke or dot within a name, and within any run of letters too long for a line of a phone.
    """
    told = plain(value, longest)
    told = (STROKE if " " in told else JOINT).sub(BREAK, told)
    told = LONG_RUN.sub(rf"\g<0>{BREAK}", told)
    return Html(f"<bdi>{escape(told).replace(BREAK, '<wbr>')}</bdi>")


def prose(sentence: object, longest: int = 600) -> Html:
    """A sentence of the findings, escaped; what it puts into backticks stands in the letters of names."""
    return Html(TICKS.sub(r"<code>\1</code>", data(sentence, longest)))


def html(piece: Piece) -> Html:
    """HTML as it is, a number grouped, and any other text escaped."""
    if isinstance(piece, Html):
        return piece
    if isinstance(piece, int | float):
        return Html(phrases.count(piece))
    return Html(escape(piece))


def join(pieces: Iterable[Piece]) -> Html:
    """Pieces one after the other, a line each."""
    return Html("\n".join(html(piece) for piece in pieces if piece != ""))


def said(template: str, **blanks: Piece) -> Html:
    """A whole sentence with its blanks filled: numbers grouped, texts taken as somebody's data.

    The template is ours and may hold `<b>`; a blank never is unless it is `Html`.
    """
    return Html(
        template.format_map(
            {name: data(value) if type(value) is str else html(value) for name, value in blanks.items()}
        )
    )


def tag(name: str, *pieces: Piece, **attributes: str | None) -> Html:
    """An element. `class_` stands for class, `aria_label` for aria-label; an attribute of None is left out."""
    given = "".join(
        f' {key.strip("_").replace("_", "-")}="{escape(plain(value, 2000))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{given}>{''.join(html(piece) for piece in pieces)}</{name}>")


def p(*pieces: Piece, class_: str | None = None) -> Html:
    """A paragraph."""
    return tag("p", *pieces, class_=class_)


def quiet(*pieces: Piece) -> Html:
    """A paragraph in small letters."""
    return p(*pieces, class_="quiet")


def link(target: str, *pieces: Piece) -> Html:
    """A link within the page, or to a file that lies beside it."""
    return tag("a", *pieces, href=target)


def bullets(items: Iterable[Piece], kind: str = "ul") -> Html:
    """A list; nothing if there is nothing in it."""
    lines = [tag("li", item) for item in items]
    return tag(kind, join(lines)) if lines else Html("")


def facts(pairs: Iterable[tuple[Piece, Piece]]) -> Html:
    """Labels and values."""
    lines = [tag("dt", label) + tag("dd", value) for label, value in pairs]
    return tag("dl", join(Html(line) for line in lines), class_="facts") if lines else Html("")


def numbers(pairs: Iterable[tuple[Piece, Piece]]) -> Html:
    """Numbers that are the point of the page: what each counts, and the number."""
    given = [(label, html(value)) for label, value in pairs]
    groups = [Html(tag("dt", label) + tag("dd", value, class_="figure")) for label, value in given]
    # A number of ten signs or more, as 10,000,000, does not fit into half the width of a phone.
    long = any(len(TAGS.sub("", value)) > 9 for _, value in given)
    kind = "numbers long" if long else "numbers"
    return tag("dl", join(tag("div", group) for group in groups), class_=kind) if groups else Html("")


def more(summary: Piece, *pieces: Piece) -> Html:
    """What opens when asked for; it prints open."""
    return tag("details", tag("summary", summary), tag("div", *pieces))


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers stand at the right."""

    title: str
    number: bool = False


def n(title: str) -> Column:
    """A column of numbers."""
    return Column(title, number=True)


def table(
    caption: Piece,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Piece]],
    foot: Sequence[Piece] | None = None,
) -> Html:
    """A table that becomes blocks on a phone. `caption` says how many rows there are and how they are sorted.

    The first cell of a row names it. `foot` draws the book-keeper's double line: give it only where the sum balances.
    """
    head = join(tag("th", c.title, scope="col", role="columnheader", class_="n" if c.number else None) for c in columns)
    parts = [
        tag("caption", caption),
        tag("thead", tag("tr", head, role="row"), role="rowgroup"),
        tag("tbody", join(_row(columns, row) for row in rows), role="rowgroup"),
    ]
    if foot is not None:
        parts.append(tag("tfoot", _row(columns, foot), role="rowgroup"))
    return tag("table", join(parts), class_="stack", role="table")


def narrow(caption: Piece, columns: Sequence[Column], rows: Iterable[Sequence[Piece]]) -> Html:
    """A table of a few short columns: it keeps its shape on a phone, and costs a third of the bytes of `table`."""
    head = join(tag("th", c.title, scope="col", class_="n" if c.number else None) for c in columns)
    lines = (
        tag("th", row[0], scope="row")
        + Html("").join(
            tag("td", cell, class_="n" if column.number else None)
            for column, cell in zip(columns[1:], row[1:], strict=True)
        )
        for row in rows
    )
    parts = [
        tag("caption", caption),
        tag("thead", tag("tr", head)),
        tag("tbody", join(tag("tr", Html(line)) for line in lines)),
    ]
    return tag("table", join(parts), class_="narrow")


def whole(cell: Piece) -> Html:
    """The content of a cell as one piece: on a phone it stands beside its label."""
    content = html(cell)
    return tag("div", content) if "<" in content else content


def _row(columns: Sequence[Column], cells: Sequence[Piece]) -> Html:
    name = tag("th", whole(cells[0]), scope="row", role="rowheader")
    rest = (
        tag("td", whole(cell), role="cell", data_label=column.title, class_="n" if column.number else None)
        for column, cell in zip(columns[1:], cells[1:], strict=True)
    )
    return tag("tr", join((name, *rest)), role="row")
