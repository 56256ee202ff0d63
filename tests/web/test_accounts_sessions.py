# SPDX-License-Identifier: Apache-2.0
"""Sessions: each sees their own and can end them; the database alone opens none."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.web.accounts.models import Session
from evenhand.web.accounts.sessions import stored
from tests.web.conftest import LOGIN, PASSWORD
from tests.web.doors import BOTH

pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True)


def signed_in(login=LOGIN) -> Client:
    """A browser with a session."""
    browser = Client()
    browser.post("/accounts/login/", {"login": login, "password": PASSWORD})
    return browser


def test_each_sees_their_own(client, an_account):
    """Somebody would see when another person works."""
    an_account()
    an_account(login="other@harbour.example")
    mine, _mine_too, _other = signed_in(), signed_in(), signed_in("other@harbour.example")
    page = mine.get("/accounts/sessions/").content.decode()
    assert "2 browsers, the one last used first" in page
    assert "this browser, now" in page


def test_one_can_be_ended_from_another(client, an_account):
    """A phone left on a train would stay signed in."""
    an_account()
    here, lost = signed_in(), signed_in()
    key = stored(lost.session.session_key)
    here.post("/accounts/sessions/", {"end": key})
    assert 302 == lost.get("/accounts/sessions/").status_code
    assert 200 == here.get("/accounts/sessions/").status_code


def test_nobody_ends_somebody_elses(client, an_account):
    """One could throw another out in the middle of a hearing."""
    an_account()
    an_account(login="other@harbour.example")
    mine, other = signed_in(), signed_in("other@harbour.example")
    mine.post("/accounts/sessions/", {"end": stored(other.session.session_key)})
    assert 200 == other.get("/accounts/sessions/").status_code


def test_all_others_can_be_ended_at_once(client, an_account):
    """Who is afraid would have to press a button twenty times."""
    an_account()
    here, *others = signed_in(), signed_in(), signed_in()
    said = here.post("/accounts/sessions/", {"end": "others"}, follow=True).content.decode()
    assert "2 sessions were ended." in said
    assert {302} == {browser.get("/accounts/sessions/").status_code for browser in others}


def test_a_session_ends_by_itself(client, an_account):
    """A browser in a library would stay open for years."""
    an_account()
    browser = signed_in()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert 302 == browser.get("/accounts/sessions/").status_code


def test_a_copy_of_the_table_opens_nothing(client, an_account):
    """Whoever reads a backup would be everybody who is signed in."""
    an_account()
    browser = signed_in()
    row = Session.objects.get(account__gt="")
    assert browser.session.session_key != row.session_key
    thief = Client()
    thief.cookies["session"] = row.session_key
    assert 302 == thief.get("/accounts/sessions/").status_code


def test_an_altered_payload_signs_out(client, an_account):
    """Who can write to the database would make himself somebody else, or break the page."""
    an_account()
    browser = signed_in()
    Session.objects.update(session_data="00" * 40)
    assert 302 == browser.get("/accounts/sessions/").status_code


def test_use_is_noted_now_and_then(client, an_account):
    """A session that was used an hour ago would look as if it had never been."""
    an_account()
    browser = signed_in()
    session = browser.session
    session["_written"] = (timezone.now() - timedelta(minutes=6)).isoformat()
    session.save()
    Session.objects.update(seen=timezone.now() - timedelta(hours=1))
    browser.get("/accounts/security/")
    assert timezone.now() - Session.objects.get(account__gt="").seen < timedelta(minutes=1)
