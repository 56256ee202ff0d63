# SPDX-License-Identifier: Apache-2.0
"""Pages of accounts and errors in a real browser: no barrier that axe can see, no sideways scrolling, focus where it belongs."""

import os

import pytest

from evenhand.web.accounts import codes
from tests.web.conftest import AT, LOGIN, PASSWORD

pytestmark = pytest.mark.browser
SIZES = [(360, False), (360, True), (1280, False), (1280, True)]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
OPEN = ("/", "/accounts/login/", "/code/", "/accounts/password/reset/", "/accounts/signup/", "/in/none/", "/nowhere/")
SIGNED_IN = (
    "/", "/accounts/security/", "/accounts/sessions/", "/accounts/second-factor/", "/accounts/2fa/",
    "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/",
    "/accounts/password/change/", "/accounts/logout/",
)  # fmt: skip


def barriers(page) -> list[str]:
    """What axe finds, and whether the page scrolls sideways."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = [one["id"] + ": " + one["nodes"][0]["html"] for one in axe.run(page, options=RULES).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return found + (["scrolls sideways"] if wide else [])


def sign_in(page):
    """Types login and password."""
    page.goto("/accounts/login/")
    page.get_by_label("Login name or e-mail address").fill(LOGIN)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize(("width", "dark"), SIZES)
def test_pages_for_anybody_have_no_barrier(window, width, dark):
    """Somebody could not complain."""
    page = window(width=width, dark=dark)
    found = {}
    for path in OPEN:
        page.goto(path)
        found[path] = barriers(page)
    assert {path: [] for path in OPEN} == found


@pytest.mark.parametrize(("width", "dark"), SIZES)
def test_pages_of_an_account_have_no_barrier(window, an_account, width, dark):
    """An officer could not protect what people told."""
    an_account()
    page = window(width=width, dark=dark)
    sign_in(page)
    page.goto("/accounts/reauthenticate/")
    found = {"/accounts/reauthenticate/": barriers(page)}
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    for path in SIGNED_IN:
        page.goto(path)
        found[path] = barriers(page)
    assert [] == [(path, what) for path, what in found.items() if what]


@pytest.mark.parametrize(("width", "dark"), SIZES)
def test_mistakes_have_no_barrier_and_take_the_focus_without_a_script(window, an_account, width, dark):
    """Who cannot see the page would not learn that nothing was sent."""
    an_account()
    page = window(width=width, dark=dark, script=False)
    looked = window(width=width, dark=dark)
    for path, button in (("/accounts/login/", "Sign in"), ("/code/", "Open my matter")):
        for one in (page, looked):
            one.goto(path)
            one.get_by_role("button", name=button, exact=True).click()
        assert [] == barriers(looked)
        assert page.title().startswith("Error: ")
        assert "problems" in (page.locator(":focus").get_attribute("class") or "")
        page.locator(".problems a").first.click()
        assert page.locator(":target").count() == 1


@pytest.mark.parametrize(("width", "dark"), SIZES)
def test_error_pages_have_no_barrier(window, site, width, dark):
    """What went wrong would be told to some and not to others."""
    page = window(width=width, dark=dark)
    found = {}
    page.goto("/?a=%00")
    found[400] = barriers(page)
    page.goto("/nowhere/")
    found[404] = barriers(page)
    # A form of our own without its token, as an old page would send it.
    page.goto("/code/")
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value = 'old'")
    page.get_by_role("textbox", name="Your code").fill("zoo zinc")
    page.evaluate("document.querySelector('[name=code]').name = 'account'")
    page.get_by_role("button", name="Open my matter").click()
    page.get_by_role("heading", name="Nothing was sent yet").wait_for()
    found["csrf"] = barriers(page)
    assert "zoo zinc" == page.get_by_label("Account").input_value()
    assert [] == [(name, what) for name, what in found.items() if what]


def test_five_megabytes_end_on_a_page_and_not_in_a_broken_connection(window):
    """Who pasted a book would see the browser's own page, which says that we are not there."""
    page = window()
    page.goto("/code/")
    page.evaluate("document.querySelector('[name=code]').removeAttribute('maxlength')")
    page.evaluate("document.querySelector('[name=code]').value = 'word '.repeat(1000000)")
    page.get_by_role("button", name="Open my matter").click()
    page.get_by_role("heading", name="That is too much at once").wait_for()
    assert [] == barriers(page)


def test_the_way_back_with_a_code_needs_no_script_and_no_mouse(window, here):
    """Who has an old telephone, or one hand, could not come back."""
    code = codes.make(os.urandom)
    codes.open_account(code, at=AT, chance=os.urandom)
    page = window(width=360, script=False)
    page.goto("/")
    page.get_by_role("link", name="Go back to your matter with your code").press("Enter")
    page.get_by_role("textbox", name="Your code").focus()
    page.keyboard.type(code.title())
    page.keyboard.press("Enter")
    page.wait_for_url("**/portal/**")
    page.get_by_role("link", name="Your sign-in").first.press("Enter")
    assert page.get_by_text("We do not know your name").is_visible()
