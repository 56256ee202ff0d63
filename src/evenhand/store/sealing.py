# SPDX-License-Identifier: Apache-2.0
"""Gives entries their place in the tree: committed first, then ordered, then in the log, then signed.

A request commits its entries without a place. One sealer at a time (a lock on a file; on PostgreSQL an advisory lock too,
because two machines may share the database) numbers what is committed, in the order of the database's own ids, and
appends it to the log in files. If it is killed between the two, the next one finds entries with a place that the log does
not have yet, and appends them: the log never has what the database has not.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.db.models import Max

from evenhand.record.errors import RecordError
from evenhand.record.files.journal import NAME as JOURNAL
from evenhand.record.files.log import Log, signer_beside
from evenhand.record.files.shelf import Shelf
from evenhand.record.files.signer import Signer
from evenhand.record.tree import leaf_hash
from evenhand.store.models import Entry
from evenhand.store.organisation import Organisation
from evenhand.store.trouble import Trouble

ADVISORY = 0x45564E48
"""Whoever holds this lock of the database seals."""
GROUP = 1000
Fill = Callable[[int], Sequence[int]]
"""Told how many entries the log will have, enters more, and says which (ids)."""


class Unsealed(Trouble):
    """What was committed is not in the log yet, because the database was too busy."""


class Torn(Trouble):
    """The log and the database do not belong together: one of them is an older copy, or was altered."""


@contextmanager
def one_sealer(organisation: Organisation) -> Iterator[None]:
    """Waits until nobody else seals this organisation's entries."""
    path = organisation.folder / "record.sealing"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def seal(organisation: Organisation, *, then: Callable[[Log], None] | None = None, fill: Fill | None = None) -> int:
    """Seals every committed entry and publishes a checkpoint over them; returns the size of the log.

    `then` is done with the open log before it is closed, as a publication is. What `fill` enters is numbered together with
    what waits, in one transaction, so that the log has exactly that size, whoever else enters something meanwhile.
    Whoever waited while another sealed theirs together with his own is done. `Torn` where the log in files is longer than
    the database or holds other entries: nothing is signed then. `Unsealed` where the database is too busy for it: what was
    committed stays, and the next one seals it.
    """
    if connection.in_atomic_block:
        raise RuntimeError("Nothing is sealed before it is committed; seal after the transaction.")
    try:
        with one_sealer(organisation):
            if then is None and fill is None and (size := _sealed(organisation)):
                return size
            _number(fill)
            with Log.open(organisation.log) as log:
                _append(log)
                if then is not None:
                    then(log)
                return log.size
    except OperationalError as trouble:
        # Not as it came: whoever tries again what was undone would do again what is done.
        raise Unsealed(
            f"What was done is kept and waits to be sealed ({trouble}); run “evenhand work --once”."
        ) from None


def _sealed(organisation: Organisation) -> int:
    """The size of the log if it has all that was committed, its last entry being the database's, else nothing."""
    if Entry.objects.filter(position=None).exists():
        return 0
    newest = Entry.objects.exclude(position=None).order_by("-position").values_list("position", "leaf").first()
    shelf = Shelf(organisation.log)
    try:
        size = shelf.checkpoint().size
        if newest is None or size - 1 != newest[0] or (organisation.log / JOURNAL).exists():
            return 0
        signed = Signer.open(signer_beside(organisation.log)).size
        return size if signed == size and leaf_hash(shelf.entry(size - 1, size)).hex() == newest[1] else 0
    except RecordError:
        return 0  # whoever opens the log says what is wrong with it


def catch_up(organisation: Organisation) -> Log:
    """The open log of an organisation, with every entry of the database that has its place already; the caller closes it.

    Nothing gets a place by it, so the log says nothing that was not settled before. `Torn`.
    """
    log = Log.open(organisation.log)
    try:
        _append(log)
    except BaseException:
        log.close(publish=False)
        raise
    return log


def _number(fill: Fill | None) -> None:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY])
        waiting = list(Entry.objects.filter(position=None).order_by("id").values_list("id", flat=True))
        if not waiting and fill is None:
            return
        newest = Entry.objects.aggregate(newest=Max("position"))["newest"]
        first = 1 if newest is None else newest + 1  # entry 0 is the genesis, which stands in the log alone
        if fill is not None:
            waiting += fill(first + len(waiting))
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE store_entry SET position = %s WHERE id = %s AND position IS NULL",
                [(first + place, id) for place, id in enumerate(waiting)],
            )


def _append(log: Log) -> None:
    newest = Entry.objects.aggregate(newest=Max("position"))["newest"] or 0
    if log.size > newest + 1:
        raise Torn(
            f"The log in {log.folder} has {log.size:,} entries and the database {newest + 1:,}: the database is an older "
            "copy. Bring back the newer one; nothing was signed."
        )
    if log.size > 1:
        ours = Entry.objects.filter(position=log.size - 1).values_list("leaf", flat=True).first()
        theirs = leaf_hash(log.entry(log.size - 1)).hex()
        if ours != theirs:
            raise Torn(
                f"Entry {log.size - 1:,} of the log in {log.folder} is another than in the database. One of them was "
                "altered or is of another organisation; nothing was signed."
            )
    while log.size <= newest:
        group = Entry.objects.filter(position__gte=log.size, position__lt=log.size + GROUP).order_by("position")
        log.append([bytes(data) for data in group.values_list("data", flat=True)])
