# SPDX-License-Identifier: Apache-2.0
"""Verifier keys and signing keys of signed notes (C2SP `signed-note`), Ed25519 alone.

Verifiers of Ed25519 disagree only about keys that no honest signer has: the 14 encodings of points of low order.
They are refused when a key is read; after that every verifier, ours and that of a stranger, gives the same verdict.
"""

import hashlib
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from evenhand.record.encodings import from_base64, to_base64
from evenhand.record.errors import KeyTextError

SIGNS, COSIGNS = 0x01, 0x04
"""Types of Ed25519 key: one signs a note, the other cosigns a checkpoint with the time."""

LONGEST_KEY, LONGEST_NAME = 1_024, 256
"""Characters of a key's text and of its name at most."""
PRIVATE = "PRIVATE+KEY+"

_P = 2**255 - 19
_ORDER_EIGHT = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_LOW_Y = (0, 1, _P - 1, _P, _P + 1, _ORDER_EIGHT, _P - _ORDER_EIGHT)
LOW_ORDER = frozenset((y | sign << 255).to_bytes(32, "little") for y in _LOW_Y for sign in (0, 1))
"""The 14 encodings of points whose order divides 8, canonical or not (published with the vectors of C2SP CCTV)."""


@dataclass(frozen=True)
class VerifierKey:
    """A name, a type and an Ed25519 public key; `text` is what is pinned, printed and compared."""

    name: str
    type: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """NAME+ID+BASE64."""
        return f"{self.name}+{self.id.hex()}+{to_base64(bytes([self.type]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """The key of a text; `KeyTextError` says what is wrong with it."""
        name, identity, material = _parts(text, "verifier key")
        if len(material) != 33 or material[0] not in (SIGNS, COSIGNS):
            raise KeyTextError("This verifier key is not an Ed25519 key that signs notes (type 1) or cosigns (type 4).")
        if material[1:] in LOW_ORDER:
            raise KeyTextError("This verifier key is a point of low order, which no honest signer has; refuse it.")
        key = cls(name, material[0], material[1:])
        if key.id.hex() != identity:
            raise KeyTextError(
                "The ID in this verifier key does not belong to its name and bytes; copy it again, whole."
            )
        return key

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether the 64 bytes are this key's signature of the message (RFC 8032 5.1.7, without cofactor)."""
        if len(signature) != 64 or self.public in LOW_ORDER:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """The secret half of a key: 32 bytes of seed. Printing it does not show the seed."""

    name: str
    type: int
    seed: bytes

    def __repr__(self) -> str:
        return f"SigningKey({self.verifier.text})"

    @classmethod
    def of_seed(cls, name: str, seed: bytes, *, type: int = SIGNS) -> "SigningKey":
        """The key of a name and 32 random bytes; `KeyTextError` for a name that a note cannot carry."""
        check_name(name)
        if len(seed) != 32:
            raise KeyTextError(f"An Ed25519 seed has 32 bytes, not {len(seed)}.")
        return cls(name, type, seed)

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(
            self.name, self.type, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        )

    @property
    def text(self) -> str:
        """PRIVATE+KEY+NAME+ID+BASE64, as other software of the family writes it; keep it secret."""
        return f"{PRIVATE}{self.name}+{self.verifier.id.hex()}+{to_base64(bytes([self.type]) + self.seed)}"

    @classmethod
    def parse(cls, text: str) -> "SigningKey":
        """The key of a text; `KeyTextError` says what is wrong without repeating it."""
        if not text.startswith(PRIVATE):
            raise KeyTextError("This is not a signing key; one begins with PRIVATE+KEY+.")
        name, identity, material = _parts(text.removeprefix(PRIVATE), "signing key")
        if len(material) != 33 or material[0] not in (SIGNS, COSIGNS):
            raise KeyTextError("This signing key is not an Ed25519 key that signs notes (type 1) or cosigns (type 4).")
        key = cls(name, material[0], material[1:])
        if key.verifier.id.hex() != identity:
            raise KeyTextError(
                "The ID in this signing key does not belong to its name and bytes; restore the file from a copy."
            )
        return key

    def sign(self, message: bytes) -> bytes:
        """64 bytes of Ed25519 over the message."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


def check_name(name: str) -> None:
    """Raises `KeyTextError` unless a key may bear this name: no Unicode space, no plus, no control character."""
    if not name or len(name) > LONGEST_NAME:
        raise KeyTextError(f"The name of a key has 1 to {LONGEST_NAME} characters, such as example.org/harbour.")
    if any(
        sign == "+" or sign.isspace() or unicodedata.category(sign) in ("Cc", "Cs", "Zs", "Zl", "Zp") for sign in name
    ):
        raise KeyTextError(
            f"The name {name[:256]!r} holds a space, a plus or a control character; write it as example.org/harbour."
        )


def _parts(text: str, what: str) -> tuple[str, str, bytes]:
    parts = text.split("+", 2)
    if len(text) > LONGEST_KEY or len(parts) != 3:
        raise KeyTextError(f"This is not a {what}; one looks like example.org/log+1a2b3c4d+AbCd...")
    check_name(parts[0])
    material = from_base64(parts[2])
    if len(parts[1]) != 8 or parts[1].strip("0123456789abcdef") or material is None:
        raise KeyTextError(
            f"This {what} is damaged: after the name come 8 hex digits and base64; copy it again, whole."
        )
    return parts[0], parts[1], material
