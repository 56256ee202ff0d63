# SPDX-License-Identifier: Apache-2.0
"""The arguments that the commands of a record share, and the files they name."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenhand.cli.asking import Wrong

if TYPE_CHECKING:
    from evenhand.record.cosigning import Policy
    from evenhand.record.keys import VerifierKey

LARGEST_FILE = 1024 * 1024
LONGEST_NUMBER = 40
UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
CLOSING = "An unaltered record does not mean that a decision was right or that every complaint was entered."
"""What whatever verifies says last (M26)."""


def ask_for_log(parser: ArgumentParser) -> None:
    """The argument DIR."""
    parser.add_argument("dir", metavar="DIR", type=Path, help="the folder of the log")


def ask_for_signer(parser: ArgumentParser) -> None:
    """The option that names the signer file."""
    says = "the file with the key and with what was signed last; DIR.signer beside DIR if not given"
    parser.add_argument("--signer", metavar="FILE", type=Path, help=says)


def ask_for_keys(parser: ArgumentParser) -> None:
    """The option that names the keys a reader has pinned."""
    says = "the log's verifier key, or a file that holds it; may be given again. Get it from elsewhere than the log"
    parser.add_argument("--key", metavar="VKEY", action="append", default=[], help=says)


def period(text: str) -> timedelta:
    """A length of time such as 1d, 12h or 90m. Raises what argparse turns into a sentence."""
    number, unit = text[:-1], text[-1:]
    if not number.isdecimal() or unit not in UNITS or not 0 < int(number) * UNITS[unit] <= 10**9:
        raise ArgumentTypeError(f"{text!r} is no length of time; write it as 1d, 12h or 90m")
    return timedelta(seconds=int(number) * UNITS[unit])


def instant(text: str) -> datetime:
    """An instant such as 2026-01-01T03:00:00Z. Raises what argparse turns into a sentence."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or found.microsecond:
        raise ArgumentTypeError(f"{text!r} is no instant with its zone; write it as 2026-01-01T03:00:00Z")
    return found.astimezone(UTC)


def whole(text: str) -> int:
    """A whole number from 1. Raises what argparse turns into a sentence."""
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def keys(given: list[str]) -> "tuple[VerifierKey, ...]":
    """The verifier keys that were named, each as itself or as a file that holds it."""
    from evenhand.record.keys import VerifierKey

    return tuple(VerifierKey.parse(content(Path(text)).strip() if _is_file(text) else text) for text in given)


def policy(path: Path | None) -> "Policy | None":
    """The policy of cosigners in a JSON file."""
    if path is None:
        return None
    from evenhand.record.cosigning import Policy

    try:
        return Policy.of_data(one_value(content(path)))
    except ValueError as error:
        raise Wrong(f'{path} is not JSON ({error}); write {{"k": 2, "of": ["<verifier key>", ...]}}.') from None


def one_value(text: str) -> Any:
    """The value of a JSON text in any spelling; `ValueError` says in plain words what is wrong with it."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError("a number is too long; write it as text")
    return int(text)


def content(path: Path) -> str:
    """The text of a small file. Raises `Wrong` where there is none that can be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        text = data.decode("utf-8")
    except OSError as error:
        raise Wrong(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Wrong(f"{path} is not text in UTF-8; is it the right file?") from None
    if len(data) > LARGEST_FILE:
        raise Wrong(f"{path} is larger than 1 MiB; is it the right file?")
    return text


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:
        return False
