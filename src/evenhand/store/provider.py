# SPDX-License-Identifier: Apache-2.0
"""What `[sign_in]` in the settings says: by which provider of OpenID Connect people of the organisation may sign in.

The secret stands in a file of its own, outside of the database and of the settings. Nothing here gives anybody a seat:
a claim finds a person of the register, and groups can only close the desk to who is in none of them (L07).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from evenhand.store.organisation import Organisation
from evenhand.store.trouble import Trouble

TABLE = "sign_in"
LOCAL = ("localhost", "127.0.0.1", "::1")
TEXTS = ("name", "issuer", "client_id", "secret_file", "claim", "groups_claim")
LISTS = ("desk_groups", "amr", "acr", "scopes")
NEEDED = ("issuer", "client_id", "secret_file", "claim")
MINUTES = "recheck_minutes"
EMAIL = "email"
SHORTEST, LONGEST = 1, 720


class Misconfigured(Trouble):
    """`[sign_in]` cannot be used as it stands; says what to write."""


@dataclass(frozen=True)
class Provider:
    """One provider. `claim` is what finds a person: `email`, if verified, by their address, any other by their number."""

    name: str
    issuer: str
    client_id: str
    secret_path: Path
    claim: str
    groups_claim: str
    desk_groups: frozenset[str]
    amr: frozenset[str]
    acr: frozenset[str]
    scopes: tuple[str, ...]
    recheck: timedelta

    @property
    def secret(self) -> str:
        """What we show the provider. `Misconfigured` if its file cannot be read."""
        try:
            found = self.secret_path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            found = ""
        if not found:
            raise Misconfigured(
                f"The secret for signing in cannot be read: put it into {self.secret_path}, and chmod 600."
            )
        return found

    @property
    def by_address(self) -> bool:
        """Whether people are found by their e-mail address."""
        return self.claim == EMAIL


def provider_of(organisation: Organisation | None) -> Provider | None:
    """The provider that the settings name; None where they name none. `Misconfigured`."""
    said = organisation.settings.get(TABLE) if organisation is not None else None
    if organisation is None or said is None:
        return None
    if not isinstance(said, dict):
        raise Misconfigured(f"“{TABLE}” in the settings is a table: write [{TABLE}] on a line of its own.")
    _known(said)
    issuer = str(said["issuer"]).rstrip("/")
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
        raise Misconfigured(f"“issuer” under [{TABLE}] begins with https://, as the provider itself writes it.")
    lists = {name: frozenset(said.get(name, ())) for name in LISTS}
    return Provider(
        name=str(said.get("name", organisation.name)),
        issuer=issuer,
        client_id=str(said["client_id"]),
        secret_path=organisation.folder / str(said["secret_file"]),
        claim=str(said["claim"]),
        groups_claim=str(said.get("groups_claim", "groups")),
        desk_groups=lists["desk_groups"],
        amr=lists["amr"],
        acr=lists["acr"],
        scopes=tuple(dict.fromkeys(("openid", *said.get("scopes", ("email", "profile"))))),
        recheck=timedelta(minutes=said.get(MINUTES, 15)),
    )


def _known(said: Mapping[str, Any]) -> None:
    """Whether every key is one and holds what it should: a misspelt one would open what it was meant to close."""
    for name, value in said.items():
        if name in TEXTS:
            good = isinstance(value, str) and bool(value.strip())
        elif name in LISTS:
            good = isinstance(value, list) and all(isinstance(one, str) and one for one in value)
        elif name == MINUTES:
            good = isinstance(value, int) and not isinstance(value, bool) and SHORTEST <= value <= LONGEST
        else:
            names = ", ".join((*TEXTS, *LISTS, MINUTES))
            raise Misconfigured(f"“{name}” under [{TABLE}] is not known; there are: {names}.")
        if not good:
            what = "a text" if name in TEXTS else "a list of texts" if name in LISTS else "minutes, from 1 to 720"
            raise Misconfigured(f"“{name}” under [{TABLE}] has to be {what}.")
    missing = [name for name in NEEDED if name not in said]
    if missing:
        raise Misconfigured(f"[{TABLE}] lacks: {', '.join(missing)}.")
