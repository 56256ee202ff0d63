# SPDX-License-Identifier: Apache-2.0
"""Receipts (C2SP `tlog-proof`): one entry, what its holder may read of it, and the way from it to a signed root.

Whoever an act concerns holds one, checks it without the organisation, and has with it the organisation's signature under
a tree that contains the entry. The specification's header says @v1 and has no version tag; this is commit 5ba5ee8.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evenhand.record import checkpoints, entries
from evenhand.record.canonical import decode, encode
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import Cosigned, Policy
from evenhand.record.disclosures import Disclosure, opened
from evenhand.record.encodings import decimal, from_base64, to_base64
from evenhand.record.errors import ProfileError, ReceiptError
from evenhand.record.keys import VerifierKey
from evenhand.record.notes import Note
from evenhand.record.proofs import LONGEST, verify_inclusion
from evenhand.record.tree import HASH, leaf_hash

HEADER = "c2sp.org/tlog-proof@v1"
LONGEST_EXTRA = 6_291_456
LARGEST_RECEIPT = 8 * 1024 * 1024


@dataclass(frozen=True)
class Receipt:
    """An entry's bytes, the disclosures its holder may read, its index, its inclusion list and a checkpoint note."""

    entry: bytes
    disclosures: tuple[str, ...]
    index: int
    hashes: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        extra = encode({"v": 1, "entry": self.entry.decode("utf-8"), "disclosures": list(self.disclosures)})
        lines = [HEADER, f"extra {to_base64(extra)}", f"index {self.index}", *map(to_base64, self.hashes)]
        return "\n".join(lines) + f"\n\n{self.note}"

    @classmethod
    def parse(cls, data: bytes | str) -> "Receipt":
        """The receipt of a file; `ReceiptError`, `NoteError` or `DisclosureError` for one that cannot be read."""
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        if len(raw) > LARGEST_RECEIPT:
            raise ReceiptError(f"This receipt is {len(raw):,} bytes long; at most {LARGEST_RECEIPT:,} are taken.")
        try:
            head, gap, note = raw.decode("utf-8").partition("\n\n")
        except UnicodeDecodeError:
            raise ReceiptError("This receipt is not UTF-8.") from None
        lines = head.split("\n", LONGEST + 4)
        if not gap or lines[0] != HEADER:
            raise ReceiptError(f"This is not a receipt; one begins with the line {HEADER}.")
        if len(lines) < 3 or not lines[1].startswith("extra ") or not lines[2].startswith("index "):
            raise ReceiptError("After its first line a receipt has the lines “extra” and “index”.")
        entry, disclosures = _extra(lines[1].removeprefix("extra "))
        index = decimal(lines[2].removeprefix("index "))
        if index is None:
            raise ReceiptError("The index in this receipt is not a plain decimal number.")
        if len(lines) - 3 > LONGEST:
            raise ReceiptError(f"This receipt has more than {LONGEST} hashes.")
        hashes = tuple(from_base64(line) or b"" for line in lines[3:])
        if any(len(each) != HASH for each in hashes):
            raise ReceiptError(f"A hash in this receipt is not {HASH} bytes in base64.")
        return cls(entry, disclosures, index, hashes, Note.parse(note))

    @property
    def checkpoint(self) -> Checkpoint:
        """What its note says, unverified; `CheckpointError` if that is no checkpoint."""
        return Checkpoint.parse(self.note.text)

    def verify(self, keys: Sequence[VerifierKey], policy: Policy | None = None) -> tuple[Cosigned, ...]:
        """Raises a `RecordError` unless the entry is in the tree that one of the log's keys has signed.

        With a policy it must be met as well; who cosigned is returned.
        """
        checkpoint = checkpoints.read(self.note, keys)
        verify_inclusion(
            index=self.index,
            size=checkpoint.size,
            leaf=leaf_hash(self.entry),
            hashes=self.hashes,
            root=checkpoint.root,
        )
        return policy.met_by(self.note) if policy else ()

    def opened(self) -> tuple[Disclosure, ...]:
        """The fields it opens; `DisclosureError` if one of them does not belong to the entry or is opened twice."""
        return opened(self.disclosures, entries.read(self.entry).value.get("_sd", ()))

    def completed(self, note: Note, hashes: tuple[bytes, ...]) -> "Receipt":
        """The same receipt against a later, cosigned checkpoint."""
        return replace(self, note=note, hashes=hashes)


def _extra(text: str) -> tuple[bytes, tuple[str, ...]]:
    data = from_base64(text) if len(text) <= LONGEST_EXTRA else None
    if data is None:
        raise ReceiptError("The line “extra” of this receipt is damaged or too long.")
    try:
        value = decode(data, limit=LONGEST_EXTRA)
    except ProfileError as error:
        raise ReceiptError(f"What the line “extra” of this receipt holds cannot be read. {error.sentence}") from None
    if not isinstance(value, dict) or sorted(value) != ["disclosures", "entry", "v"] or repr(value["v"]) != "1":
        raise ReceiptError("The line “extra” of this receipt holds something else than v, entry and disclosures.")
    texts = value["disclosures"]
    if not isinstance(value["entry"], str) or not isinstance(texts, list) or any(not isinstance(t, str) for t in texts):
        raise ReceiptError("In this receipt “entry” is a text and “disclosures” is a list of texts.")
    return value["entry"].encode("utf-8"), tuple(texts)


def bundle(data: bytes) -> Iterator[Receipt]:
    """The receipts of a file in which they follow each other, each beginning with its first line.

    `ReceiptError` and its kin as `Receipt.parse` raises them, also for bytes that belong to no receipt.
    """
    first = f"{HEADER}\n".encode()
    starts = [0] if data.startswith(first) else []
    while starts and (at := data.find(b"\n" + first, starts[-1])) >= 0:
        starts.append(at + 1)
    if not starts:
        raise ReceiptError(f"This is no bundle of receipts; one begins with the line {HEADER}.")
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        yield Receipt.parse(data[start:end])
