# SPDX-License-Identifier: Apache-2.0
"""Somebody on this machine who answers as a provider would, and lies as a test asks."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from tests.web.a_provider import BACK, BEGIN, EMAIL, SUBJECT

KEY, OTHER = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
NOTHING = "nothing"


class Forger:
    """What it says next: `claims` go into the token, `key` and `algorithm` sign it, `pages` stand in place of an answer."""

    def __init__(self) -> None:
        self.issuer = ""
        self.clean()

    def clean(self) -> None:
        """Lies no more."""
        self.claims: dict[str, Any] = {}
        self.about: dict[str, Any] = {}
        self.pages: dict[str, tuple[int, bytes]] = {}
        self.key: Any = KEY
        self.algorithm, self.nonce = "RS256", ""

    def answer(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        if path in self.pages:
            return self.pages[path]
        if path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "/a", "token_endpoint": "/t", "jwks_uri": "/k", "userinfo_endpoint": "/u"}
            said: Any = {"issuer": self.issuer} | {name: self.issuer + end for name, end in ends.items()}
        elif path == "/k":
            said = {"keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "one"}]}
        elif path == "/t":
            said = {"access_token": "open", "token_type": "Bearer", "id_token": self.token()}
        else:
            said = {"sub": SUBJECT, "email": EMAIL, "email_verified": True} | self.about
        return 200, json.dumps(said).encode()

    def token(self) -> str:
        """The token, as it was asked for."""
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": SUBJECT, "aud": "evenhand", "iat": now, "exp": now + 300}
        claims |= {"nonce": self.nonce} | self.claims
        claims = {name: value for name, value in claims.items() if value != NOTHING}
        return jwt.encode(claims, self.key, algorithm=self.algorithm, headers={"kid": "one"})

    def signs_in(self, browser: Client) -> Any:
        """A browser goes there and comes back; the last answer."""
        begun = browser.get(BEGIN)
        if begun.status_code != 302:
            return begun
        asked: Mapping[str, list[str]] = parse_qs(urlsplit(begun["Location"]).query)
        self.asked = {name: value[0] for name, value in asked.items()}
        self.nonce = self.asked["nonce"]
        return browser.get(BACK, {"code": "any", "state": self.asked["state"]})


@contextmanager
def a_forger() -> Iterator[Forger]:
    """A forger, while it answers."""
    forger = Forger()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = forger.answer(urlsplit(self.path).path)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("localhost", 0), Page)
    forger.issuer = f"http://localhost:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield forger
    server.shutdown()
    server.server_close()
