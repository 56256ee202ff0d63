# SPDX-License-Identifier: Apache-2.0
"""Who cosigns a log of one's own, and where they answer: the file DIR.cosigners beside the log in DIR.

    {"k": 2, "of": [{"key": "<verifier key>", "url": "https://cosigner.example.org", "size": 120}, ...]}

`size` is what that cosigner is known to know, and may be absent. Where the genesis of the log has a policy, that policy
decides who counts, and this file only says where they answer.
"""

import json
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from evenhand.cosign.errors import CosignError
from evenhand.record import entries
from evenhand.record.cosigning import Policy
from evenhand.record.encodings import LARGEST_SIZE
from evenhand.record.errors import KeyTextError
from evenhand.record.files import durable
from evenhand.record.files.shelf import Shelf
from evenhand.record.keys import COSIGNS, VerifierKey

LARGEST_FILE = 262_144
MOST = 100


@dataclass(frozen=True)
class Named:
    """One cosigner: its key, where it answers, and the size up to which it is known to know the log."""

    key: VerifierKey
    url: str
    size: int = 0


@dataclass(frozen=True)
class Cosigners:
    """Those who were named for a log, and how many of them are needed."""

    k: int
    of: tuple[Named, ...]

    def text(self) -> str:
        """The file."""
        of = [{"key": each.key.text, "url": each.url, "size": each.size} for each in self.of]
        return json.dumps({"k": self.k, "of": of}, indent=1) + "\n"

    def with_one(self, one: Named, *, needed: int | None) -> "Cosigners":
        """With one more, or with another address for one that is there; unless `needed` says fewer, all are needed."""
        known = any(each.key == one.key for each in self.of)
        of = tuple(replace(each, url=one.url) if each.key == one.key else each for each in self.of)
        of = of if known else (*of, one)
        if len(of) > MOST:
            raise CosignError(f"A log has at most {MOST} cosigners.")
        k = needed or (self.k if known else self.k + (self.k == len(self.of)))
        if not 1 <= k <= len(of):
            raise CosignError(f"{k} of {len(of)} cosigners cannot be needed; ask for 1 to {len(of)}.")
        return Cosigners(k, of)

    def with_sizes(self, sizes: dict[str, int]) -> "Cosigners":
        """With what each cosigner is known to know now, by the text of its key."""
        return Cosigners(self.k, tuple(replace(each, size=sizes.get(each.key.text, each.size)) for each in self.of))

    @classmethod
    def parse(cls, text: str) -> "Cosigners":
        """The cosigners of a file; `CosignError` says what is wrong with it."""
        try:
            value = json.loads(text)
            of = tuple(_named(each) for each in value["of"])
            k = value["k"]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise CosignError('Cosigners are written as {"k": 2, "of": [{"key": ..., "url": ...}, ...]}.') from None
        if type(k) is not int or not 1 <= k <= len(of) <= MOST or len({each.key.public for each in of}) != len(of):
            raise CosignError(f"{k!r} of {len(of)} cosigners cannot be needed, or one of them stands there twice.")
        return cls(k, of)


def file_beside(folder: Path) -> Path:
    """Where the cosigners of a log are named: DIR.cosigners beside DIR."""
    folder = folder.resolve()
    return folder.with_name(f"{folder.name}.cosigners")


def named_for(folder: Path) -> Cosigners | None:
    """Who cosigns the log of a folder, or None where nobody was named."""
    path = file_beside(folder)
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST_FILE).decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    try:
        return Cosigners.parse(text)
    except CosignError as error:
        raise CosignError(f"{path} cannot be read. {error.sentence}") from None


def write(folder: Path, cosigners: Cosigners) -> Path:
    """Writes the file beside the log in one step, and says where it is."""
    path = file_beside(folder)
    durable.put(path, cosigners.text().encode(), part=path.with_name(path.name + durable.PART), sync=True)
    return path


def policy_of(shelf: Shelf) -> Policy | None:
    """The policy in the genesis of a log, or None where it has none."""
    size = shelf.checkpoint().size
    entry = entries.read(shelf.entry(0, size)) if size else None
    if entry is None or entry.kind != "genesis" or "cosigners" not in entry.value:
        return None
    return Policy.of_data(entry.value["cosigners"])


def deciding(named: Cosigners | None, policy: Policy | None) -> Policy:
    """Who counts and how many are needed: what the genesis says, else what the file says; `CosignError` for neither."""
    if policy is not None:
        return policy
    if named is None:
        raise CosignError(
            "Nobody was named to cosign this log; `evenhand cosign add LOG --cosigner KEY --at URL` names one."
        )
    return Policy(named.k, tuple(each.key for each in named.of))


def check_against(policy: Policy | None, key: VerifierKey, *, needed: int | None) -> None:
    """Raises `CosignError` if the genesis has a policy and it does not have this cosigner, or needs another number."""
    if policy is None:
        return
    if key not in policy.of:
        names = ", ".join(each.name for each in policy.of)
        raise CosignError(
            f"The genesis of this log says who cosigns it ({names}); {key.name} with this key is not among them."
        )
    if needed not in (None, policy.k):
        raise CosignError(f"The genesis of this log says that {policy.k} are needed; leave --needed out.")


def cosigner_key(text: str) -> VerifierKey:
    """The key of a cosigner; `CosignError` if it cannot be read or is no cosigner's."""
    key = readable_key(text)
    if key.type != COSIGNS:
        raise CosignError(f"{key.name} is the key of a log, not one that cosigns (type 4).")
    return key


def readable_key(text: str) -> VerifierKey:
    """A verifier key from outside; `CosignError` if it cannot be read."""
    try:
        key = VerifierKey.parse(text.strip())
    except KeyTextError as error:
        raise CosignError(error.sentence) from None
    if not unicodedata.is_normalized("NFC", key.name):
        raise CosignError(f"The name of the key {key.name!r} is not in Unicode form NFC; ask for a key that is.")
    return key


def address(text: str) -> str:
    """Where a cosigner answers; `CosignError` unless it is an http or https address without query."""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
        good = good and (parts.port is None or parts.port > 0) and text.isascii() and text.isprintable()
    except ValueError:
        good = False
    if not good or " " in text:
        raise CosignError(f"{text!r} is no address of a cosigner; write it as https://cosigner.example.org.")
    return text.rstrip("/")


def _named(value: Any) -> Named:
    if not {"key", "url"} <= set(value) <= {"key", "url", "size"}:
        raise TypeError("a cosigner is key, url and size")
    size = value.get("size", 0)
    if type(size) is not int or not 0 <= size <= LARGEST_SIZE:
        raise TypeError("the size is a whole number")
    return Named(cosigner_key(value["key"]), address(value["url"]), size)


def log_key(text: str) -> VerifierKey:
    """The key of a log; `CosignError` if it cannot be read or is that of a cosigner."""
    key = readable_key(text)
    if key.type == COSIGNS:
        raise CosignError(f"{key.name} is the key of a cosigner, not of a log.")
    return key


def key_given(given: str) -> VerifierKey:
    """The key of a log that is given as a verifier key, a file that holds one, or the folder of a log."""
    path = Path(given)
    try:
        with (path / "vkey" if path.is_dir() else path).open("rb") as file:
            return log_key(file.read(LARGEST_FILE).decode("utf-8", "replace"))
    except (OSError, ValueError):
        if "+" in given:
            return log_key(given)
        raise CosignError(f"{given} is neither a verifier key nor a file or folder that holds one.") from None
