# SPDX-License-Identifier: Apache-2.0
"""Makes the read tables anew from the entries, by the same functions that wrote them."""

from django.db import transaction

from evenhand.store.models import READ_TABLES, Entry
from evenhand.store.opened import said
from evenhand.store.organisation import Organisation
from evenhand.store.write.applying import apply


@transaction.atomic
def rebuild(organisation: Organisation) -> int:
    """Empties every read table and fills it again, all or nothing; returns how many entries were read.

    `Erased` and `KeyTrouble` where an entry cannot be opened; then nothing is changed.
    """
    for table in reversed(READ_TABLES):
        table.objects.all().delete()
    read = 0
    for entry in Entry.objects.exclude(matter="").order_by("id").iterator(chunk_size=500):
        apply(entry, said(entry, organisation.keyring), organisation.keyring)
        read += 1
    return read
