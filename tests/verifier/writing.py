# SPDX-License-Identifier: Apache-2.0
"""A small writer of logs, receipts and rulebooks for the tests of the verifier, which depend on nobody else's writer."""

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORIGIN = "saltmarsh.example/record"


def b64(data: bytes) -> str:
    """Standard base64."""
    return base64.b64encode(data).decode()


def b64url(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def jcs(value: Any) -> bytes:
    """RFC 8785 for what the tests write."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sha(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def noise(*what: Any) -> bytes:
    """32 bytes that look random and are the same each time."""
    return sha(repr(what).encode())


class Signer:
    """A key with a name; type 1 signs, type 4 cosigns."""

    def __init__(self, name: str, type_: int = 1, seed: Any = "") -> None:
        self.private = Ed25519PrivateKey.from_private_bytes(noise("seed", name, type_, seed))
        public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.name, self.type = name, type_
        self.id = sha(name.encode() + b"\n" + bytes([type_]) + public)[:4]
        self.vkey = f"{name}+{self.id.hex()}+{b64(bytes([type_]) + public)}"

    def line(self, text: str, seconds: int = 1_775_000_000) -> str:
        """The signature line under this text."""
        if self.type == 4:
            message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
            signature = seconds.to_bytes(8, "big") + self.private.sign(message)
        else:
            signature = self.private.sign(text.encode())
        return f"\u2014 {self.name} {b64(self.id + signature)}\n"


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, as RFC 6962 2.1 defines it."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else sha(b"")
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1" + root_of(leaves[:middle]) + root_of(leaves[middle:]))


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The list for a leaf, as RFC 6962 2.1.1 defines it."""
    if len(leaves) <= 1:
        return []
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    if index < middle:
        return [*inclusion(index, leaves[:middle]), root_of(leaves[middle:])]
    return [*inclusion(index - middle, leaves[middle:]), root_of(leaves[:middle])]


def note(origin: str, entries: Sequence[bytes], signers: Sequence[Signer], size: int | None = None) -> str:
    """The signed checkpoint over the first entries."""
    size = len(entries) if size is None else size
    root = root_of([sha(b"\0" + entry) for entry in entries[:size]])
    text = f"{origin}\n{size}\n{b64(root)}\n"
    return text + "\n" + "".join(signer.line(text) for signer in signers)


def tile_path(number: int) -> str:
    """Groups of three digits, all but the last after an x."""
    last = f"{number % 1000:03}"
    return last if number < 1000 else f"{tile_path_x(number // 1000)}/{last}"


def tile_path_x(number: int) -> str:
    """The groups before the last."""
    group = f"x{number % 1000:03}"
    return group if number < 1000 else f"{tile_path_x(number // 1000)}/{group}"


def write_tile(folder: Path, kind: str, number: int, parts: Sequence[bytes]) -> None:
    """One tile or bundle, partial where it is not full."""
    path = folder / "tile" / kind / tile_path(number)
    if len(parts) < 256:
        path = path.with_name(path.name + ".p") / str(len(parts))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(parts))


def write_log(folder: Path, entries: Sequence[bytes], signers: Sequence[Signer], origin: str = ORIGIN) -> Path:
    """A log in files: checkpoint, vkey, bundles, tiles."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "checkpoint").write_text(note(origin, entries, signers))
    (folder / "vkey").write_text(signers[0].vkey + "\n")
    row = [sha(b"\0" + entry) for entry in entries]
    for number in range((len(entries) + 255) // 256):
        some = entries[256 * number : 256 * number + 256]
        write_tile(folder, "entries", number, [len(entry).to_bytes(2, "big") + entry for entry in some])
    level = 0
    while row:
        for number in range((len(row) + 255) // 256):
            write_tile(folder, str(level), number, row[256 * number : 256 * number + 256])
        row = [root_of(row[at : at + 256]) for at in range(0, len(row) - 255, 256)]
        level += 1
    return folder


def genesis(signer: Signer, **more: Any) -> bytes:
    """Entry 0."""
    fixed = {"v": 1, "type": "genesis", "profile": "evenhand-jcs-1", "origin": signer.name, "key": signer.vkey}
    return jcs({**fixed, **more})


def disclosure(name: str, value: Any, *what: Any) -> str:
    """One salted disclosure."""
    return b64url(jcs([b64url(noise("salt", name, *what)), name, value]))


def sealed(book: str, disclosures: Sequence[str], *what: Any) -> bytes:
    """A sealed entry with these disclosures among its 16 digests."""
    digests = [b64url(sha(text.encode())) for text in disclosures]
    count = (len(digests) // 16 + 1) * 16
    digests += [b64url(noise("decoy", n, *what)) for n in range(count - len(digests))]
    return jcs({"_sd": sorted(digests), "book": "sha256:" + book, "id": noise("id", *what).hex()[:32], "v": 1})


def opening(index: int, disclosures: Sequence[str]) -> bytes:
    """One line of disclosures.jsonl."""
    return jcs({"disclosures": list(disclosures), "index": index}) + b"\n"


def receipt(
    index: int, entries: Sequence[bytes], signers: Sequence[Signer], disclosures: Sequence[str] = (), **more: Any
) -> bytes:
    """A receipt for one entry, at the size of the log or at `size`."""
    size = more.get("size", len(entries))
    leaves = [sha(b"\0" + entry) for entry in entries[:size]]
    extra = jcs({"disclosures": list(disclosures), "entry": entries[index].decode(), "v": 1})
    lines = ["c2sp.org/tlog-proof@v1", "extra " + b64(extra), f"index {index}", *map(b64, inclusion(index, leaves))]
    origin = more.get("origin", ORIGIN)
    return ("\n".join(lines) + "\n\n" + note(origin, entries, signers, size)).encode()
