# SPDX-License-Identifier: Apache-2.0
"""The language as JSON Schema (draft 2020-12), so that editors complete and validate a rulebook while it is written.

It is made of the same tables of keys with which the loader reads. What loads is valid; what is valid may still not
load: whether names name something, and whether a rulebook contradicts itself, only the loader sees.
Written with `python -m evenhand.rulebook.schema > docs/rulebook.schema.json`.
"""

import json
import sys
from typing import Any

from evenhand.rulebook.loading_keys import RULEBOOK

_FREE = {
    "description": "Texts, whole numbers, true or false, and lists and mappings of these.",
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "integer", "minimum": 0},
        {"type": "boolean"},
        {"type": "array", "items": {"$ref": "#/$defs/free"}},
        {"type": "object", "additionalProperties": {"$ref": "#/$defs/free"}},
    ],
}


def schema() -> dict[str, Any]:
    """The JSON Schema of a rulebook."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rulebook",
        **RULEBOOK.schema(),
        "$defs": {"free": _FREE},
    }


def text() -> str:
    """The schema as the file docs/rulebook.schema.json holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
