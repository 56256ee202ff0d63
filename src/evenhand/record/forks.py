# SPDX-License-Identifier: Apache-2.0
"""A fork: two checkpoints that one log signed and that cannot both be true, in one file that anybody can check.

A list that fails to show consistency is no evidence, because anybody can make one. What is evidence is a list that holds:
it shows that the second tree begins with something else than the log had signed before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import is_normalized

from evenhand.record import checkpoints
from evenhand.record.canonical import decode, encode
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.encodings import from_base64, to_base64
from evenhand.record.errors import CheckpointError, ForkError, HashListError, NoteError, ProfileError
from evenhand.record.keys import VerifierKey
from evenhand.record.notes import Note, Signature
from evenhand.record.proofs import LONGEST, consistency, roots_of_consistency
from evenhand.record.tree import CompactRange, Node, checked

LARGEST_FILE = 262_144


@dataclass(frozen=True)
class Fork:
    """Two notes of one log, the smaller first; for different sizes, the root and list of what the second begins with."""

    first: Note
    second: Note
    root: bytes | None = None
    hashes: tuple[bytes, ...] = ()

    def data(self) -> bytes:
        """The file: one line of JSON in the profile.

        A signature line whose name is outside NFC is left out: a log must not keep its forks from being written down by
        adding such a line. That of the log itself can be none, because its origin stands in the genesis.
        """
        first, second = (str(Note(note.text, _normal(note))) for note in (self.first, self.second))
        value: dict[str, Any] = {"v": 1, "type": "fork", "first": first, "second": second}
        if self.root is not None:
            value["prefix"] = {"root": to_base64(self.root), "hashes": [to_base64(each) for each in self.hashes]}
        return encode(value) + b"\n"

    @classmethod
    def parse(cls, data: bytes) -> "Fork":
        """The fork of a file; `ForkError` or `NoteError` if it cannot be read."""
        try:
            value = decode(data.removesuffix(b"\n"), limit=LARGEST_FILE)
        except ProfileError as error:
            raise ForkError(f"This file cannot be read. {error.sentence}") from None
        if not data.endswith(b"\n") or not isinstance(value, dict) or not {"first", "second"} <= set(value):
            raise ForkError("This file is not an account of a fork.")
        if (
            set(value) - {"prefix"} != {"v", "type", "first", "second"}
            or value["type"] != "fork"
            or repr(value["v"]) != "1"
        ):
            raise ForkError("This file is not an account of a fork.")
        if not isinstance(value["first"], str) or not isinstance(value["second"], str):
            raise ForkError("In an account of a fork “first” and “second” are notes.")
        notes = Note.parse(value["first"]), Note.parse(value["second"])
        if "prefix" not in value:
            return cls(*notes)
        return cls(*notes, *_prefix(value["prefix"]))

    def verify(self, keys: Sequence[VerifierKey]) -> tuple[Checkpoint, Checkpoint]:
        """The two checkpoints; `ForkError` unless one of the keys signed both and they contradict each other."""
        try:
            first, second = checkpoints.read(self.first, keys), checkpoints.read(self.second, keys)
        except (NoteError, CheckpointError) as error:
            raise ForkError(f"This does not show a fork. {error.sentence}") from None
        if first.origin != second.origin:
            raise ForkError("This does not show a fork: the two checkpoints are of two logs.")
        named = [key for key in keys if key.name == first.origin]
        if not set(self.first.signed_by(named)) & set(self.second.signed_by(named)):
            raise ForkError("This does not show a fork: no one key signed both checkpoints.")
        if first.size == second.size:
            if first.root == second.root or self.root is not None:
                raise ForkError("This does not show a fork: the two checkpoints say the same.")
            return first, second
        if self.root is None or not 0 < first.size < second.size:
            raise ForkError("This does not show a fork: nothing says with what the larger tree begins.")
        try:
            roots = roots_of_consistency(old=first.size, new=second.size, old_root=self.root, hashes=self.hashes)
        except HashListError as error:
            raise ForkError(f"This does not show a fork. {error.sentence}") from None
        if roots != (self.root, second.root):
            raise ForkError("This does not show a fork: the list does not lead to the root of the larger tree.")
        if self.root == first.root:
            raise ForkError("This does not show a fork: the larger tree begins with the smaller one.")
        return first, second


def between(note: Note, other: Note, *, node: Node) -> Fork | None:
    """The fork between two notes of one log, or None where they agree; `node` reads the tree of the larger of them.

    Whoever holds the entries of the larger tree can show it; the signatures are for `verify` to check.
    """
    first, second = sorted((note, other), key=lambda each: Checkpoint.parse(each.text).size)
    small, large = Checkpoint.parse(first.text), Checkpoint.parse(second.text)
    if small.size == large.size:
        return None if small.root == large.root else Fork(first, second)
    if small.size == 0:
        return None
    root = CompactRange.read(small.size, node).root()
    return None if root == small.root else Fork(first, second, root, consistency(small.size, large.size, node))


def from_list(known: Note, offered: Note, hashes: Sequence[bytes]) -> Fork | None:
    """The fork that a consistency list itself gives away: it holds, but for another beginning than the one known.

    None where the list leads nowhere (that is a mistake, not evidence) or the two agree.
    """
    first, second = Checkpoint.parse(known.text), Checkpoint.parse(offered.text)
    if first.size == second.size:
        return None if first.root == second.root else Fork(known, offered)
    if not 0 < first.size < second.size:
        return None
    try:
        root, top = roots_of_consistency(old=first.size, new=second.size, old_root=first.root, hashes=hashes)
    except HashListError:
        return None
    return Fork(known, offered, root, tuple(hashes)) if top == second.root and root != first.root else None


def _normal(note: Note) -> tuple[Signature, ...]:
    return tuple(each for each in note.signatures if is_normalized("NFC", each.name))


def _prefix(value: Any) -> tuple[bytes, tuple[bytes, ...]]:
    try:
        if not isinstance(value, dict) or sorted(value) != ["hashes", "root"] or not isinstance(value["hashes"], list):
            raise ForkError("In an account of a fork “prefix” is root and hashes.")
        if len(value["hashes"]) > LONGEST:
            raise ForkError("In an account of a fork “prefix” is root and hashes.")
        found = [checked(from_base64(text) or b"", "A hash") for text in (value["root"], *value["hashes"])]
    except (TypeError, AttributeError, HashListError):
        raise ForkError(
            "In an account of a fork “prefix” is a root and a list of hashes, each 32 bytes in base64."
        ) from None
    return found[0], tuple(found[1:])
