# SPDX-License-Identifier: Apache-2.0
"""Part 1: what the file contains and what it cannot show."""

from typing import Any

from evenhand.examine import phrases
from evenhand.examine.charts_curve import Medians, Step, survival_curve
from evenhand.examine.report_markup import Column, Html, Piece, bullets, data, html, n, numbers, p, said, table, tag
from evenhand.examine.report_part import Part, counted, empty, rows_behind
from evenhand.examine.report_reading import Findings, as_number, cell, whole

HOLDS = "The file holds {cases} cases and {acts} acts; {open} cases have no closing date."
HOLDS_ONE = "The file holds {cases} cases and {acts} acts; 1 case has no closing date."
HOLDS_SOME = "The file holds {cases} cases and {acts} acts."
NOTHING = "Nothing could be read from the file."
NOTHING_TO_DO = (
    "Look at the rejected rows below, mend the mapping or ask for the file again, and try "
    "<code>evenhand examine check MAPPING SOURCE</code> before the next run."
)
NUMBERS = (
    ("cases", "cases"),
    ("acts", "acts"),
    ("open", "cases without a closing date"),
    ("closed_before_received", "cases closed before they were received"),
    ("rejected_rows", "rows that could not be read"),
    ("doubtful_rows", "rows read, but doubtful"),
)
CLOSURE = (
    "<b>Days from receipt to closing</b> 2 measures. Closed cases alone flatter, because those that take longest are "
    "still open; the column beside them counts open cases as “not yet”."
)
CURVE_TITLE = "How long cases stayed open"
CURVE_DESC = (
    "Two falling curves over the days since receipt. With open cases counted, half were closed after {km_median} and 90 "
    "in 100 after {km_p90}. Of closed cases alone, half after {closed_median} and 90 in 100 after {closed_p90}."
)
CURVE_CAPTION = (
    "Share still open by days since receipt. Filled line and dot: all cases, open ones counted as “not yet”, with the 95% "
    "range as a band where it is wider than the line. Dashed line and open dot: closed cases only. "
    "The dots stand at half. The table above says the same."
)
OPEN = "{open} cases have no closing date. They may be open, or their end was never written down; the file cannot say which."
BACKWARDS = "{count} cases end before they begin. They are counted as cases and left out of every duration."
CENSORED = "Cases are watched until {as_of}. What happened later is not in the file."
MISSING = "<b>What the source leaves empty</b> {count} columns, most empty first."
UNSEEN = (
    "What was never entered is not here: a complaint that was turned away at the door, an act nobody wrote down, a reason "
    "nobody gave.",
)


def population(findings: Findings) -> Part:
    """What the file contains and what it cannot show."""
    f = findings
    if f.at("population") is None:
        return Part("population", 1, "Population", Html(NOTHING), [empty(said("{w}", w=f.why("population")), NOTHING_TO_DO)])
    counts = [(Html(label), f.value(f"population.{key}")) for key, label in NUMBERS]
    known = [(label, value) for (key, _), (label, value) in zip(NUMBERS, counts, strict=True) if is_known(f, key)]
    absent = [p(label, ": ", value) for (key, _), (label, value) in zip(NUMBERS, counts, strict=True) if not is_known(f, key)]
    text: list[Piece] = [numbers(known), *absent, *closure(f), tag("h3", "What the file cannot show"), bullets(unseen(f))]
    text += missing(f)
    margin = [
        counted(
            "A case counts once, an act each time it is in the file.",
            "Days are local days of the source. A duration runs from the day received to the day closed.",
            "“With open cases” is the Kaplan-Meier estimate; no median of closed cases stands alone.",
        ),
        rows_behind(f, "population", "closure", "closed_before", "open", "rejected", "doubtful"),
    ]
    return Part("population", 1, "Population", statement(f), text, margin)


