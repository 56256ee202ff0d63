# SPDX-License-Identifier: Apache-2.0
"""The page on snapshots of one published file: what was added, removed, altered and blanked between each two."""

from typing import Any

from evenhand.examine import phrases
from evenhand.examine.charts_pairs import Pair, pairs
from evenhand.examine.report_check import files as files_of_source
from evenhand.examine.report_markup import (
    Column,
    Html,
    Piece,
    bullets,
    data,
    facts,
    join,
    link,
    n,
    narrow,
    numbers,
    p,
    said,
    table,
    tag,
)  # fmt: skip
from evenhand.examine.report_page import of_source, page
from evenhand.examine.report_part import Part, beside, counted, draw, figure, listed, shown
from evenhand.examine.report_reading import Findings, as_number, cell, whole

MASTHEAD = "The snapshots"
TITLE = "{name}: snapshots of a published file"

HEAD = "Between {first} and {last}, {removed} removed, {altered} altered and {added} added."
NO_PAIR = "There were not two snapshots to compare."
LEAD = "{files} of one published file, {name}. Each is compared with the next, row by row."
READ = (
    "A row is the same row where its key is the same. A published file may be mended, and mending it is no fault; this "
    "page says what was changed, so that it can be asked why."
)
ALL_TITLE = "Every two snapshots"
ALL = "{pairs}, earliest first. Counts are rows. Blanked and replaced rows are among the altered ones."
CHART = "Rows added and altered, by pair of snapshots"
CHART_DESC = "{pairs} pairs of bars, {first} to {last}. The most altered: {most}, up to {day}; added then: {then}."
CAPTION = "Open bar: rows added. Filled bar: rows altered. Each pair of bars stands at the day of the later snapshot."
SENTENCE = "{from_} to {to}: {removed} removed, {altered} altered, {blanked} of them with a value taken away."
NUMBERS = (
    ("added", "rows added"),
    ("removed", "rows removed"),
    ("altered", "rows altered"),
    ("blanked", "of these with a value taken away"),
    ("outcomes_replaced", "of these with an outcome replaced by another"),
    ("final_outcomes_replaced", "of these with an outcome replaced that was not pending"),
)
COLUMNS = "<b>By column</b> {all}, most altered first. {shown}"
VALUES = "<b>Outcomes replaced</b> {all}, most frequent first. {shown}"
ADDED_COLUMNS = "Columns that came: {names}."
REMOVED_COLUMNS = "Columns that went: {names}."
DOUBLED = (
    "Rows whose key stands more than once: {before} in the earlier file, {after} in the later; they are paired by what "
    "is unchanged."
)
REJECTED = "Rows that could not be read: {before} in the earlier file, {after} in the later."
ROWS = (
    "Each change is a row of {file}: the two snapshots, the key, the column, before and after, and the lines in both "
    "files."
)
HOW = (
    "Altered: a row in both files in which any column that both have differs.",
    "Blanked: a value became empty. Replaced: an outcome went from one value to another.",
    "Columns that come or go are named and make no row altered.",
)
NOT_READ = "<b>Rows that could not be read</b> {all}, in the order of the files. {shown}"
CANNOT = (
    "What was changed between two snapshots and changed back before the second.",
    "Why anything was changed, and who did it.",
    "What was never published.",
)


def snapshots(findings: dict[str, Any], *, rows: bool) -> str:
    """The page as text; `rows` says whether snapshots.parquet lies beside it."""
    f = Findings(findings)
    given = f.rows("snapshots")
    parts = [one(f, row, place) for place, row in enumerate(given, 1)]
    name = str(f.at("source.name") or "a source without a name")
    top = [tag("h1", sentence(given)), lead(f, given), overview(f, given, rows)]
    return page(
        title=TITLE.format(name=name[:60]),
        masthead=MASTHEAD,
        of=of_source(f.at("source.name")),
        ways=[(part.id, part.name) for part in parts] if len(parts) < 16 else [],
        content=join([*top, *(draw(part) for part in parts), check(f)]),
    )


