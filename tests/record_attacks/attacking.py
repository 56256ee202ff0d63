# SPDX-License-Identifier: Apache-2.0
"""What attackers do to a folder, and how readers look at it: with our own audit and with the separate verifier."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.club_keeping import Keys
from evenhand.cosign.answering import add_checkpoint
from evenhand.cosign.memory import Memory
from evenhand.cosign.page import page
from evenhand.cosign.wire import Request, read_lines
from evenhand.record.canonical import encode
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import Policy
from evenhand.record.errors import RecordError
from evenhand.record.files.auditing import audit
from evenhand.record.files.log import Log
from evenhand.record.files.shelf import Shelf
from evenhand.record.keys import SigningKey
from evenhand.record.notes import Note
from evenhand.record.proofs import consistency
from evenhand.record.tiles import WIDTH, bundle, node_of, unbundle
from evenhand.record.tree import HASH, leaf_hash

VERIFIER = Path(__file__).resolve().parents[2] / "verifier/evenhand_verify.py"
REMEMBER = "An unaltered record does not mean that a decision was right, or that every complaint was entered."


@dataclass(frozen=True)
class Told:
    """What the separate verifier said, and its exit code: 0 everything holds, 1 something does not."""

    code: int
    report: dict[str, Any]

    @property
    def findings(self) -> str:
        """Everything that does not hold, in its words."""
        return "\n".join(one["says"] for one in self.report["findings"])


def verifier(*paths: Path, keys: Keys, cosigners: Path | None = None, fork: Path | None = None) -> Told:
    """Runs the separate verifier as a command, with the log's key pinned, and the cosigners and a file for a fork if any."""
    words = [sys.executable, str(VERIFIER), *map(str, paths), "--format", "json", "--key", keys.log.verifier.text]
    words += ["--cosigners", str(cosigners)] if cosigners else []
    words += ["--fork", str(fork)] if fork else []
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=paths[0].parent)
    assert done.returncode in (0, 1), done.stderr
    report = json.loads(done.stdout)
    assert report["remember"] == REMEMBER
    return Told(done.returncode, report)


def ours(folder: Path, keys: Keys, policy: Policy | None = None) -> bool:
    """Whether our own audit finds nothing."""
    try:
        return audit(Shelf(folder), [keys.log.verifier], policy=policy).holds
    except RecordError:
        return False


def rewritten(to: Path, entries: Sequence[bytes], key: SigningKey) -> Path:
    """Whoever has files and key makes the whole log anew, signer and all, as if nothing else had ever been signed."""
    with Log.new(to, key, entries[0]) as log:
        log.append(entries[1:])
    return to


def without_cosigners(genesis: bytes) -> bytes:
    """The genesis with no policy, as somebody writes it who does not want to be asked for cosignatures."""
    value = json.loads(genesis)
    return encode({name: inner for name, inner in value.items() if name != "cosigners"})


def put_entry(folder: Path, index: int, data: bytes | None, *, tile: bool = False) -> None:
    """Changes an entry, or takes it away (None), in every file in which it lies; with `tile` its leaf hash as well.

    This is what somebody can do who can write to the database or the files and does not have the key.
    """
    number, place = divmod(index, WIDTH)
    for path in _files(folder, "entries", number):
        held = unbundle(path.read_bytes())
        if place < len(held):
            held[place : place + 1] = [] if data is None else [data]
            path.write_bytes(bundle(held))
    for path in _files(folder, "0", number) if tile and data is not None else ():
        hashes = path.read_bytes()
        if len(hashes) > place * HASH:
            path.write_bytes(hashes[: place * HASH] + leaf_hash(data) + hashes[(place + 1) * HASH :])


def _files(folder: Path, level: str, number: int) -> list[Path]:
    full = folder / "tile" / level / f"{number:03}"
    partial = full.with_name(full.name + ".p")
    return [*(path for path in (full,) if path.exists()), *(partial.iterdir() if partial.exists() else ())]


def receipts_in(folder: Path) -> list[Path]:
    """The files of one party's receipts, by number."""
    return sorted(folder.glob("*.tlog-proof"))


@dataclass
class Cosigner:
    """One of the club's cosigners as the program runs it; `now` is its clock."""

    key: SigningKey
    memory: Memory
    now: int

    @property
    def known(self) -> int:
        """How many entries of the club's log it has cosigned."""
        latest = self.memory.latest(self.memory.origins()[0])
        return latest.size if latest else 0

    def asked(self, folder: Path, note: Note | None = None) -> tuple[int, Note]:
        """Its answer to the checkpoint of a folder, and that note with its line if it gave one."""
        shelf = Shelf(folder)
        note = note or shelf.note()
        size = Checkpoint.parse(note.text).size
        old = min(self.known, size)
        hashes = consistency(old, size, node_of(shelf.tile, size)) if 0 < old < size else ()
        # A log that went back asks from the size that the cosigner knows: it must know it, or is told.
        body = Request(old, hashes, note).body()
        answer = add_checkpoint(body, memory=self.memory, key=self.key, clock=lambda: self.now)
        return answer.status, note.with_lines(read_lines(answer.body)) if answer.status == 200 else note

    def forks(self, to: Path) -> list[Path]:
        """The files of the forks that it has kept, written into a folder."""
        to.mkdir(exist_ok=True)
        found = []
        for number, fork in enumerate(self.memory.forks()):
            path = to / f"fork-{number}.json"
            path.write_bytes(fork.file)
            found.append(path)
        return found

    def says(self) -> str:
        """Its page, on which everybody sees when the log last moved."""
        return page(self.memory, self.key.verifier, now=self.now)
