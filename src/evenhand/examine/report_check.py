# SPDX-License-Identifier: Apache-2.0
"""The last part: how to check the report, what it rests on, and what it cannot show."""

from typing import Any

from evenhand.examine import phrases
from evenhand.examine.report_markup import Column, Html, Piece, bullets, data, join, n, p, quiet, said, table, tag
from evenhand.examine.report_part import Part, beside, file_link, listed
from evenhand.examine.report_reading import Findings, as_number, cell, stem, whole

NAME = "Check it"
SENTENCE = "Anybody with the same files can run the same examination and get the same findings."
HOW = (
    "Compare the SHA-256 of your files with those below, then run "
    "<code>evenhand examine run MAPPING SOURCE --out DIR</code>. <code>findings.json</code> and every table of rows "
    "must be the same; this page follows from them."
)
OPEN_TITLE = "Opening the rows"
OPEN = (
    "The tables are Parquet files. Any program that reads those will do, as this line of DuckDB does:",
    "<code>duckdb -c \"FROM 'tables/cases.parquet' LIMIT 20\"</code>",
)
FILES = "<b>Files of the source</b> {files}, in the order in which they were read."
MAPPING = "<b>Files of the mapping and the rulebook</b> {files}. They say how the source was read and by which rules."
BOOKS = "<b>Rulebook</b> {versions}."
TABLES = (
    "<b>Tables of rows</b> {tables}, in the order of the report. "
    "They lie in the folder <code>tables</code> beside this page."
)
NO_TABLES = "No table of rows was written."
CANNOT_TITLE = "What this report cannot show"
CANNOT = (
    "Whether the file is complete. An act that nobody entered, and a complaint that was turned away, are not in it.",
    "Whether what stands in the file is true. The report counts what was written down.",
    "Why anything happened, and what anybody meant by it.",
    "Whether the rules were good ones. Cases are held against the rules of their day as they were written down.",
)


def check(f: Findings) -> Part:
    """Files, mapping, rulebook, tables, and what the report cannot show."""
    text: list[Piece] = [p(Html(HOW)), tag("h3", CANNOT_TITLE), bullets(Html(line) for line in CANNOT)]
    found = [each for each in (files(f), mapping(f), books(f), tables(f)) if each]
    margin = [beside(OPEN_TITLE, *(p(Html(line)) for line in OPEN))]
    wide = [tag("section", join(found), aria_label="Files and tables")] if found else []
    return Part("check", 9, NAME, Html(SENTENCE), text, margin, wide)


def digest(value: object) -> Html:
    """A hash in letters that can be compared by eye."""
    told = str(value or "").removeprefix("sha256:")
    return tag("code", data(told, 80), class_="hash") if told else Html("–")


def files(f: Findings) -> Html:
    """The files of the source with their size, rows and hash."""
    rows = f.rows("source.files")
    if not rows:
        return Html("")
    lines = [
        (
            data(row.get("name") or "–", 120),
            Html(phrases.file_size(whole(row, "bytes"))) if as_number(row.get("bytes")) is not None else Html("–"),
            cell(row, "rows"),
            cell(row, "rejected"),
            digest(row.get("sha256")),
        )
        for row in rows
    ]
    columns = (Column("File"), n("Size"), n("Rows"), n("Not read"), Column("SHA-256"))
    return table(said(FILES, files=Html(phrases.counted(len(rows), "file", "files"))), columns, lines)


def mapping(f: Findings) -> Html:
    """The files that say how the source was read."""
    rows = f.rows("mapping.files")
    if not rows:
        return Html("")
    lines = [(data(row.get("name") or "–", 120), digest(row.get("sha256"))) for row in rows]
    caption = said(MAPPING, files=Html(phrases.counted(len(rows), "file", "files")))
    return table(caption, (Column("File"), Column("SHA-256")), lines)


def books(f: Findings) -> Html:
    """The rulebook as it was compiled, or its versions."""
    if not isinstance(f.at("rulebook"), dict):
        return Html("")
    rows: list[dict[str, Any]] = f.rows("rulebook.versions") or [f.at("rulebook")]
    lines = [
        (
            data(row.get("title") or row.get("id") or "–", 160),
            data(row.get("version") if row.get("version") is not None else "–", 40),
            data(row.get("book") or "–", 60),
            Html(phrases.day(row["in_force"])) if phrases.as_day(row.get("in_force")) else Html("–"),
            digest(row.get("digest")),
        )
        for row in rows
    ]
    columns = (Column("Title"), Column("Version"), Column("Book"), Column("In force since"), Column("SHA-256"))
    return table(said(BOOKS, versions=Html(phrases.counted(len(rows), "version", "versions"))), columns, lines)


def tables(f: Findings) -> Html:
    """Every table of rows, what a row of it is, and how many there are."""
    told = [row for row in f.rows("tables") if stem(row.get("name")) in f.tables]
    known = {stem(row.get("name")) for row in told}
    rows = [*told, *({"name": name} for name in sorted(f.tables - known))]
    if not rows:
        return quiet(Html(NO_TABLES))
    lines = [
        (
            file_link(stem(row["name"]), tag("code", data(stem(row["name"]), 80))),
            data(row.get("says") or "–", 300),
            cell(row, "rows"),
        )
        for row in rows
    ]
    caption = said(TABLES, tables=Html(phrases.counted(len(rows), "table", "tables")))
    return listed(caption, (Column("Table"), Column("A row of it"), n("Rows")), lines, few=25)
