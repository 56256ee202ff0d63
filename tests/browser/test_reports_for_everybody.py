# SPDX-License-Identifier: Apache-2.0
"""Reports in a real browser: no barrier that axe can see, on a phone and on a desk, in light and dark."""

import pytest

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 360, 640, 840, 1030, 1280, 1900)

TOO_WIDE = """() => [document.documentElement.scrollWidth > innerWidth,
    [...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1
        && one.getBoundingClientRect().width > 0).map(one => one.outerHTML.slice(0, 80)).slice(0, 3)]"""

TOUCHING = """() => [...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
    const texts = [...svg.querySelectorAll('text')].map(one => [one.textContent, one.getBoundingClientRect()])
    return texts.flatMap(([a, p], k) => texts.slice(k + 1)
        .filter(([b, q]) => p.left < q.right && q.left < p.right && p.top < q.bottom - 2 && q.top < p.bottom - 2)
        .map(([b, q]) => `${svg.querySelector('title').textContent}: ${a} / ${b}`))
})"""

OUTSIDE = """() => [...document.querySelectorAll('svg[role=img] text')]
    .filter(one => { const box = one.getBoundingClientRect(); return box.left < 0 || box.right > innerWidth })
    .map(one => one.textContent)"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["full", "no_case", "snapshots"])
def test_axe_finds_no_barrier(visit, name, width, dark):
    """Somebody could not read what was found about them."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = axe.run(visit(name, width=width, dark=dark), options=options)
    told = [f"{one['id']}: {node['html'][:120]}" for one in found.response["violations"] for node in one["nodes"]]
    assert [] == told


@pytest.mark.parametrize("name", ["full", "no_case", "large", "snapshots"])
def test_no_page_scrolls_sideways(visit, name):
    """On a phone half of each line would have to be fetched by hand."""
    page = visit(name)
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        scrolls, wide = page.evaluate(TOO_WIDE)
        if scrolls or wide:
            found[width] = wide
    assert {} == found


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["full", "large", "snapshots"])
def test_labels_of_charts_neither_touch_nor_leave_the_window(visit, name, width):
    """Two numbers over each other are no number."""
    page = visit(name, width=width)
    assert ([], []) == (page.evaluate(TOUCHING), page.evaluate(OUTSIDE))


def test_hostile_names_run_nothing_and_widen_nothing(visit):
    """A name in a file would act on the machine of whoever reads about it."""
    page = visit("hostile", width=360)
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.reload()
    assert ([], 0, 0) == (said, page.locator("script").count(), page.locator("img").count())
    assert [False, []] == page.evaluate(TOO_WIDE)


@pytest.mark.parametrize("name", ["full", "snapshots"])
def test_a_page_reads_from_right_to_left(visit, name):
    """A translation into Arabic or Hebrew would need another stylesheet."""
    page = visit(name, width=1280)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert ([], []) == (page.evaluate(TOUCHING), page.evaluate(OUTSIDE))
    aside, text = (page.locator(part).first.bounding_box() for part in ("main aside", "main h2"))
    assert aside["x"] < text["x"]
