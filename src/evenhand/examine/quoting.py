# SPDX-License-Identifier: Apache-2.0
"""Writes names, texts and lists as DuckDB reads them: a name from a foreign file never becomes a piece of SQL."""

from collections.abc import Iterable


def name(word: str) -> str:
    """The identifier `word`, quoted."""
    return '"' + word.replace('"', '""') + '"'


def text(value: str | None) -> str:
    """The text `value` as a literal, `NULL` for None."""
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def texts(values: Iterable[str]) -> str:
    """The texts as a list literal."""
    return "[" + ", ".join(text(value) for value in values) + "]"
