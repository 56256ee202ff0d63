# SPDX-License-Identifier: Apache-2.0
"""What a log and a cosigner say to each other: the bodies of `add-checkpoint` (C2SP `tlog-witness`).

old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
...

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URY...
"""

from dataclasses import dataclass

from evenhand.cosign.errors import Malformed
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.encodings import decimal, from_base64, to_base64
from evenhand.record.errors import CheckpointError, NoteError
from evenhand.record.notes import MOST_SIGNATURES, Note, Signature
from evenhand.record.proofs import LONGEST
from evenhand.record.tree import HASH

LARGEST_BODY = 131_072
"""Bytes of a request: a note has at most half of this, the list of hashes a few thousand."""
LARGEST_ANSWER = 65_536
PATH = "/add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"


@dataclass(frozen=True)
class Request:
    """A checkpoint to cosign, the size up to which the cosigner is thought to know the log, and the list between them."""

    old: int
    hashes: tuple[bytes, ...]
    note: Note

    @property
    def checkpoint(self) -> Checkpoint:
        """What the note says; a request that was read has one."""
        return Checkpoint.parse(self.note.text)

    def body(self) -> bytes:
        """The request as it is sent."""
        lines = [f"old {self.old}", *map(to_base64, self.hashes), "", str(self.note)]
        return "\n".join(lines).encode()

    @classmethod
    def parse(cls, body: bytes) -> "Request":
        """The request of a body; `Malformed` for anything that the protocol does not allow. Nothing is verified."""
        head, gap, rest = body.partition(b"\n\n")
        if len(body) > LARGEST_BODY:
            raise Malformed(f"A request has at most {LARGEST_BODY:,} bytes.")
        if not gap:
            raise Malformed("A request is “old SIZE”, hashes, an empty line and a checkpoint.")
        try:
            first, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise Malformed("Before the empty line a request is ASCII.") from None
        old = decimal(first.removeprefix("old ")) if first.startswith("old ") else None
        if old is None:
            raise Malformed("A request begins with “old ” and a size in plain decimal digits.")
        if len(lines) > LONGEST:
            raise Malformed(f"The list has {len(lines)} hashes; at most {LONGEST} are taken.")
        hashes = tuple(from_base64(line) or b"" for line in lines)
        if any(len(each) != HASH for each in hashes):
            raise Malformed(f"A line of the list is not {HASH} bytes in base64.")
        try:
            note = Note.parse(rest)
            Checkpoint.parse(note.text)
        except (NoteError, CheckpointError) as error:
            raise Malformed(error.sentence) from None
        return cls(old, hashes, note)


def size_line(size: int) -> bytes:
    """The body of a 409: the size that the cosigner knows."""
    return f"{size}\n".encode()


def read_size(body: bytes) -> int | None:
    """The size in the body of a 409, or None where there is none."""
    text = body.decode("ascii", "replace")
    return decimal(text.removesuffix("\n")) if text.endswith("\n") else None


def read_lines(body: bytes) -> tuple[Signature, ...]:
    """The signature lines of a 200; `Malformed` if it is anything else."""
    try:
        text = body.decode("utf-8")
        lines = text.removesuffix("\n").split("\n")
        if not text.endswith("\n") or len(lines) > MOST_SIGNATURES:
            raise Malformed("The answer is not one or more signature lines.")
        return tuple(map(Signature.parse, lines))
    except (UnicodeDecodeError, NoteError):
        raise Malformed("The answer is not one or more signature lines.") from None
