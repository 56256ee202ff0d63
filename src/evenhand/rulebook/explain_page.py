# SPDX-License-Identifier: Apache-2.0
"""A page of plain language as values: headings, paragraphs, lists and tables, before it is Markdown or HTML.

A sentence is written whole with named blanks, and `said` fills them; what fills a blank is text or a `Name` that the
HTML form makes a link. Escaping is the business of the forms: nothing here is markup.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True)
class Name:
    """The name of a stage, an act or a role; `to` is the anchor at which it is explained, empty where nowhere."""

    text: str
    to: str = ""


Part = str | Name
Said = tuple[Part, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4; `anchor` names the place."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together."""

    sentences: tuple[Said, ...]


@dataclass(frozen=True)
class Points:
    """A list without an order; `ordered` where the order is the point."""

    points: tuple[Said, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Grid:
    """A table; its first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]


@dataclass(frozen=True)
class Quoted:
    """The words of a letter, its line breaks kept."""

    text: str


@dataclass(frozen=True)
class Drawn:
    """A picture as SVG of our own making; a form without pictures leaves it out."""

    svg: str


Block = Heading | Paragraph | Points | Grid | Quoted | Drawn


def said(sentence: str, /, **blanks: Part | Said) -> Said:
    """The sentence with its named blanks filled. `KeyError` where a blank is left open."""
    parts: list[Part] = []
    for text, blank, _, _ in Formatter().parse(sentence):
        if text:
            parts.append(text)
        if blank:
            filled = blanks[blank]
            parts.extend((filled,) if isinstance(filled, str | Name) else filled)
    return tuple(parts)


def listed(parts: Sequence[Part | Said], last: str = "and") -> Said:
    """Several names in a row: "one", "one and two", "one, two and three"."""
    row: list[Part] = []
    for at, part in enumerate(parts):
        if at:
            row.append(f" {last} " if at == len(parts) - 1 else ", ")
        row.extend((part,) if isinstance(part, str | Name) else part)
    return tuple(row)


def paragraph(*sentences: Said | None) -> Paragraph:
    """A paragraph of the sentences that there are."""
    return Paragraph(tuple(sentence for sentence in sentences if sentence))


def points(sentences: Iterable[Said], *, ordered: bool = False) -> Points:
    """A list of what is given."""
    return Points(tuple(sentences), ordered)