def called(row: dict[str, Any], key: str) -> Html:
    """A snapshot by its day in words, or by its name."""
    return data(phrases.day(row.get(key) or "–"), 60)


def in_rows(number: int) -> Html:
    """So many rows."""
    return Html(phrases.counted(number, "row was", "rows were"))


def sentence(rows: list[dict[str, Any]]) -> Html:
    """What happened between the first snapshot and the last."""
    if not rows:
        return Html(NO_PAIR)
    total = {key: sum(whole(row, key) for row in rows) for key in ("removed", "altered", "added")}
    return said(
        HEAD,
        first=called(rows[0], "from"),
        last=called(rows[-1], "to"),
        removed=in_rows(total["removed"]),
        altered=total["altered"],
        added=total["added"],
    )


def lead(f: Findings, rows: list[dict[str, Any]]) -> Html:
    """Whose file it is and how to read the page."""
    count = len(f.rows("files")) or (len(rows) + 1 if rows else 0)
    name = data(f.at("source.name") or "a source without a name", 160)
    first = said(LEAD, files=Html(phrases.counted(count, "snapshot", "snapshots")), name=name)
    return join([p(first, class_="lead"), p(Html(READ), class_="how")])


def overview(f: Findings, rows: list[dict[str, Any]], parquet: bool) -> Html:
    """All pairs in one table, with a drawing, and how they are counted."""
    keys = ("added", "removed", "altered", "blanked", "outcomes_replaced", "final_outcomes_replaced")
    lines = [
        (link(f"#pair-{place}", said("{from_} to {to}", from_=called(row, "from"), to=called(row, "to"))),
         *(cell(row, key) for key in keys))
        for place, row in enumerate(rows, 1)
    ]  # fmt: skip
    columns = (
        Column("From, to"), n("Added"), n("Removed"), n("Altered"), n("Blanked"), n("Replaced"), n("Not pending"),
    )  # fmt: skip
    caption = said(ALL, pairs=Html(phrases.counted(len(rows), "comparison", "comparisons")))
    text = tag(
        "div", tag("h2", ALL_TITLE), *([table(caption, columns, lines), chart(rows)] if rows else []), class_="text"
    )
    margin: list[Piece] = [counted(*HOW)]
    if parquet:
        target = link("snapshots.parquet", Html("<code>snapshots.parquet</code>"))
        margin.append(beside("Open the rows", p(said(ROWS, file=target))))
    licence = f.at("source.licence")
    if licence:
        margin.append(beside("Source", facts([("Licence", data(licence, 400))])))
    return tag("div", join([text, tag("aside", join(margin), aria_label="How it is counted")]), class_="leaf first")


def chart(rows: list[dict[str, Any]]) -> Html:
    """Rows added and altered between each two snapshots."""
    given = [Pair(short(row.get("to")), whole(row, "added"), whole(row, "altered")) for row in rows]
    if len(given) < 2:
        return Html("")
    most = max(given, key=lambda pair: pair.filled)
    desc = CHART_DESC.format(
        pairs=len(given), first=given[0].name, last=given[-1].name, most=phrases.count(most.filled), day=most.name,
        then=phrases.count(most.open),
    )  # fmt: skip
    return figure(pairs("snapshots", CHART, desc, given, "added", "altered"), CAPTION)


def short(value: object) -> str:
    """The day of a snapshot as it stands on an axis."""
    day = phrases.as_day(value)
    return (
        phrases.short_name(value, 12)
        if day is None
        else f"{day.day} {phrases.MONTHS[day.month - 1][:3]} {day.year % 100:02}"
    )


