# SPDX-License-Identifier: Apache-2.0
"""Part 1: what the file contains and what it cannot show."""

from evenhand.examine import phrases
from evenhand.examine.charts_curve import Medians, Step, survival_curve
from evenhand.examine.report_faults import faults, missing
from evenhand.examine.report_markup import (
    Column,
    Html,
    Piece,
    bullets,
    n,
    numbers,
    p,
    prose,
    quiet,
    said,
    table,
    tag,
)
from evenhand.examine.report_part import Part, absent, counted, figure, opened, rows_behind
from evenhand.examine.report_reading import Findings, as_number

NAME = "Population"

HOLDS = "The file holds {cases} and {acts}; without a closing date: {open}."
HOLDS_BETWEEN = "The file holds {cases}, received from {first} to {last}, and {acts}; without a closing date: {open}."
HOLDS_SOME = "The file holds {cases} and {acts}."
NO_CASES = "The file holds no case."
NO_CASES_TO_DO = (
    "See below what could not be read; mend the mapping or ask for the file again, and try "
    "<code>evenhand examine check MAPPING SOURCE</code> before the next run."
)
NOTHING = "Nothing could be read from the file."
NUMBERS = (
    ("cases", "cases"),
    ("acts", "acts"),
    ("open", "cases without a closing date"),
    ("closed_before_received", "cases closed before they were received"),
    ("rejected_rows", "rows that could not be read"),
    ("doubtful_rows", "rows read, but doubtful"),
)
CLOSURE_TITLE = "Days from receipt to closing"
CLOSURE = (
    "<b>Days from receipt to closing</b> 2 measures. Closed cases alone flatter, because those that take longest are "
    "still open; the column beside them counts open cases as “not yet”."
)
CURVE_TITLE = "How long cases stayed open"
CURVE_DESC = (
    "Two falling curves over the days since receipt. With open cases counted, half were closed after {km_median} and "
    "90 in 100 after {km_p90}. Of closed cases alone, half after {closed_median} and 90 in 100 after {closed_p90}."
)
NOT_REACHED = "a time that is not reached"
CURVE_CAPTION = (
    "Share still open, by days since receipt. Filled line and dot: all cases, open ones counted as “not yet”, with the "
    "95% range as a band where it is wider than the line. Dashed line and open dot: closed cases only. "
    "The dots stand at half. The table above says the same."
)
UNSEEN_TITLE = "What the file cannot show"
OPEN = (
    "Without a closing date: {open}. They may be open, or their end was never written down; the file cannot say which."
)
CENSORED = "Cases are watched until {as_of}. What happened later is not in the file."
NEVER_ENTERED = (
    "What was never entered is not here: a complaint that was turned away at the door, an act nobody wrote down, "
    "a reason nobody gave."
)
HOW = (
    "A case counts once, an act each time it is in the file.",
    "Days are local days of the source. A duration runs from the day received to the day closed.",
    "“With open cases” is the Kaplan-Meier estimate; no median of closed cases stands alone.",
    "A row that could not be read is listed with its file, line and reason; none is dropped silently.",
)


def population(findings: Findings) -> Part:
    """What the file contains and what it cannot show."""
    f = findings
    if f.at("population") is None:
        return absent("population", 1, NAME, NOTHING, f, "population", NO_CASES_TO_DO)
    text: list[Piece] = [*counts(f), *closure(f), tag("h3", UNSEEN_TITLE), bullets(unseen(f)), missing(f)]
    if f.number("population.cases") == 0:
        text.insert(0, p(Html(NO_CASES_TO_DO)))
    margin = [counted(*HOW), rows_behind(f, "open_cases", "closed_before_received", "rejected", "doubtful")]
    return Part("population", 1, NAME, statement(f), text, margin, faults(f))


def statement(f: Findings) -> Html:
    """What the file holds, in a sentence."""
    cases, acts, still = (f.number(f"population.{key}") for key in ("cases", "acts", "open"))
    if cases is None:
        return Html(NOTHING)
    if cases == 0:
        return Html(NO_CASES)
    blanks: dict[str, Piece] = {
        "cases": Html(phrases.counted(cases, "case", "cases")),
        "acts": Html("acts that are not known" if acts is None else phrases.counted(acts, "act", "acts")),
    }
    if still is None:
        return said(HOLDS_SOME, **blanks)
    blanks["open"] = Html(phrases.count(still) if still else "none")
    first, last = (phrases.as_day(f.at(f"population.{key}_received")) for key in ("first", "last"))
    if first is None or last is None:
        return said(HOLDS, **blanks)
    return said(HOLDS_BETWEEN, first=Html(phrases.day(first)), last=Html(phrases.day(last)), **blanks)


def counts(f: Findings) -> list[Piece]:
    """The numbers of the population, and a sentence for each that is not known."""
    known, unknown = [], []
    for key, label in NUMBERS:
        number = f.number(f"population.{key}")
        if number is None:
            unknown.append(p(Html(f"{label}: "), f.absent(f"population.{key}")))
        else:
            known.append((Html(label), opened(f, number, f"population.{key}")))
    return [numbers(known), *unknown]


def closure(f: Findings) -> list[Piece]:
    """Days to closing: closed cases and all cases side by side, and the two curves."""
    at = "population.closure_days"
    if not isinstance(f.at(at), dict):
        return [tag("h3", CLOSURE_TITLE), p(f.absent(at))]
    rows = [
        (Html(label), reached(f, f"{at}.closed_{key}"), reached(f, f"{at}.km_{key}"))
        for key, label in (("median", "half were closed after"), ("p90", "90 in 100 were closed after"))
    ]
    unknown = [f"{at}.{side}_{key}" for key in ("median", "p90") for side in ("closed", "km")]
    reasons = dict.fromkeys(f.why(path) for path in unknown if f.number(path) is None)
    columns = (Column("Measure"), n("Closed cases only"), n("With open cases"))
    return [table(Html(CLOSURE), columns, rows), *(quiet(Html("–: "), prose(reason)) for reason in reasons), curve(f)]


def reached(f: Findings, path: str) -> Html:
    """So many days, or a dash."""
    number = f.number(path)
    return Html("–" if number is None else phrases.days(number))


def curve(f: Findings) -> Html:
    """The two curves, if the findings hold them."""
    given = f.at("population.survival")
    if not isinstance(given, dict):
        return Html("")
    every, closed = staircase(given.get("all")), staircase(given.get("closed"))
    if not every:
        return Html("")
    keys = ("closed_median", "closed_p90", "km_median", "km_p90")
    days = {key: f.number(f"population.closure_days.{key}") for key in keys}
    told = {key: NOT_REACHED if number is None else phrases.days(number) for key, number in days.items()}
    medians = Medians(days["closed_median"], days["km_median"])
    svg = survival_curve("survival", CURVE_TITLE, CURVE_DESC.format_map(told), every, closed, medians)
    return figure(svg, CURVE_CAPTION)


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
    """Sentences on what the file cannot show: those of the findings, and what the numbers say by themselves."""
    given = f.at("population.cannot_show")
    lines: list[Piece] = [prose(line, 400) for line in given] if isinstance(given, list) else []
    if still := f.number("population.open"):
        lines.append(said(OPEN, open=Html(phrases.counted(still, "case", "cases"))))
    if as_of := f.at("population.as_of") or f.at("source.as_of"):
        lines.append(said(CENSORED, as_of=phrases.day(as_of)))
    return [*lines, Html(NEVER_ENTERED)]
