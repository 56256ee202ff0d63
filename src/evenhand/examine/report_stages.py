# SPDX-License-Identifier: Apache-2.0
"""The clock of each stage: how often a stay ended in time, how often late, and how often the clock had to end it.

These stand apart from the limits, because the end of a stage by its clock can be a duty missed or a right nobody used.
"""

from collections.abc import Sequence
from typing import Any

from evenhand.examine import phrases
from evenhand.examine.report_markup import Column, Html, Piece, data, join, more, n, narrow, p, said, tag
from evenhand.examine.report_part import listed, opened, shown
from evenhand.examine.report_reading import Findings, as_number, versions, whole

TITLE = "The clocks of the stages"
EACH = (
    "A stage gives its deciders or its parties so much time, and ends by the clock when nothing was done. Where it is "
    "a time in which a party may do something and need not, as in a time for appeal, its end by the clock is no fault. "
    "A stay that the clock ended on its last day was in time."
)
TABLE = "<b>Every stage with a clock</b> {all}, the one left late most often first. {shown}"
COUNTS = ("of", "on_time", "late", "lapsed", "never", "overdue")
BY_YEAR = "By year, the stages"
YEARS = "{name}, {years}, earliest first."


def is_stage(row: dict[str, Any]) -> bool:
    """Whether a row of `clocks` is the clock of a stage."""
    return "lapsed" in row or str(row.get("id")).startswith("stages.")


def missed(row: dict[str, Any]) -> int:
    """In how many cases a limit was missed, early or late."""
    return whole(row, "early") + whole(row, "late")


def stages(f: Findings, rows: Sequence[dict[str, Any]]) -> list[Piece]:
    """The table of all stages with a clock and their years; nothing where there is none."""
    if not rows:
        return []
    order = sorted(rows, key=lambda row: (-whole(row, "late"), -whole(row, "lapsed"), str(row.get("id"))))
    few, told = shown(order, 100)
    lines = [line(f, row) for row in few]
    counted = ("Stays", "In time", "Late", "By the clock", "Not ended", "Overdue")
    columns = (Column("Stage"), Column("Allows"), *(n(title) for title in counted))
    caption = said(TABLE, all=Html(phrases.counted(len(order), "stage", "stages")), shown=Html(told))
    pieces: list[Piece] = [tag("h3", TITLE), p(Html(EACH)), listed(caption, columns, lines)]
    with_years = [row for row in order if row.get("by_year")]
    if with_years:
        pieces.append(more(Html(BY_YEAR), join(years(row) for row in with_years)))
    return [tag("section", join(pieces), aria_label=TITLE)]


def line(f: Findings, row: dict[str, Any]) -> tuple[Piece, ...]:
    """One stage: stays that ended in time or late, those the clock ended, those not ended and of these the overdue."""
    at = f"clocks.{row.get('id')}"
    ident = str(row.get("id") or "–").removeprefix("stages.")
    says = data(row.get("says") or ident)
    name = join([says, tag("small", data(ident, 80), versions(row), class_="rule-ref")])
    counts = {key: opened(f, as_number(row.get(key)), f"{at}.{key}") for key in COUNTS}
    return (name, data(phrases.span(row.get("limit")) or "–", 60), *counts.values())


def years(row: dict[str, Any]) -> Html:
    """The years of one limit or stage as a narrow table."""
    rows = by_year(row)
    if not rows:
        return Html("")
    keys = ["of", *(key for key in ("early", "late") if any(whole(each, key) for each in rows))]
    titles = {"of": "Of", "early": "Early", "late": "Late"}
    lines: list[tuple[Piece, ...]] = [
        (
            data(each["year"]),
            *(whole(each, key) for key in keys),
            phrases.percent(missed(each), whole(each, "of")) if whole(each, "of") else Html("–"),
        )
        for each in rows
    ]
    columns = (Column("Year"), *(n(titles[key]) for key in keys), n("Missed"))
    name = tag("code", data(row.get("id") or "–", 80))
    return narrow(said(YEARS, name=name, years=Html(phrases.counted(len(rows), "year", "years"))), columns, lines)


def by_year(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The years of one limit, earliest first; days without a year stay out."""
    given = row.get("by_year")
    rows = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    return sorted((each for each in rows if each.get("year") is not None), key=lambda each: str(each["year"]))
