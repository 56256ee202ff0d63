# SPDX-License-Identifier: Apache-2.0
"""Follows a log from the key that was pinned to the keys it handed over to (`docs/record-format.md`, section 7)."""

from collections.abc import Sequence

from evenhand.record import entries
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.errors import LogError, RecordError
from evenhand.record.files import durable
from evenhand.record.files.shelf import Shelf
from evenhand.record.keys import SIGNS, VerifierKey
from evenhand.record.notes import LARGEST_NOTE, Note
from evenhand.record.tiles import node_of
from evenhand.record.tree import CompactRange

ROTATED = "rotated"


def followed(shelf: Shelf, pinned: Sequence[VerifierKey]) -> tuple[tuple[VerifierKey, ...], list[str]]:
    """The pinned keys and those that they handed over to, and a sentence for each note in `rotated/` that does not hold.

    A note counts only against the tiles that lie there; that these lead to the signed root is for an audit to say.
    """
    trusted, faults = list(pinned), []
    size = shelf.checkpoint().size
    for name in names(shelf):
        try:
            old, new = _handed(shelf, name, size=size)
        except (RecordError, OSError) as error:
            why = error.sentence if isinstance(error, RecordError) else "It cannot be read."
            faults.append(f"{ROTATED}/{name}: this handing over of the key does not hold. {why}")
            continue
        if old in trusted and new not in trusted:
            trusted.append(new)
    return tuple(trusted), faults


def names(shelf: Shelf) -> list[str]:
    """What lies in `rotated/`, by rising size."""
    folder = shelf.folder / ROTATED
    return (
        sorted((path.name for path in folder.iterdir()), key=lambda name: (len(name), name)) if folder.is_dir() else []
    )


def _handed(shelf: Shelf, name: str, *, size: int) -> tuple[VerifierKey, VerifierKey]:
    note = kept(shelf, name)
    seen = Checkpoint.parse(note.text)
    if str(seen.size) != name or not 0 < seen.size <= size:
        raise LogError("It is not the checkpoint of the size that its name says.")
    if CompactRange.read(seen.size, node_of(shelf.tile, size)).root() != seen.root:
        raise LogError(f"Its root is not that of the first {seen.size:,} entries.")
    # The entry is the last but where the rotation was cut off and others entered something before it was completed.
    for data in shelf.newest_first(seen.size):
        pair = _pair(data, seen.origin)
        if pair and len(note.signed_by(pair)) == len(pair):
            return pair
    raise LogError("It is not signed by both keys of a key.rotated among its entries.")


def kept(shelf: Shelf, name: str) -> Note:
    """A note of `rotated/`; `NoteError` if it is none, `OSError` if it cannot be read."""
    return Note.parse(durable.read(shelf.folder / ROTATED / name, most=LARGEST_NOTE))


def _pair(data: bytes, origin: str) -> tuple[VerifierKey, VerifierKey] | None:
    if b'"key.rotated"' not in data:
        return None
    entry = entries.read(data)
    if entry.kind != "key.rotated":
        return None
    old, new = (VerifierKey.parse(str(entry.value.get(name))) for name in ("replaces", "key"))
    return (old, new) if old != new and {(key.name, key.type) for key in (old, new)} == {(origin, SIGNS)} else None
