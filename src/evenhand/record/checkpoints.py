# SPDX-License-Identifier: Apache-2.0
"""Checkpoints (C2SP `tlog-checkpoint`): a log's signed statement of its size and root."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.record.encodings import decimal, from_base64, to_base64
from evenhand.record.errors import CheckpointError
from evenhand.record.keys import SIGNS, SigningKey, VerifierKey
from evenhand.record.notes import Note, sign
from evenhand.record.tree import HASH


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: its origin, how many entries it has, and their root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """The checkpoint of a note's text; `CheckpointError` unless it is exactly three lines."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0]:
            raise CheckpointError("A checkpoint is three lines: origin, size and root.")
        size, root = decimal(lines[1]), from_base64(lines[2])
        if size is None:
            raise CheckpointError("The size in this checkpoint is not a plain decimal number.")
        if root is None or len(root) != HASH:
            raise CheckpointError(f"The root in this checkpoint is not {HASH} bytes in base64.")
        return cls(lines[0], size, root)

    def signed(self, keys: Iterable[SigningKey]) -> Note:
        """The note of this checkpoint under the log's keys."""
        return sign(self.text, keys)


def read(note: Note | bytes | str, keys: Iterable[VerifierKey]) -> Checkpoint:
    """The checkpoint of a note that one of the log's keys has signed.

    `NoteError` for a note that cannot be read or whose signature does not hold, `CheckpointError` if it is no checkpoint
    or is signed by a key of another name than its origin.
    """
    note = note if isinstance(note, Note) else Note.parse(note)
    checkpoint = Checkpoint.parse(note.text)
    named = [key for key in keys if key.name == checkpoint.origin and key.type == SIGNS]
    if not named:
        raise CheckpointError(
            f"This checkpoint is of the log {checkpoint.origin[:256]!r}, and no key of that name is trusted here."
        )
    note.signed_by(named)
    return checkpoint