def one(f: Findings, row: dict[str, Any], place: int) -> Part:
    """What changed between two snapshots."""
    blanks: dict[str, Piece] = {
        "from_": called(row, "from"),
        "to": called(row, "to"),
        "removed": in_rows(whole(row, "removed")),
        "altered": whole(row, "altered"),
        "blanked": whole(row, "blanked"),
    }
    known = [(Html(label), cell(row, key)) for key, label in NUMBERS if as_number(row.get(key)) is not None]
    text: list[Piece] = [numbers(known), *remarks(row), by_column(row), by_value(row)]
    name = phrases.short_name(f"Up to {short(row.get('to'))}")
    sizes = [
        ("Earlier file", sized(row, "from")),
        ("Later file", sized(row, "to")),
    ]
    return Part(f"pair-{place}", place, name, said(SENTENCE, **blanks), text, [beside("The two files", facts(sizes))])


def sized(row: dict[str, Any], side: str) -> Html:
    """A file and its rows."""
    name = data(row.get(f"{side}_file") or row.get(side) or "–", 120)
    rows = as_number(row.get(f"rows_{side}"))
    return name if rows is None else join([name, tag("small", phrases.counted(rows, "row", "rows"))])


def remarks(row: dict[str, Any]) -> list[Piece]:
    """What else is to be said of two files."""
    told: list[Piece] = []
    for template, key in ((ADDED_COLUMNS, "columns_added"), (REMOVED_COLUMNS, "columns_removed")):
        given = row.get(key)
        if isinstance(given, list) and given:
            told.append(said(template, names=Html(", ".join(tag("code", data(each, 60)) for each in given[:40]))))
    for template, key in ((DOUBLED, "doubled_keys"), (REJECTED, "rejected")):
        before, after = whole(row, f"{key}_from"), whole(row, f"{key}_to")
        if before or after:
            told.append(said(template, before=before, after=after))
    if row.get("why"):
        told.append(data(row["why"], 600))
    return [p(each) for each in told]


def by_column(row: dict[str, Any]) -> Html:
    """Rows altered by column."""
    rows = [each for each in row.get("altered_by_column") or () if isinstance(each, dict)]
    if not rows:
        return Html("")
    few, told = shown(rows)
    lines = [(data(each.get("column") or "–", 80), cell(each, "rows"), cell(each, "blanked")) for each in few]
    caption = said(COLUMNS, all=Html(phrases.counted(len(rows), "column", "columns")), shown=Html(told))
    return listed(caption, (Column("Column"), n("Altered"), n("Blanked")), lines, kind=narrow)


def by_value(row: dict[str, Any]) -> Html:
    """Outcomes replaced by others."""
    rows = [each for each in row.get("replaced_by_value") or () if isinstance(each, dict)]
    if not rows:
        return Html("")
    few, told = shown(rows)
    several = len({each.get("column") for each in rows}) > 1
    lines = [
        (
            data(each.get("before") or "–", 120),
            data(each.get("after") or "–", 120),
            *([data(each.get("column") or "–", 80)] if several else []),
            cell(each, "rows"),
        )
        for each in few
    ]
    columns = (Column("Before"), Column("After"), *([Column("Column")] if several else []), n("Rows"))
    caption = said(VALUES, all=Html(phrases.counted(len(rows), "change", "changes")), shown=Html(told))
    return listed(caption, columns, lines)


def check(f: Findings) -> Html:
    """The files, what could not be read, and what the page cannot show."""
    pieces: list[Piece] = [
        tag("h2", "What this page cannot show", id="h-cannot"),
        bullets(Html(line) for line in CANNOT),
    ]
    pieces.append(files_of_source(Findings({"source": {"files": f.rows("files")}})))
    rejected = f.rows("rejected")
    if rejected:
        few, told = shown(rejected)
        lines = [(data(row.get("file") or "–", 120), cell(row, "line"), data(row.get("reason") or "–")) for row in few]
        caption = said(NOT_READ, all=Html(phrases.counted(len(rejected), "row", "rows")), shown=Html(told))
        pieces.append(listed(caption, (Column("File"), n("Line"), Column("Reason")), lines))
    return tag("section", join(pieces), class_="part", id="check", aria_labelledby="h-cannot")
