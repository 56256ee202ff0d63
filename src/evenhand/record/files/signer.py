# SPDX-License-Identifier: Apache-2.0
"""The signer: its keys and the last size and root it signed, in a file of its own outside the log.

Restoring a backup is the likeliest way in which a log forks without anybody meaning it. So whoever signs remembers what
he signed apart from what he signs, and refuses whatever does not extend it. The file is JSON on its first line and, after
it, one line for each signature; a line that was cut off was never acted upon. Two who have opened the same file sign one
after the other, and the second knows what the first has signed.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from evenhand.record.checkpoints import Checkpoint
from evenhand.record.errors import KeyTextError, LogError
from evenhand.record.files import durable
from evenhand.record.keys import SigningKey, VerifierKey
from evenhand.record.notes import Note
from evenhand.record.tree import EMPTY_ROOT, HASH

MOST_LINES = 1_000


class _Held(NamedTuple):
    """What stands in a signer file: how far it has signed, and how many bytes and lines of it are whole."""

    origin: str
    keys: tuple[str, ...]
    size: int
    root: bytes
    whole: int
    lines: int


class Signer:
    """The keys with which a log signs, newest last, and how far it has signed (`size`, `root`).

    Durability: what was signed is still remembered after a power cut. Order: sizes never fall, and no size gets a second
    root. Concurrency: any number of processes; one signature is made at a time. Failure: `LogError`, and nothing signed.
    """

    def __init__(self, path: Path, origin: str, keys: tuple[SigningKey, ...], size: int, root: bytes) -> None:
        self.path, self.origin, self.keys = path, origin, keys
        self.size, self.root = size, root
        self._texts = tuple(key.text for key in keys)
        self._doubtful = False

    @classmethod
    def create(cls, path: Path, origin: str, key: SigningKey) -> "Signer":
        """A new signer that has signed nothing; `LogError` if the file is there already."""
        if path.exists():
            raise LogError(
                f"There is a signer file {path} already; it is never overwritten. Name another with --signer."
            )
        signer = cls(path, origin, (key,), 0, EMPTY_ROOT)
        signer._write(signer.keys)
        return signer

    @classmethod
    def open(cls, path: Path) -> "Signer":
        """The signer of a file; `LogError` says what is wrong with it."""
        try:
            held = _held(path, path.read_bytes())
            keys = tuple(SigningKey.parse(text) for text in held.keys)
        except OSError as error:
            raise LogError(
                f"The signer file {path} cannot be read ({error.strerror}); without it nothing can be signed. "
                "Name it with --signer, or bring it back from a copy."
            ) from None
        except KeyTextError:
            raise _damaged(path) from None
        if not keys or any(key.name != held.origin for key in keys):
            raise LogError(
                f"The signer file {path} has keys of another log than {held.origin!r}; bring it back from a copy."
            )
        return cls(path, held.origin, keys, held.size, held.root)

    @classmethod
    def brought_back(cls, path: Path, keys: tuple[SigningKey, ...], known: Checkpoint) -> "Signer":
        """The signer of a log that was brought back from a copy, which remembers the newest checkpoint that is known of it.

        It signs nothing that does not extend that one. `LogError` if the file is there already.
        """
        if path.exists():
            raise LogError(f"There is a signer file {path} already; it is never overwritten.")
        signer = cls(path, known.origin, keys, known.size, known.root)
        signer._write(signer.keys)
        return signer

    @property
    def verifiers(self) -> tuple[VerifierKey, ...]:
        """The public halves, newest last."""
        return tuple(key.verifier for key in self.keys)

    def check(self, size: int, root_at: Callable[[int], bytes]) -> None:
        """Raises `LogError` unless a log of `size` entries extends what was signed; `root_at` computes its roots."""
        if size < self.size:
            raise LogError(
                f"This copy of the log {self.origin} ends at {size:,} entries, but its signer has signed {self.size:,}: "
                f"it is an older copy, and entries {size:,} to {self.size - 1:,} are missing. Bring the newer copy back. "
                "If they are lost for good, this log has ended: begin a new one with “record new … --after CHECKPOINT”."
            )
        if self.size and root_at(self.size) != self.root:
            raise LogError(
                f"The first {self.size:,} entries of this copy of the log {self.origin} are not those that its signer has "
                "signed. Signing it would show two histories; nothing was signed. Bring the right copy back."
            )

    def sign(self, checkpoint: Checkpoint, root_at: Callable[[int], bytes]) -> Note:
        """The checkpoint signed with every key; remembered first, so that no crash can make the signer forget it.

        `LogError` if it is of another log or does not extend what was signed.
        """
        if checkpoint.origin != self.origin:
            raise LogError(f"This signer signs for {self.origin}, not for {checkpoint.origin}.")
        with self._alone() as (handle, held):
            self.check(checkpoint.size, root_at)
            if checkpoint.size and root_at(checkpoint.size) != checkpoint.root:
                raise LogError(f"This is not the root of the first {checkpoint.size:,} entries; nothing was signed.")
            if self._doubtful or (checkpoint.size, checkpoint.root) != (held.size, held.root):
                self._remember(handle, held, checkpoint)
        return checkpoint.signed(self.keys)

    def add_key(self, key: SigningKey) -> None:
        """From now on signs with this key as well."""
        with self._alone():
            self._write((*self.keys, key))

    def retire_old_keys(self) -> None:
        """From now on signs with the newest key alone; the others are gone from the file."""
        with self._alone():
            self._write(self.keys[-1:])

    @contextmanager
    def _alone(self) -> Iterator[tuple[int, _Held]]:
        """Holds the file; what another process has signed since it was opened is known inside the block."""
        try:
            with durable.alone(self.path) as handle:
                held = _held(self.path, self.path.read_bytes())
                if held.keys != self._texts:
                    raise LogError(f"Another process has changed the keys in {self.path}; open the log again.")
                # An older copy of the file, brought back meanwhile, knows less than is known here.
                if held.size > self.size or (held.size == self.size and held.root != self.root):
                    self.size, self.root = held.size, held.root
                yield handle, held
        except OSError as error:
            raise LogError(
                f"The signer file {self.path} cannot be written ({error.strerror}), so nothing was signed."
            ) from error

    def _remember(self, handle: int, held: _Held, checkpoint: Checkpoint) -> None:
        state = {"size": checkpoint.size, "root": checkpoint.root.hex()}
        try:
            if held.lines >= MOST_LINES or self._doubtful:
                self._write(self.keys, checkpoint.size, checkpoint.root)
            else:
                # What stands after the last newline was cut off while it was written, before anything was signed with it.
                os.ftruncate(handle, held.whole)
                durable.append(handle, json.dumps(state).encode() + b"\n")
        except BaseException:
            # A line may stand there that never reached the disk; the next one is written with the whole file.
            self._doubtful = True
            raise
        self._doubtful = False
        self.size, self.root = checkpoint.size, checkpoint.root

    def _write(self, keys: tuple[SigningKey, ...], size: int | None = None, root: bytes | None = None) -> None:
        texts = tuple(key.text for key in keys)
        state = {"size": self.size if size is None else size, "root": (root or self.root).hex()}
        data = json.dumps({"v": 1, "origin": self.origin, "keys": texts, **state}).encode() + b"\n"
        part = self.path.with_name(self.path.name + durable.PART)
        durable.put(self.path, data, part=part, sync=True, mode=0o600)
        self.keys, self._texts = keys, texts


def _held(path: Path, data: bytes) -> _Held:
    lines = data.split(b"\n")
    try:
        head = json.loads(lines[0])
        state = json.loads(lines[-2]) if len(lines) > 2 else head
        origin, keys, size, root = head["origin"], tuple(head["keys"]), state["size"], bytes.fromhex(state["root"])
    except (ValueError, KeyError, TypeError, IndexError):
        raise _damaged(path) from None
    if type(size) is not int or size < 0 or len(root) != HASH or not all(isinstance(t, str) for t in (origin, *keys)):
        raise _damaged(path)
    return _Held(origin, keys, size, root, len(data) - len(lines[-1]), len(lines) - 2)


def _damaged(path: Path) -> LogError:
    return LogError(f"The signer file {path} is damaged; bring it back from a copy.")
