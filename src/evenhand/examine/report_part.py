# SPDX-License-Identifier: Apache-2.0
"""One part of a report: its number and name, what it found in a sentence, the text, and the margin beside it."""

from dataclasses import dataclass, field

from evenhand.examine.report_markup import Html, Piece, join, link, p, quiet, said, tag
from evenhand.examine.report_reading import Findings

ROWS = "The rows behind this: {files}."
ROWS_NONE = "No table of rows was written for this part."


@dataclass(frozen=True)
class Part:
    """`text` stands beside `margin` under the sentence; `wide` pieces follow below it over the whole width."""

    id: str
    number: int
    name: str
    sentence: Html
    text: list[Piece]
    margin: list[Piece] = field(default_factory=list)
    wide: list[Piece] = field(default_factory=list)


def draw(part: Part) -> Html:
    """A part as it stands on the page."""
    head = tag("h2", Html(f"<small>{part.number}. {part.name}</small> {part.sentence}"), id=f"h-{part.id}")
    text = tag("section", join([head, *part.text]), aria_labelledby=f"h-{part.id}")
    margin = tag("aside", join(part.margin), aria_label=f"Beside {part.name}") if any(part.margin) else Html("")
    leaf = tag("div", join([text, margin]), class_="leaf")
    return tag("div", join([leaf, *part.wide]), class_="part", id=part.id)


def beside(title: str, *pieces: Piece) -> Html:
    """A piece of the margin."""
    return tag("section", tag("h3", title), join(pieces))


def counted(*sentences: str) -> Html:
    """The margin's words on what is counted and how; the sentences are ours."""
    return beside("How it is counted", *(p(Html(sentence)) for sentence in sentences))


def rows_behind(findings: Findings, *stems: str) -> Html:
    """Links to the tables whose names begin with one of the stems, which hold the rows of each count."""
    found = sorted(name for name in findings.tables if name.startswith(stems))
    if not found:
        return Html("")
    links = Html(", ".join(link(f"tables/{name}.parquet", Html(f"<code>{name}.parquet</code>")) for name in found))
    return beside("Open the rows", quiet(said(ROWS, files=links)))


def empty(sentence: Piece, advice: str) -> Html:
    """An empty place: why it is empty, and what to do."""
    return tag("div", p(sentence), p(Html(advice)), class_="empty")
