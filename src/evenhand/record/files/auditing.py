# SPDX-License-Identifier: Apache-2.0
"""Reads a whole log and says what of it does not hold: signature, every bundle, leaf and node, every entry's shape.

One pass, bundle by bundle, so that the memory needed does not grow with the log. What is wrong is named by file and
entry; nothing stops at the first fault but an unreadable checkpoint.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from evenhand.record import checkpoints, entries
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import Cosigned, Policy
from evenhand.record.errors import EntryError, PolicyError, ProfileError, RecordError, TileError
from evenhand.record.files.handed_over import followed
from evenhand.record.files.inventory import lying
from evenhand.record.files.shelf import Shelf
from evenhand.record.keys import VerifierKey
from evenhand.record.tiles import HEIGHT, WIDTH, bundle, layout, subtree, tile_path
from evenhand.record.tree import HASH, fold

MOST_NAMED = 20


@dataclass
class Findings:
    """What an audit found: the checkpoint, who cosigned it, how many entries of each kind, and every fault as a sentence."""

    checkpoint: Checkpoint
    cosigned: tuple[Cosigned, ...] = ()
    policy: Policy | None = None
    kinds: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    def fault(self, sentence: str) -> None:
        """Notes a fault; beyond the first twenty only that there are more."""
        if len(self.faults) < MOST_NAMED:
            self.faults.append(sentence)
        elif len(self.faults) == MOST_NAMED:
            self.faults.append("There are more faults, which are not named one by one.")


def audit(
    shelf: Shelf,
    keys: Sequence[VerifierKey],
    *,
    policy: Policy | None = None,
    shapes: bool = True,
    tick: Callable[[int], None] | None = None,
) -> Findings:
    """Everything that can be checked of a log in files under these keys and those that they handed over to.

    `policy` is that of the genesis if none is given. `shapes` false leaves out the profile and shape of entries. `tick` is
    told the entries of each bundle read. A `RecordError` only where the checkpoint cannot be read or is not signed.
    """
    note = shelf.note()
    trusted, unfollowed = followed(shelf, keys)
    found = Findings(checkpoints.read(note, trusted))
    for sentence in unfollowed:
        found.fault(sentence)
    size = found.checkpoint.size
    genesis = _genesis(shelf, found) if size else None
    found.policy = policy or (genesis and genesis[1]) or None
    if found.policy:
        try:
            found.cosigned = found.policy.met_by(note)
        except PolicyError as error:
            found.fault(error.sentence)
    if _root(shelf, size, found, shapes, tick) != found.checkpoint.root:
        found.fault(f"The {size:,} entries do not lead to the root that the checkpoint signs.")
    _others(shelf, size, found)
    return found


def _genesis(shelf: Shelf, found: Findings) -> tuple[object, Policy | None] | None:
    try:
        entry = entries.read(shelf.entry(0, found.checkpoint.size))
    except RecordError:
        return None  # told where the bundle is read
    if entry.kind != "genesis":
        return None
    if entry.value.get("origin") != found.checkpoint.origin:
        found.fault("The genesis is of another log than the checkpoint.")
    try:
        return entry, Policy.of_data(entry.value["cosigners"]) if "cosigners" in entry.value else None
    except PolicyError as error:
        found.fault(f"Entry 0, the genesis: {error.sentence}")
        return None


def _root(shelf: Shelf, size: int, found: Findings, shapes: bool, tick: Callable[[int], None] | None) -> bytes:
    """The root over all entries; every tile above them is compared with what the tiles below it give."""
    rows = layout(size)
    above: list[bytearray] = [bytearray() for _ in rows]
    edge: list[bytes] = [b"" for _ in rows]
    for number, width in _widths(size):
        leaves = _leaves(shelf, number, width, found, shapes)
        stored = _stored(shelf, 0, number, width, found)
        # Where the bundle cannot be read, which was told, the leaves of its tile stand in for it.
        hashes = leaves or stored or bytes(width * HASH)
        level, index = 0, number
        while True:
            if level:
                stored = _stored(shelf, level, index, len(hashes) // HASH, found)
            if stored is not None and stored != hashes:
                _differs(level, index, stored, hashes, found)
            if len(hashes) < WIDTH * HASH:
                edge[level] = hashes
                break
            level, index = level + 1, index >> HEIGHT
            if level == len(rows):
                break
            above[level] += subtree(hashes)
            if len(above[level]) < WIDTH * HASH:
                break
            hashes, above[level] = bytes(above[level]), bytearray()
        if tick:
            tick(width)
    for level in range(1, len(rows)):
        edge[level] = bytes(above[level])
        if rows[level][2]:
            stored = _stored(shelf, level, rows[level][1], rows[level][2], found)
            if stored is not None and stored != edge[level]:
                _differs(level, rows[level][1], stored, edge[level], found)
    return fold([peak for hashes in reversed(edge) for peak in _peaks(hashes)])


def _widths(size: int) -> Iterator[tuple[int, int]]:
    full, rest = divmod(size, WIDTH)
    yield from ((number, WIDTH) for number in range(full))
    if rest:
        yield full, rest


def _leaves(shelf: Shelf, number: int, width: int, found: Findings, shapes: bool) -> bytes | None:
    try:
        held = shelf.bundle(number, width)
    except TileError as error:
        found.fault(error.sentence)
        return None
    if shapes:
        for place, data in enumerate(held):
            index = number * WIDTH + place
            try:
                kind = entries.read(data).kind
            except (ProfileError, EntryError) as error:
                found.fault(f"Entry {index:,}: {error.sentence}")
                continue
            if (kind == "genesis") != (index == 0) and (index or kind != "plain"):
                found.fault(f"Entry {index:,}: a genesis stands at the beginning of a log and nowhere else.")
            found.kinds[kind] = found.kinds.get(kind, 0) + 1
    return b"".join([sha256(b"\0" + entry).digest() for entry in held])


def _stored(shelf: Shelf, level: int, index: int, width: int, found: Findings) -> bytes | None:
    try:
        return shelf.tile(level, index, width)[: width * HASH]
    except TileError as error:
        found.fault(error.sentence)
        return None


def _differs(level: int, index: int, stored: bytes, hashes: bytes, found: Findings) -> None:
    at = next(at for at in range(0, len(hashes), HASH) if stored[at : at + HASH] != hashes[at : at + HASH])
    place = index * WIDTH + at // HASH
    below = tile_path(level - 1 if level else "entries", place if level else index)
    what = f"{below} below it" if level else f"entry {place:,} in {below}"
    found.fault(f"{tile_path(level, index)}: hash {at // HASH} is not that of {what}; one of the two was changed.")


def _others(shelf: Shelf, size: int, found: Findings) -> None:
    """Everything else under `tile/`: narrower and wider tiles than the checkpoint needs, and what is no tile at all."""
    for path, place in lying(shelf.folder):
        if place is None:
            found.fault(f"{path}: this is neither a tile nor a bundle; take it away.")
            continue
        needed = place.needed(size)
        if not needed or place.width == needed == WIDTH:
            continue
        width = min(needed, place.width)
        try:
            if isinstance(place.kind, str):
                expected = bundle(shelf.bundle(place.number, needed)[:width])
            else:
                expected = shelf.tile(place.kind, place.number, needed)[: width * HASH]
            with (shelf.folder / path).open("rb") as file:
                data = file.read(len(expected) + 1)
        except (TileError, OSError):
            continue  # told where it was needed
        if data != expected if place.width <= needed else not data.startswith(expected):
            found.fault(f"{path}: this file does not agree with the rest of the log; it was changed.")


def _peaks(hashes: bytes) -> Iterator[bytes]:
    at, width = 0, len(hashes) // HASH
    for bit in reversed(range(HEIGHT)):
        if width >> bit & 1:
            yield subtree(hashes[at * HASH : (at + (1 << bit)) * HASH])
            at += 1 << bit
