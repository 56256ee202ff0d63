# SPDX-License-Identifier: Apache-2.0
"""Part 8: carried in + received = concluded + carried over, for every year (K01)."""

from itertools import pairwise
from typing import Any

from evenhand.examine import phrases
from evenhand.examine.charts_pairs import Pair, pairs
from evenhand.examine.report_markup import Column, Html, Piece, data, n, plain, quiet, said, table, tag
from evenhand.examine.report_part import Part, absent, counted, figure, in_numbers, listed, rows_behind
from evenhand.examine.report_reading import Findings, cell, period_of, whole

NAME = "Balance"
MOST_OUTCOMES = 5
MOST_ROWS = 15

NOTHING = "The books could not be added up."
TO_DO = "It takes the day on which a case was received and the day on which it was closed."
NO_YEAR = "There is no year in which anything happened."
HOLDS = "In all {periods} what was carried in and received equals what was concluded and carried over."
HOLDS_ONE = "In the one period there is, what was carried in and received equals what was concluded and carried over."
BREAKS = "In {broken} of {periods}, what was carried in and received is not what was concluded and carried over."
SUM = "{carried_in} + {received} = {concluded} + {carried_over}."
TABLE = "<b>Carried in, received, concluded, carried over</b> {all}, latest first. Each number is counted by itself."
SIGN = {True: "=", False: "≠"}
SAYS = {True: "balances", False: "does not balance"}
CHART = "Received and concluded, by year"
CHART_DESC = "{years} pairs of bars, {first} to {last}. Most received: {most}, in {year}; concluded then: {then}."
CAPTION = (
    "Open bar: received; filled bar: concluded. Even bars keep the pile as it is. "
    "The years run from the first to the last in which a case was received; the table has all of them."
)
OUTCOMES = "Concluded, by outcome"
OUTCOME_TABLE = "Cases concluded by outcome, {years}, earliest first."
HOW = (
    "Carried in are the cases received before the period and not closed before it; carried over are those received by "
    "its end and not closed by then. All four are counted, none is worked out from the others.",
    "A sum fails where a case was closed before it was received or has no day of receipt. It is shown and not mended.",
    "What an organisation has published itself can be held against these numbers.",
)


def balance(findings: Findings) -> Part:
    """The books of every year, whether they balance, and what was concluded how."""
    f = findings
    if not isinstance(f.at("balance"), list):
        return absent("balance", 8, NAME, NOTHING, f, "balance", TO_DO)
    rows = sorted(f.rows("balance"), key=lambda row: str(row.get("from")))
    margin = [counted(*HOW), rows_behind(f, "cases", "closed_before_received")]
    if not rows:
        return Part("balance", 8, NAME, Html(NO_YEAR), [], margin)
    return Part("balance", 8, NAME, statement(rows), [chart(rows), books(rows), outcomes(rows)], margin)


def statement(rows: list[dict[str, Any]]) -> Html:
    """Whether the books balance, in a sentence."""
    broken = sum(row.get("holds") is not True for row in rows)
    if broken:
        return said(BREAKS, broken=broken, periods=periods(rows))
    return Html(HOLDS_ONE) if len(rows) == 1 else said(HOLDS, periods=periods(rows))


def periods(rows: list[dict[str, Any]]) -> Html:
    """So many years, or periods where they are no calendar years."""
    years = all(period_of(row).isdigit() for row in rows)
    return Html(
        phrases.counted(len(rows), "year", "years") if years else phrases.counted(len(rows), "period", "periods")
    )


def books(rows: list[dict[str, Any]]) -> Html:
    """The table; the book-keeper's double line stands under it only where every sum balances."""
    keys = ("carried_in", "received", "concluded", "carried_over")
    lines: list[tuple[Piece, ...]] = [
        (data(period_of(row)), *(cell(row, key) for key in keys), holds(row)) for row in rows
    ]
    columns = (Column("Period"), n("Carried in"), n("Received"), n("Concluded"), n("Carried over"), Column("Sum"))
    caption = said(TABLE, all=periods(rows))
    if not follows(rows):
        return listed(caption, columns, lines, few=MOST_ROWS)
    sums = {
        "carried_in": whole(rows[0], "carried_in"),
        "received": sum(whole(row, "received") for row in rows),
        "concluded": sum(whole(row, "concluded") for row in rows),
        "carried_over": whole(rows[-1], "carried_over"),
    }
    below = quiet(said(SUM, **{key: Html(phrases.count(number)) for key, number in sums.items()}))
    if len(rows) > MOST_ROWS:
        return tag("div", listed(caption, columns, lines, few=MOST_ROWS), below)
    foot: tuple[Piece, ...] = (Html("All"), *(sums[key] for key in keys), Html("= balances"))
    return tag("div", table(caption, columns, lines, foot), below)


def follows(rows: list[dict[str, Any]]) -> bool:
    """Whether every sum balances and each period carries in what the one before carried over."""
    chained = all(whole(a, "carried_over") == whole(b, "carried_in") for a, b in pairwise(rows))
    return chained and all(row.get("holds") is True for row in rows)


def holds(row: dict[str, Any]) -> Html:
    """The sign and the word for one sum."""
    known = row.get("holds") is True
    return Html(f"{SIGN[known]} {SAYS[known]}") if known else tag("b", f"{SIGN[known]} {SAYS[known]}", class_="late")


def chart(rows: list[dict[str, Any]]) -> Html:
    """Received and concluded side by side, from the first to the last year in which a case was received."""
    known = {}
    for row in rows:
        day, end = phrases.as_day(row.get("from")), phrases.as_day(row.get("to"))
        if day is not None and end is not None and (day.year, 1, 1) == (end.year, day.month, day.day):
            known[day.year] = row
    came = [year for year, row in known.items() if whole(row, "received")]
    if len(came) < 2:
        return Html("")
    first, last = min(came), max(came)
    given = [
        Pair(str(year), whole(known.get(year, {}), "received"), whole(known.get(year, {}), "concluded"))
        for year in range(first, last + 1)
    ]
    most = max(given, key=lambda pair: pair.open)
    desc = CHART_DESC.format(
        years=len(given), first=first, last=last, most=phrases.count(most.open), year=most.name,
        then=phrases.count(most.filled),
    )  # fmt: skip
    return figure(pairs("balance", CHART, desc, given, "received", "concluded"), CAPTION)


def outcomes(rows: list[dict[str, Any]]) -> Html:
    """What was concluded how, where the findings say."""
    counts: dict[str, int] = {}
    by_year: list[tuple[dict[str, Any], dict[str, int]]] = []
    for row in rows:
        given = row.get("by_outcome")
        here: dict[str, int] = {}
        for each in given if isinstance(given, list) else []:
            here[str(each.get("outcome") or "not known")] = whole(each, "cases")
        for outcome, count in here.items():
            counts[outcome] = counts.get(outcome, 0) + count
        if here:
            by_year.append((row, here))
    if not by_year:
        return Html("")
    named = sorted(counts, key=lambda outcome: (-counts[outcome], outcome))[:MOST_OUTCOMES]
    others = len(counts) > len(named)
    lines: list[tuple[Piece, ...]] = []
    for row, here in by_year:
        cells = [here.get(outcome, 0) for outcome in named]
        rest = [sum(here.values()) - sum(cells)] if others else []
        lines.append((data(period_of(row)), *cells, *rest))
    columns = (
        Column("Period"),
        *(n(plain(name, 30)) for name in named),
        *([n("others")] if others else []),
    )
    caption = OUTCOME_TABLE.format(years=phrases.counted(len(lines), "period", "periods"))
    return in_numbers(OUTCOMES, table(caption, columns, lines))
