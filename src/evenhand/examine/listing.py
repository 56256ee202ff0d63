# SPDX-License-Identifier: Apache-2.0
"""Counts what was rejected and what is doubtful by reason, the commonest first."""

from typing import Any

import duckdb

Counted = tuple[dict[str, Any], ...]


def by_reason(con: duckdb.DuckDBPyConnection) -> tuple[Counted, Counted]:
    """The lists `rejected` and `doubtful` of a history, each counted by reason."""
    rejected = con.execute(
        "SELECT file, reason, count(*), min(line) FROM rejected GROUP BY ALL ORDER BY 3 DESC, 1, 2"
    ).fetchall()
    doubtful = con.execute(
        "SELECT tbl, file, reason, count(*), min(line), min(value) FROM doubtful GROUP BY ALL ORDER BY 4 DESC, 1, 3"
    ).fetchall()
    return (
        tuple(dict(zip(("file", "reason", "rows", "first_line"), row, strict=True)) for row in rejected),
        tuple(
            dict(zip(("table", "file", "reason", "rows", "first_line", "example"), row, strict=True))
            for row in doubtful
        ),
    )
