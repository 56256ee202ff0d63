# SPDX-License-Identifier: Apache-2.0
"""Makes the read tables anew from the entries, by the same functions that wrote them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from evenhand.store.models import READ_TABLES, Entry
from evenhand.store.opened import said
from evenhand.store.organisation import Organisation
from evenhand.store.write.applying import apply

Look = Callable[[Entry, Mapping[str, Any]], None]


@transaction.atomic
def rebuild(organisation: Organisation, *, look: Look | None = None) -> int:
    """Empties every read table and fills it again, all or nothing; returns how many entries were read.

    `look` is shown each entry, with what it says, while the tables say how it stood just before it.
    `Erased` and `KeyTrouble` where an entry cannot be opened; then nothing is changed.
    """
    for table in reversed(READ_TABLES):
        table.objects.all().delete()
    read = 0
    for entry in Entry.objects.exclude(matter="").order_by("id").iterator(chunk_size=500):
        opened = said(entry, organisation.keyring)
        if look is not None:
            look(entry, opened)
        apply(entry, opened, organisation.keyring)
        read += 1
    return read
