# SPDX-License-Identifier: Apache-2.0
"""Enters one entry: fixes its bytes, keeps what opens it under the key of its matter, and reads it into the tables.

The bytes, the disclosures and the tables change in the transaction of the caller, all or none. A place in the tree the
entry gets later, when it is sealed.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from evenhand.record import entries
from evenhand.record.fields import instant_text
from evenhand.record.tree import leaf_hash
from evenhand.rulebook.calendar import Calendar
from evenhand.store import keys, models
from evenhand.store.keys import ORGANISATION, Chance, Keyring
from evenhand.store.opened import key_of, remember
from evenhand.store.write.applying import apply
from evenhand.store.write.rows import put


def new_key(keyring: Keyring, ident: str, *, chance: Chance) -> None:
    """Makes the key of a new matter and keeps it wrapped."""
    key = chance(32)
    put(models.Wrapping, matter=ident, reader=ORGANISATION, blob=keyring.wrap(key, ident, chance=chance))


def enter(
    keyring: Keyring,
    *,
    book: str,
    calendar: Calendar,
    matter: str,
    n: int,
    type: str,
    rule: str,
    role: str,
    at: datetime,
    chance: Chance,
    by: str | None = None,
    fields: Mapping[str, Any] | None = None,
) -> models.Entry:
    """Enters one entry of a matter. `book` is the digest of the version in force; `fields` what it says besides.

    `DisclosureError` or `ProfileError` where a value has no place in the record; the database's own `IntegrityError` where
    the number `n` is taken: somebody else acted on the same state.
    """
    said: dict[str, Any] = {
        "type": type,
        "day": calendar.local_day(at).isoformat(),
        "at": instant_text(at),
        "matter": matter,
        "n": n,
        "as": role,
        "rule": rule,
    }
    if by is not None:
        said["by"] = by
    said |= fields or {}
    data, opened = entries.seal(book=book, fields=said, chance=chance)
    leaf = leaf_hash(data).hex()
    entry = put(
        models.Entry,
        matter=matter,
        n=n,
        type=type,
        rule=rule,
        role=role,
        by=by or "",
        at=at.astimezone(UTC),
        data=data,
        leaf=leaf,
        opens=keys.close(key_of(keyring, matter), opened, leaf=leaf, chance=chance),
    )
    remember(entry, said)
    apply(entry, said, keyring)
    return entry
