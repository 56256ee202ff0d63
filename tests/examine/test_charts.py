# SPDX-License-Identifier: Apache-2.0
"""The charts: stable bytes, a title and a description, no colour of their own, labels that do not touch."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from evenhand.examine.charts import at, round_up, short
from evenhand.examine.charts_bars import NARROWEST, SMALL_LETTER, Bar, bars, lying
from evenhand.examine.charts_curve import Medians, Step, survival_curve, ticks
from evenhand.examine.charts_lines import two_lines
from evenhand.examine.charts_odds import Axis, Rates, axis, odds_chart
from evenhand.examine.charts_pairs import Pair, pairs

YEARS = [Bar(str(year), 900, 40) for year in range(1987, 2027)]
STEPS = [Step(day, 1 - day / 300, 0.95 - day / 300, min(1.0, 1.05 - day / 300)) for day in range(0, 300, 5)]
RATES = Rates(0.08, 0.16, 0.46, 0.4, 0.53)
TOLD = {"a": "8.0", "b": "16.0", "odds": "0.46", "low": "0.40", "high": "0.53"}
CHARTS = {
    "bars": bars("a", "Title", "Desc.", YEARS, "late"),
    "lying": lying("b", "Title", "Desc.", [Bar("0 to 30 days", 3, 0), Bar("more", 0, 0)]),
    "pairs": pairs("c", "Title", "Desc.", [Pair("9 Jun 23", 3, 4)] * 9, "added", "altered"),
    "curve": survival_curve("d", "Title", "Desc.", STEPS, STEPS, Medians(140, 150)),
    "odds": odds_chart("e", "Title", "Desc.", "Anchor", "Compass", RATES, TOLD, axis([RATES])),
    "nothing": bars("f", "Title", "Desc.", [], "late"),
    "no curve": survival_curve("g", "Title", "Desc.", [], [], Medians(None, None)),
}


@pytest.mark.parametrize("svg", CHARTS.values(), ids=CHARTS)
def test_a_chart_is_whole_and_has_its_words(svg):
    """A reader who does not see the drawing would have nothing in its place."""
    root = ElementTree.fromstring(svg)
    assert "img" == root.get("role")
    named = root.get("aria-labelledby").split()
    assert named == [child.get("id") for child in list(root)[:2]]
    assert ["title", "desc"] == [child.tag for child in list(root)[:2]]
    assert all(child.text for child in list(root)[:2])


@pytest.mark.parametrize("svg", CHARTS.values(), ids=CHARTS)
def test_a_chart_has_no_colour_font_or_script_of_its_own(svg):
    """In the dark, on paper or with high contrast it would vanish."""
    assert not re.search(r"style=|fill=\"(?!none)|stroke=|font|<script|href|on\w+=|#[0-9a-f]{3}", svg)


@pytest.mark.parametrize("svg", CHARTS.values(), ids=CHARTS)
def test_no_number_of_a_chart_has_a_long_tail(svg):
    """Two machines would draw two charts of the same numbers."""
    assert not re.search(r"\d\.\d{3}|nan|inf|e-\d", svg)


@pytest.mark.parametrize("svg", [CHARTS["bars"], CHARTS["pairs"]], ids=["years", "days"])
def test_names_below_bars_do_not_touch_on_a_phone(svg):
    """On a phone the years would be a smear."""
    below = [text for text in ElementTree.fromstring(svg).iter("text") if text.get("text-anchor") == "middle"]
    centres = [float(text.get("x").rstrip("%")) / 100 * NARROWEST for text in below]
    wide = max(len(text.text) for text in below) * SMALL_LETTER
    assert all(b - a > wide for a, b in pairwise(centres))


def test_a_bar_is_as_tall_as_its_number():
    """A small part would look like a large one."""
    svg = bars("a", "Title", "Desc.", [Bar("2026", 1000, 250)], "late")
    tall = {rect.get("class"): float(rect.get("height")) for rect in ElementTree.fromstring(svg).iter("rect")}
    assert 0.25 == tall["over"] / tall["open"]


def test_what_is_late_outruns_what_is_allowed():
    """The product's one drawing would say nothing."""
    even, late = two_lines(20, 15), two_lines(20, 30)
    assert "over" not in even
    assert '<rect class="over" x="20" y="6" width="10" height="4"/>' in late
    assert 'viewBox="0 0 30 10"' in late


def test_a_range_without_an_end_has_an_arrow():
    """A range that has no upper limit would look like one that has."""
    open_ended = Rates(0.1, 0.2, None, 0.4, None)
    svg = odds_chart("a", "Title", "Desc.", "A", "B", open_ended, TOLD | {"high": "–"}, axis([open_ended]))
    assert 1 == svg.count("<path")


def test_three_figures_share_one_axis():
    """A small difference would look as large as a great one beside it."""
    on = axis([RATES, Rates(0.3, 0.31, 0.9, 0.1, 8.0)])
    assert Axis(low=0.1, high=10.0, full=0.5) == on
    assert on.place(0.5) < on.place(1) < on.place(2)
    assert round(on.place(1) - on.place(0.5), 6) == round(on.place(2) - on.place(1), 6)


def test_names_in_a_chart_are_cut_and_escaped():
    """A name out of a file would run over the next chart, or run."""
    svg = odds_chart("a", "Title", "Desc.", "<i>" + "x" * 90, "B&B", RATES, TOLD, axis([RATES]))
    assert "<i>" not in svg
    assert "&lt;i&gt;xxxxx" in svg
    assert "x" * 40 not in svg


def test_a_curve_ends_where_nothing_more_is_known():
    """Most of the drawing would be an empty tail."""
    told = survival_curve("a", "T", "D.", [Step(0, 1), Step(700, 0.01), Step(9000, 0)], [], Medians(None, None))
    assert (True, False) == ("540 days" in told, "year" in told)
    assert [0, 365, 730] == ticks(800)[:3]


@pytest.mark.parametrize(("number", "expected"), [(1, 1), (3, 5), (11, 20), (501, 1000), (20_000, 20_000)])
def test_an_axis_ends_at_a_round_number(number, expected):
    """A reader would have to divide by 317."""
    assert expected == round_up(number)


def test_numbers_and_names_are_written_short():
    """Equal findings would not give equal bytes."""
    assert ("0", "12.35", "7") == (at(-0.001), at(12.346), at(7.0))
    assert ("Compass", "Comp…") == (short("Compass", 7), short("Compass", 5))
