# SPDX-License-Identifier: Apache-2.0
"""One part of a report: its number and name, what it found in a sentence, the text, and the margin beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from evenhand.examine import phrases
from evenhand.examine.report_markup import (
    Column,
    Html,
    Piece,
    bullets,
    data,
    html,
    join,
    link,
    more,
    p,
    prose,
    said,
    table,
    tag,
)  # fmt: skip
from evenhand.examine.report_reading import Findings

MOST_FILES = 8
"""So many links stand in a margin; more than that are named together."""

MOST_ROWS = 40
"""So many rows of one list stand on the page; the rest is in its table of rows."""

FEW_ROWS = 10
SPARE_ROWS = 3
"""So many rows are seen at once; a few more are shown rather than hidden."""

THE_OTHERS = "Show the other {rows}"
IN_ORDER = "The others, in the same order."
MANY_FILES = "{files} files begin with {stem}; each count on this page opens its own."
SHOWN = "The first {shown} of {all}."

Row = TypeVar("Row")


@dataclass(frozen=True)
class Part:
    """`text` stands beside `margin`; over the whole width the sentence and `before` above them, `wide` below them."""

    id: str
    number: int
    name: str
    sentence: Html
    text: Sequence[Piece]
    margin: Sequence[Piece] = ()
    wide: Sequence[Piece] = ()
    before: Sequence[Piece] = ()


def draw(part: Part) -> Html:
    """A part as it stands on the page."""
    name = f"h-{part.id}"
    head = tag("h2", Html(f"<small>{part.number}. {part.name}</small> {part.sentence}"), id=name)
    text = tag("div", join(part.text), class_="text") if any(part.text) else Html("")
    margin = tag("aside", join(part.margin), aria_label=f"Beside {part.name}") if any(part.margin) else Html("")
    leaf = tag("div", join([text, margin]), class_="leaf")
    return tag("section", join([head, *part.before, leaf, *part.wide]), class_="part", id=part.id, aria_labelledby=name)


def beside(title: str, *pieces: Piece) -> Html:
    """A piece of the margin."""
    return tag("section", tag("h3", title), join(pieces))


def counted(*sentences: str) -> Html:
    """The margin's words on what is counted and how; the sentences are ours."""
    return beside("How it is counted", *(p(Html(sentence)) for sentence in sentences))


def file_link(name: str, text: Piece) -> Html:
    """A link to the table of rows of that name, which lies in `tables/` beside the page."""
    return link(f"tables/{quote(name, errors='replace')}.parquet", text)


def opened(findings: Findings, number: int | float | None, path: str) -> Html:
    """A count that opens its rows: the table that `tables` says opens this path and has as many rows; else no link.

    Where a rule has several versions there are several tables for one path; the number of rows tells them apart.
    """
    if number is None:
        return Html("–")
    found = [table for table in findings.opening(path) if table in findings.tables]
    exact = [table for table in found if findings.rows_of(table) == number]
    name = next(iter([*exact, *found]), None)
    return html(number) if not number or name is None else file_link(name, number)


def rows_behind(findings: Findings, *names: str) -> Html:
    """Links to the tables that hold the rows of each count. A name that ends in `_` stands for all that begin so."""
    lines: list[Piece] = []
    for name in names:
        found = sorted(t for t in findings.tables if t == name or (name.endswith("_") and t.startswith(name)))
        if len(found) > MOST_FILES:
            lines.append(said(MANY_FILES, files=len(found), stem=Html(f"<code>{name}</code>")))
        else:
            lines += [file_line(findings, each) for each in found]
    return beside("Open the rows", tag("div", bullets(lines), class_="rows")) if lines else Html("")


def file_line(findings: Findings, name: str) -> Html:
    """A link to a table with the number of its rows."""
    shown_name = file_link(name, tag("code", data(f"{name}.parquet", 60)))
    rows = findings.rows_of(name)
    return shown_name if rows is None else join([shown_name, tag("small", phrases.counted(rows, "row", "rows"))])


def shown(rows: Sequence[Row], most: int = MOST_ROWS) -> tuple[Sequence[Row], str]:
    """The rows that stand on the page, and how many there are: "The first 40 of 312." or nothing to say."""
    if len(rows) <= most:
        return rows, ""
    return rows[:most], SHOWN.format(shown=phrases.count(most), all=phrases.count(len(rows)))


def listed(
    caption: Piece,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Piece]],
    *,
    few: int = FEW_ROWS,
    kind: Callable[[Piece, Sequence[Column], Sequence[Sequence[Piece]]], Html] = table,
) -> Html:
    """A table whose first rows are seen; the others open when asked for, and are open on paper."""
    if len(rows) <= few + SPARE_ROWS:
        return kind(caption, columns, rows)
    rest = len(rows) - few
    told = THE_OTHERS.format(rows=phrases.count(rest))
    return tag(
        "div",
        kind(caption, columns, rows[:few]),
        more(Html(told), kind(Html(IN_ORDER), columns, rows[few:])),
        class_="listed",
    )


def figure(svg: str, caption: Piece, beneath: Piece = "") -> Html:
    """A chart, what its shapes mean, and its table."""
    return tag("figure", Html(svg), tag("figcaption", caption), beneath, class_="chart")


def in_numbers(summary: str, table: Html) -> Html:
    """The table of a chart: it opens when asked for, and is open on paper."""
    return more(Html(summary), table)


def empty(sentence: Piece, advice: str) -> Html:
    """An empty place: why it is empty, and what to do."""
    return tag("div", p(sentence), p(Html(advice)), class_="empty")


def absent(part: str, number: int, name: str, sentence: str, findings: Findings, path: str, advice: str) -> Part:
    """A part about which nothing can be said: the sentence, the reason the findings give, and what to do."""
    return Part(part, number, name, Html(sentence), [empty(prose(findings.why(path)), advice)])
