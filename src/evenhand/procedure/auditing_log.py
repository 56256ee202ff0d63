# SPDX-License-Identifier: Apache-2.0
"""Whether the log in files holds the same entries as the database in the same order, and its tree and signatures are whole.

Others seal entries meanwhile. So the log is read up to the checkpoint that was there before the database was looked at,
and what had no place in it then is looked up once more at the end.
"""

from typing import Any

from evenhand.record.errors import RecordError
from evenhand.record.files.auditing import audit
from evenhand.record.files.log import signer_beside
from evenhand.record.files.shelf import Shelf
from evenhand.record.files.signer import Signer
from evenhand.record.notes import Note
from evenhand.record.tiles import WIDTH
from evenhand.record.tree import leaf_hash
from evenhand.store import models
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import one_sealer

Places = dict[str, int | None]
"""For the leaf of each entry its place in the log, or None where it waits to be sealed."""


class Seen(Shelf):
    """The files of a log under the checkpoint that was there when it was first looked at."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(organisation.log)
        self._note = super().note()

    def note(self) -> Note:
        """The note in `checkpoint` as it was."""
        return self._note


def look_at(organisation: Organisation) -> Seen | RecordError:
    """The log as it stands now; to be asked for before the database is looked at. What stands against it if it has none."""
    try:
        seen = Seen(organisation)
        seen.checkpoint()
    except RecordError as error:
        return error
    return seen


def places() -> Places:
    """Where the database says that each entry stands."""
    return dict(models.Entry.objects.values_list("leaf", "position"))


def differences(organisation: Organisation, seen: Seen, held: Places, vkeys: tuple[Any, ...]) -> list[str]:
    """What of the log does not hold, and where it and the database differ. Outside of `store.snapshot`."""
    size, found = seen.checkpoint().size, list[str]()
    try:
        vkeys = vkeys or tuple(Signer.open(signer_beside(organisation.log)).verifiers)
        faults = audit(seen, vkeys).faults
        if faults and Shelf(organisation.log).checkpoint().size != size:
            # A narrow tile can go away while it is read. Nobody seals while it is read once more.
            with one_sealer(organisation):
                faults = audit(seen, vkeys).faults
    except RecordError as error:
        return [error.sentence]
    found += faults
    leaves = {place: leaf for leaf, place in held.items() if place is not None}
    try:
        for number in range(-(-size // WIDTH)):
            width = min(WIDTH, size - number * WIDTH)
            for place, data in enumerate(seen.bundle(number, width), number * WIDTH):
                if place and leaves.get(place) != leaf_hash(data).hex():
                    found.append(f"Entry {place} of the log is another than in the database, or is not there.")
    except RecordError as error:
        return [*found, error.sentence]
    return found + _not_there_yet(organisation, size, held)


def _not_there_yet(organisation: Organisation, size: int, held: Places) -> list[str]:
    """Entries that the log did not have when it was looked at, and that it does not have now either."""
    late = [leaf for leaf, place in held.items() if place is None or not 0 < place < size]
    if not late:
        return []
    now = Shelf(organisation.log)
    grown, found, waiting = now.checkpoint().size, list[str](), 0
    for leaf in late:
        place = models.Entry.objects.filter(leaf=leaf).values_list("position", flat=True).first()
        if place is None:
            waiting += 1
        elif not 0 < place < grown or leaf_hash(now.entry(place, grown)).hex() != leaf:
            found.append(f"The database gives an entry the place {place}, which the log does not have.")
    if waiting:
        found.append(f"{waiting} entries wait to be sealed; run “evenhand work --once”.")
    return found
