# SPDX-License-Identifier: Apache-2.0
"""Pages in the reader's language: chosen on any page, remembered, and known to browsers and screen readers."""

import pytest
from django.conf import settings

CHOSEN = settings.LANGUAGE_COOKIE_NAME


def test_a_browser_that_prefers_french_gets_french(client):
    """Somebody in distress would have to read a language that is not theirs before they can say so."""
    page = client.get("/", headers={"accept-language": "fr-CA,fr;q=0.9,en;q=0.5"}).content.decode()
    assert '<html lang="fr" dir="ltr">' in page
    assert "Aller au contenu" in page


@pytest.mark.parametrize("preferred", ["en-US,en;q=0.9", "de-CH", ""])
def test_whoever_prefers_another_language_gets_english(client, preferred):
    """Half a page in each of two languages helps nobody."""
    page = client.get("/", headers={"accept-language": preferred}).content.decode()
    assert '<html lang="en-gb" dir="ltr">' in page


def test_each_page_offers_the_other_language_by_a_link(client):
    """A switch that needs a script or an account is none for whoever has neither."""
    page = client.get("/accounts/login/").content.decode()
    assert '<a href="/language/fr/" lang="fr" hreflang="fr">Français</a>' in page
    assert '<span lang="en-gb" aria-current="true">English</span>' in page


def test_the_choice_is_remembered_and_wins_over_the_browser(client):
    """Whoever chose once would have to choose on every page again."""
    there = client.get("/language/fr/", headers={"referer": "http://testserver/accounts/login/?next=/desk/"})
    assert (302, "/accounts/login/?next=/desk/") == (there.status_code, there.headers["Location"])
    assert there.cookies[CHOSEN]["max-age"] > 30_000_000
    assert '<html lang="fr"' in client.get("/", headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize(
    "came",
    [
        "https://elsewhere.example/",
        "http://testserver//elsewhere.example/",
        "http://testserver/language/fr/",
        "javascript:1",
        "",
    ],
)
def test_the_switch_leads_nowhere_else(client, came):
    """A link of ours would take somebody who trusts us to a page of somebody else."""
    assert "/" == client.get("/language/fr/", headers={"referer": came}).headers["Location"]


def test_a_language_that_is_not_offered_changes_nothing(client):
    """A page in a language of which there is no word would be an English page that says otherwise."""
    said = client.get("/language/xx/")
    assert (302, False) == (said.status_code, CHOSEN in said.cookies)
