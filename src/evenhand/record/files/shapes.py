# SPDX-License-Identifier: Apache-2.0
"""What an audit keeps of the entries it has seen: their shapes, the keys that handed over to each other, the ids.

Of an id eight bytes are kept, so a log of a million sealed entries costs eight megabytes; where two of these agree, the
log is read again and whole ids are compared.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from evenhand.record import entries
from evenhand.record.canonical import decode
from evenhand.record.errors import NoteError, RecordError
from evenhand.record.keys import SIGNS, VerifierKey
from evenhand.record.notes import Note

Fault = Callable[[str], None]
ID_BYTES = 8


class Shapes:
    """The entries of one log, told in their order to `see`; every fault goes to `fault` as a sentence."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.kinds: dict[str, int] = {}
        self.genesis: Mapping[str, Any] | None = None
        self.foreign = False
        self._rotations: list[tuple[int, Mapping[str, Any]]] = []
        self._ids: list[array[int]] = [array("Q") for _ in range(256)]

    def see(self, index: int, data: bytes) -> None:
        """One entry. Where entry 0 is no genesis the log is somebody else's, and its entries may be anything."""
        if self.foreign:
            return
        try:
            entry = entries.read(data)
        except RecordError as error:
            if index == 0 and not _means_genesis(data):
                self.foreign = True
            else:
                self.fault(f"Entry {index:,}: {error.sentence}")
            return
        if index == 0 and entry.kind != "genesis":
            self.foreign = True
            return
        self.kinds[entry.kind] = self.kinds.get(entry.kind, 0) + 1
        if entry.kind == "genesis":
            if index:
                self.fault(f"Entry {index:,}: a genesis stands at the beginning of a log and nowhere else.")
            else:
                self.genesis = entry.value
        elif entry.kind == "key.rotated":
            self._rotations.append((index, entry.value))
        elif entry.kind == "sealed":
            identity = bytes.fromhex(entry.value["id"])
            self._ids[identity[0]].append(int.from_bytes(identity[1 : ID_BYTES + 1], "big"))

    def check_keys(self, origin: str, trusted: Sequence[VerifierKey], note: Note) -> None:
        """The chain of keys from the genesis on: whole, of this log, one of them trusted, and none with a false line."""
        if self.genesis is None:
            return
        if self.genesis["origin"] != origin:
            self.fault("The genesis is of another log than the checkpoint.")
            return
        chain = [str(self.genesis["key"])]
        for index, value in self._rotations:
            new = VerifierKey.parse(value["key"])
            if value["replaces"] != chain[-1]:
                self.fault(f"Entry {index:,}: it replaces a key that was not in force.")
            elif new.text in chain or (new.name, new.type) != (origin, SIGNS):
                self.fault(f"Entry {index:,}: its new key is not a new signing key of this log.")
            else:
                chain.append(new.text)
        if not {key.text for key in trusted} & set(chain):
            self.fault("The log names other keys in its genesis and its rotations than the one you trust.")
        for key in map(VerifierKey.parse, chain):
            try:
                false = [blob for blob in note.blobs(key) if not key.verifies(note.text.encode(), blob)]
            except NoteError as error:
                self.fault(f"checkpoint: {error.sentence}")
                continue
            if false:
                self.fault(f"checkpoint: the line of the key {key.name}+{key.id.hex()} does not hold.")

    def check_ids(self, again: Callable[[], Iterable[bytes]]) -> None:
        """Whether an id stands twice; `again` gives every entry once more, in its order, where that has to be asked."""
        twice = set()
        for first, bucket in enumerate(self._ids):
            order = sorted(bucket)
            twice |= {(first, one) for one, other in pairwise(order) if one == other}
        if not twice:
            return
        seen: dict[str, int] = {}
        for index, data in enumerate(again()):
            identity = _id_of(data)
            if identity and (int(identity[:2], 16), int(identity[2 : 2 + 2 * ID_BYTES], 16)) in twice:
                if identity in seen:
                    self.fault(f"Entry {index:,}: it has the id of entry {seen[identity]:,}; one of the two is a copy.")
                seen.setdefault(identity, index)


def _means_genesis(data: bytes) -> bool:
    """Whether entry 0 says that it is one, though it has not the shape."""
    try:
        value = decode(data)
    except RecordError:
        return False
    return isinstance(value, dict) and value.get("type") == "genesis" and repr(value.get("v")) == "1"


def _id_of(data: bytes) -> str | None:
    try:
        entry = entries.read(data)
    except RecordError:
        return None
    return str(entry.value["id"]) if entry.kind == "sealed" else None
