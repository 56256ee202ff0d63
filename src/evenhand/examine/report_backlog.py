# SPDX-License-Identifier: Apache-2.0
"""The backlog: how long the open cases have been waiting."""

from typing import Any

from evenhand.examine import phrases
from evenhand.examine.charts_bars import Bar, lying
from evenhand.examine.report_markup import Column, Html, Piece, data, n, narrow, p, quiet, said, tag
from evenhand.examine.report_part import figure, in_numbers
from evenhand.examine.report_reading import Findings, as_number, whole

TITLE = "Backlog"
OPEN = "On {as_of}, {open} were open. The oldest had been open for {oldest}."
OPEN_SOME = "On {as_of}, {open} were open."
NONE_OPEN = "On {as_of}, no case was open."
UNKNOWN_AGE = "Of unknown age: {cases}, because no day of receipt is known or it lies after that day."
CHART = "Open cases by age"
CHART_DESC = "{bands} lying bars, one for each age: {all}."
CAPTION = "One bar for each age; the longest is the age with the most open cases."
TABLE = "Open cases by age, {bands}, youngest first."


def backlog(f: Findings) -> list[Piece]:
    """The open cases by age: a sentence, a chart and its table; or why that is not known."""
    head = tag("h3", TITLE, id="backlog")
    if not isinstance(f.at("backlog"), dict):
        return [head, p(f.absent("backlog"))]
    bands = f.rows("backlog.bands")
    unknown = whole(f.at("backlog"), "unknown_age")
    still = sum(whole(band, "open") for band in bands) + unknown
    as_of = data(phrases.day(f.at("backlog.as_of")))
    if not still:
        return [head, p(said(NONE_OPEN, as_of=as_of))]
    open_ = Html(phrases.counted(still, "case", "cases"))
    oldest = f.number("backlog.oldest_days")
    told = said(OPEN_SOME, as_of=as_of, open=open_)
    if oldest is not None:
        told = said(OPEN, as_of=as_of, open=open_, oldest=Html(phrases.days(oldest)))
    pieces: list[Piece] = [head, p(told)]
    if unknown:
        pieces.append(quiet(said(UNKNOWN_AGE, cases=Html(phrases.counted(unknown, "case", "cases")))))
    return [*pieces, chart(bands)] if bands else pieces


def chart(bands: list[dict[str, Any]]) -> Html:
    """The ages as lying bars, with their table."""
    given = [Bar(age(band), whole(band, "open"), 0) for band in bands]
    total = sum(bar.all for bar in given)
    desc = CHART_DESC.format(bands=len(given), all="; ".join(f"{bar.name} {phrases.count(bar.all)}" for bar in given))
    lines = [(Html(bar.name), bar.all, Html(phrases.percent(bar.all, total)) if total else Html("–")) for bar in given]
    caption = TABLE.format(bands=phrases.counted(len(given), "age", "ages"))
    numbers = narrow(caption, (Column("Open for"), n("Cases"), n("Share")), lines)
    return figure(lying("backlog", CHART, desc, given), CAPTION, in_numbers("The same in numbers", numbers))


def age(band: dict[str, Any]) -> str:
    """An age band in words, both ends included: "31 to 90 days", "1 to 2 years", "more than 5 years"."""
    first, last = as_number(band.get("from_days")), as_number(band.get("to_days"))
    if first is None:
        return "not known"
    since, until = phrases.age(int(first) - 1), "" if last is None else phrases.age(int(last))
    if not until:
        return f"more than {since}" if first else "any time"
    if "year" in since and "year" in until:
        return f"{since.split()[0]} to {until}"
    if "year" in until:
        return f"{phrases.days(int(first))} to {until}"
    return f"{phrases.count(int(first))} to {until}"
