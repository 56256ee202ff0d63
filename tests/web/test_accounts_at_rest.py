# SPDX-License-Identifier: Apache-2.0
"""The database file alone names nobody (M25): after everything one can do with an account, nobody's name is in it."""

import os

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connections
from django.test import Client

from evenhand.web import place
from evenhand.web.accounts import codes
from tests.web.conftest import AT, LOGIN, PASSWORD
from tests.web.test_accounts_factors import code_of


def test_the_file_shows_no_login_no_password_no_code_and_no_secret(client, an_account, a_link, here):
    """Whoever finds a backup would know who complained."""
    account = an_account()
    client.post("/accounts/login/", {"login": LOGIN, "password": PASSWORD, "next": "/portal/complain/"})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = page.split('<p class="mono">')[1].split("<")[0]
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    Client().post("/accounts/login/", {"login": LOGIN, "password": "wrong"})
    token = a_link(account).split("/")[2]
    code = codes.make(os.urandom)
    codes.open_account(code, at=AT, chance=os.urandom)
    Client().post("/code/", {"code": code})
    connections["default"].close()
    seen = b"".join(path.read_bytes() for path in here.folder.glob("evenhand.sqlite3*")).lower()
    forbidden = [LOGIN, "nour", "halvorsen", "harbour.example", PASSWORD, secret, token, code, "/portal/complain"]
    assert [] == [word for word in forbidden if word.lower().encode() in seen]
    assert 0 == EmailAddress.objects.count()


def test_without_the_key_a_login_cannot_be_looked_for(an_account, here, tmp_path):
    """A list of all members could be tried against the table."""
    account = an_account()
    assert account.login != place.index(LOGIN)
    (here.folder / "keys" / "index").chmod(0o600)
    (here.folder / "keys" / "index").write_text(os.urandom(32).hex())
    with place.serving(type(here).open(here.folder)):
        assert type(account).objects.by_login(LOGIN) is None


def test_devices_have_no_names_of_people(client):
    """“Nour's phone” would stand in the table."""
    from evenhand.web.accounts.forms import DEVICES, AddPasskey, EditPasskey

    assert {"phone", "computer", "key"} == dict(DEVICES).keys()
    for form in (AddPasskey, EditPasskey):
        assert list(DEVICES) == list(form.base_fields["name"].choices)
    assert 0 == Authenticator.objects.count()
