# SPDX-License-Identifier: Apache-2.0
"""Part 3: every limit of the rulebook, kept or missed, by how much and by year; the stages; the backlog."""

from typing import Any

from evenhand.examine import phrases
from evenhand.examine.charts_bars import Bar, bars
from evenhand.examine.charts_lines import two_lines
from evenhand.examine.report_backlog import backlog
from evenhand.examine.report_markup import Column, Html, Piece, data, join, more, n, p, quiet, said, tag
from evenhand.examine.report_part import Part, absent, counted, figure, in_numbers, listed, opened, rows_behind, shown
from evenhand.examine.report_reading import Findings, as_number, versions, whole
from evenhand.examine.report_stages import by_year, is_stage, missed, stages, years

NAME = "Clocks"
MOST_DRAWN = 12
"""So many limits, those missed most often first, get a passage and a chart of their own; all stand in the table."""

MANY = 10
"""With fewer late cases than this, "one in ten" says nothing."""

NOT_MEASURED = "No limit was measured."
TO_DO = (
    "Limits stand in the rulebook of the day, under <code>limits</code> and with each stage. "
    "The acts must have days in the file."
)
NONE_IN_BOOK = "The rulebook names no limit."
ONLY_STAGES = "The rulebook names no limit; {stages} of it have a clock."
NONE_MISSED = "{limits} measured; in no case was one missed."
MISSED = "{limits} measured; the one missed most often was missed in {missed} of {of}: “{says}”"
MISSED_ONE = "One limit was measured, and missed in {missed} of {of}: “{says}”"

ALL = "<b>Every limit</b> {all}, the one missed most often first. {shown}"
EACH = "Where limits were missed"
LATE = "<b>Late in {late} of {of}.</b>"
LATE_EARLY = "<b>Late in {late} and too early in {early} of {of}.</b>"
EARLY = "<b>Too early in {early} of {of}.</b>"
LATE_BY = "Half of the late ones were late by {median} or more, one in ten by {p90} or more, and the latest by {most}."
LATE_BY_FEW = "Half of the late ones were late by {median} or more, and the latest by {most}."
LATE_BY_ONE = "It was late by {most}."
DRAWN = "Above, what the limit allows; below, what half of the late ones took or more."
BY_YEAR = "The limit {id}, by year"
YEAR_DESC = "{years} bars, {first} to {last}. The most in one year: missed in {most} of {of}, in {year}."
YEAR_CAPTION = (
    "Open bar: cases in which both acts were done, by the year in which the limit began. "
    "Filled part: those in which it was missed."
)
YEAR_PART = "in which it was missed"
REST = "By year, the other limits"
HOW = (
    "A limit runs from the first act of its kind to the first act that ends it, in local days of the calendar that the "
    "rulebook names.",
    "“Of” counts the cases with both acts: early, on time and late together. “Never” counts cases that began and in "
    "which the second act never came; they stand outside “of”.",
    "Early is before the first act, before the day of an exact limit, or before the day from which an act may be done. "
    "Missed is early or late.",
    "For the clock of a stage each stay in the stage counts, so a case that comes back counts twice.",
)


def clocks(findings: Findings) -> Part:
    """Every limit in a table, those missed in a passage and a chart each, the stages, and the backlog."""
    f = findings
    waiting = tag("section", join(backlog(f)), aria_label="Backlog")
    margin = [counted(*HOW), rows_behind(f, "clock_", "open_cases")]
    if not isinstance(f.at("clocks"), list):
        part = absent("clocks", 3, NAME, NOT_MEASURED, f, "clocks", TO_DO)
        return Part("clocks", 3, NAME, part.sentence, part.text, [rows_behind(f, "open_cases")], [waiting])
    rows = f.rows("clocks")
    if not rows:
        return Part("clocks", 3, NAME, Html(NONE_IN_BOOK), [], margin, [waiting])
    staged = [row for row in rows if is_stage(row)]
    order = sorted(
        (row for row in rows if not is_stage(row)), key=lambda row: (-missed(row), str(row.get("id")), str(row))
    )
    drawn = [row for row in order if missed(row)][:MOST_DRAWN]
    rest = [row for row in order[len(drawn) :] if row.get("by_year")]
    passages = [tag("li", tag("div", passage(row, place))) for place, row in enumerate(drawn)]
    text: list[Piece] = []
    if passages:
        text += [tag("h3", EACH), tag("ol", join(passages), class_="items")]
    if rest:
        text.append(more(Html(REST), join(years(row) for row in rest)))
    every = [tag("section", overview(f, order), aria_label="Every limit")] if order else []
    return Part("clocks", 3, NAME, statement(order, staged), text, margin, [*stages(f, staged), waiting], every)


