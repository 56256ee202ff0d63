# SPDX-License-Identifier: Apache-2.0
"""A passkey in a real browser, from setting it up to signing in with it alone (H01)."""

import pytest
from django.test import override_settings

from tests.web.test_looks_browser import barriers, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _a_desk():
    with override_settings(ROOT_URLCONF="tests.web.doors"):
        yield


def with_a_key(page):
    """Gives the browser a key that is always touched by its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return session, key


def test_a_passkey_is_set_up_opens_the_desk_and_signs_in_alone(window, an_account, here):
    """The safest way would be the one that does not work."""
    account = an_account()
    page = window()
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    with_a_key(page)
    sign_in(page)
    page.goto("/trial-desk/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password", exact=True).fill("copper willow march tender")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("A phone or tablet").check()
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("heading", name="Write your recovery codes down").wait_for()
    page.get_by_role("link", name="Go on to where you were going").click()
    assert f"the desk, for {account.person}" == page.inner_text("body")

    page.goto("/accounts/2fa/webauthn/")
    assert page.get_by_text("On a phone or tablet").is_visible()
    assert [] == barriers(page)
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/trial-desk/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("the desk, for").wait_for()
    assert f"the desk, for {account.person}" == page.inner_text("body")
    assert [] == said


def test_a_passkey_is_the_second_factor_after_a_password(window, an_account, here):
    """Who set one up would be asked for a code that they do not have."""
    an_account()
    page = window()
    with_a_key(page)
    sign_in(page)
    page.goto("/accounts/reauthenticate/?next=/accounts/2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill("copper willow march tender")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("heading", name="Write your recovery codes down").wait_for()
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page)
    page.get_by_role("heading", name="Now your second factor").wait_for()
    assert [] == barriers(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Where to").wait_for()
    page.goto("/trial-desk/")
    assert "the desk" in page.inner_text("body")


def test_a_browser_without_a_key_says_so_in_the_page(window, an_account, here):
    """Nothing would happen, and nobody would know why."""
    page = window()
    session, key = with_a_key(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("Your browser gave no passkey").wait_for(timeout=60_000)
    assert [] == barriers(page)
