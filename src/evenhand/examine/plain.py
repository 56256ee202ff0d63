# SPDX-License-Identifier: Apache-2.0
"""Streams a source file once: its SHA-256, the gzip undone, the text as UTF-8 with plain line ends, ready for DuckDB.

DuckDB would stop at the first fault of a compressed or foreign-encoded file, and everything before the fault would be
lost with it. Here the part before the fault is kept, and what was wrong is said.
"""

import codecs
import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

CHUNK = 1 << 22
PIECE = 1 << 14
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass
class Plain:
    """One file as plain text: `path` in the working folder, and what was seen on the way.

    `size` and `sha256` are those of the file as given. `faults` are (line, sentence, text) to be listed.
    """

    path: Path
    size: int = 0
    sha256: str = ""
    breaks: int = 0
    empty: bool = True
    ends_open: bool = False
    nul: bool = False
    faults: list[tuple[int | None, str, str]] = field(default_factory=list)


def digest(path: Path, tick: Callable[[int], None]) -> tuple[int, str]:
    """Bytes and SHA-256 of a file, in one pass."""
    sha, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            sha.update(chunk)
            size += len(chunk)
            tick(len(chunk))
    return size, sha.hexdigest()


def make_plain(source: Path, target: Path, encoding: str | None, tick: Callable[[int], None]) -> Plain:
    """Write `source` to `target` as UTF-8 with line feeds; whatever had to be left out stands in `faults`."""
    plain = Plain(target)
    sha = hashlib.sha256()

    def raw() -> Iterator[bytes]:
        with source.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                sha.update(chunk)
                plain.size += len(chunk)
                tick(len(chunk))
                yield chunk

    cut: list[str] = []
    unzipped = _gunzip(raw(), cut) if source.name.lower().endswith(".gz") else raw()
    tail = b""
    with target.open("wb") as out:
        for chunk in _line_feeds(_utf8(unzipped, encoding, plain), plain):
            plain.empty = False
            plain.nul = plain.nul or b"\0" in chunk
            plain.breaks += chunk.count(b"\n")
            out.write(chunk)
            tail = (tail + chunk)[-(1 << 16) :]
    plain.sha256 = sha.hexdigest()
    plain.ends_open = not plain.empty and not tail.endswith(b"\n")
    if cut:
        _cut_off(plain, source.name, cut[0], tail)
    return plain


def _gunzip(chunks: Iterator[bytes], cut: list[str]) -> Iterator[bytes]:
    """The bytes inside a gzip file of one or several members, as far as they go; why they end early goes to `cut`."""
    member, begun = zlib.decompressobj(31), False
    for chunk in chunks:
        # In small pieces: a piece of a few kilobytes can grow a thousandfold, and a fault costs at most its piece.
        # After a fault the rest is still read, so that the digest is that of the whole file.
        for at in range(0, len(chunk), PIECE):
            rest = chunk[at : at + PIECE]
            while rest and not cut:
                before = member.copy()
                try:
                    yield member.decompress(rest)
                except zlib.error as error:
                    cut.append(f"is damaged ({str(error).rpartition(': ')[2]})")
                    yield _up_to_the_fault(before, rest)
                    break
                begun = True
                if not member.eof:
                    break
                # Zero padding after the last member is allowed; anything else begins a new member.
                rest = member.unused_data.lstrip(b"\0")
                member, begun = zlib.decompressobj(31), False
    if begun and not cut:
        cut.append("is cut off before its end")


def _up_to_the_fault(member: "zlib._Decompress", piece: bytes) -> bytes:
    out = b""
    try:
        for at in range(len(piece)):
            out += member.decompress(piece[at : at + 1])
    except zlib.error:
        return out
    return out


def _cut_off(plain: Plain, file: str, why: str, tail: bytes) -> None:
    """Take the half line at the break out of the text, and say so."""
    last = b""
    if plain.ends_open:
        last = tail[tail.rfind(b"\n") + 1 :]
        with plain.path.open("rb+") as out:
            out.truncate(plain.path.stat().st_size - len(last))
        plain.ends_open = False
        plain.empty = plain.path.stat().st_size == 0
    sentence = (
        f"The compressed file {file} {why}: the rows before the break are examined, what came after it is not there; "
        "ask for the file again."
    )
    plain.faults.append((plain.breaks + 1, sentence, last.decode("utf-8", "replace")))


def _utf8(chunks: Iterator[bytes], encoding: str | None, plain: Plain) -> Iterator[bytes]:
    """The same text in UTF-8: by its byte order mark, else by the given encoding, else as it is."""
    first = next((chunk for chunk in chunks if chunk), b"")
    marked = next(((mark, name) for mark, name in BYTE_ORDER_MARKS if first.startswith(mark)), None)
    if marked is not None and marked[1] == "utf-8":
        first, encoding = first[len(marked[0]) :], None
    elif marked is not None:
        encoding = marked[1]
    if encoding is None or codecs.lookup(encoding).name == "utf-8":
        yield first
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    replaced = 0
    for chunk in _then(first, chunks):
        text = decoder.decode(chunk)
        replaced += text.count("\ufffd")
        yield text.encode("utf-8", "replace")
    text = decoder.decode(b"", final=True)
    replaced += text.count("\ufffd")
    yield text.encode("utf-8", "replace")
    if replaced:
        plain.faults.append(
            (
                None,
                f"{replaced:,} characters are not valid {encoding} and stand as \ufffd; "
                "check `[source] encoding` in mapping.toml.",
                "",
            )
        )


def _then(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _line_feeds(chunks: Iterator[bytes], plain: Plain) -> Iterator[bytes]:
    r"""Every line ended by \n: DuckDB gives a whole file up when line ends are mixed."""
    held, feeds, alone = b"", False, False
    for piece in chunks:
        chunk = held + piece
        held = b""
        if b"\r" in chunk:
            if chunk.endswith(b"\r"):
                chunk, held = chunk[:-1], b"\r"
            chunk = chunk.replace(b"\r\n", b"\n")
            if b"\r" in chunk:
                feeds, alone = feeds or b"\n" in chunk, True
                # An old Macintosh file has no line feed at all; elsewhere a lone return is a stray character.
                chunk = chunk.replace(b"\r", b" " if feeds else b"\n")
        feeds = feeds or (b"\n" in chunk and not alone)
        if chunk:
            yield chunk
    if held:
        yield b"\n"
    if alone and feeds:
        plain.faults.append((None, "Carriage returns stand inside lines; each is read as a space.", ""))
