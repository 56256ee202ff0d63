# SPDX-License-Identifier: Apache-2.0
"""What a provider, or somebody in its place, may send: nothing but a token made for this sign-in opens anything (L07)."""

import time

import pytest

from evenhand.store.provider import Misconfigured, provider_of
from evenhand.web.accounts.models import Account
from tests.web.a_forger import NOTHING, OTHER, a_forger
from tests.web.a_provider import BEGIN, a_person, configured, says


@pytest.fixture(scope="module")
def server():
    """A forger for all tests of this file."""
    with a_forger() as found:
        yield found


@pytest.fixture
def forger(server, here):
    """The forger as the organisation's provider, with somebody of the register in its hands."""
    server.clean()
    configured(here, server.issuer)
    a_person(here)
    return server


def test_without_a_lie_one_comes_in(client, forger):
    """The tests of lies would pass because nobody ever comes in."""
    assert 302 == forger.signs_in(client).status_code
    assert 1 == Account.objects.count()


def test_what_is_asked_carries_challenge_state_and_nonce(client, forger):
    """A code that somebody overheard could be used from another machine."""
    forger.signs_in(client)
    assert ("S256", "code", "evenhand") == tuple(
        forger.asked[name] for name in ("code_challenge_method", "response_type", "client_id")
    )
    assert all(len(forger.asked[name]) >= 32 for name in ("state", "nonce", "code_challenge"))


def test_what_a_stranger_puts_into_the_address_is_not_handed_on(client, forger):
    """A link could ask the provider for more than sign-in, or with a nonce that its sender knows."""
    begun = client.get(BEGIN, {"scope": "admin", "auth_params": "nonce=known", "process": "connect"})
    assert [] == [word for word in ("admin", "known", "connect") if word in begun["Location"]]


LIES = {
    "another issuer in the token": ({"iss": "https://elsewhere.example"}, "another name than the one"),
    "another audience": ({"aud": "somebody else"}, "was not made by Harbour Pass for this sign-in"),
    "several audiences, and another party": ({"aud": ["evenhand", "b"], "azp": "b"}, "was not made by"),
    "several audiences, and no party": ({"aud": ["evenhand", "b"]}, "was not made by"),
    "expired": ({"exp": int(time.time()) - 600}, "had expired when it arrived"),
    "issued tomorrow": ({"iat": int(time.time()) + 86_400}, "was not made by"),
    "another nonce": ({"nonce": "of another sign-in"}, "was not made by"),
    "no nonce": ({"nonce": NOTHING}, "was not made by"),
    "nobody": ({"sub": NOTHING}, "was not made by"),
    "no end": ({"exp": NOTHING}, "was not made by"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_was_made_for_something_else_opens_nothing(client, forger, lie):
    """A token of another service, of yesterday or of another browser would sign in."""
    forger.claims, sentence = LIES[lie]
    answer = forger.signs_in(client)
    assert (403, True) == (answer.status_code, sentence in says(answer))
    assert 0 == Account.objects.count()


SIGNED = {"by another key": (OTHER, "RS256"), "by a word": ("w" * 64, "HS256"), "by nobody": (None, "none")}


@pytest.mark.parametrize("how", SIGNED)
def test_a_token_that_the_provider_did_not_sign_opens_nothing(client, forger, how):
    """Whoever stands between us and the provider would be everybody."""
    forger.key, forger.algorithm = SIGNED[how]
    answer = forger.signs_in(client)
    assert (403, True) == (answer.status_code, "was not made by" in says(answer))
    assert 0 == Account.objects.count()


def test_what_is_said_of_another_person_is_not_believed(client, forger):
    """The page about a person could be somebody else's, with their address."""
    forger.about = {"sub": "another"}
    assert 403 == forger.signs_in(client).status_code
    assert 0 == Account.objects.count()


PAGES = ("/.well-known/openid-configuration", "/t", "/k", "/u")
BROKEN = {"no JSON": (200, b"<p>"), "a list": (200, b"[]"), "a number": (200, b"7"), "not found": (404, b"{}"),
          "a fault": (500, b"{}"), "deep": (200, b"[" * 100_000), "moved": (302, b"")}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("what", BROKEN)
def test_whatever_cannot_be_read_ends_in_a_sentence(client, forger, page, what):
    """A provider in trouble would show people a page that speaks of a fault of ours."""
    forger.pages = {page: BROKEN[what]}
    answer = forger.signs_in(client)
    assert answer.status_code in (403, 502)
    assert "What you can do" in says(answer)
    assert 0 == Account.objects.count()


def test_a_provider_that_says_another_name_of_itself_is_not_spoken_to(client, forger):
    """Another provider behind the same address would name our people."""
    config = forger.answer(PAGES[0])[1].replace(b'"issuer": "http', b'"issuer": "https')
    forger.pages = {PAGES[0]: (200, config)}
    answer = client.get(BEGIN)
    assert (403, True) == (
        answer.status_code,
        "another name than the one in the organisation's settings" in says(answer),
    )


WRONG = {
    "isuer": "not known",
    "issuer": "begins with https",
    "client_id": "has to be a text",
    "desk_groups": "has to be a list",
    "recheck_minutes": "from 1 to 720",
}


@pytest.mark.parametrize("name", WRONG)
def test_settings_that_cannot_be_used_say_what_to_write(here, client, name):
    """A misspelt key would open the desk to groups that it was meant to keep out."""
    value = {"issuer": "http://elsewhere.example", "client_id": 7, "desk_groups": "all", "recheck_minutes": 0}
    wrong = configured(here, **({"issuer": "https://login.example"} | {name: value.get(name, "x")}))
    with pytest.raises(Misconfigured, match=WRONG[name]):
        provider_of(wrong)
    answer = client.get(BEGIN)
    assert (503, True) == (answer.status_code, "not set up as it should be" in says(answer))
    assert 200 == client.get("/accounts/login/").status_code


def test_without_its_secret_nobody_is_sent_to_the_provider(here, client):
    """The first whom the provider sends back would find a fault."""
    told = configured(here, "https://login.example")
    (here.folder / "keys" / "sign-in").write_text("")
    assert 503 == client.get(BEGIN).status_code
    with pytest.raises(Misconfigured, match="cannot be read"):
        assert provider_of(told).secret
