# SPDX-License-Identifier: Apache-2.0
"""The keys of an organisation, which lie in a folder apart from the database, and what they close.

Each matter has a random key of its own; the database holds it only wrapped (M25). What opens an entry is encrypted with
AES-256-GCM under the key of its matter, so that a copy of the database alone shows no account and no name (L04, L06).
Whoever holds the folder of keys as well can read everything: the README says so.
"""

import hmac
import os
import unicodedata
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evenhand.store.trouble import Trouble

Chance = Callable[[int], bytes]
"""So many random bytes; an argument, so that an invented organisation can be made again from a seed."""

NAMES = ("wrapping", "index", "secret")
"""The files of the folder: 32 random bytes each, in hex, mode 0600."""
NONCE = 12
ORGANISATION = "organisation"
"""The one reader for whom keys are wrapped today."""


class KeyTrouble(Trouble):
    """A key is missing, or does not open what it should."""


class Keyring:
    """The keys of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._keys = {name: _read(folder / name) for name in NAMES}

    @classmethod
    def make(cls, folder: Path, chance: Chance) -> "Keyring":
        """New keys in a folder that has none. `KeyTrouble` if there are some already: nothing is overwritten."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in NAMES:
            try:
                handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                raise KeyTrouble(f"{folder / name} is there already; keys are never overwritten.") from None
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(chance(32).hex() + "\n")
                file.flush()
                os.fsync(file.fileno())
        return cls(folder)

    def index(self, text: str) -> str:
        """Where something can be looked up without being readable: HMAC-SHA256 of its folded form, 64 hex digits."""
        folded = unicodedata.normalize("NFKC", text).strip().casefold()
        return hmac.new(self._keys["index"], folded.encode(), sha256).hexdigest()

    def wrap(self, key: bytes, matter: str, *, chance: Chance) -> bytes:
        """The key of a matter as the database may hold it."""
        return _close(self._keys["wrapping"], key, about=matter, chance=chance)

    def unwrap(self, blob: bytes, matter: str) -> bytes:
        """The key of a matter. `KeyTrouble` if it was wrapped for another one or under another key."""
        return _open(self._keys["wrapping"], blob, about=matter)


def close(key: bytes, disclosures: Sequence[str], *, leaf: str, chance: Chance) -> bytes:
    """What opens an entry, encrypted under the key of its matter and bound to the entry's leaf."""
    return _close(key, orjson.dumps(list(disclosures)), about=leaf, chance=chance)


def opened(key: bytes, blob: bytes, *, leaf: str) -> list[str]:
    """The disclosures of an entry. `KeyTrouble` if they are not those of this entry, or the key is another."""
    found: list[str] = orjson.loads(_open(key, blob, about=leaf))
    return found


def _close(key: bytes, data: bytes, *, about: str, chance: Chance) -> bytes:
    nonce = chance(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, about.encode())


def _open(key: bytes, blob: bytes, *, about: str) -> bytes:
    data = bytes(blob)
    try:
        return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], about.encode())
    except (InvalidTag, ValueError):
        raise KeyTrouble(
            "What is stored here does not open with the key that belongs to it: it was altered, or the keys are those of "
            "another organisation. Bring both back from one backup."
        ) from None


def _read(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except OSError as error:
        raise KeyTrouble(f"{path} cannot be read ({error.strerror}); without it nothing stored can be read.") from None
    except ValueError:
        key = b""
    if len(key) != 32:
        raise KeyTrouble(f"{path} does not hold 64 hex digits; bring the folder of keys back from a copy.")
    return key
