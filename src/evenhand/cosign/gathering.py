# SPDX-License-Identifier: Apache-2.0
"""The cosignatures of a log in a folder: gathers them, puts them under its checkpoint, and says who has cosigned it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evenhand.cosign.asking import Asked, Send, ask_all
from evenhand.cosign.errors import CosignError
from evenhand.cosign.named import Cosigners, Named, deciding, named_for, policy_of, write
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import Cosigned, Policy, cosigned_by
from evenhand.record.errors import LogError
from evenhand.record.files import durable
from evenhand.record.files.log import Log
from evenhand.record.files.shelf import Shelf
from evenhand.record.notes import Note
from evenhand.record.tiles import node_of
from evenhand.record.tree import Node

PATIENCE = 10.0
"""Seconds to wait for another process that is writing to the log."""


@dataclass(frozen=True)
class Standing:
    """How a checkpoint stands with its cosigners."""

    checkpoint: Checkpoint
    policy: Policy
    cosigned: tuple[Cosigned, ...]

    @property
    def holds(self) -> bool:
        """Whether enough of them have cosigned it."""
        return len(self.cosigned) >= self.policy.k


def standing(note: Note, policy: Policy) -> Standing:
    """Who of the policy has cosigned a checkpoint; `NoteError` if a cosignature does not hold."""
    return Standing(Checkpoint.parse(note.text), policy, cosigned_by(note, policy.of))


def standing_of(folder: Path) -> Standing:
    """How the checkpoint in a folder stands; `CosignError` where nobody was named to cosign it."""
    shelf = Shelf(folder)
    return standing(shelf.note(), deciding(named_for(folder), policy_of(shelf)))


def gather(folder: Path, *, send: Send) -> tuple[Standing, tuple[Asked, ...]]:
    """Asks all who were named and puts their cosignatures under the checkpoint in the folder.

    `CosignError` where nobody was named, or the log grew meanwhile (then nothing is put under the newer checkpoint).
    """
    shelf = Shelf(folder)
    note, named = shelf.note(), named_for(folder)
    policy = deciding(named, policy_of(shelf))
    _, asked = ask_all(_counting(named, policy), note, node=_node(shelf, note), send=send)
    lines = [each.line for each in asked if each.line is not None]
    with locked(folder):
        _remember(folder, asked)
        lying = shelf.note()
        if lying.text != note.text:
            raise CosignError("The log grew while its cosigners were asked; ask them again for the newer checkpoint.")
        found = lying.with_lines(lines)
        if lines:
            durable.put(folder / "checkpoint", str(found).encode(), part=folder / durable.PART, sync=True)
    return standing(found, policy), asked


def cosigned_for(log: Log, note: Note, *, send: Send) -> Note:
    """The checkpoint of an open log with the lines of all who cosign it now: what a publication on a schedule asks for.

    Where nobody was named, or nobody answers, it is the note that was given.
    """
    named = named_for(log.folder)
    if named is None:
        return note
    policy = deciding(named, policy_of(log.shelf))
    found, asked = ask_all(_counting(named, policy), note, node=_node(log.shelf, note), send=send)
    _remember(log.folder, asked)
    return found


def _counting(named: Cosigners | None, policy: Policy) -> list[Named]:
    return [each for each in (named.of if named else ()) if each.key in policy.of]


def _node(shelf: Shelf, note: Note) -> Node:
    return node_of(shelf.tile, Checkpoint.parse(note.text).size)


def _remember(folder: Path, asked: tuple[Asked, ...]) -> None:
    named = named_for(folder)  # read again: somebody may have named another meanwhile
    found = named.with_sizes({each.named.key.text: each.size for each in asked}) if named else None
    if found is not None and found != named:
        write(folder, found)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds a log alone for a moment, after waiting for whoever is writing to it; `LogError` if that takes too long."""
    started = time.monotonic()
    while True:
        try:
            lock = durable.Lock(folder)
            break
        except LogError:
            if time.monotonic() - started > PATIENCE:
                raise
            time.sleep(0.05)
    try:
        yield
    finally:
        lock.release()
