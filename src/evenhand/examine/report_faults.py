# SPDX-License-Identifier: Apache-2.0
"""What the source leaves empty, the rows that could not be read, and those that were read but are doubtful."""

from evenhand.examine import phrases
from evenhand.examine.report_markup import Column, Html, Piece, data, join, n, narrow, said, tag
from evenhand.examine.report_part import listed, shown
from evenhand.examine.report_reading import Findings, cell, whole

MISSING = "<b>What the source leaves empty</b> {all}, the emptiest first. {shown}"
OF = "of {of} rows"
REJECTED = "<b>Rows that could not be read</b> {all}, most rows first. {shown}"
DOUBTFUL = "<b>Rows that were read, but are doubtful</b> {all}, most rows first. {shown}"


def faults(f: Findings) -> list[Piece]:
    """The two tables of rows, as far as there is something in them."""
    tables = [each for each in (rejected(f), doubtful(f)) if each]
    return [tag("section", join(tables), aria_label="Rows not read, and doubtful rows")] if tables else []


def missing(f: Findings) -> Html:
    """What the source leaves empty, by column."""
    rows = sorted(
        (row for row in f.rows("population.missing") if whole(row, "rows")),
        key=lambda row: (-whole(row, "rows") / (whole(row, "of") or 1), str(row.get("column"))),
    )
    if not rows:
        return Html("")
    few, told = shown(rows)
    lines = [
        (
            join([tag("code", data(row.get("column", ""), 80)), tag("small", said(OF, of=cell(row, "of")))]),
            cell(row, "rows"),
            phrases.percent(whole(row, "rows"), whole(row, "of")) if whole(row, "of") else Html("–"),
        )
        for row in few
    ]
    caption = said(MISSING, all=Html(phrases.counted(len(rows), "column", "columns")), shown=Html(told))
    return listed(caption, (Column("Column"), n("Empty rows"), n("Share")), lines, kind=narrow)


def rejected(f: Findings) -> Html:
    """Rows that could not be read, by file and reason."""
    rows = sorted(f.rows("population.rejected"), key=lambda row: -whole(row, "rows"))
    if not rows:
        return Html("")
    few, told = shown(rows)
    lines = [
        (
            data(row.get("reason", "")),
            data(row.get("file") or "–", 80),
            cell(row, "rows"),
            cell(row, "first_line"),
        )
        for row in few
    ]
    caption = said(REJECTED, all=Html(phrases.counted(len(rows), "reason", "reasons")), shown=Html(told))
    return listed(caption, (Column("Reason"), Column("File"), n("Rows"), n("First in line")), lines)


def doubtful(f: Findings) -> Html:
    """Rows that were read but are doubtful, by table and reason, with an example."""
    rows = sorted(f.rows("population.doubtful"), key=lambda row: -whole(row, "rows"))
    if not rows:
        return Html("")
    few, told = shown(rows)
    lines = [
        (
            data(row.get("reason", "")),
            data(row.get("table") or "–", 40),
            data(row.get("file") or "–", 80),
            cell(row, "rows"),
            cell(row, "first_line"),
            data(row["example"], 60) if row.get("example") not in (None, "") else Html("–"),
        )
        for row in few
    ]
    columns = (Column("Reason"), Column("Table"), Column("File"), n("Rows"), n("First in line"), Column("Example"))
    caption = said(DOUBTFUL, all=Html(phrases.counted(len(rows), "reason", "reasons")), shown=Html(told))
    return listed(caption, columns, lines)
