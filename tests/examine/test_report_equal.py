# SPDX-License-Identifier: Apache-2.0
"""Equal treatment is told in three figures side by side or in none, in the words of `monitor.words` and no others."""

import re

import pytest

from evenhand.examine.report_equal import equal_treatment
from evenhand.examine.report_part import draw
from evenhand.examine.report_reading import Findings
from evenhand.monitor.words import LIMITS, MAY_NOT_CLAIM, NOT_WHY, TOO_FEW


@pytest.fixture
def drawn(invented):
    """`drawn(comparison, ...)`: the part for these comparisons, as HTML and as it is read."""

    def draw_them(*comparisons):
        html = draw(equal_treatment(Findings(invented.of(equal_treatment=list(comparisons)))))
        return html, re.sub(r"\s+", " ", re.sub(r"<wbr>|</?b(?:di)?>", "", html).replace("</p>", " "))

    return draw_them


def test_three_figures_stand_side_by_side(drawn, invented):
    """Whoever likes one of the figures best could cut it out (K06)."""
    html, told = drawn(invented.compared())
    assert 3 == html.count('role="img"')
    for name in ("As an outsider sees it", "Like compared with like", "Within one incident"):
        assert f"<h4>{name}</h4>" in html
        assert re.search(rf"{name}</div></th>|{name}</th>", html)
    assert 1 == told.count('class="three"')


def test_the_sentences_are_those_of_the_monitor(drawn, invented):
    """A page could claim more than the figures carry."""
    comparison = invented.compared()
    _, told = drawn(comparison)
    for key in ("crude", "stratified", "within", "together"):
        for sentence in comparison["words"][key]:
            assert sentence in told


def test_what_the_figures_do_not_show_stands_out(drawn, invented):
    """A difference would be taken for its own explanation."""
    assert f"<b>{NOT_WHY}</b>" in drawn(invented.compared())[0]


def test_the_drawing_says_the_same_as_the_table(drawn, invented):
    """A drawing would show another number than the one that is cited."""
    comparison = invented.compared()
    html, _ = drawn(comparison)
    rates = comparison["words"]["rows"][0][2].split(" v ")
    assert f'<title id="t-crude-0">As an outsider sees it: {rates[0]} in 100 against {rates[1]} in 100</title>' in html


def test_fewer_than_ten_people_give_one_sentence_and_no_figure(drawn, invented):
    """A rate among nine would tell which one it was (K04)."""
    html, told = drawn(invented.few_people())
    assert TOO_FEW in told
    assert 'role="img"' not in html
    assert "Odds ratio" not in html
    assert "1 comparison was asked for; there are too few people to tell anything." in told


def test_a_small_group_beside_the_compared_ones_is_named_and_not_counted(drawn, invented):
    """The third group of the table would betray its eight people (K04)."""
    html, _ = drawn(invented.compared())
    row = re.search(r"<tr><th[^>]*><bdi>unaligned</bdi></th>(.*?)</tr>", html, re.DOTALL)
    assert "fewer than 10 people" in row[1]
    assert not re.search(r"35|\b3\b|0\.3", row[1])


def test_a_figure_of_which_nothing_can_be_said_is_not_drawn(drawn, invented):
    """An empty axis would look like no difference."""
    comparison = invented.compared()
    comparison["within_case"] |= {"odds_ratio": None, "low": None, "high": None}
    html, _ = drawn(comparison)
    assert 2 == html.count('role="img"')
    assert "Nothing is drawn, because nothing can be said." in html


def test_words_that_lack_a_figure_show_none(drawn, invented):
    """Two figures would pass for three."""
    comparison = invented.compared()
    comparison["words"]["within"] = []
    html, _ = drawn(comparison)
    assert 'role="img"' not in html
    assert "<h4>" not in html


def test_a_comparison_that_was_not_made_says_why(drawn, invented):
    """A question that was asked would vanish without an answer."""
    comparison = {"attribute": "branch", "outcome": "upheld", "words": None, "groups": None}
    found = invented.of(
        equal_treatment=[comparison], why={"equal_treatment.0.words": "The source has no column branch."}
    )
    assert "The source has no column branch." in draw(equal_treatment(Findings(found)))


def test_limits_and_what_may_not_be_claimed_stand_below(drawn, invented):
    """A figure would be cited as a ground for a decision about somebody."""
    _, told = drawn(invented.compared())
    for sentence in (*LIMITS, *MAY_NOT_CLAIM):
        assert sentence in told


def test_every_comparison_has_drawings_of_its_own(drawn, invented):
    """Two comparisons would share their names, and a screen reader would read one for the other."""
    html, told = drawn(invented.compared(), invented.compared(group="Lantern", seed=2))
    idents = re.findall(r'<title id="([^"]+)"', html)
    assert 6 == len(set(idents))
    assert "2 comparisons were made, each in three figures" in told
