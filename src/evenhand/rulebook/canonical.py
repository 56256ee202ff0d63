# SPDX-License-Identifier: Apache-2.0
"""The identity of a rulebook: canonical JSON of what its text says, and the SHA-256 of that.

What counts is the meaning that the language gives a text. Comments, layout, quotes, aliases, shorthands (`once: true`
for `max: 1`, `by: clerk` for `by: [clerk]`, `pool: 12`), keys that repeat their default and the order of keys are no
part of it.

The order of the facts, the stages and the acts of a book is a part of it. It numbers the codes of the compiled table,
and whoever holds the digest must be able to build the same table, code by code; so they are written as lists, in the
order of the text. The order within lists is kept as well.

Defaults are left out, so that a key which the language gains later does not give every older rulebook another identity.
For the same reason a default never changes without a new number in `language`.

The form is JSON with sorted keys, no spaces, in UTF-8, and holds texts, whole numbers, truth values, lists and objects:
anybody can make it again with the standard library of their language.
"""

import hashlib
import json
from datetime import date
from fractions import Fraction
from typing import Any

from evenhand.rulebook.loading_shapes import Ordered
from evenhand.rulebook.model import Span

LANGUAGE = 1


def plain(value: Any) -> Any:
    """A value as read, in the types of JSON: spans as "20wd", shares as "2/3", dates as "2026-04-01"."""
    if isinstance(value, Ordered):
        return [{"id": str(name), **plain(section)} for name, section in value.items()]
    if isinstance(value, dict):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Span | Fraction | str):
        return str(value)
    return value


def canonical(whole: dict[str, Any]) -> bytes:
    """The canonical JSON of a rulebook as read."""
    text = json.dumps(
        {"language": LANGUAGE, **plain(whole)},
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )
    return text.encode("utf-8")


def digest_of(whole: dict[str, Any]) -> str:
    """The identity of a rulebook, as in "sha256:9f2c41..."."""
    return "sha256:" + hashlib.sha256(canonical(whole)).hexdigest()