def statement(rows: list[dict[str, Any]], staged: list[dict[str, Any]]) -> Html:
    """How many limits were measured and which was missed most often, in a sentence."""
    if not rows:
        return said(ONLY_STAGES, stages=Html(phrases.counted(len(staged), "stage", "stages")))
    limits = Html(phrases.counted(len(rows), "limit was", "limits were"))
    first = rows[0]
    if not missed(first):
        return said(NONE_MISSED, limits=limits)
    template = MISSED_ONE if len(rows) == 1 else MISSED
    of = Html(phrases.counted(whole(first, "of"), "case", "cases"))
    return said(template, limits=limits, missed=missed(first), of=of, says=words(first))


def words(row: dict[str, Any]) -> Html:
    """What a limit says, or between which acts it runs where it says nothing."""
    if row.get("says"):
        return data(row["says"])
    return said("from {start} to {stop}", start=str(row.get("from") or "–"), stop=str(row.get("to") or "–"))


def overview(f: Findings, rows: list[dict[str, Any]]) -> Html:
    """The table of all limits."""
    few, told = shown(rows, 100)
    lines: list[tuple[Piece, ...]] = []
    for row in few:
        at = f"clocks.{row.get('id')}"
        name = join([words(row), tag("small", data(row.get("id") or "–", 80), versions(row), class_="rule-ref")])
        cells = {
            key: opened(f, as_number(row.get(key)), f"{at}.{key}")
            for key in ("of", "on_time", "early", "late", "never")
        }
        of = whole(row, "of")
        part = phrases.percent(missed(row), of) if of else "–"
        allows = data(phrases.span(row.get("limit")) or "–", 60)
        never = cells.pop("never")
        lines.append((name, allows, *cells.values(), Html(part), never))
    columns = (
        Column("Limit"), Column("Allows"), n("Of"), n("On time"), n("Early"), n("Late"), n("Missed"), n("Never"),
    )  # fmt: skip
    caption = said(ALL, all=Html(phrases.counted(len(rows), "limit", "limits")), shown=Html(told))
    return listed(caption, columns, lines)


def passage(row: dict[str, Any], place: int) -> Html:
    """One limit that was missed: how often, by how much, and by year."""
    late, early = whole(row, "late"), whole(row, "early")
    template = LATE_EARLY if late and early else LATE if late else EARLY
    of = Html(phrases.counted(whole(row, "of"), "case", "cases"))
    told = [said(template, late=late, early=early, of=of)]
    by = row.get("late_by")
    known = {key: as_number(by.get(key)) if isinstance(by, dict) else None for key in ("median", "p90", "most")}
    if late and all(number is not None for number in known.values()):
        by_words = LATE_BY if late >= MANY else LATE_BY_FEW if late > 1 else LATE_BY_ONE
        told.append(said(by_words, **{key: Html(phrases.days(number or 0)) for key, number in known.items()}))
    allowed, median = phrases.limit_days(row.get("limit")), known["median"]
    lines: Piece = ""
    if late and allowed and median:
        lines = tag("div", Html(two_lines(allowed, allowed + median)), quiet(Html(DRAWN)), class_="clock")
    return join([tag("h4", words(row)), p(join(told)), lines, chart(row, place)])


def chart(row: dict[str, Any], place: int) -> Html:
    """The years of one limit as bars, with their table."""
    rows = by_year(row)
    if len(rows) < 2:
        return years(row)
    most = max(rows, key=missed)
    desc = YEAR_DESC.format(
        years=len(rows), first=rows[0]["year"], last=rows[-1]["year"], most=phrases.count(missed(most)),
        of=phrases.count(whole(most, "of")), year=most["year"],
    )  # fmt: skip
    given = [Bar(phrases.short_name(each["year"], 6), whole(each, "of"), missed(each)) for each in rows]
    title = BY_YEAR.format(id=phrases.short_name(row.get("id")))
    svg = bars(f"clock-{place}", title, desc, given, YEAR_PART)
    return figure(svg, YEAR_CAPTION, in_numbers("The same in numbers", years(row)))
