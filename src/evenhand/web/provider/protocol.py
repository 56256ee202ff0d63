# SPDX-License-Identifier: Apache-2.0
"""OpenID Connect as the sign-in library speaks it, held to what it leaves open.

The library keeps state in the encrypted session and uses it once, and does PKCE. Added here: the issuer must be the one of
the settings, a nonce binds the token to this browser, every token's signature is verified under an asymmetric algorithm,
the address that begins takes no parameters of a stranger, and nothing about anybody is stored by the library.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, NoReturn

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from evenhand.store.provider import Misconfigured, Provider, provider_of
from evenhand.web import place
from evenhand.web.accounts.elsewhere import refused
from evenhand.web.accounts.refusing import NotIn

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Never one with a shared secret, and never none."""
LEEWAY = 60
"""Seconds by which two clocks may differ."""
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
"""What reading an answer that somebody made up can end in."""
Entered = Callable[[HttpRequest, Provider, Mapping[str, Any], Mapping[str, str], str], HttpResponse]


def asked(request: HttpRequest) -> Provider:
    """The provider of the organisation served. `ImmediateHttpResponse` with a sentence where there is none to be used."""
    try:
        found = provider_of(place.current())
        if found is not None and found.secret:
            return found
    except Misconfigured:
        pass
    raise ImmediateHttpResponse(refused(request, "settings"))


def of_asking(error: requests.RequestException) -> str:
    """Why a question to the provider got no answer that can be used."""
    if isinstance(error, requests.HTTPError) and error.response is not None and error.response.status_code < 500:
        return "unreadable"
    return "unreadable" if isinstance(error, requests.JSONDecodeError | requests.TooManyRedirects) else "down"


class LibraryAdapter(DefaultSocialAccountAdapter):
    """What the library asks outside of one sign-in: no provider stands in the database, and no page of its own is shown."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """None: the settings of the organisation are the only place."""
        return []

    def get_requests_session(self) -> requests.Session:
        """Asks with a time limit, and follows no redirection of an endpoint."""
        session: requests.Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def generate_state_param(self, state: Mapping[str, Any]) -> str:
        """192 random bits."""
        return token_urlsafe(24)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> NoReturn:
        """Every end but signing in is a sentence of ours."""
        told = extra_context or {}
        if isinstance(exception, NotIn):
            why = exception.why
        elif isinstance(exception, requests.RequestException):
            why = of_asking(exception)
        elif exception is not None:
            why = "token"
        elif error == AuthError.CANCELLED:
            why = "cancelled"
        else:
            why = "said no" if told.get("state") else "state"
        raise ImmediateHttpResponse(refused(request, why))


class OurProvider(OpenIDConnectProvider):
    """The provider with PKCE and a nonce; nothing in the address that begins a sign-in is handed on."""

    def get_pkce_params(self) -> dict[str, str]:
        """The verifier and its challenge, always S256."""
        verifier = token_urlsafe(96)
        digest = urlsafe_b64encode(sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode("ascii")
        return {"code_verifier": verifier, "code_challenge_method": "S256", "code_challenge": digest}

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Signing in and nothing else; `next` is checked by the view."""
        nonce = token_urlsafe(24)
        return {
            "process": AuthProcess.LOGIN,
            "next_url": request.session.pop("provider_next", "") or None,
            "scope": list(self.app.settings["scopes"]),
            "auth_params": {"nonce": nonce},
            "nonce": nonce,
        }

    def sent_there(self, request: HttpRequest) -> HttpResponse:
        """The redirection that begins a sign-in."""
        found: HttpResponse = self.redirect_from_request(request)
        return found

    def get_oauth2_adapter(self, request: HttpRequest) -> "Conversation":
        """How one talks with it."""
        return Conversation(request, self.app.settings["provider"], self.app.settings["entered"])


