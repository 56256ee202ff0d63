# SPDX-License-Identifier: Apache-2.0
"""Which organisation this process serves, and the keys that the doors use.

The folder is named by `EVENHAND_DIR`. Without one (migrations, type checks, tests) the keys are made for this process
alone and nothing that is stored outlives it. `enter` puts another organisation in place at run time.
"""

import hmac
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from evenhand.store.keys import KeyTrouble
from evenhand.store.organisation import Organisation

VARIABLE = "EVENHAND_DIR"

_passing = get_random_secret_key()
_current: Organisation | None = None
_asked = False


def current() -> Organisation | None:
    """The organisation served, if there is one. `NoOrganisation` if the folder named is none."""
    global _current, _asked
    if not _asked:
        folder = os.environ.get(VARIABLE)
        _current = Organisation.open(Path(folder)) if folder else None
        _asked = True
    return _current


def enter(organisation: Organisation | None) -> None:
    """From now on this process serves this organisation. The database is switched by `evenhand.store.connecting`."""
    global _current, _asked
    _current, _asked = organisation, True


@contextmanager
def serving(organisation: Organisation | None) -> Iterator[None]:
    """While this lasts, this organisation is served."""
    before = current()
    enter(organisation)
    try:
        yield
    finally:
        enter(before)


def secret() -> str:
    """The secret from which the doors' keys are derived: `keys/secret`. `KeyTrouble` if it cannot be read."""
    here = current()
    if here is None:
        return _passing
    path = here.folder / "keys" / "secret"
    try:
        found = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyTrouble(f"{path} cannot be read ({error}); without it nobody can sign in.") from None
    if len(found) < 64:
        raise KeyTrouble(f"{path} does not hold 64 hex digits; bring the folder of keys back from a copy.")
    return found


def key(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose: what is made with one says nothing about another."""
    return hmac.new(secret().encode(), f"evenhand/web/{purpose}".encode(), sha256).digest()


def index(text: str) -> str:
    """Where something can be looked up without being readable, 64 hex digits (`keys/index`)."""
    here = current()
    if here is not None:
        return here.keyring.index(text)
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    return hmac.new(key("index"), folded.encode(), sha256).hexdigest()
