# SPDX-License-Identifier: Apache-2.0
"""What a stranger or an unlucky press could do to an account: passkeys that are none, a code that is lost for ever."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from evenhand.web import clock
from evenhand.web.accounts import codes
from evenhand.web.accounts.models import Account
from evenhand.web.chance import chance
from tests.web.conftest import LOGIN, PASSWORD

MADE_UP = {"id": "YQ", "rawId": "YQ", "type": "public-key"}
NO_PASSKEYS = [
    "", "x", "[]", "null", "7", '"x"', "{}", "[" * 5000, '{"id": 1}', '{"rawId": [], "response": []}',
    json.dumps(MADE_UP | {"response": {"clientDataJSON": "YQ", "attestationObject": "YQ"}}),
    json.dumps(MADE_UP | {"response": {"clientDataJSON": "YQ", "authenticatorData": "YQ", "signature": "YQ",
                                       "userHandle": "//8="}}),
]  # fmt: skip
IDS = [one[:24] for one in NO_PASSKEYS]


def sign_in(client) -> None:
    """With the password."""
    client.post("/accounts/login/", {"login": LOGIN, "password": PASSWORD})


@pytest.mark.parametrize("sent", NO_PASSKEYS, ids=IDS)
def test_a_passkey_that_is_none_signs_nobody_in(client, sent):
    """A stranger would fill our log with faults (issue 4, bad input)."""
    client.get("/accounts/2fa/webauthn/login/")
    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": sent})
    assert (302, "/accounts/login/") == (answer.status_code, answer["Location"])


@pytest.mark.parametrize("sent", NO_PASSKEYS, ids=IDS)
def test_a_passkey_that_is_none_is_no_second_factor(client, an_account, sent):
    """A password and a broken form would be enough (H01)."""
    TOTP.activate(an_account(), "JBSWY3DPEHPK3PXP")
    sign_in(client)
    answer = client.post("/accounts/2fa/authenticate/", {"credential": sent})
    assert 200 == answer.status_code
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("sent", NO_PASSKEYS, ids=IDS)
def test_a_passkey_that_is_none_is_not_added(client, an_account, sent):
    """Who then removes the app would be locked out."""
    an_account()
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get("/accounts/2fa/webauthn/add/")
    answer = client.post("/accounts/2fa/webauthn/add/", {"credential": sent, "name": "phone"})
    assert (200, 0) == (answer.status_code, Authenticator.objects.count())


@pytest.mark.parametrize(
    "path",
    ["/accounts/password/change/", "/accounts/password/set/", "/accounts/first/", "/accounts/2fa/totp/activate/",
     "/accounts/2fa/webauthn/add/", "/accounts/2fa/recovery-codes/generate/"],
)  # fmt: skip
def test_who_came_by_a_code_cannot_put_anything_in_its_place(here, client, path):
    """The code is the only way back to the matter: changed once by mistake, nobody could open it any more (A02)."""
    code = codes.make(chance)
    codes.open_account(code, at=clock.now(), chance=chance)
    client.post("/code/", {"code": code})
    new = {"oldpassword": code, "password1": "marigold umbrella 99", "password2": "marigold umbrella 99", "login": "x"}
    assert (404, 404) == (client.get(path).status_code, client.post(path, new).status_code)
    assert codes.account_of(code) is not None


def test_a_password_is_never_set_without_a_login(client, an_account, a_link):
    """It would open nothing, and the page that sets a login would be shut."""
    account = an_account(login=None, password=None)
    client.post(a_link(account))
    client.post("/accounts/password/set/", {"password1": "marigold umbrella 99", "password2": "marigold umbrella 99"})
    assert not Account.objects.get(pk=account.pk).has_usable_password()
    assert 200 == client.get("/accounts/first/").status_code


def test_behind_a_proxy_attempts_are_counted_for_each_stranger(client, settings_of_proxy):
    """One stranger who guesses codes would shut the page to everybody else."""
    guess = {"code": "acorn " * 7}
    for _ in range(5):
        client.post("/code/", guess, HTTP_X_FORWARDED_FOR="203.0.113.7")
    assert 429 == client.post("/code/", guess, HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.7").status_code
    assert 200 == client.post("/code/", guess, HTTP_X_FORWARDED_FOR="203.0.113.8").status_code


@pytest.fixture
def settings_of_proxy():
    """As if the settings said `behind_proxy = true`."""
    from django.test import override_settings

    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        yield
