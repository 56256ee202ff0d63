# SPDX-License-Identifier: Apache-2.0
"""Signing in by the provider in a real browser: the button, the way there, and the page that says why not (L07)."""

import pytest

from tests.web.a_provider import a_person, a_provider, configured, known
from tests.web.test_looks_browser import SIZES, barriers

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def issuer():
    """A provider for all tests of this file."""
    with a_provider() as found:
        yield found


def test_a_person_goes_there_and_comes_back_signed_in(here, window, issuer):
    """The policy of our pages could keep a browser from following, which no test without one would notice."""
    configured(here, issuer)
    known(issuer)
    a_person(here)
    page = window(script=False)
    page.goto("/accounts/login/?next=/accounts/security/")
    page.get_by_role("link", name="Sign in at Harbour Pass").click()
    page.locator("input[name=sub]").first.fill("8d1f-Nour")
    page.get_by_role("button", name="Authorize").first.click()
    page.wait_for_url("**/accounts/security/")
    assert page.get_by_text("At Harbour Pass, and by nothing else.").is_visible()


def test_the_button_and_the_refusal_have_no_barrier(here, window, issuer):
    """Whoever uses a screen reader could not sign in, nor read why not."""
    configured(here, issuer)
    found = []
    for width, dark in SIZES:
        page = window(width=width, dark=dark)
        for path in ("/accounts/login/", "/accounts/organisation/back/?code=x&state=y"):
            page.goto(path)
            found += [(path, width, what) for what in barriers(page)]
    assert [] == found
