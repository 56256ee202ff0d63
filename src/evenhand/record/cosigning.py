# SPDX-License-Identifier: Apache-2.0
"""Cosignatures (C2SP `tlog-cosignature`, v1, Ed25519) and the policy that says how many of whom are enough.

A cosigner states that, at the time it gives, this was the largest consistent tree it had seen of this log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.record.encodings import LARGEST_SIZE
from evenhand.record.errors import KeyTextError, NoteError, PolicyError
from evenhand.record.keys import COSIGNS, SigningKey, VerifierKey
from evenhand.record.notes import Note, Signature


@dataclass(frozen=True)
class Cosigned:
    """Who cosigned a checkpoint, and when, in seconds since 1970 (UTC), by the cosigner's own clock."""

    key: VerifierKey
    seconds: int


def cosign(text: str, key: SigningKey, *, seconds: int) -> Signature:
    """The cosignature line of a checkpoint's text at a time in seconds since 1970."""
    stamp = seconds.to_bytes(8, "big")
    return Signature(key.name, key.verifier.id, stamp + key.sign(_message(text, seconds)))


def cosigned_by(note: Note, keys: Sequence[VerifierKey]) -> tuple[Cosigned, ...]:
    """Which of these cosigners' keys (type 4) stand under a checkpoint; none at all is an answer too.

    `NoteError` if one of them stands there with a cosignature that does not hold.
    """
    found = []
    for key in keys:
        if key.type != COSIGNS:
            continue
        for blob in note.blobs(key):
            seconds = int.from_bytes(blob[:8], "big")
            if len(blob) != 72 or seconds > LARGEST_SIZE or not key.verifies(_message(note.text, seconds), blob[8:]):
                raise NoteError(
                    f"The cosignature of {key.name} does not hold: the text or the cosignature was changed."
                )
            found.append(Cosigned(key, seconds))
    return tuple(found)


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


@dataclass(frozen=True)
class Policy:
    """How many (`k`) of which cosigners (`of`) must have seen a checkpoint before it counts as cosigned."""

    k: int
    of: tuple[VerifierKey, ...]

    @classmethod
    def of_data(cls, data: Any) -> "Policy":
        """The policy of {"k": 2, "of": [verifier keys]}; `PolicyError` says what is wrong with it."""
        if not isinstance(data, dict) or sorted(data) != ["k", "of"] or not isinstance(data["of"], list):
            raise PolicyError('A policy of cosigners is {"k": 2, "of": ["<verifier key>", ...]}.')
        try:
            keys = tuple(
                VerifierKey.parse(text) if isinstance(text, str) else VerifierKey.parse("") for text in data["of"]
            )
        except KeyTextError as error:
            raise PolicyError(f"A key in the policy of cosigners cannot be used. {error.sentence}") from None
        if any(key.type != COSIGNS for key in keys):
            raise PolicyError("A key in the policy of cosigners is not one that cosigns (type 4).")
        if len({key.public for key in keys}) != len(keys):
            raise PolicyError("A key stands twice in the policy of cosigners; it would count twice.")
        if not keys:
            raise PolicyError("The policy of cosigners names no cosigner.")
        k = data["k"]
        if not isinstance(k, int) or isinstance(k, bool) or not 1 <= k <= len(keys):
            raise PolicyError(f"The policy asks for {k!r} of {len(keys)} cosigners; ask for 1 to {len(keys)}.")
        return cls(k, keys)

    def as_data(self) -> dict[str, Any]:
        """The policy as the genesis holds it."""
        return {"k": self.k, "of": [key.text for key in self.of]}

    def met_by(self, note: Note) -> tuple[Cosigned, ...]:
        """Who of them cosigned; `PolicyError` if they are fewer than `k`, `NoteError` if a cosignature does not hold."""
        found = cosigned_by(note, self.of)
        if len(found) < self.k:
            raise PolicyError(
                f"{len(found)} of {len(self.of)} cosigners have cosigned this checkpoint; {self.k} are needed."
            )
        return found