class Conversation(OpenIDConnectOAuth2Adapter):
    """One sign-in: discovery, the code, the token, and who it names."""

    def __init__(self, request: HttpRequest, provider: Provider, entered: Entered) -> None:
        super().__init__(request, "provider")
        self.provider, self.entered = provider, entered
        self.state: Mapping[str, Any] = {}

    def get_provider(self) -> OurProvider:
        """The provider as the library wants it; the row is never saved."""
        settings = {"provider": self.provider, "entered": self.entered, "scopes": self.provider.scopes}
        settings["server_url"] = self.provider.issuer
        app = SocialApp(provider="openid_connect", provider_id="provider", name=self.provider.name)
        app.client_id, app.secret, app.settings = self.provider.client_id, self.provider.secret, settings
        return OurProvider(self.request, app=app)

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself. `NotIn` if it names another issuer, or lacks what is needed."""
        config: dict[str, Any] = super().openid_config
        if not isinstance(config, dict) or not all(isinstance(config.get(name), str) for name in ENDPOINTS):
            raise NotIn("unreadable")
        if str(config.get("issuer", "")).rstrip("/") != self.provider.issuer:
            raise NotIn("issuer")
        return config

    @property
    def basic_auth(self) -> bool:
        """How we show our secret; what the provider leaves open means the header, as the standard says."""
        return "client_secret_post" not in self.openid_config.get("token_endpoint_auth_methods_supported", ())

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the browser comes back to."""
        here = place.current()
        base = str(here.settings.get("base", "")) if here else ""
        path = reverse("provider_back")
        return base.rstrip("/") + path if base else str(build_absolute_uri(request, path))

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> NoReturn:
        """Signs in who is meant, by an answer at once: the library never makes an account. `NotIn`."""
        answer = kwargs["response"]
        about = self.verified(str(answer.get("id_token", "")))
        tokens = {"access": token.token, "refresh": token.token_secret}
        claims = self.told(token.token, about["sub"]) | about
        to = str(self.state.get("next", "") or "")
        raise ImmediateHttpResponse(self.entered(request, self.provider, claims, tokens, to))

    def verified(self, id_token: str) -> dict[str, Any]:
        """The claims of a token, once its signature, issuer, audience, times and nonce hold. `NotIn`."""
        with self._asking() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        try:
            keys = jwt.PyJWKSet.from_dict(answer.json())
            kid = jwt.get_unverified_header(id_token).get("kid")
            usable = [key for key in keys.keys if kid is None or key.key_id == kid]
            found: dict[str, Any] = jwt.decode(
                id_token,
                usable[0],
                algorithms=ALGORITHMS,
                audience=self.provider.client_id,
                leeway=LEEWAY,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise NotIn("expired") from error
        except (jwt.PyJWTError, *UNREADABLE) as error:
            raise NotIn("token") from error
        if str(found["iss"]).rstrip("/") != self.provider.issuer:
            raise NotIn("issuer")
        others = isinstance(found["aud"], list) and len(found["aud"]) > 1
        party = found.get("azp", None if others else self.provider.client_id)
        if party != self.provider.client_id or not self.state.get("nonce") or found.get("nonce") != self.state["nonce"]:
            raise NotIn("token")
        return found

    def told(self, access: str, subject: str) -> dict[str, Any]:
        """What the provider says of whoever holds a token; empty where it has no such page. `NotIn` for another person."""
        if not isinstance(self.openid_config.get("userinfo_endpoint"), str):
            return {}
        claims = self._fetch_user_info(access)
        if not isinstance(claims, dict) or claims.get("sub") != subject:
            raise NotIn("token")
        return claims

    def renewed(self, refresh: str) -> dict[str, str]:
        """New tokens for a refresh token. `NotIn` with `gone` where the provider gives none."""
        data = {"grant_type": "refresh_token", "refresh_token": refresh}
        shown = (self.provider.client_id, self.provider.secret) if self.basic_auth else None
        if shown is None:
            data |= {"client_id": self.provider.client_id, "client_secret": self.provider.secret}
        with self._asking() as session:
            answer = session.post(self.access_token_url, data=data, auth=shown)
        if answer.status_code in (400, 401, 403):
            raise NotIn("gone")
        answer.raise_for_status()
        told = answer.json()
        return {"access": str(told["access_token"]), "refresh": str(told.get("refresh_token") or refresh)}

    def _asking(self) -> requests.Session:
        return LibraryAdapter().get_requests_session()


class Callback(OAuth2CallbackView):
    """The way back; what the session kept of this sign-in is handed to the conversation."""

    @classmethod
    def answer(cls, talk: Conversation, request: HttpRequest) -> HttpResponse:
        """What the browser gets that came back."""
        found: HttpResponse = cls.adapter_view(talk)(request)
        return found

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, answer = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, answer
