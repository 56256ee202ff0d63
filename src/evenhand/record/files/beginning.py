# SPDX-License-Identifier: Apache-2.0
"""How a log comes into being: its folder appears whole, and a call that was killed is finished by the next one."""

from pathlib import Path

from evenhand.record.errors import LogError
from evenhand.record.files import durable, journal
from evenhand.record.files.journal import Journal
from evenhand.record.files.signer import Signer
from evenhand.record.keys import SigningKey


def begun(folder: Path, signer: Path, origin: str) -> bool:
    """Whether a call that was killed has begun this log already; `LogError` where something else lies there."""
    unsigned = (folder / journal.NAME).exists() and not (folder / "checkpoint").exists()
    if unsigned and signer.exists() and Signer.open(signer).origin == origin:
        return True
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise LogError(f"{folder} is there already; a new log begins in a folder of its own.")
    if signer.exists() and Signer.open(signer).size > 0:
        raise LogError(f"There is a signer file {signer} already; it is never overwritten. Name another with --signer.")
    return False


def begin(folder: Path, signer: Path, key: SigningKey, genesis: bytes) -> None:
    """Makes folder and signer file. The folder appears whole, with the genesis in its journal and nothing signed."""
    part = folder.with_name(f".{folder.name}{durable.PART}")
    part.mkdir(parents=True, exist_ok=True)
    lock = durable.Lock(part)
    try:
        if not lock.is_of(part):
            raise LogError(f"Another process is making {folder}; open the log that it made.")
        for left in part.iterdir():
            left.unlink()
        # A signer that never signed anything was left by a call that was killed before the folder appeared.
        signer.parent.mkdir(parents=True, exist_ok=True)
        signer.unlink(missing_ok=True)
        Signer.create(signer, key.name, key)
        first = Journal(part, 0)
        try:
            first.write([genesis])
        finally:
            first.close()
        durable.put(part / "vkey", f"{key.verifier.text}\n".encode(), part=part / durable.PART, sync=True)
        part.replace(folder)
        durable.sync_folder(folder.parent)
    finally:
        lock.release()
