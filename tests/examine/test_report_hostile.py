# SPDX-License-Identifier: Apache-2.0
"""Values out of somebody else's files stay values: they run nothing, turn nothing, hide nothing, and take no space."""

import pytest

from evenhand.examine.report import report
from evenhand.examine.report_markup import data, plain, prose, said


@pytest.fixture
def page(invented, read_page):
    """A report in which every name is an attack."""
    found = invented.hostile()
    return read_page(report(found, frozenset(table["name"] for table in found["tables"])))


def test_what_looks_like_html_stands_there_as_text(page):
    """A finding in a file could rewrite the report about it."""
    assert "<script>alert(1)</script>" in page.text
    assert "</style><img src=x onerror=alert(1)>" in page.text
    assert 1 == len(page.all("style"))


def test_letters_that_turn_the_text_are_made_visible(page):
    """A name could make the number after it read backwards."""
    turning = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert set() == turning & set(page.text)
    assert "‹U+202E›evil‹U+202C›" in page.text


def test_nothing_on_the_page_is_without_a_shape(page):
    """A NUL or a bell in a file would break the page, or hide what follows."""
    assert [] == [letter for letter in page.text if ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000]


def test_a_page_of_hostile_names_can_be_written(invented):
    """A half letter in one name would stop the whole report."""
    assert report(invented.hostile()).encode("utf-8")


def test_a_value_that_is_too_long_is_cut_and_says_so(page):
    """One name would push everything else off the page."""
    assert "a" * 700 not in page.text
    assert "… (10,000 letters)" in page.text


def test_names_in_the_words_on_equal_treatment_are_isolated(invented):
    """A name in Hebrew would pull the number after it to its other side."""
    found = invented.compared(group="שלום", reference="<b>")
    assert "“<bdi>שלום</bdi>”" in report(invented.of(equal_treatment=[found]))
    assert "“<bdi>&lt;b&gt;</bdi>”" in report(invented.of(equal_treatment=[found]))


def test_a_blank_is_filled_once():
    """A name that looks like a blank would be filled with somebody else's number."""
    assert "<b>2</b>: <bdi>{count} {0.__class__}</bdi>" == said(
        "<b>{count}</b>: {name}", count=2, name="{count} {0.__class__}"
    )


def test_a_name_may_be_broken_where_a_reader_would_break_it():
    """A long name would widen the page of a phone."""
    assert "<bdi>allegations.<wbr>recommended_<wbr>sanction</bdi>" == data("allegations.recommended_sanction")
    assert f"<bdi>{'a' * 16}<wbr>{'a' * 4}</bdi>" == data("a" * 20)
    assert "<bdi>31/12/2020</bdi>" == data("31/12/2020")


def test_a_pile_of_marks_stays_in_its_line():
    """Marks over a letter would cover the lines above it."""
    assert "e" + "\u0301" * 4 == plain("e" + "\u0301" * 60)


def test_what_a_finding_puts_into_backticks_is_a_name():
    """A sentence would show marks that mean something to programmers only."""
    assert "<bdi>There is no <code>reasons</code>.</bdi>" == prose("There is no `reasons`.")
    assert "<bdi><code>&lt;b&gt;</code></bdi>" == prose("`<b>`")
