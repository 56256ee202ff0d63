# SPDX-License-Identifier: Apache-2.0
"""Logs of ours for strangers to read: made by our own writer, cosigned, with proofs and roots beside them.

PROOFS, which several of the checking programs read, is one JSON object:

    {"inclusion": [{"index": 12, "size": 1000, "hashes": ["<base64>", ...]}, ...],
     "consistency": [{"old": 256, "new": 1000, "hashes": ["<base64>", ...]}, ...]}
"""

import json
import os
import shutil
from base64 import b64decode
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evenhand.record.cosigning import cosign
from evenhand.record.encodings import to_base64
from evenhand.record.entries import genesis, plain
from evenhand.record.files.log import Log
from evenhand.record.files.shelf import Shelf
from evenhand.record.keys import COSIGNS, SigningKey
from evenhand.record.notes import Note
from evenhand.record.proofs import consistency, inclusion
from evenhand.record.tiles import node_of, tile_path, unbundle
from evenhand.record.tree import CompactRange, leaf_hash

SIZES = (1, 3, 255, 256, 257, 1_000, 70_000)
ORIGIN = "harbour-federation.example/record"
COSIGNER = SigningKey.of_seed("members-ombudsman.example/cosigner", b"a seed that everybody may know..", type=COSIGNS)
COSIGNED_AT = 1_767_236_400  # 2026-01-01T03:00:00Z

BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
IN_CHECKPOINT = {
    "origin": 3,
    "size": len(f"{ORIGIN}\n"),
    "root": len(f"{ORIGIN}\n257\n") + 20,
    "signature": len(f"{ORIGIN}\n257\n{'=' * 44}\n\n— {ORIGIN} ".encode()) + 40,
}
"""Bytes of the checkpoint of a log of 257 entries, by what stands there."""

WORDS = (
    "Anhörung",
    "会議の記録",
    "żądanie",
    "سماع",
    "ακρόαση",
    "🙂",
    "plain words",
    'a "quote" \\ and a\nnew line',
    "\u007f",
)


@dataclass(frozen=True)
class Export:
    """A log folder, what is pinned from outside it, and the files of proofs and roots that we computed."""

    folder: Path
    size: int
    key: str
    cosigner: str
    proofs: Path
    roots: Path


def entry(number: int) -> dict[str, Any]:
    """A plain entry, the same for each run: from two bytes to nearly as long as an entry may be, in many scripts."""
    if number == 2:
        return {}
    if number % 500 == 254:
        return {"text": WORDS[0] * 1_800, "number": number}
    return {"heard": number % 3 == 0, "number": -number, "text": " ".join(WORDS[: number % 10]), "v": 1}


def proofs(folder: Path, size: int) -> dict[str, Any]:
    """Proofs for entries and older sizes at every edge of a tile, against this size and an older one."""
    edges = {0, 1, 2, 254, 255, 256, 257, 511, 512, 65_535, 65_536, size // 2, size - 2, size - 1}
    sizes, node = {size, max(1, size // 2), max(1, size - 1)}, node_of(Shelf(folder).tile, size)
    return {
        "inclusion": [
            {"index": index, "size": whole, "hashes": list(map(to_base64, inclusion(index, whole, node)))}
            for whole in sorted(sizes)
            for index in sorted(edges)
            if 0 <= index < whole
        ],
        "consistency": [
            {"old": old, "new": new, "hashes": list(map(to_base64, consistency(old, new, node)))}
            for new in sorted(sizes)
            for old in sorted(edges)
            if 0 < old < new
        ],
    }


def roots(folder: Path, size: int) -> dict[int, str]:
    """The root, in hex, of each size up to 1,000, of those at the edges of tiles, and of the whole."""
    grown, found = CompactRange(), {}
    for number in range(-(-size // 256)):
        name = tile_path("entries", number, min(256, size - number * 256))
        for data in unbundle((folder / name).read_bytes()):
            grown.append(leaf_hash(data))
            if grown.size <= 1_000 or grown.size % 256 in (0, 1, 255) or grown.size == size:
                found[grown.size] = grown.root().hex()
    return found


def made(home: Path, size: int) -> Export:
    """A log of `size` entries, the first of them the genesis, in a folder below `home`."""
    folder = home / "log"
    key = written(folder, size)
    note = Note.parse((folder / "checkpoint").read_bytes())
    line = cosign(note.text, COSIGNER, seconds=COSIGNED_AT)
    (folder / "checkpoint").write_text(str(replace(note, signatures=(*note.signatures, line))), "utf-8")
    export = Export(folder, size, key, COSIGNER.verifier.text, home / "proofs.json", home / "roots.json")
    export.proofs.write_text(json.dumps(proofs(folder, size)), "utf-8")
    export.roots.write_text(json.dumps(roots(folder, size)), "utf-8")
    return export


def written(folder: Path, size: int) -> str:
    """Writes a log of `size` entries in up to four goes, so that older partial tiles lie there too; its verifier key."""
    key = SigningKey.of_seed(ORIGIN, b"another that everybody may know.")
    with Log.new(folder, key, genesis(origin=ORIGIN, key=key.verifier.text)) as log:
        for end in sorted({min(size, 2), size // 3, size - 1, size} - {0}):
            log.append([plain(entry(number)) for number in range(log.size, end)])
            log.publish()
    return key.verifier.text


def altered(export: Export, home: Path, name: str, *, at: int = -1) -> Export:
    """A copy of an export in which one bit of one file is another one, in the byte at this place.

    Everything else in the copy is a link to the same file, so that the largest log is as quick to alter as the smallest.
    In a checkpoint the byte stays a letter, a digit or a sign of base64: what is refused there is not the spelling.
    """
    folder = home / "log"
    shutil.copytree(export.folder, folder, copy_function=os.link)
    data = bytearray((folder / name).read_bytes())
    spelled = BASE64 if name == "checkpoint" else bytes(range(256))
    data[at] = next(data[at] ^ bit for bit in (1, 2, 4) if data[at] ^ bit in spelled)
    (folder / name).unlink()
    (folder / name).write_bytes(data)
    return replace(export, folder=folder)


def misproved(export: Export, home: Path, kind: str) -> Export:
    """The same export with one bit of one hash of our proofs of this kind changed."""
    changed = json.loads(export.proofs.read_text("utf-8"))
    claim = next(claim for claim in reversed(changed[kind]) if claim["hashes"])
    first = bytearray(b64decode(claim["hashes"][0]))
    first[16] ^= 1
    claim["hashes"][0] = to_base64(bytes(first))
    path = home / "proofs.json"
    path.write_text(json.dumps(changed), "utf-8")
    return replace(export, proofs=path)
