# SPDX-License-Identifier: Apache-2.0
"""Headers and cookies: a browser runs nothing of others, keeps nothing on a shared machine, tells nobody where it was."""

import logging
import re
from pathlib import Path

import pytest
from django.test import override_settings

from evenhand.web.logs import WithoutTokens
from evenhand.web.settings_cookies import cookies, hosts, is_secure
from tests.web.conftest import LOGIN, PASSWORD

TEMPLATES = Path(__file__).resolve().parents[2] / "src/evenhand/web"


@pytest.mark.parametrize("path", ["/", "/code/", "/nowhere/", "/static/evenhand/evenhand.css", "/in/x/"])
def test_every_answer_forbids_what_no_page_of_ours_does(client, path):
    """A script in somebody's name would run as the officer who reads it."""
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "base-uri 'none'" in policy
    for name in ("Permissions-Policy", "Cross-Origin-Resource-Policy"):
        assert answer[name]
    if not path.startswith("/static/"):
        assert "nosniff" == answer["X-Content-Type-Options"]
        assert "same-origin" == answer["Referrer-Policy"]
        assert "same-origin" == answer["Cross-Origin-Opener-Policy"]
        assert "DENY" == answer["X-Frame-Options"]


def test_only_pages_that_ask_for_a_passkey_run_our_script(client, an_account):
    """The fewer pages run anything, the less there is to find."""
    an_account()
    assert "script-src 'self'; connect-src 'self'" in client.get("/accounts/login/")["Content-Security-Policy"]
    client.post("/accounts/login/", {"login": LOGIN, "password": PASSWORD})
    assert "script-src" not in client.get("/accounts/sessions/")["Content-Security-Policy"]


def test_no_template_has_a_style_or_a_script_of_its_own():
    """The policy would block it, and the page would look broken to everybody."""
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*(?:src=|application/json))")
    found = [str(p) for p in TEMPLATES.rglob("*.html") if inline.search(p.read_text("utf-8"))]
    assert [] == found


def test_what_a_signed_in_person_saw_is_kept_nowhere(client, an_account):
    """The next person at the computer would press “back”."""
    an_account()
    client.post("/accounts/login/", {"login": LOGIN, "password": PASSWORD})
    assert "no-store" == client.get("/")["Cache-Control"]


def test_by_https_cookies_belong_to_this_host_alone():
    """A neighbouring host could set a session, or one on a plain page could be read on the way."""
    found = cookies(secure=True)
    assert ("__Host-session", "__Host-form") == (found["SESSION_COOKIE_NAME"], found["CSRF_COOKIE_NAME"])
    assert all(found[f"{kind}_COOKIE_SECURE"] for kind in ("SESSION", "CSRF", "LANGUAGE"))
    assert all(found[f"{kind}_COOKIE_HTTPONLY"] for kind in ("SESSION", "CSRF", "LANGUAGE"))
    assert {"Lax"} == {found[f"{kind}_COOKIE_SAMESITE"] for kind in ("SESSION", "CSRF", "LANGUAGE")}


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ({"name": "x"}, True),
        ({"name": "x", "demo": True}, False),
        ({"base": "https://x.example", "demo": True}, True),
        ({"base": "http://localhost:8000"}, False),
        ({}, False),
    ],
)
def test_a_real_organisation_is_reached_by_https_unless_it_says_otherwise(toml, expected):
    """Forgetting one line would send sessions in clear."""
    assert expected == is_secure(toml)


def test_the_address_of_the_organisation_is_answered_and_no_other():
    """A page under another name would collect passwords."""
    assert ["union.example", "localhost", "127.0.0.1", "[::1]", "testserver"] == hosts(
        {"base": "https://union.example/x"}
    )


def test_https_is_remembered(client):
    """The first visit after a while would go out in clear."""
    with override_settings(SECURE_HSTS_SECONDS=31_536_000):
        from django.test import Client

        assert "max-age=31536000" in Client().get("/", secure=True)["Strict-Transport-Security"]


def test_tokens_of_links_stay_out_of_logs():
    """Whoever reads the log could sign in as anybody who was invited today."""
    line = logging.LogRecord("django.request", 30, "", 0, "Gone: %s", ("/in/abcDEF123/",), None)
    WithoutTokens().filter(line)
    assert "Gone: /in/…/" == line.getMessage()
