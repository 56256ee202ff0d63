# SPDX-License-Identifier: Apache-2.0
"""Signing in by login name or e-mail address and password, as the first factor (H01)."""

import pytest
from django.contrib.auth.hashers import identify_hasher

from evenhand.web.accounts.access import reader
from evenhand.web.accounts.models import ANONYMOUS, Account
from tests.web.conftest import LOGIN, PASSWORD
from tests.web.doors import BOTH

pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True)


def sign_in(client, login=LOGIN, password=PASSWORD, **more):
    """What the form sends."""
    return client.post("/accounts/login/", {"login": login, "password": password, **more})


@pytest.mark.parametrize("typed", [LOGIN, f"  {LOGIN.upper()} ", "ｎｏｕｒ.halvorsen@harbour.example"])
def test_a_login_is_found_however_it_is_typed(client, an_account, typed):
    """A phone that begins with a capital would keep its owner out."""
    account = an_account()
    answer = sign_in(client, typed)
    assert (302, "/") == (answer.status_code, answer["Location"])
    assert account == client.get("/accounts/security/").wsgi_request.user


@pytest.mark.parametrize(("login", "password"), [(LOGIN, "wrong"), ("nobody@harbour.example", PASSWORD)])
def test_a_wrong_word_says_the_same_as_an_unknown_login(client, an_account, login, password):
    """A list of those who have an account could be made by asking."""
    an_account()
    answer = sign_in(client, login, password)
    page = answer.content.decode()
    assert 200 == answer.status_code
    assert "This login and this password do not belong together" in page
    assert "<title>Error:" in page
    assert login in page
    assert password not in page.replace(login, "")


def test_a_closed_account_stays_shut(client, an_account):
    """Who was expelled would go on reading."""
    account = an_account()
    sign_in(client)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert 302 == client.get("/accounts/security/").status_code
    assert 200 == sign_in(client).status_code


def test_an_account_of_a_code_has_no_password_to_guess(client, an_account):
    """Its code would be tried without the limits for codes."""
    an_account(kind=ANONYMOUS)
    assert 200 == sign_in(client).status_code


def test_after_many_failures_one_has_to_wait(client, an_account):
    """A machine would try a million passwords in a night."""
    an_account()
    said = [sign_in(client, password=f"wrong {n}").content.decode() for n in range(7)]
    assert "Too many attempts failed" in said[-1]
    assert "Too many attempts failed" in sign_in(client).content.decode()


def test_a_password_is_kept_as_argon2id(client, an_account):
    """A stolen copy could be tried by the billion."""
    account = an_account()
    assert account.password.startswith("argon2id$v=19$m=19456,t=2,p=1$")
    assert not identify_hasher(account.password).must_update(account.password)


def test_one_comes_back_to_where_one_was_going_and_nowhere_else(client, an_account):
    """A link in a mail would send people who trust us to a copy of the page."""
    an_account()
    assert "/accounts/sessions/" == sign_in(client, next="/accounts/sessions/")["Location"]
    client.post("/accounts/logout/")
    assert "/" == sign_in(client, next="https://evil.example/")["Location"]


def test_signing_out_needs_a_press(client, an_account):
    """A picture on another page would sign everybody out."""
    an_account()
    sign_in(client)
    assert "Sign out of this browser?" in client.get("/accounts/logout/").content.decode()
    assert client.get("/accounts/security/").wsgi_request.user.is_authenticated
    client.post("/accounts/logout/")
    assert not reader(client.get("/").wsgi_request).signed_in


def test_nobody_opens_an_account_for_himself(client):
    """Anybody could become somebody."""
    answer = client.post("/accounts/signup/", {"username": "x", "password1": PASSWORD})
    assert 403 == answer.status_code
    assert "Nobody opens an account here alone" in answer.content.decode()
    assert 0 == Account.objects.count()


def test_a_new_password_ends_what_the_old_one_opened(client, an_account):
    """Who found the old one out would stay in."""
    from django.test import Client

    an_account()
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    new = "orchid lantern quay sixpence"
    answer = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert 302 == answer.status_code
    assert 302 == elsewhere.get("/accounts/security/").status_code
    assert 302 == sign_in(elsewhere, password=new).status_code


@pytest.mark.parametrize("new", ["short", "password1234", "x" * 2000])
def test_a_weak_password_is_refused(client, an_account, new):
    """The first of every list would be tried first."""
    an_account()
    sign_in(client)
    answer = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    expected = 302 if len(new) == 2000 else 200
    assert expected == answer.status_code
