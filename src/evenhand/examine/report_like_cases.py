# SPDX-License-Identifier: Apache-2.0
"""Part 6: the same case and the same clause, several people, different findings."""

from typing import Any

from evenhand.examine import phrases
from evenhand.examine.charts_lines import two_lines
from evenhand.examine.report_markup import Column, Html, Piece, data, n, numbers, quiet, said, tag
from evenhand.examine.report_part import Part, absent, counted, listed, opened, rows_behind
from evenhand.examine.report_reading import Findings, as_number, cell

NAME = "Like cases"

NOT_SEEN = "Whether like cases ended alike cannot be seen in this file."
TO_DO = (
    "It takes allegations with a case, a person, a clause and a finding. Give them in <code>allegations.sql</code>, "
    "and say under <code>[findings]</code> in <code>mapping.toml</code> which findings decide."
)
NO_CELLS = "In no case did two people answer for the same clause."
DIFFER = (
    "{cells}: two people or more answered in one case for the same clause. In {differing} of them the findings differ."
)
NONE_DIFFER = "{cells}: two people or more answered in one case for the same clause. In none do the findings differ."
LINES = "Above, all such cells; below, those in which the findings differ."
EXAMPLES = "<b>The cells with most people</b> {shown} of {differing} in which the findings differ, most people first."
HOW = (
    "A cell is one case and one clause. It counts where two people or more have a finding that decides; which findings "
    "decide, the mapping says under <code>[findings]</code>.",
    "It differs if these findings are not all the same.",
    "People in one case may have done different things. A cell that differs is a question to be put, and no answer.",
)


def like_cases(findings: Findings) -> Part:
    """Cells, those that differ, and the largest of them."""
    f = findings
    if not isinstance(f.at("like_cases"), dict):
        return absent("like-cases", 6, NAME, NOT_SEEN, f, "like_cases", TO_DO)
    cells, differing = f.number("like_cases.cells"), f.number("like_cases.differing")
    text: list[Piece] = []
    if cells:
        text = [
            numbers(
                [
                    (Html("cells: a case and a clause with several people"), opened(f, cells, "like_cases.cells")),
                    (Html("cells with different findings"), opened(f, differing, "like_cases.differing")),
                    (Html("of all cells"), Html(phrases.percent(differing or 0, cells))),
                ]
            ),
            tag("div", Html(two_lines(cells, differing or 0)), quiet(Html(LINES)), class_="clock"),
            examples(f),
        ]
    margin = [counted(*HOW), rows_behind(f, "like_cells", "like_cells_differing")]
    return Part("like-cases", 6, NAME, statement(cells, differing), text, margin)


def statement(cells: int | float | None, differing: int | float | None) -> Html:
    """How many cells there are and how many differ, in a sentence."""
    if cells is None or differing is None:
        return Html(NOT_SEEN)
    if not cells:
        return Html(NO_CELLS)
    words = Html(phrases.counted(cells, "cell", "cells"))
    return said(DIFFER if differing else NONE_DIFFER, cells=words, differing=differing)


def examples(f: Findings) -> Html:
    """The cells that differ with most people in them."""
    rows = f.rows("like_cases.examples")[:20]
    if not rows:
        return Html("")
    lines = [
        (data(row.get("case") or "–", 60), data(row.get("clause") or "–", 80), people(row), ended(row.get("findings")))
        for row in rows
    ]
    caption = said(EXAMPLES, shown=len(rows), differing=f.value("like_cases.differing"))
    return listed(caption, (Column("Case"), Column("Clause"), n("People"), Column("Findings")), lines)


def people(row: dict[str, Any]) -> Piece:
    """How many people are in a cell."""
    if as_number(row.get("people")) is not None:
        return cell(row, "people")
    given = row.get("findings")
    return sum(int(as_number(count) or 0) for count in given.values()) if isinstance(given, dict) else Html("–")


def ended(given: object) -> Html:
    """The findings of a cell, the commonest first."""
    if not isinstance(given, dict):
        return Html("–")
    order = sorted(given.items(), key=lambda pair: (-(as_number(pair[1]) or 0), str(pair[0])))
    told = [
        said("{finding}: {count}", finding=str(finding), count=as_number(count) or 0) for finding, count in order[:8]
    ]
    return Html(", ".join(told) + (", …" if len(order) > 8 else ""))
