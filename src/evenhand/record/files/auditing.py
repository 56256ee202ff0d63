# SPDX-License-Identifier: Apache-2.0
"""Reads a whole log and says what of it does not hold: signature, every bundle, leaf and node, every entry's shape.

One pass, bundle by bundle, so that the memory needed does not grow with the log. What is wrong is named by file and
entry; nothing stops at the first fault but an unreadable checkpoint.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from evenhand.record import checkpoints, entries
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import Cosigned, Policy
from evenhand.record.errors import NoteError, PolicyError, RecordError, TileError
from evenhand.record.files import durable
from evenhand.record.files.handed_over import ROTATED, followed
from evenhand.record.files.inventory import lying
from evenhand.record.files.shapes import Shapes
from evenhand.record.files.shelf import LARGEST_BUNDLE, Shelf
from evenhand.record.keys import VerifierKey
from evenhand.record.tiles import HEIGHT, WIDTH, layout, subtree, tile_path, unbundle
from evenhand.record.tree import HASH, fold

MOST_NAMED = 20
KNOWN = {"checkpoint", "vkey", "tile", ROTATED, "published", "journal", "rulebooks", "disclosures.jsonl", durable.PART}
"""What the format knows in the folder of a log, an export or a public copy."""


@dataclass
class Findings:
    """What an audit found: the checkpoint, who cosigned it, how many entries of each kind, every fault as a sentence,
    and in `notes` what was not checked."""

    checkpoint: Checkpoint
    cosigned: tuple[Cosigned, ...] = ()
    policy: Policy | None = None
    kinds: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

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
    seen = Shapes(found.fault)
    found.kinds = seen.kinds
    if _root(shelf, size, found, seen if shapes else None, tick) != found.checkpoint.root:
        found.fault(f"The {size:,} entries do not lead to the root that the checkpoint signs.")
    seen.check_keys(found.checkpoint.origin, trusted, note)
    seen.check_ids(lambda: _entries(shelf, size))
    if seen.foreign:
        found.notes.append("It has no genesis of this format: its entries are somebody else's, whatever they mean.")
    found.policy = policy or _policy(seen.genesis if shapes else _first(shelf, size))
    if found.policy:
        try:
            found.cosigned = found.policy.met_by(note)
        except (PolicyError, NoteError) as error:
            found.fault(error.sentence)
    _others(shelf, size, found)
    return found


def _policy(genesis: Mapping[str, Any] | None) -> Policy | None:
    return Policy.of_data(genesis["cosigners"]) if genesis and "cosigners" in genesis else None


def _first(shelf: Shelf, size: int) -> Mapping[str, Any] | None:
    try:
        entry = entries.read(shelf.entry(0, size)) if size else None
    except RecordError:
        return None  # told where the bundle is read
    return entry.value if entry and entry.kind == "genesis" else None


def _entries(shelf: Shelf, size: int) -> Iterator[bytes]:
    for number, width in _widths(size):
        try:
            yield from shelf.bundle(number, width)
        except TileError:
            yield from [b""] * width  # told where it was read first


def _root(shelf: Shelf, size: int, found: Findings, seen: Shapes | None, tick: Callable[[int], None] | None) -> bytes:
    """The root over all entries; every tile above them is compared with what the tiles below it give."""
    rows = layout(size)
    above: list[bytearray] = [bytearray() for _ in rows]
    edge: list[bytes] = [b"" for _ in rows]
    for number, width in _widths(size):
        leaves = _leaves(shelf, number, width, found, seen)
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


def _leaves(shelf: Shelf, number: int, width: int, found: Findings, seen: Shapes | None) -> bytes | None:
    try:
        held = shelf.bundle(number, width)
    except TileError as error:
        found.fault(error.sentence)
        return None
    if seen:
        for place, data in enumerate(held):
            seen.see(number * WIDTH + place, data)
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
    """Everything else in the folder: narrower and wider tiles than the checkpoint needs, and what is no tile at all."""
    beyond = 0
    for path, place in lying(shelf.folder):
        if place is None:
            found.fault(f"{path}: this is neither a tile nor a bundle; take it away.")
            continue
        needed = place.needed(size)
        if place.width == needed == WIDTH:
            continue
        beyond += place.width > needed
        width = min(needed, place.width)
        try:
            if isinstance(place.kind, str):
                held = unbundle(durable.read(shelf.folder / path, most=LARGEST_BUNDLE))
                agrees = len(held) == place.width and held[:width] == (
                    shelf.bundle(place.number, needed)[:width] if width else []
                )
            else:
                data = durable.read(shelf.folder / path, most=WIDTH * HASH)
                agrees = len(data) == place.width * HASH and (
                    not width or data[: width * HASH] == shelf.tile(place.kind, place.number, needed)[: width * HASH]
                )
        except OSError:
            found.fault(f"{path} cannot be read, or is not a plain file.")
            continue
        except TileError:
            agrees = False
        if not agrees:
            found.fault(f"{path}: this file does not agree with the rest of the log; it was changed.")
    if beyond:
        found.notes.append(
            f"Tiles and bundles that hold more than this checkpoint covers: {beyond}. The rest of them was not checked."
        )
    strange = sorted(path.name for path in shelf.folder.iterdir() if path.name not in KNOWN)
    if strange:
        found.notes.append(f"Not part of the format, and not looked at: {', '.join(strange)[:300]}.")


def _peaks(hashes: bytes) -> Iterator[bytes]:
    at, width = 0, len(hashes) // HASH
    for bit in reversed(range(HEIGHT)):
        if width >> bit & 1:
            yield subtree(hashes[at * HASH : (at + (1 << bit)) * HASH])
            at += 1 << bit
