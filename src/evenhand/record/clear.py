# SPDX-License-Identifier: Apache-2.0
"""What stands in clear about the log itself: the shape of `genesis` and `key.rotated` (section 2 of the format)."""

from collections.abc import Callable, Mapping
from re import fullmatch
from typing import Any

from evenhand.record.canonical import PROFILE
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import Policy
from evenhand.record.errors import EntryError, RecordError
from evenhand.record.keys import SIGNS, VerifierKey
from evenhand.record.notes import Note
from evenhand.record.publication import Publication

NEEDED = {"v", "type", "profile", "origin", "key"}


def check_genesis(value: Mapping[str, Any]) -> None:
    """Raises `EntryError` unless this is a genesis: each key as the table says, and no other."""
    if not NEEDED <= set(value) <= NEEDED | set(OPTIONAL):
        raise EntryError(
            f"A genesis has {', '.join(sorted(NEEDED))}, and may have {', '.join(OPTIONAL)}; no other key."
        )
    if value["profile"] != PROFILE:
        raise EntryError(f"The profile in a genesis is {PROFILE}; this one names another.")
    key = _key(value["key"], "The key in a genesis")
    if key.type != SIGNS or key.name != value["origin"]:
        raise EntryError("The key in a genesis signs checkpoints and bears the origin as its name.")
    for name, check in OPTIONAL.items():
        if name in value:
            try:
                check(value[name])
            except RecordError as error:
                raise EntryError(f"In a genesis “{name}” cannot be read. {error.sentence}") from None


def check_rotation(value: Mapping[str, Any]) -> None:
    """Raises `EntryError` unless this hands over from one verifier key to another."""
    if set(value) != {"key", "replaces", "type", "v"}:
        raise EntryError("An entry key.rotated has key, replaces, type and v, and no other key.")
    for name in ("key", "replaces"):
        _key(value[name], f"In key.rotated “{name}”")


def _key(text: Any, what: str) -> VerifierKey:
    try:
        return VerifierKey.parse(text if isinstance(text, str) else "")
    except RecordError as error:
        raise EntryError(f"{what} cannot be used. {error.sentence}") from None


def _text(value: Any) -> None:
    if not isinstance(value, str):
        raise EntryError("It is a text.")


def _version(value: Any) -> None:
    if not isinstance(value, str) or not fullmatch("sha256:[0-9a-f]{64}", value):
        raise EntryError("A version of a rulebook is sha256: and 64 hex digits.")


def _after(value: Any) -> None:
    if not isinstance(value, dict) or list(value) != ["checkpoint"] or not isinstance(value["checkpoint"], str):
        raise EntryError('It is {"checkpoint": "<note>"}.')
    Checkpoint.parse(Note.parse(value["checkpoint"]).text)


OPTIONAL: Mapping[str, Callable[[Any], object]] = {
    "charter": _text,
    "rulebook": _version,
    "cosigners": Policy.of_data,
    "publication": Publication.of_data,
    "after": _after,
}
