# SPDX-License-Identifier: Apache-2.0
"""Runs one SELECT that a pure package has written, on whichever database this is."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import connection

NAMED = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")


@lru_cache(maxsize=512)
def _with_blanks(sql: str) -> str:
    """The same SELECT with blanks as a database's driver wants them; the same few are asked again and again."""
    return NAMED.sub(r"%(\1)s", sql.replace("%", "%%"))


def query(sql: str, params: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """The rows of a SELECT with named blanks as in `:matter`."""
    blanks: dict[str, Any] = dict(params)
    with connection.cursor() as cursor:
        cursor.execute(_with_blanks(sql), blanks)
        return [tuple(row) for row in cursor.fetchall()]
