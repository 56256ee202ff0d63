# SPDX-License-Identifier: Apache-2.0
"""A provider of OpenID Connect on this machine, a browser that goes there and back, and people of a register."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from django.test import Client
from oidc_provider_mock import run_server_in_thread

from evenhand.procedure.founding import adopt
from evenhand.procedure.pen import Pen
from evenhand.procedure.registering import Newcomer, fact, record_facts, record_newcomer
from evenhand.rulebook.loading import loads
from evenhand.store import models
from evenhand.store.organisation import Organisation
from evenhand.web import clock, place

RULES = (Path(__file__).parents[2] / "rulebooks/harbour.yaml").read_text("utf-8")
SECRET = "a secret of this test"
BEGIN, BACK = "/accounts/organisation/", "/accounts/organisation/back/"
NOUR, EMAIL, SUBJECT = "Nour Halvorsen", "nour.halvorsen@harbour.example", "8d1f-Nour"


@contextmanager
def a_provider(**how: Any) -> Iterator[str]:
    """Its issuer, while it answers."""
    for name in ("werkzeug", "oidc_provider_mock", "authlib"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with run_server_in_thread(require_nonce=True, **how) as server:
        yield f"http://localhost:{server.server_port}"


def settings(issuer: str, **more: Any) -> str:
    """`[sign_in]` as one would write it."""
    said = {"name": "Harbour Pass", "issuer": issuer, "client_id": "evenhand", "claim": "email"} | more
    said = {"secret_file": "keys/sign-in"} | said
    lines = [f"{name} = {_toml(value)}" for name, value in said.items()]
    return "\n".join(("", "[sign_in]", *lines, ""))


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value) if isinstance(value, int) else f'"{value}"'


def configured(here: Organisation, issuer: str, **more: Any) -> Organisation:
    """The same organisation with a provider, served from now on."""
    path = here.folder / "evenhand.toml"
    path.write_text(path.read_text().split("\n[sign_in]")[0] + settings(issuer, **more))
    secret = here.folder / "keys" / "sign-in"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    again = Organisation.open(here.folder)
    place.enter(again)
    return again


def a_person(here: Organisation, *, office: str = "", **told: str) -> str:
    """Somebody of the register, with an office or without."""
    said = {"name": NOUR, "kind": "member", "address": EMAIL, "number": "H-0417", "since": "2020-01-01"} | told
    if not models.Rulebook.objects.exists():
        adopt(loads(RULES, "harbour.yaml"), RULES, published=clock.now(), in_force=date(2020, 1, 1))
    pen = Pen(here, clock.now(), os.urandom)
    handle = record_newcomer(pen, Newcomer(**said))
    if office:
        about = {"kind": "holds", "b": f"office:{office}", "since": "2026-01-01", "source": "register of offices"}
        record_facts(pen, handle, [fact(pen, a=handle, **about)])
    return handle


def known(issuer: str, subject: str = SUBJECT, **claims: Any) -> None:
    """The provider knows somebody, and says this of them."""
    told = {"email": EMAIL, "email_verified": True} | claims
    assert 204 == requests.put(f"{issuer}/users/{subject}", json=told, timeout=5).status_code


def dropped(issuer: str, subject: str = SUBJECT) -> None:
    """The provider takes back every token of somebody."""
    assert 204 == requests.post(f"{issuer}/users/{subject}/revoke-tokens", json={}, timeout=5).status_code


def there(browser: Client, subject: str = SUBJECT, to: str = "", action: str = "") -> str:
    """The browser is sent to the provider and signs in there; where it is sent back to."""
    begun = browser.get(BEGIN, {"next": to} if to else {})
    assert 302 == begun.status_code, begun.content.decode()
    said = requests.post(begun["Location"], data={"sub": subject, "action": action}, allow_redirects=False, timeout=5)
    assert 302 == said.status_code, said.text
    parts = urlsplit(said.headers["Location"])
    state = parse_qs(urlsplit(begun["Location"]).query)["state"][0]
    # This provider forgets the state when it says no, which the standard does not allow.
    return f"{parts.path}?{parts.query}" + ("" if "state=" in parts.query else f"&state={state}")


def signs_in(browser: Client, subject: str = SUBJECT, to: str = "") -> Any:
    """There and back; the last answer."""
    return browser.get(there(browser, subject, to))


def says(answer: Any) -> str:
    """The sentences of a page."""
    return answer.content.decode().replace("&#x27;", "'")


def session_of(browser: Client) -> SimpleNamespace:
    """What the session keeps of the sign-in."""
    return SimpleNamespace(**browser.session["provider"])


def told_back(browser: Client, **changed: Any) -> None:
    """Alters what the session keeps, as time would."""
    session = browser.session
    session["provider"] = dict(session["provider"]) | changed
    session.save()
