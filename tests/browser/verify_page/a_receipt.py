# SPDX-License-Identifier: Apache-2.0
"""A small writer of receipts, after docs/record-format.md and nothing else: it shares no code with `evenhand.record`.

It makes what an honest log makes, and lets a test replace any part of it. Chance is counted, so that bytes repeat.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ORIGIN = "example.org/harbour"
BOOK = "sha256:" + "9f" * 32
MATTER, OTHER_MATTER = "5be0f1" * 5 + "5b", "a7" * 16
SINCE = 1_775_000_000
"""When the cosigners signed, in seconds since 1970: 31 March 2026, 23:33:20 UTC."""


def canonical(value: Any) -> str:
    """The profile's one spelling, for values whose keys are plain letters."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def b64(data: bytes) -> str:
    """Standard base64."""
    return base64.b64encode(data).decode()


def b64url(data: bytes) -> str:
    """The other alphabet, without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def sha(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


@dataclass(frozen=True)
class Key:
    """A key pair of a log (type 1) or a cosigner (type 4); the seed is the name's hash."""

    name: str
    type: int = 1

    @property
    def _pair(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(sha(f"seed of {self.name}".encode()))

    @property
    def text(self) -> str:
        """NAME+ID+BASE64."""
        return key_text(self.name, self.type, self._pair.public_key().public_bytes_raw())

    def line(self, message: str, before: bytes = b"") -> str:
        """The signature line over a message; `before` stands between the ID and the signature."""
        return f"— {self.name} {b64(bytes.fromhex(self.text.split('+')[1]) + before + self._pair.sign(message.encode()))}\n"

    def cosigns(self, text: str, seconds: int = SINCE) -> str:
        """The cosignature line of a checkpoint."""
        return self.line(f"cosignature/v1\ntime {seconds}\n{text}", seconds.to_bytes(8, "big"))


def key_text(name: str, kind: int, public: bytes) -> str:
    """A verifier key of any public key, a bad one too."""
    return f"{name}+{sha(name.encode() + bytes([10, kind]) + public).hex()[:8]}+{b64(bytes([kind]) + public)}"


LOG = Key(ORIGIN)
COSIGNERS = tuple(Key(f"cosigner.example/{name}", 4) for name in ("saltmarsh", "eastquay", "lantern"))


def policy(k: int, keys: Sequence[Key] = COSIGNERS) -> str:
    """The policy k of these cosigners."""
    return canonical({"k": k, "of": [key.text for key in keys]})


def disclosure(name: str, value: Any, salt: bytes | None = None) -> str:
    """One field, opened."""
    text = canonical([b64url(salt or sha(f"salt of {name}".encode())), name, value])
    return b64url(text.encode())


def sealed(disclosures: Sequence[str], number: int = 0) -> str:
    """A sealed entry that commits to these disclosures, with decoys up to the next multiple of 16."""
    decoys = 16 - len(disclosures) % 16
    digests = [b64url(sha(text.encode())) for text in disclosures]
    digests += [b64url(sha(sha(f"decoy {number} {k}".encode()))) for k in range(decoys)]
    return canonical({"_sd": sorted(digests), "book": BOOK, "id": f"{number:032x}", "v": 1})


def fields(**changed: Any) -> dict[str, Any]:
    """The fields of an act, with some of them changed, added, or (None) left out."""
    act = {
        "type": "act", "day": "2026-04-01", "at": "2026-04-01T08:30:00.25Z", "matter": MATTER, "n": 1, "by": "c4" * 16,
        "as": "complainant", "rule": "discipline.lodge", "body.notice": {"how": "post", "to": ["respondent", "panel"]},
        "text.account": "It happened at the second berth.\nTwo people saw it.", "person.name": "Mira Okonjo",
    }  # fmt: skip
    return {name: value for name, value in (act | changed).items() if value is not None}


def leaf(entry: str) -> bytes:
    """The leaf of an entry."""
    return sha(b"\x00" + entry.encode())


def root(leaves: Sequence[bytes]) -> bytes:
    """The root, by the definition of RFC 6962 2.1."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\x01" + root(leaves[:split]) + root(leaves[split:]))


def path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes from a leaf's sibling up, by the definition of RFC 6962 2.1.1."""
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return [*path(index, leaves[:split]), root(leaves[split:])]
    return [*path(index - split, leaves[split:]), root(leaves[:split])]


def genesis() -> str:
    """Entry 0."""
    return canonical({"key": LOG.text, "origin": ORIGIN, "profile": "evenhand-jcs-1", "type": "genesis", "v": 1})


def checkpoint(leaves: Sequence[bytes], origin: str = ORIGIN) -> str:
    """The three lines that are signed."""
    return f"{origin}\n{len(leaves)}\n{b64(root(leaves))}\n"


def receipt(
    entries: Sequence[str],
    index: int,
    disclosures: Sequence[str] = (),
    *,
    cosigners: Sequence[Key] = (),
    extra: Callable[[dict[str, Any]], str] = canonical,
) -> str:
    """The receipt of one entry of a log, signed by it and by these cosigners; `extra` may write the line its own way."""
    leaves = [leaf(entry) for entry in entries]
    text = checkpoint(leaves)
    held = {"disclosures": list(disclosures), "entry": entries[index], "v": 1}
    lines = ["c2sp.org/tlog-proof@v1", f"extra {b64(extra(held).encode())}", f"index {index}"]
    lines += [b64(each) for each in path(index, leaves)]
    signatures = LOG.line(text) + "".join(key.cosigns(text) for key in cosigners)
    return "\n".join(lines) + "\n\n" + text + "\n" + signatures


def receipt_of(opened: Mapping[str, Any], *, cosigners: Sequence[Key] = (), salt: bytes | None = None) -> str:
    """The receipt of an act with these fields: entry 3 of a record of 7."""
    disclosures = [disclosure(name, value, salt) for name, value in opened.items()]
    entries = [
        genesis(),
        *(canonical({"number": k}) for k in (1, 2)),
        sealed(disclosures),
        *(f'{{"n":{k}}}' for k in (4, 5, 6)),
    ]
    return receipt(entries, 3, disclosures, cosigners=cosigners)


def bundle(numbers: Sequence[int], matter: str = MATTER, cosigners: Sequence[Key] = ()) -> str:
    """The receipts of one matter with these numbers, in one text."""
    opened = [[disclosure(name, value) for name, value in fields(n=n, matter=matter).items()] for n in numbers]
    entries = [genesis(), *(sealed(each, k) for k, each in enumerate(opened, 1))]
    return "".join(receipt(entries, k, each, cosigners=cosigners) for k, each in enumerate(opened, 1))
