# SPDX-License-Identifier: Apache-2.0
"""The page for whoever holds a receipt: on a phone, with the keyboard alone, at night, on paper, on any connection."""

import pytest

from tests.browser.verify_page import a_receipt as made

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LONG = "W" * 400
STATES = {
    "empty": None,
    "full": ([made.receipt_of(made.fields(**{"text.account": LONG}), cosigners=made.COSIGNERS)], made.LOG.text, made.policy(2)),
    "refused": ([made.receipt_of(made.fields()).replace("index 3", "index 2")], made.LOG.text, ""),
    "bundle": ([made.bundle([1, 2, 4]), "hello\n"], made.LOG.text, ""),
    "clear": ([made.receipt([made.genesis()], 0)], made.LOG.text, ""),
    "error": ([], made.LOG.text[:-3], '{"k":2}'),
}  # fmt: skip
TOO_WIDE = """() => [...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 80)).concat(document.documentElement.scrollWidth > innerWidth ? ['the page'] : [])"""


def bring(page, check, state: str, width: int) -> None:
    """Puts the page into one of its states."""
    page.set_viewport_size({"width": width, "height": 900})
    if STATES[state]:
        receipts, key, policy = STATES[state]
        check(*receipts, key=key, policy=policy)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_barrier(page, check, state, width, scheme):
    """Somebody could not check what concerns them without asking the organisation."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.emulate_media(color_scheme=scheme)
    bring(page, check, state, width)
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = axe.run(page, options=options)
    told = [f"{one['id']}: {node['html'][:120]}" for one in found.response["violations"] for node in one["nodes"]]
    assert [] == told


@pytest.mark.parametrize("state", STATES)
def test_no_state_scrolls_sideways(page, check, state):
    """On a phone half of each line would have to be fetched by hand."""
    bring(page, check, state, 1280)
    found = {}
    for width in (320, 360, 640, 840, 1030, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        if wide := page.evaluate(TOO_WIDE):
            found[width] = wide
    assert {} == found


def test_the_keyboard_is_enough(page):
    """Whoever has no mouse would have to let somebody else look at their receipt."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "main" == page.evaluate("document.activeElement.id")
    reached = []
    for typed in ("", made.receipt_of(made.fields()), made.LOG.text, made.policy(1)):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
        page.keyboard.insert_text(typed)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#answer:not([hidden])").wait_for()
    assert ["files", "pasted", "key", "policy"] == reached
    assert "verdict" == page.evaluate("document.activeElement.id")
    assert "0 of 3 cosigners have signed" in page.inner_text("#answer")


def test_the_list_of_problems_leads_to_each_field(page, check):
    """A sentence without a way to its field has to be searched for."""
    bring(page, check, "error", 360)
    links = page.locator("#problems a")
    assert ["#files", "#key", "#policy"] == [links.nth(k).get_attribute("href") for k in range(3)]
    links.nth(1).press("Enter")
    assert "key" == page.evaluate("document.activeElement.id")


def test_a_dropped_file_is_taken(page):
    """The browser would open the file in place of the page."""
    page.evaluate(
        """text => { const held = new DataTransfer(); held.items.add(new File([text], 'dropped.tlog-proof'))
            document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: held, bubbles: true, cancelable: true })) }""",
        made.receipt_of(made.fields()),
    )
    page.fill("#key", made.LOG.text)
    page.click("button[type=submit]")
    assert "= It holds." in page.inner_text("#verdict")


def test_starting_afresh_leaves_nothing_behind(page, check):
    """The next person at a shared computer would read what is not theirs."""
    check(made.receipt_of(made.fields()))
    page.click("button[type=reset]")
    assert ("", "", 0, False) == (
        page.input_value("#key"),
        page.inner_text("#answer"),
        page.evaluate("document.getElementById('files').files.length"),
        page.is_visible("#answer"),
    )


def test_what_answers_next_replaces_what_was_said(page, check):
    """A verdict would stand over a receipt that was never checked."""
    check(made.receipt_of(made.fields()))
    check(made.receipt_of(made.fields()), key="")
    assert not page.is_visible("#answer")


def test_on_paper_stand_the_answer_and_the_key_it_rests_on(page, check):
    """A print would show a verdict, and not against what it was reached."""
    check(made.receipt_of(made.fields()))
    page.emulate_media(media="print", color_scheme="dark")
    shown = page.inner_text("main")
    assert (False, True, True) == (page.is_visible("#form"), made.LOG.text in shown, "It holds." in shown)
    assert "rgb(255, 255, 255)" == page.evaluate("getComputedStyle(document.body).backgroundColor")


@pytest.mark.parametrize(
    ("address", "usable"),
    [("https://record.example/verify.html", True), ("http://record.example/verify.html", False)],
)
def test_it_works_over_https_and_says_what_to_do_over_http(chromium, root, address, usable):
    """Over a connection that anybody can alter, the person would see a page that does nothing."""
    window = chromium.new_context()
    page, asked = window.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    html = (root / "verifier" / "verify.html").read_text("utf-8")
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(address, wait_until="networkidle")
    shown, told = page.is_visible("#work"), page.inner_text("main")
    window.close()
    assert ([address], usable) == (asked, shown)
    assert usable == ("Save the page and open the file, or use evenhand-verify." not in told)


def test_without_ed25519_it_says_what_to_do(chromium, root):
    """An old browser would call every receipt false."""
    window = chromium.new_context(offline=True)
    window.add_init_script("SubtleCrypto.prototype.importKey = () => Promise.reject(new Error('no such algorithm'))")
    page = window.new_page()
    page.goto((root / "verifier" / "verify.html").as_uri())
    page.locator("#unable").wait_for()
    shown, told = page.is_visible("#work"), page.inner_text("#unable")
    window.close()
    assert (False, True) == (shown, told.startswith("This browser cannot check Ed25519 signatures. Use a current"))
