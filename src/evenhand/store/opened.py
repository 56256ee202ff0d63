# SPDX-License-Identifier: Apache-2.0
"""What entries say, once they are opened with the key of their matter; kept for a while, because it never changes."""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from types import MappingProxyType
from typing import Any

import orjson
from django.db.models import QuerySet

from evenhand.record import disclosures
from evenhand.store import keys, models
from evenhand.store.keys import ORGANISATION, Keyring, KeyTrouble
from evenhand.store.rows import column
from evenhand.store.trouble import Trouble

MOST = 20_000
_said: OrderedDict[str, Mapping[str, Any]] = OrderedDict()
_keys: OrderedDict[tuple[str, str], bytes] = OrderedDict()
_lock = Lock()


class Erased(Trouble, LookupError):
    """What this entry said was erased; its digests and its place in the record remain."""


def key_of(keyring: Keyring, matter: str) -> bytes:
    """The key of a matter. `Erased` where it was deleted, `KeyTrouble` where it does not open."""
    place = (str(keyring.folder), matter)
    with _lock:
        if place in _keys:
            return _keys[place]
    blob = column(models.Wrapping, "blob", matter=matter, reader=ORGANISATION)
    return remember_key(keyring, matter, blob[0] if blob else None)


def remember_key(keyring: Keyring, matter: str, blob: bytes | memoryview | None) -> bytes:
    """Opens the key of a matter that was read with something else, and keeps it at hand. `Erased`, `KeyTrouble`."""
    place = (str(keyring.folder), matter)
    with _lock:
        if place in _keys:
            return _keys[place]
    if blob is None:
        raise Erased("The key of this matter was deleted; what was said in it cannot be read any more.")
    key = keyring.unwrap(bytes(blob), matter)
    with _lock:
        _keys[place] = key
        while len(_keys) > MOST:
            _keys.popitem(last=False)
    return key


def disclosed(entry: models.Entry, keyring: Keyring) -> list[str]:
    """The disclosures of an entry, as they are handed on. `Erased`, `KeyTrouble`."""
    if not entry.matter and entry.opens:
        padding: list[str] = orjson.loads(bytes(entry.opens))
        return padding
    if not entry.opens:
        raise Erased("Nothing that opens this entry is kept.")
    return keys.opened(key_of(keyring, entry.matter), bytes(entry.opens), leaf=entry.leaf)


def said(entry: models.Entry, keyring: Keyring) -> Mapping[str, Any]:
    """The fields of an entry by name. `Erased`, `KeyTrouble`."""
    with _lock:
        found = _said.get(entry.leaf)
    if found is None:
        found = {one.name: one.value for one in map(disclosures.read, disclosed(entry, keyring))}
        remember(entry, found)
    return found


def remember(entry: models.Entry, fields: Mapping[str, Any]) -> None:
    """Keeps the fields of an entry at hand."""
    with _lock:
        _said[entry.leaf] = MappingProxyType(dict(fields))
        while len(_said) > MOST:
            _said.popitem(last=False)


def entries_of(matter: str) -> "QuerySet[models.Entry]":
    """Every entry of a matter in its order."""
    return models.Entry.objects.filter(matter=matter).order_by("n")


def forget_everything() -> None:
    """Drops what is kept at hand; for another database in the same process, and after an erasure."""
    with _lock:
        _said.clear()
        _keys.clear()


__all__ = [
    "Erased",
    "KeyTrouble",
    "disclosed",
    "entries_of",
    "forget_everything",
    "key_of",
    "remember",
    "remember_key",
    "said",
]
