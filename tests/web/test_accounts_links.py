# SPDX-License-Identifier: Apache-2.0
"""Links by which one signs in: shown before they are used, used once, and only while they last."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings

from evenhand.web import clock
from evenhand.web.accounts import links
from evenhand.web.accounts.models import Link
from tests.web.doors import BOTH

pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True)
NEW = "orchid lantern quay sixpence"


def test_opening_a_link_uses_nothing_up(client, an_account, a_link):
    """A program that looks through mail would burn every link before its reader comes."""
    link = a_link(an_account())
    for _ in range(3):
        page = client.get(link)
        assert 200 == page.status_code
        assert "used up when you press the button" in page.content.decode()
    assert 200 == client.head(link).status_code
    assert 302 == client.post(link).status_code
    assert client.get("/accounts/security/").wsgi_request.user.is_authenticated


def test_a_link_signs_in_once(client, an_account, a_link):
    """Whoever finds the letter later would come in."""
    link = a_link(an_account())
    client.post(link)
    later = Client().post(link)
    assert 410 == later.status_code
    assert "This link no longer works" in later.content.decode()


def test_a_link_runs_out(client, an_account, a_link):
    """An old mailbox would be a set of keys."""
    link = a_link(an_account(), lifetime=timedelta(minutes=5))
    with clock.standing_at(clock.now() + timedelta(minutes=6)):
        assert 410 == client.get(link).status_code
        assert 410 == client.post(link).status_code


@pytest.mark.parametrize("token", ["x", "A" * 48, "ü" * 48, "%2e%2e", "A" * 5000])
def test_what_is_no_link_gets_the_same_page(client, token):
    """A guess would learn something, or break the page."""
    assert 410 == client.get(f"/in/{token}/").status_code


def test_a_token_without_our_seal_is_not_looked_up(client, an_account, a_link):
    """A token written into the database by somebody else would open an account."""
    link = a_link(an_account())
    token = link.split("/")[2]
    other = token[:-1] + ("A" if token[-1] != "A" else "B")
    Link.objects.update(hash=links._hash(other))
    assert 410 == client.get(f"/in/{other}/").status_code


def test_the_database_knows_no_token(client, an_account, a_link):
    """A copy of it would be a bunch of keys."""
    token = a_link(an_account()).split("/")[2]
    row = Link.objects.get()
    assert token not in "|".join(map(str, vars(row).values()))


def test_an_invitation_leads_to_how_one_signs_in(client, an_account, a_link):
    """Who was invited would be in once and never again."""
    account = an_account(login=None, password=None)
    answer = client.post(a_link(account, purpose="invite"))
    assert "/accounts/first/" == answer["Location"]
    typed = {"login": "Nour@harbour.example", "password1": NEW, "password2": NEW}
    assert "/accounts/second-factor/" == client.post("/accounts/first/", typed)["Location"]
    assert client.get("/accounts/security/").wsgi_request.user.is_authenticated
    again = Client().post("/accounts/login/", {"login": "nour@harbour.example", "password": NEW})
    assert 302 == again.status_code


def test_a_login_is_taken_by_one(client, an_account, a_link):
    """Two people would share an account."""
    an_account(login="nour@harbour.example")
    client.post(a_link(an_account(login=None, password=None), purpose="invite"))
    page = client.post("/accounts/first/", {"login": "NOUR@harbour.example", "password1": NEW, "password2": NEW})
    assert "This login cannot be taken" in page.content.decode()


@pytest.mark.parametrize("invented", [True])
def test_a_link_of_a_demo_opens_the_desk_again_and_again(client, invented, an_account, a_link):
    """A visitor would have to own a passkey to look around."""
    link = a_link(an_account(), purpose="demo")
    with override_settings(ROOT_URLCONF="tests.web.doors"):
        for _ in range(2):
            visitor = Client()
            assert 302 == visitor.post(link, {"next": "/trial-desk/"}).status_code
            assert 200 == visitor.get("/trial-desk/").status_code


def test_where_people_are_real_there_is_no_link_of_a_demo(client, an_account, a_link):
    """One line of a script would make a master key."""
    account = an_account()
    with pytest.raises(links.NoDemo):
        a_link(account, purpose="demo")
    token = a_link(account).split("/")[2]
    Link.objects.update(purpose="demo")
    assert 410 == client.get(f"/in/{token}/").status_code
    assert 410 == client.post(f"/in/{token}/").status_code


def test_old_links_are_forgotten(client, an_account, a_link):
    """The table would grow by every invitation there ever was."""
    account = an_account()
    a_link(account, lifetime=timedelta(minutes=5))
    kept = a_link(account)
    assert 1 == links.forget_expired(at=clock.now() + timedelta(hours=1))
    assert 200 == client.get(kept).status_code


def test_a_link_ends_what_somebody_else_had_open(client, an_account, a_link):
    """On a shared computer the second person would see what the first one wrote."""
    one, other = an_account(), an_account(login="other@harbour.example")
    client.post(a_link(one))
    client.post(a_link(other))
    assert other == client.get("/accounts/security/").wsgi_request.user
