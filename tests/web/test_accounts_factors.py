# SPDX-License-Identifier: Apache-2.0
"""The desk opens to a second factor shown in this session, and to nothing less (H01)."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client, override_settings

from tests.web.conftest import LOGIN, PASSWORD
from tests.web.doors import BOTH

pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True)


@pytest.fixture(autouse=True)
def _a_desk():
    with override_settings(ROOT_URLCONF="tests.web.doors"):
        yield


def sign_in(client):
    """With the password."""
    return client.post("/accounts/login/", {"login": LOGIN, "password": PASSWORD})


def code_of(secret: str) -> str:
    """What an app would show now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def set_up(client) -> str:
    """Goes through the pages that set an app up; its secret."""
    assert 302 == client.get("/accounts/2fa/totp/activate/").status_code
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = page.split('<p class="mono">')[1].split("<")[0]
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert (302, "/accounts/2fa/recovery-codes/") == (answer.status_code, answer["Location"])
    return secret


def test_who_is_not_signed_in_is_led_to_sign_in(client):
    """A page of the desk would tell a stranger that it exists and what it is called."""
    answer = client.get("/trial-desk/?a=1")
    assert "/accounts/login/?next=%2Ftrial-desk%2F%3Fa%3D1" == answer["Location"]


def test_without_a_second_factor_one_is_led_to_set_one_up(client, an_account):
    """One guessed password would open what people told in confidence."""
    an_account()
    sign_in(client)
    answer = client.get("/trial-desk/", follow=True)
    assert "Set up a second factor before you go on" in answer.content.decode()


def test_who_sets_an_app_up_goes_on_to_the_desk(client, an_account):
    """Setting it up and then being asked for it would only teach people to hurry."""
    account = an_account()
    sign_in(client)
    client.get("/trial-desk/", follow=True)
    set_up(client)
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert 'href="/trial-desk/"' in page
    assert f"the desk, for {account.person}" == client.get("/trial-desk/").content.decode()


def test_next_time_the_password_alone_opens_nothing(client, an_account):
    """The second factor would be asked for once in a lifetime."""
    an_account()
    sign_in(client)
    set_up(client)
    again = Client()
    assert "/accounts/2fa/authenticate/" == sign_in(again)["Location"]
    assert "/accounts/login/?next=%2Ftrial-desk%2F" == again.get("/trial-desk/")["Location"]


def test_the_code_of_the_app_opens_the_desk(client, an_account):
    """Nobody could work."""
    an_account()
    sign_in(client)
    secret = set_up(client)
    again = Client()
    sign_in(again)
    wrong = again.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    # The code just used to set it up is spent; a clock would show the next one thirty seconds later.
    later = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1))
    assert 302 == again.post("/accounts/2fa/authenticate/", {"code": later}).status_code
    assert 200 == again.get("/trial-desk/").status_code


def test_a_recovery_code_opens_the_desk_once(client, an_account):
    """A lost phone would lock an officer out for good; a code used twice would be a second password."""
    an_account()
    sign_in(client)
    set_up(client)
    code = client.get("/accounts/2fa/recovery-codes/").content.decode().split('<ul class="codes"><li>')[1][:8]
    for expected in (200, 302):
        again = Client()
        sign_in(again)
        again.post("/accounts/2fa/authenticate/", {"code": code})
        assert expected == again.get("/trial-desk/").status_code


def test_a_session_that_showed_none_must_show_it(client, an_account, a_link):
    """A link in a mailbox that others read would open the desk."""
    account = an_account()
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    answer = client.post(a_link(account))
    assert "/accounts/2fa/authenticate/" == answer["Location"]
    assert "/accounts/login/?next=%2Ftrial-desk%2F" == client.get("/trial-desk/")["Location"]


def test_setting_up_in_one_session_does_not_open_another(client, an_account):
    """Whoever signed in with the password before would be inside."""
    an_account()
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    set_up(client)
    answer = elsewhere.get("/trial-desk/")
    assert "/accounts/2fa/reauthenticate/?next=%2Ftrial-desk%2F" == answer["Location"]


def test_without_the_factor_the_desk_shuts_again(client, an_account):
    """One could show it once and take it away."""
    an_account()
    sign_in(client)
    set_up(client)
    Authenticator.objects.all().delete()
    assert "/accounts/second-factor/?next=%2Ftrial-desk%2F" == client.get("/trial-desk/")["Location"]


def test_removing_the_app_needs_who_one_is_once_more(client, an_account):
    """An unlocked screen would be enough to take the protection away."""
    an_account()
    sign_in(client)
    TOTP.activate(client.get("/").wsgi_request.user, "JBSWY3DPEHPK3PXP")
    assert 302 == client.post("/accounts/2fa/totp/deactivate/").status_code
    assert 1 == Authenticator.objects.filter(type="totp").count()