def statement(f: Findings) -> Html:
    """What the file holds, in a sentence."""
    cases, acts, still = (f.number(f"population.{key}") for key in ("cases", "acts", "open"))
    if cases is None or acts is None:
        return Html(NOTHING)
    if still is None:
        return said(HOLDS_SOME, cases=cases, acts=acts)
    return said(HOLDS_ONE if still == 1 else HOLDS, cases=cases, acts=acts, open=still)


def is_known(f: Findings, key: str) -> bool:
    """Whether this number of the population is known."""
    return f.number(f"population.{key}") is not None


def closure(f: Findings) -> list[Piece]:
    """Days to closing: closed cases and all cases side by side, and the two curves."""
    at = "population.closure_days"
    if not isinstance(f.at(at), dict):
        return [p(Html("Days from receipt to closing. "), f.absent(at))]
    rows = [
        (Html(label), reached(f, f"{at}.closed_{key}"), reached(f, f"{at}.km_{key}"))
        for key, label in (("median", "half were closed after"), ("p90", "90 in 100 were closed after"))
    ]
    columns = (Column("Measure"), n("Closed cases only"), n("With open cases"))
    return [table(Html(CLOSURE), columns, rows), curve(f)]


def reached(f: Findings, path: str) -> Html:
    """So many days, or why that is not known."""
    number = f.number(path)
    return f.absent(path) if number is None else html(phrases.days(number))


def curve(f: Findings) -> Html:
    """The two curves, if the findings hold them."""
    given = f.at("population.survival")
    if not isinstance(given, dict):
        return Html("")
    every, closed = staircase(given.get("all")), staircase(given.get("closed"))
    if not every:
        return Html("")
    days = {key: f.number(f"population.closure_days.{key}") for key in ("closed_median", "closed_p90", "km_median", "km_p90")}
    told = {key: "a time that is not reached" if number is None else phrases.days(number) for key, number in days.items()}
    svg = survival_curve(
        "survival",
        CURVE_TITLE,
        CURVE_DESC.format_map(told),
        every,
        closed,
        Medians(days["closed_median"], days["km_median"]),
    )
    return tag("figure", Html(svg), tag("figcaption", CURVE_CAPTION), class_="chart")


def staircase(points: object) -> list[Step]:
    """Points [day, share] or [day, share, low, high], or rows with those names, as steps."""
    steps = []
    for point in points if isinstance(points, list) else []:
        row = [point.get(k) for k in ("day", "share", "low", "high")] if isinstance(point, dict) else list(point)
        day, share = as_number(row[0]), as_number(row[1])
        if day is None or share is None:
            continue
        low, high = (as_number(row[k]) if len(row) > k else None for k in (2, 3))
        steps.append(Step(int(day), float(share), low, high))
    return steps


def unseen(f: Findings) -> list[Piece]:
    """Sentences on what the file cannot show."""
    lines: list[Piece] = []
    if still := f.number("population.open"):
        lines.append(said(OPEN, open=still))
    if backwards := f.number("population.closed_before_received"):
        lines.append(said(BACKWARDS, count=backwards))
    as_of = f.at("population.as_of") or f.at("source.as_of")
    if as_of:
        lines.append(said(CENSORED, as_of=phrases.day(as_of)))
    given = f.at("population.cannot_show")
    lines += [data(line) for line in given] if isinstance(given, list) else []
    return [*lines, *(Html(line) for line in UNSEEN)]


def missing(f: Findings) -> list[Piece]:
    """What the source leaves empty, by column."""
    rows = f.rows("population.missing")
    if not rows:
        return []
    rows = sorted(rows, key=lambda row: (-whole(row, "rows"), str(row.get("column"))))
    lines: list[tuple[Any, ...]] = [
        (
            data(row.get("column", "")),
            cell(row, "rows"),
            phrases.percent(whole(row, "rows"), whole(row, "of")) if whole(row, "of") else Html("–"),
        )
        for row in rows
    ]
    return [table(said(MISSING, count=len(rows)), (Column("Column"), n("Empty in rows"), n("Share")), lines)]
