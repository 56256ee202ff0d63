# SPDX-License-Identifier: Apache-2.0
"""Who signed in by the provider stays in, and at the desk, only while register and provider go on knowing them (L07, D17)."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from evenhand.cli.main import main
from evenhand.store import models
from evenhand.web.accounts.models import Account, Session
from tests.web.a_forger import a_forger
from tests.web.a_provider import a_person, a_provider, configured, dropped, known, says, session_of, signs_in, told_back

DESK = "/trial-desk/"
AT_THE_DESK = override_settings(ROOT_URLCONF="tests.web.doors")


@pytest.fixture(scope="module")
def issuer():
    """A provider for all tests of this file."""
    with a_provider() as found:
        yield found


def signed_in(here, client, issuer, *, office="", claims=None, **how) -> str:
    """Somebody of the register who came by the provider."""
    configured(here, issuer, **how)
    known(issuer, **(claims or {}))
    person = a_person(here, office=office)
    assert 302 == signs_in(client).status_code
    return person


def is_in(client) -> bool:
    """Whether the next page still knows who reads."""
    return client.get("/accounts/security/").status_code == 200


def long_ago(client, *, answered: timedelta = timedelta(minutes=20)) -> None:
    """The provider was asked longer ago than the settings allow."""
    then = (timezone.now() - timedelta(minutes=20)).isoformat()
    told_back(client, checked=then, answered=(timezone.now() - answered).isoformat())


def ends(person: str, day: str) -> None:
    """Their membership ends."""
    models.Person.objects.filter(handle=person).update(until=day)


@AT_THE_DESK
def test_the_desk_asks_for_our_second_factor(here, client, issuer):
    """Whoever finds an open browser at the provider would read every matter of its owner."""
    signed_in(here, client, issuer, office="panel")
    assert client.get(DESK)["Location"].startswith("/accounts/second-factor/")


@AT_THE_DESK
@pytest.mark.parametrize(
    ("how", "claims"), [({"amr": ["otp"]}, {"amr": ["pwd", "otp"]}), ({"acr": ["gold"]}, {"acr": "gold"})]
)
def test_the_providers_second_factor_counts_where_the_settings_say_so(here, client, issuer, how, claims):
    """People would be asked twice, and carry two devices."""
    person = signed_in(here, client, issuer, office="panel", claims=claims, **how)
    assert f"the desk, for {person}" == says(client.get(DESK))


@AT_THE_DESK
@pytest.mark.parametrize(
    "claims", [{"amr": ["otp"], "acr": "gold"}, {"amr": "hwk"}, {"amr": [["hwk"]]}, {"acr": ["x"]}]
)
def test_what_the_settings_do_not_name_is_no_second_factor(here, client, issuer, claims):
    """Providers call a text message, or the password itself, by all sorts of names."""
    signed_in(here, client, issuer, office="panel", claims=claims, amr=["hwk"], acr=["x"])
    assert client.get(DESK)["Location"].startswith("/accounts/second-factor/")


@AT_THE_DESK
@pytest.mark.parametrize("groups", [["members"], [], "", None, 7, {"desk": True}])
def test_without_the_group_the_desk_is_closed(here, client, issuer, groups):
    """An organisation could not shut the desk to somebody at one place."""
    claims = {"groups": groups, "amr": ["otp"]}
    signed_in(here, client, issuer, office="panel", claims=claims, amr=["otp"], desk_groups=["desk"])
    answer = client.get(DESK)
    assert (403, True) == (answer.status_code, "The desk is closed to you" in says(answer))
    assert 200 == client.get("/accounts/security/").status_code


@AT_THE_DESK
def test_with_the_group_the_desk_is_as_the_register_has_it(here, client, issuer):
    """Closed to everybody, the group would be of no use; a seat comes from the register alone all the same."""
    claims = {"groups": ["members", "desk"], "amr": ["otp"]}
    person = signed_in(here, client, issuer, office="panel", claims=claims, amr=["otp"], desk_groups=["desk"])
    assert f"the desk, for {person}" == says(client.get(DESK))
    assert 0 == models.Part.objects.count()
    assert 1 == models.Fact.objects.filter(kind="holds", a=person).count()


def test_a_group_taken_away_closes_the_desk_within_minutes(here, client, issuer):
    """It would stay open until the browser is closed."""
    signed_in(here, client, issuer, office="panel", claims={"groups": ["desk"]}, desk_groups=["desk"])
    known(issuer, groups=[])
    long_ago(client)
    assert (True, False) == (is_in(client), session_of(client).desk)


def test_whoever_left_is_signed_out_at_the_next_page_and_stays_out(here, client, issuer):
    """Members who left would go on reading what is for members."""
    person = signed_in(here, client, issuer)
    ends(person, timezone.now().date().isoformat())
    answer = client.get("/portal/", follow=True)
    assert "By the register you are no member now and hold no office." in says(answer)
    assert 0 == Session.objects.exclude(account="").count()
    again = signs_in(Client())
    assert (403, True) == (again.status_code, "you are no member now" in says(again))


def test_an_office_that_ended_signs_out_once(here, client, issuer):
    """The browser at the desk would stay open after the term; the member's own matters must stay in reach (D17)."""
    person = signed_in(here, client, issuer, office="panel")
    models.Fact.objects.filter(a=person).update(until_lo="2026-02-01")
    assert "Your last term of office has ended" in says(client.get("/accounts/security/", follow=True))
    assert 302 == signs_in(client).status_code
    assert is_in(client)


