# SPDX-License-Identifier: Apache-2.0
"""A log in a folder that needs no database: new, open, append, publish, prove.

Entries are safe once the journal has them. Tiles follow, then the signer remembers what it is about to sign, then the
checkpoint appears; so a process killed at any byte leaves the last published checkpoint or a later one, never a second
history. Restoring an older copy of the folder is noticed when it is opened, because the signer remembers.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from evenhand.record import checkpoints, entries
from evenhand.record.canonical import ENTRY_LIMIT
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.errors import EntryError, LogError, NoteError, RecordError
from evenhand.record.files import durable, journal
from evenhand.record.files.beginning import begin, begun
from evenhand.record.files.growing import Edge
from evenhand.record.files.inventory import clear
from evenhand.record.files.journal import Journal
from evenhand.record.files.shelf import Shelf
from evenhand.record.files.signer import Signer
from evenhand.record.keys import SigningKey
from evenhand.record.notes import Note
from evenhand.record.proofs import consistency, inclusion
from evenhand.record.receipts import Receipt
from evenhand.record.tiles import WIDTH, node_of
from evenhand.record.tree import CompactRange

SETTLE_BYTES = 16 * 1024 * 1024
"""A journal longer than this is turned into flushed tiles before it grows further."""


def signer_beside(folder: Path) -> Path:
    """Where the signer file of a log lies unless another is named: DIR.signer beside DIR."""
    folder = folder.resolve()
    return folder.with_name(folder.name + ".signer")


class Log:
    """A log in a folder, open for writing by this process alone. Use it in a `with` block, or `close` it."""

    def __init__(self, folder: Path, signer: Signer, lock: durable.Lock) -> None:
        self.folder, self.signer = folder, signer
        self.shelf = Shelf(folder)
        self._lock = lock
        self._edge = Edge()
        self._unsynced: list[Path] = []
        self._journal = Journal(folder, 0)
        self._whole = True
        self._whole_size = 0  # how many entries count, should an append not come to its end
        self._stopped = ""  # why nothing more can be done with it
        self._closed = False
        self.published = 0

    @classmethod
    def new(cls, folder: Path, key: SigningKey, genesis: bytes, *, signer: Path | None = None) -> "Log":
        """A new log whose entry 0 is `genesis`, published. `LogError` if folder or signer file are there already.

        A call that was killed in the middle is finished by the next one.
        """
        folder = folder.resolve()
        path = signer or signer_beside(folder)
        if entries.read(genesis).value.get("origin") != key.name:
            raise LogError(f"The genesis is not that of the log {key.name}, whose key is to sign it.")
        try:
            if not begun(folder, path, key.name):
                begin(folder, path, key, genesis)
        except OSError as error:
            raise LogError(f"Nothing can be written at {folder} ({error.strerror}); name another folder.") from None
        return cls.open(folder, signer=path)

    @classmethod
    def open(cls, folder: Path, *, signer: Path | None = None) -> "Log":
        """The log of a folder, recovered if its last writer was killed.

        `LogError` if it is no log, is busy, is an older copy than its signer has signed, or is another history.
        """
        if not folder.is_dir():
            raise LogError(f"{folder} is not a folder; name the one that “record new” made.")
        log = cls(folder, Signer.open(signer or signer_beside(folder)), durable.Lock(folder))
        try:
            with log._step():
                log._recover()
        except LogError:
            log._lock.release()
            raise
        except RecordError as error:
            log._lock.release()
            raise LogError(
                f"The log in {folder} is not whole. {error.sentence} Bring the folder back from a copy."
            ) from None
        except BaseException:
            log._lock.release()
            raise
        return log

    def __enter__(self) -> "Log":
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close(publish=kind is None)

    @property
    def size(self) -> int:
        """How many entries there are, published or not."""
        return self._edge.size

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self.signer.origin

    def append(self, group: Sequence[bytes], *, last: bool = True) -> int:
        """Adds canonical entries as one group, all or none, and returns the index of the first.

        They are on the disk and can be proved when this returns; `publish` makes them visible. A group that is not the
        `last` counts only once that has come. `EntryError` for an entry that is empty or longer than 16 KiB; `LogError`
        where the disk fails: then nothing more can be done with this log but to close it and open it again.
        """
        for entry in group:
            if not 0 < len(entry) <= ENTRY_LIMIT:
                raise EntryError(f"An entry has 1 to {ENTRY_LIMIT:,} bytes, not {len(entry):,}.")
        first = self.size
        if group or not self._whole:
            if self._whole and self._journal.bytes > SETTLE_BYTES:
                self.settle()
            with self._step():
                if self._whole:
                    self._whole, self._whole_size = False, first
                self._journal.write(group, last=last)
                self._edge.append(group, self._put)
                self._whole = last
        return first

    def publish(self) -> Note:
        """Signs and publishes a checkpoint over everything appended; the note that lies there if nothing was.

        `LogError` in the middle of an append.
        """
        if not self._whole and not self._stopped:
            raise LogError("The append is not finished; nothing is published in the middle of one.")
        with self._step():
            if self.size == self.published:
                note = self.shelf.note()
                signed = {(each.name, each.id) for each in note.signatures}
                if signed >= {(key.name, key.id) for key in self.signer.verifiers}:
                    return note
            self._edge.write_partial(self._put)
            note = self.signer.sign(Checkpoint(self.origin, self.size, self._edge.root()), self.root_at)
            self.replace_checkpoint(note)
            self.published = self.size
            return note

    def replace_checkpoint(self, note: Note) -> None:
        """Puts a note in the place of the checkpoint, as when cosignatures have come in."""
        durable.put(self.folder / "checkpoint", str(note).encode(), part=self.folder / durable.PART, sync=True)

    def settle(self) -> None:
        """Publishes, flushes every tile, and forgets the journal."""
        self.publish()
        with self._step():
            written = dict.fromkeys(self._unsynced)
            durable.sync_files(written)
            for folder in {each for path in written for each in path.parents if each.is_relative_to(self.folder)}:
                durable.sync_folder(folder)
            for path in written:
                if path.parent.suffix != ".p":
                    # Narrower tiles say nothing that the full one does not; nobody needs them once it lies safe.
                    shutil.rmtree(path.with_name(f"{path.name}.p"), ignore_errors=True)
            self._unsynced.clear()
            self._journal.drop(first=self.size)

    def close(self, *, publish: bool = True) -> None:
        """Ends the work; what was appended and not published is published, unless an error ended it.

        Of an append whose last group never came nothing stays.
        """
        if self._closed:
            return
        try:
            if publish:
                self.settle()
        finally:
            self._closed, self._stopped = True, f"The log in {self.folder} was closed."
            if not self._whole:
                # If this fails as well, the next one who opens the log does it.
                with suppress(OSError, RecordError):
                    clear(self.folder, since=self._whole_size, size=self._whole_size)
                    self._journal.cut_back()
            self._journal.close()
            self._lock.release()

    def root_at(self, size: int) -> bytes:
        """The root over the first `size` entries, from stored nodes."""
        return CompactRange.read(size, node_of(self._tile, self.size)).root()

    def entry(self, index: int) -> bytes:
        """The bytes of entry `index`; `LogError` if there is none."""
        if not 0 <= index < self.size:
            raise LogError(f"There is no entry {index}; this log has {self.size:,}, numbered from 0.")
        number, place = divmod(index, WIDTH)
        return self._edge.entries[place] if number == self.size // WIDTH else self.shelf.bundle(number, WIDTH)[place]

    def inclusion(self, index: int) -> tuple[bytes, ...]:
        """The inclusion list of entry `index` in the tree of all entries."""
        return inclusion(index, self.size, node_of(self._tile, self.size))

    def consistency(self, old: int) -> tuple[bytes, ...]:
        """The consistency list from the first `old` entries to all of them."""
        return consistency(old, self.size, node_of(self._tile, self.size))

    def receipt(self, index: int, disclosures: Sequence[str] = ()) -> Receipt:
        """The receipt of entry `index` under the checkpoint that was published last; `LogError` before it is."""
        return receipt(self.shelf, index, disclosures)

    def _tile(self, level: int, index: int, width: int) -> bytes:
        if index == self.size >> 8 * (level + 1):
            return bytes(self._edge.tiles[level])
        return self.shelf.tile(level, index, width)

    def _put(self, path: str, data: bytes) -> None:
        durable.put(self.folder / path, data, part=self.folder / durable.PART)
        self._unsynced.append(self.folder / path)

    @contextmanager
    def _step(self) -> Iterator[None]:
        """What is half done cannot be gone on with: memory and disk may differ until the log is opened again."""
        if self._stopped:
            raise LogError(f"{self._stopped} Open it again; whatever was acknowledged is there.")
        try:
            yield
        except OSError as error:
            self._stopped = f"Writing to the log in {self.folder} has failed before."
            raise LogError(
                f"The log in {self.folder} cannot be written or read ({error.strerror}). Whatever was acknowledged is "
                "safe; see to the disk and open the log again."
            ) from error
        except BaseException:
            self._stopped = f"Writing to the log in {self.folder} has failed before."
            raise

    def _recover(self) -> None:
        (self.folder / durable.PART).unlink(missing_ok=True)
        first = journal.first_of(self.folder)
        if (self.folder / "checkpoint").exists():
            seen = self._seen()
            self.published = seen.size
        elif first != 0:
            raise LogError(
                f"{self.folder} is not a log: it has no file “checkpoint”. Name the folder that “record new” made."
            )
        if first is not None and first > self.published:
            raise LogError(
                f"In {self.folder} the journal begins after the checkpoint; bring the folder back from a copy."
            )
        start = self.published if first is None else first
        self._edge = Edge.read(self.shelf, start)
        self._journal = Journal(self.folder, start)
        for group in journal.groups_of(self.folder) if first is not None else ():
            self._edge.append(group, self._put)
        if self.size < self.published or (self.published and self.root_at(self.published) != seen.root):
            raise LogError(
                f"The tiles in {self.folder} do not lead to its own checkpoint; bring the folder back from a copy."
            )
        ours = [key.text for key in self.signer.verifiers]
        if self.size and not self.published and entries.read(self.entry(0)).value.get("key") not in ours:
            raise LogError(f"The log in {self.folder} was begun with another key than that of {self.signer.path}.")
        self.signer.check(self.size, self.root_at)
        if first is not None:
            clear(self.folder, since=first, size=self.size)
            # The checkpoint may have outlived the tiles at the edge when the power failed.
            self._edge.write_partial(self._put)
            self.settle()

    def _seen(self) -> Checkpoint:
        claimed = self.shelf.checkpoint()
        if claimed.origin != self.origin:
            raise LogError(f"The signer file {self.signer.path} is of the log {self.origin}, not of {claimed.origin}.")
        try:
            return checkpoints.read(self.shelf.note(), self.signer.verifiers)
        except NoteError:
            # A copy from before a key was retired is older before it is anything else.
            self.signer.check(claimed.size, lambda _: self.signer.root)
            raise


def receipt(shelf: Shelf, index: int, disclosures: Sequence[str] = ()) -> Receipt:
    """The receipt of entry `index` from the files of a log alone, under its checkpoint; needs no key and no lock.

    `LogError` if there is no such entry, `TileError` if a file is missing.
    """
    note = shelf.note()
    size = Checkpoint.parse(note.text).size
    if not 0 <= index < size:
        raise LogError(f"There is no entry {index}; this log has {size:,}, numbered from 0.")
    hashes = inclusion(index, size, node_of(shelf.tile, size))
    return Receipt(shelf.entry(index, size), tuple(disclosures), index, hashes, note)
