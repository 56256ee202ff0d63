# SPDX-License-Identifier: Apache-2.0
"""Reports in a real browser: they ask nobody for anything, need no script, and lie well on paper."""

import pytest

pytestmark = pytest.mark.browser

PAPER = 658
"""Pixels between the margins of a sheet of A4."""


@pytest.mark.parametrize("name", ["full", "hostile", "snapshots"])
def test_a_page_asks_nobody_for_anything(chromium, pages, name):
    """Opening the report would tell a stranger that it is read, and by whom."""
    window = chromium.new_context()
    page = window.new_page()
    asked, refused = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text))
    page.goto(pages[name].as_uri(), wait_until="networkidle")
    window.close()
    assert ([pages[name].as_uri()], []) == ([url for url in asked if not url.startswith("data:")], refused)


def test_the_policy_lets_the_stylesheet_in_and_a_script_not(visit):
    """The policy would be a wish, or the page naked."""
    page = visit("full")
    assert "rgb(252, 252, 250)" == page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.evaluate(
        "() => document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))"
    )
    assert page.evaluate("window.ran") is None


def test_the_scheme_of_the_reader_is_followed(visit):
    """A page in white would blind whoever reads at night."""
    assert "rgb(19, 21, 27)" == visit("full", dark=True).evaluate("getComputedStyle(document.body).backgroundColor")


def test_everything_opens_without_script(visit):
    """Where scripts are forbidden, half of the numbers would stay closed."""
    page = visit("full", script=False)
    table = page.locator("details table").first
    assert not table.is_visible()
    page.locator("summary").first.click()
    assert table.is_visible()


def test_the_keyboard_reaches_the_content_first(visit):
    """Whoever has no mouse would go through the way to nine parts on every page."""
    page = visit("full")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "main" == page.evaluate("document.activeElement.id")


def test_on_paper_everything_is_open_and_no_table_is_cut(visit):
    """What was closed on the screen would be missing in the file of the inquiry."""
    page = visit("full", width=PAPER, unfold=False)
    page.emulate_media(media="print")
    closed = "() => [...document.querySelectorAll('details table')].filter(one => !one.offsetHeight).length"
    shapes = "() => [...new Set([...document.querySelectorAll('table')].map(one => getComputedStyle(one).display))]"
    cut = "() => [...document.querySelectorAll('tr')].filter(x => getComputedStyle(x).breakInside !== 'avoid').length"
    wide = "() => document.documentElement.scrollWidth > innerWidth"
    assert (0, ["table"], 0, False) == tuple(page.evaluate(what) for what in (closed, shapes, cut, wide))


def test_a_dark_screen_prints_black_on_white(visit):
    """A page of ink would come out of the printer."""
    page = visit("full", dark=True)
    page.emulate_media(media="print")
    colours = "() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color] }"
    assert ["rgb(255, 255, 255)", "rgb(0, 0, 0)"] == page.evaluate(colours)
    assert page.pdf(format="A4").startswith(b"%PDF")