def test_whom_the_provider_drops_is_signed_out(here, client, issuer):
    """Whoever was dismissed there would stay in here."""
    signed_in(here, client, issuer)
    dropped(issuer)
    assert is_in(client)
    long_ago(client)
    answer = client.get("/accounts/security/", follow=True)
    assert "Harbour Pass no longer answers for you" in says(answer)
    assert not is_in(client)


def test_a_token_that_ran_out_is_renewed(here, client, issuer):
    """Everybody would be signed out whenever a token ends, after some minutes at most providers."""
    signed_in(here, client, issuer)
    before = session_of(client)
    told_back(client, access="ran out")
    long_ago(client)
    assert is_in(client)
    assert (True, True) == (
        session_of(client).access not in (before.access, "ran out"),
        bool(session_of(client).refresh),
    )


def test_a_provider_that_is_down_keeps_nobody_in_for_ever(here, client):
    """Cutting the line to the provider would keep a session alive."""
    with a_forger() as forger:
        configured(here, forger.issuer)
        a_person(here)
        assert 302 == forger.signs_in(client).status_code
        forger.pages = {"/u": (500, b"")}
        long_ago(client, answered=timedelta(minutes=59))
        assert is_in(client)
        long_ago(client, answered=timedelta(minutes=61))
        assert not is_in(client)


def test_another_provider_in_the_settings_ends_what_the_first_began(here, client, issuer):
    """A provider that the organisation left would go on answering for people."""
    signed_in(here, client, issuer)
    configured(here, "https://login.example")
    assert "signs in by another provider now" in says(client.get("/accounts/security/", follow=True))


def test_a_closed_account_stays_closed(here, client, issuer):
    """Closing it here would mean nothing."""
    signed_in(here, client, issuer)
    Account.objects.update(is_active=False)
    answer = signs_in(Client())
    assert (403, True) == (answer.status_code, "Your account was closed" in says(answer))


def test_the_command_ends_the_sessions_of_who_is_gone(here, client, issuer, capsys):
    """Whoever does not open another page would keep an open browser (L07)."""
    person = signed_in(here, client, issuer)
    known(issuer, "stays", email="stays@harbour.example")
    a_person(here, name="Ada Wynd", number="H-2", address="stays@harbour.example")
    other = Client()
    signs_in(other, "stays")
    dropped(issuer)
    assert 0 == main(["accounts", "--end-gone", "--dir", str(here.folder), "--format", "json"])
    told = capsys.readouterr().out
    assert ("H-0417" in told, "H-2" in told) == (True, False)
    assert (False, True) == (is_in(client), is_in(other))
    assert person not in told


def test_a_new_link_is_the_way_back_in_when_the_provider_is_not(here, client, issuer):
    """With the provider gone for good, an organisation would be locked out of its own matters."""
    signed_in(here, client, issuer)
    assert 0 == main(["invite", "H-0417", "--anew", "--dir", str(here.folder)])
    assert [None] == list(Account.objects.values_list("subject", flat=True))
    assert not is_in(client)
