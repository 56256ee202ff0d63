# SPDX-License-Identifier: Apache-2.0
"""The vectors of this repository as rows of tests; `record` and the verifier are held to the same."""

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parent / "vectors"


def rows(name: str, *keys: str) -> list[Any]:
    """The rows under these keys of one file."""
    value = json.loads((FOLDER / f"{name}.json").read_text(encoding="ascii"))
    for key in keys:
        value = value[key]
    return value


def each(name: str, *keys: str) -> pytest.MarkDecorator:
    """A test for each row, named by what it is about."""
    return pytest.mark.parametrize("row", rows(name, *keys), ids=lambda row: row.get("why", "row")[:60])


def bytes_of(row: dict[str, Any]) -> bytes:
    """The bytes of an entry, which stand as text or, where they are none, in hex."""
    return bytes.fromhex(row["hex"]) if "hex" in row else row["text"].encode()
