# SPDX-License-Identifier: Apache-2.0
"""Makes the files that the invented people hand in: a page as PDF, a scan as PNG, a few seconds of sound as WAV.

The same words give the same bytes. Nobody's voice is in the sound: it rises and falls like speech, and says nothing.
"""

import struct
import zlib
from math import pi, sin
from textwrap import wrap

RATE = 8_000
"""Samples in a second of sound: a telephone's."""
COLUMNS, LINES = 84, 46
"""Of a page of paper."""


def page(title: str, text: str) -> bytes:
    """One page of PDF with a title and words. Only what is written in ASCII; a longer text is cut at the end of the page."""
    words = [line for part in text.splitlines() for line in (wrap(part, COLUMNS) or [""])][:LINES]
    drawn = [
        "BT",
        "/F1 11 Tf",
        "15 TL",
        "60 780 Td",
        *(f"({_escaped(line)}) Tj T*" for line in (title, "", *words)),
        "ET",
    ]
    stream = "\n".join(drawn).encode("ascii", "replace")
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(made))
    return made + head + table + tail


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def scan(text: str, *, width: int = 240, height: int = 160) -> bytes:
    """A grey picture of a sheet with as many dark lines as the text has words: a scan that nobody need read."""
    lengths = [min(len(word) * 12, width - 40) for word in text.split()]
    rows = []
    for y in range(height):
        line, within = divmod(y - 16, 8)
        dark = lengths[line] if 0 <= line < len(lengths) and 0 <= within < 3 else 0
        rows.append(b"\x00" + bytes(70 if 20 <= x < 20 + dark else 244 for x in range(width)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def sound(text: str, *, seconds: int = 3) -> bytes:
    """Some seconds of sound whose pitch follows the letters of a text, as a WAV file of one channel with 8 bits."""
    letters = [ord(letter) % 32 for letter in text] or [1]
    each = max(RATE * seconds // len(letters), 1)
    samples = bytearray()
    for number in range(RATE * seconds):
        pitch = 110 + 6 * letters[min(number // each, len(letters) - 1)]
        loud = 60 * abs(sin(pi * (number % each) / each))
        samples.append(128 + round(loud * sin(2 * pi * pitch * number / RATE)))
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, RATE, 1, 8)
    return (
        struct.pack("<4sI4s", b"RIFF", 36 + len(samples), b"WAVE")
        + form
        + struct.pack("<4sI", b"data", len(samples))
        + samples
    )
