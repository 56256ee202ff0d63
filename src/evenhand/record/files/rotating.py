# SPDX-License-Identifier: Apache-2.0
"""A log hands over from one key to the next, and, after a theft or a loss, to another log.

While both keys sign, whoever has pinned the old one can follow to the new one: the note that both signed is kept.
A rotation that was cut off is finished by asking for it again.
"""

from evenhand.record import entries
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.errors import LogError
from evenhand.record.files import durable
from evenhand.record.files.handed_over import ROTATED, kept, names
from evenhand.record.files.log import Log
from evenhand.record.keys import SigningKey
from evenhand.record.notes import Note


def rotate(log: Log, key: SigningKey) -> Note:
    """Hands over to a new key: enters `key.rotated`, signs with both, and keeps that note in `rotated/SIZE`.

    Where a rotation was cut off, it is completed with the key of that time. `LogError` if an earlier rotation is still
    going on under both keys, or the key is of another name.
    """
    if key.name != log.origin:
        raise LogError(f"The new key is called {key.name}; a key of this log is called {log.origin}.")
    if len(log.signer.keys) > 1 and _kept(log):
        raise LogError("Two keys sign already; end that first with “record rotate … --retire”.")
    again = len(log.signer.keys) > 1
    if not again:
        if key.verifier.text == log.signer.verifiers[0].text:
            raise LogError("This key signs the log already; hand over to a new one.")
        log.signer.add_key(key)
    old, new = (each.text for each in log.signer.verifiers)
    entry = entries.key_rotated(old=old, new=new)
    # It is entered once, though others may have entered something since the call that was cut off.
    if not (again and entry in log.shelf.newest_first(log.published)):
        log.append([entry])
    note = log.publish()
    log.settle()
    part = log.folder / durable.PART
    (log.folder / ROTATED).mkdir(exist_ok=True)
    durable.put(log.folder / "vkey", f"{new}\n".encode(), part=part, sync=True)
    # The kept note comes last: it says that the handing over is complete.
    durable.put(log.folder / ROTATED / str(log.size), str(note).encode(), part=part, sync=True)
    return note


def retire(log: Log) -> Note:
    """Signs with the newest key alone from now on; `LogError` if no rotation is going on."""
    if len(log.signer.keys) < 2:
        raise LogError("One key signs this log, so there is none to retire; begin with “record rotate”.")
    if not _kept(log):
        raise LogError("The handing over was cut off; complete it with “record rotate”, and retire the old key then.")
    log.signer.retire_old_keys()
    note = log.signer.sign(log.shelf.checkpoint(), log.root_at)
    log.replace_checkpoint(note)
    return note


def last_of(note: Note) -> dict[str, str]:
    """What the genesis of a new log says about the log that it takes up: its last cosigned checkpoint."""
    Checkpoint.parse(note.text)
    return {"checkpoint": str(note)}


def _kept(log: Log) -> bool:
    """Whether the handing over to the newest key was completed: the note that it signed with the old one is kept."""
    newest = log.signer.verifiers[-1]
    return any(kept(log.shelf, name).blobs(newest) for name in names(log.shelf))
