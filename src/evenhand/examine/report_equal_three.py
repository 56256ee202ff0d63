# SPDX-License-Identifier: Apache-2.0
"""The three figures of one comparison: drawn on one axis, told in the words of `monitor.words`, and in a table."""

import re
from typing import Any

from evenhand.examine.charts_odds import Axis, Rates, axis, odds_chart
from evenhand.examine.report_markup import (
    Column,
    Html,
    Piece,
    data,
    html,
    join,
    n,
    p,
    plain,
    quiet,
    said,
    table,
    tag,
    visible,
)
from evenhand.examine.report_reading import as_number
from evenhand.monitor.words import NOT_WHY

FIGURES = (
    ("crude", "crude", "As an outsider sees it", ("odds_ratio", "odds_low", "odds_high")),
    ("stratified", "stratified", "Like compared with like", ("odds_ratio", "low", "high")),
    ("within", "within_case", "Within one incident", ("odds_ratio", "low", "high")),
)
"""The key in the words, the key in the findings, the name on the page, and where the odds and their limits stand."""

COLUMNS = (
    Column("Figure"), n("Units"), n("In 100"), n("Difference in 100"), n("Odds ratio"), n("95% range"),
)  # fmt: skip
TABLE = "<b>The same in numbers</b> 3 figures, as above. Units and numbers in 100: first {group}, then {reference}."
CAPTION = (
    "Open line: {reference}. Filled line: {group}. The full width would be {full} in 100. Below, the odds with their "
    "range; the dashed line is where both groups would be alike."
)
NO_DRAWING = "Nothing is drawn, because nothing can be said."


def three(row: dict[str, Any], words: dict[str, Any], place: int) -> Html:
    """All three figures: never one of them alone."""
    lines = {
        str(line[0]): [str(each) for each in line] for line in words.get("rows") or () if len(line) == len(COLUMNS)
    }
    if not all(words.get(key) and key in lines for key, *_ in FIGURES):
        return join(p(sentence_of(line, row)) for line in words.get("together") or ())
    rates = {key: rates_of(row.get(given), where) for key, given, _, where in FIGURES}
    on = axis(each for each in rates.values() if each is not None)
    columns = [column(row, words, key, name, rates[key], lines[key], on, place) for key, _, name, _ in FIGURES]
    names: dict[str, Piece] = {"group": data(row.get("group"), 60), "reference": data(row.get("reference"), 60)}
    caption = said(CAPTION, full=Html(f"{100 * on.full:g}"), **names)
    drawn = tag("figure", tag("div", join(columns), class_="three"), tag("figcaption", caption))
    cells = [(Html(name), *(data(each) for each in lines[key][1:])) for key, _, name, _ in FIGURES]
    together = [p(weighty(line, row), class_="together") for line in words.get("together") or ()]
    return join([drawn, table(said(TABLE, **names), COLUMNS, cells), *together])


def column(
    row: dict[str, Any],
    words: dict[str, Any],
    key: str,
    name: str,
    rates: Rates | None,
    line: list[str],
    on: Axis,
    place: int,
) -> Html:
    """One of the three: its name, its sentences, its drawing."""
    scope, *rest = words[key]
    above, below = quiet(sentence_of(scope, row)), p(join(sentence_of(each, row) for each in rest))
    if rates is None or " v " not in line[2]:
        return tag("div", tag("h4", name), above, quiet(Html(NO_DRAWING)), below, class_="chart")
    in_a, in_b = line[2].split(" v ", 1)
    low, _, high = line[5].partition(" to ")
    told = {"a": in_a, "b": in_b, "odds": line[4], "low": low, "high": high}
    desc = " ".join(plain(each, 600) for each in words[key])
    a, b = plain(row.get("group"), 40), plain(row.get("reference"), 40)
    svg = odds_chart(f"{key}-{place}", name, desc, a, b, rates, told, on)
    return tag("div", tag("h4", name), above, Html(svg), below, class_="chart")


def weighty(line: object, row: dict[str, Any]) -> Html:
    """A sentence about all three; the one that says what they do not show stands out."""
    return tag("b", sentence_of(line, row)) if line == NOT_WHY else sentence_of(line, row)


def rates_of(figure: object, where: tuple[str, str, str]) -> Rates | None:
    """The rates and odds of one figure of the findings, if there are any to draw."""
    if not isinstance(figure, dict) or not isinstance(figure.get("rates"), dict):
        return None
    a, b = as_number(figure["rates"].get("group")), as_number(figure["rates"].get("reference"))
    odds, low, high = (as_number(figure.get(key)) for key in where)
    if a is None or b is None or (low is None and high is None):
        return None
    return Rates(a, b, odds, low, high)


def sentence_of(sentence: object, row: dict[str, Any]) -> Html:
    """A sentence of `monitor.words`; the names in it, which are somebody's data, are cut and isolated."""
    names = {
        f"“{row[key]}”": str(row[key]) for key in ("group", "reference", "outcome") if row.get(key) not in (None, "")
    }
    if not names:
        return html(plain(sentence, 2000))
    pattern = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    parts = re.split(f"({pattern})", str(sentence))
    return Html("".join(said("“{name}”", name=names[part]) if part in names else html(visible(part)) for part in parts))
