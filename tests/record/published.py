# SPDX-License-Identifier: Apache-2.0
"""Vectors that others published, in the folder `shared/vectors` beside the project; read when tests are collected.

Where the folder is absent a parametrised test has no parameters, which pytest reports as a skip (and CI as a failure).
"""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHARED

VECTORS = SHARED / "vectors"


def folder(name: str) -> Path:
    """The folder of one set of vectors, or a skip that says what is missing."""
    path = VECTORS / name
    if not path.is_dir():
        pytest.skip(f"the folder shared/vectors/{name} does not lie beside the project")
    return path


def data(name: str) -> Any:
    """The JSON of one file, such as `data("merkle/index.json")`."""
    path = folder(name.split("/")[0]) / name.partition("/")[2]
    return json.loads(path.read_text(encoding="utf-8"))


def rows(name: str, *keys: str) -> list[Any]:
    """What stands under these keys of one file, one row a test; none where the folder is absent."""
    if not (VECTORS / name).is_file():
        return []
    value = json.loads((VECTORS / name).read_text(encoding="utf-8"))
    for key in keys:
        value = value[key]
    return list(value.items()) if isinstance(value, dict) else value


def b64(texts: list[str] | None) -> list[bytes]:
    """Hashes in base64; `null` is the empty list."""
    return [base64.b64decode(text) for text in texts or ()]
