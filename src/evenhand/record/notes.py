# SPDX-License-Identifier: Apache-2.0
"""Signed notes (C2SP `signed-note`): a text, an empty line, and one line for each signature."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.record.encodings import from_base64, to_base64
from evenhand.record.errors import KeyTextError, NoteError
from evenhand.record.keys import SIGNS, SigningKey, VerifierKey, check_name

LARGEST_NOTE = 65_536
MOST_SIGNATURES = 100
DASH = "— "


@dataclass(frozen=True)
class Signature:
    """One signature line: the name of a key, the four bytes of its ID, and what it signed with."""

    name: str
    id: bytes
    blob: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note, with its newline."""
        return f"{DASH}{self.name} {to_base64(self.id + self.blob)}\n"

    @classmethod
    def parse(cls, line: str) -> "Signature":
        """The signature of a line without its newline; `NoteError` if it is none."""
        parts = line.removeprefix(DASH).split(" ")
        data = from_base64(parts[1]) if line.startswith(DASH) and len(parts) == 2 else None
        if data is None or len(data) < 5:
            raise NoteError("A signature line is not “— NAME BASE64”; the note is damaged.")
        try:
            check_name(parts[0])
        except KeyTextError as error:
            raise NoteError(error.sentence) from None
        return cls(parts[0], data[:4], data[4:])


@dataclass(frozen=True)
class Note:
    """A signed text, with its final newline, and its signature lines in their order; nothing is verified by reading it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(signature.line for signature in self.signatures)

    @classmethod
    def parse(cls, data: bytes | str) -> "Note":
        """The note of these bytes; `NoteError` for anything that the format does not allow."""
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        if len(raw) > LARGEST_NOTE:
            raise NoteError(f"This note is {len(raw):,} bytes long; at most {LARGEST_NOTE:,} are taken.")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise NoteError("This note is not UTF-8.") from None
        if any(sign < " " and sign != "\n" for sign in text):
            raise NoteError("This note holds a control character.")
        body, gap, lines = text.rpartition("\n\n")
        if not gap or not body.strip("\n"):
            raise NoteError("This is not a signed note: a text, an empty line and signature lines.")
        if not lines.endswith("\n"):
            raise NoteError("This note does not end with a newline; the end of it is missing.")
        found = lines.removesuffix("\n").split("\n")
        if len(found) > MOST_SIGNATURES:
            raise NoteError(f"This note has {len(found)} signature lines; at most {MOST_SIGNATURES} are taken.")
        return cls(body + "\n", tuple(map(Signature.parse, found)))

    def signed_by(self, keys: Iterable[VerifierKey]) -> tuple[VerifierKey, ...]:
        """Those of the keys (type 1) that signed this note.

        `NoteError` if one of them stands under it with a signature that does not hold, stands there twice, or if none
        signed. Lines of other keys are left alone.
        """
        found = []
        for key in keys:
            blobs = self.blobs(key) if key.type == SIGNS else []
            if blobs and not key.verifies(self.text.encode(), blobs[0]):
                raise NoteError(f"The signature of {key.name} does not hold: the text or the signature was changed.")
            if blobs:
                found.append(key)
        if not found:
            raise NoteError("No key that is trusted here has signed this note.")
        return tuple(found)

    def blobs(self, key: VerifierKey) -> list[bytes]:
        """What stands under the note by this key: nothing or one signature; `NoteError` for two."""
        blobs = [each.blob for each in self.signatures if (each.name, each.id) == (key.name, key.id)]
        if len(blobs) > 1:
            raise NoteError(f"{key.name} signed this note twice; one line belongs there.")
        return blobs

    def with_lines(self, signatures: Iterable[Signature]) -> "Note":
        """The same text with further lines; a line by the same key is replaced."""
        new = {(each.name, each.id): each for each in signatures}
        kept = tuple(new.pop((each.name, each.id), each) for each in self.signatures)
        return Note(self.text, (*kept, *new.values()))


def sign(text: str, keys: Iterable[SigningKey]) -> Note:
    """The note of a text, one line a key (type 1); `NoteError` if the text cannot stand in a note."""
    signatures = tuple(Signature(key.name, key.verifier.id, key.sign(text.encode())) for key in keys)
    note = Note.parse(str(Note(text, signatures)))
    if note.text != text:
        raise NoteError("This text cannot be signed; end it with a newline.")
    return note
