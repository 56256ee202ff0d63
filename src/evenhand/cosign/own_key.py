# SPDX-License-Identifier: Apache-2.0
"""A cosigner's own key: made on its first start, and never used with a memory that is not its own."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

from evenhand.cosign.errors import CosignError
from evenhand.cosign.memory import NAME, Memory
from evenhand.record.errors import KeyTextError
from evenhand.record.keys import COSIGNS, SigningKey

FILE = "cosigner.key"
LARGEST_FILE = 4_096


def memory_of(folder: Path, *, create: bool) -> Memory:
    """The memory of the cosigner in a folder.

    `CosignError` where the key is there and the memory is not: with an empty one it could cosign a second history.
    """
    path, key = folder / NAME, folder / FILE
    if key.exists() and not path.exists():
        raise CosignError(
            f"{folder} holds {FILE} but not {NAME}, and without it this cosigner could cosign a second history of a log. "
            f"Bring the file back; if it is lost, move {FILE} away and start a new cosigner under a new name."
        )
    if create:
        folder.mkdir(parents=True, exist_ok=True)
    return Memory(path, create=create)


def opened(folder: Path, memory: Memory, *, name: str | None, chance: Callable[[int], bytes]) -> SigningKey:
    """The key of the cosigner in a folder; made from 32 bytes of chance if it has none.

    `CosignError` where a name is missing or is another one, where others may read the key, or where the memory is that of
    another key.
    """
    path = folder / FILE
    key = _read(path) if path.exists() else _made(path, memory, name=name, chance=chance)
    if name is not None and name != key.name:
        raise CosignError(
            f"The cosigner in {folder} is called {key.name}, not {name}; leave --name out, or give another folder."
        )
    owner = memory.owner()
    if owner not in (None, key.verifier.text):
        raise CosignError(
            f"The memory in {folder} is that of the cosigner {owner}; bring back the key that belongs to it."
        )
    if owner is None:
        memory.own(key.verifier)
    return key


def _made(path: Path, memory: Memory, *, name: str | None, chance: Callable[[int], bytes]) -> SigningKey:
    if name is None:
        raise CosignError(
            f"There is no cosigner in {path.parent} yet; give it a name with --name, such as example.org/cosigner."
        )
    if memory.owner() is not None:
        raise CosignError(
            f"{path.parent} holds the memory of the cosigner {memory.owner()} but not {FILE}; bring the key back, "
            "or start a new cosigner in another folder."
        )
    try:
        key = SigningKey.of_seed(name, chance(32), type=COSIGNS)
    except KeyTextError as error:
        raise CosignError(error.sentence) from None
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{key.text}\n")
        file.flush()
        os.fsync(handle)
    try:
        os.link(part, path)  # never in the place of a key that another process made meanwhile
    except FileExistsError:
        return _read(path)
    finally:
        part.unlink()
    return key


def _read(path: Path) -> SigningKey:
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise CosignError(f"{path} is not a file.")
    if mode & 0o077:
        raise CosignError(f"Others may read {path}, which is secret; run `chmod 600 {path}`.")
    with path.open("rb") as file:
        text = file.read(LARGEST_FILE).decode("utf-8", "replace")
    try:
        key = SigningKey.parse(text.removesuffix("\n"))
    except KeyTextError as error:
        raise CosignError(f"{path} cannot be used. {error.sentence}") from None
    if key.type != COSIGNS:
        raise CosignError(f"{path} holds a key that signs logs, not one that cosigns (type 4).")
    return key
