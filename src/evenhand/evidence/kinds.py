# SPDX-License-Identifier: Apache-2.0
"""What kind of source an item is (E03), and which files a browser may show in the page.

The kind is a label and not a weight: nothing here scores evidence.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of source: its name, its title, and a sentence that tells it from the others."""

    id: str
    title: str
    says: str


KINDS: dict[str, Kind] = {
    one.id: one
    for one in (
        Kind(
            id="recording",
            title="Recording",
            says="Sound, pictures or a log of the event itself, made while it happened.",
        ),
        Kind(
            id="document",
            title="Document",
            says="A letter, message, contract or paper that is itself what is talked about.",
        ),
        Kind(
            id="first_hand",
            title="First-hand statement",
            says="What somebody says who was there and saw or heard it.",
        ),
        Kind(
            id="second_hand",
            title="Second-hand report",
            says="What somebody says who was told of it by others.",
        ),
        Kind(
            id="published",
            title="Published report",
            says="What a newspaper, a site or somebody on the net made public about it.",
        ),
    )
}
"""Every kind by its name, in the order in which a form shows them."""

GROUNDS = {
    "safety": "Somebody would be in danger.",
    "private_life": "It tells of the private life of somebody who is no party.",
    "confidence": "It was given in confidence that the law protects.",
    "other": "For another ground, which the reasons name.",
}
"""Why an item may be withheld from a party (E06); the reasons say the rest."""

UNKNOWN = "application/octet-stream"
"""The media type of everything that is handed over to be saved and never shown in the page."""
INLINE = frozenset(
    ("application/pdf", "image/png", "image/jpeg", "audio/wav", "audio/mpeg", "audio/ogg", "audio/mp4", "video/mp4")
)
"""What may be shown in the page. HTML and SVG are not among them and cannot be: both can carry a script."""
HEAD = 32
"""Of so many first bytes the media type is told."""


def media_of(head: bytes) -> str:
    """The media type by the first `HEAD` bytes, whatever the file is called; `UNKNOWN` for everything not in `INLINE`."""
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head.startswith(b"OggS\x00"):
        return "audio/ogg"
    if head.startswith(b"ID3") or _frame_of_mp3(head):
        return "audio/mpeg"
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:11] == b"M4A" else "video/mp4"
    return UNKNOWN


def _frame_of_mp3(head: bytes) -> bool:
    """Whether it begins with the header of a frame of MPEG audio, layer III, in which no field has a forbidden value."""
    if len(head) < 3 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    version, rate, pitch = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and rate not in (0, 15) and pitch != 3
