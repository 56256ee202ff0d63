# SPDX-License-Identifier: Apache-2.0
"""Opens a case history: the files of a source, read once, and the tables its mapping makes of them."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from evenhand.examine import making, sandbox
from evenhand.examine.history import History
from evenhand.examine.mapping import TABLES, read_mapping
from evenhand.examine.sources import find_files, load_files
from evenhand.examine.trouble import Unreadable

__all__ = ["History", "open_history"]

Progress = Callable[[str, float], None]
REJECTED = "CREATE TABLE main.rejected (file VARCHAR, line BIGINT, reason VARCHAR, text VARCHAR)"
DOUBTFUL = (
    "CREATE TABLE main.doubtful "
    "(tbl VARCHAR, case_id VARCHAR, file VARCHAR, line BIGINT, reason VARCHAR, value VARCHAR)"
)


def open_history(
    mapping: Path,
    source: Path,
    *,
    threads: int = 2,
    memory: str = "1GB",
    progress: Progress | None = None,
    tmp: Path | None = None,
) -> History:
    """Read a source through a mapping. Raises `Unreadable` where nothing can be examined.

    `memory` bounds DuckDB, which then works on disk in `tmp` (a folder of its own if None). `progress` is told what is
    being done and the share done, from 0 to 1. Close the history, or use it in a `with`.
    """
    tell = progress or (lambda what, share: None)
    known = read_mapping(mapping)
    if "cases" not in known.sql:
        raise Unreadable(
            f"{mapping} has no cases.sql; write the SELECT that gives one row for each case"
            f"{', or use `examine snapshots`' if known.key else ''}."
        )
    paths = find_files(source)
    work = tmp or Path(tempfile.mkdtemp(prefix="evenhand-"))
    work.mkdir(parents=True, exist_ok=True)
    con = sandbox.connect(work, threads=threads, memory=memory, zone=known.zone)
    history = History(con, known, [], work, _own_work=tmp is None)
    try:
        con.execute(REJECTED)
        con.execute(DOUBTFUL)
        history.files = load_files(con, paths, known.encoding, work, _ticker(paths, tell))
        making.show(con, history.files)
        sandbox.lock(con, work)
        for number, table in enumerate(TABLES):
            tell(f"making {table}", 0.5 + 0.5 * number / len(TABLES))
            history.made[table] = making.make(history, table)
        con.execute("DROP SCHEMA views CASCADE; DROP SCHEMA source CASCADE; DROP SCHEMA made CASCADE")
        for table in TABLES:
            counted = con.execute(f"SELECT count(*) FROM main.{table}").fetchone()
            history.rows[table] = counted[0] if counted else 0
        if not history.rows["cases"]:
            raise Unreadable(_nothing(con, source))
        tell("the history is open", 1.0)
    except BaseException:
        history.close()
        raise
    return history


def _ticker(paths: list[Path], tell: Progress) -> Callable[[str, int], None]:
    total, done = max(1, sum(path.stat().st_size for path in paths)), 0

    def tick(what: str, count: int) -> None:
        nonlocal done
        done += count
        tell(what, 0.5 * done / total)

    return tick


def _nothing(con: duckdb.DuckDBPyConnection, source: Path) -> str:
    first = con.execute("SELECT reason FROM main.rejected LIMIT 1").fetchone()
    why = first[0] if first else "cases.sql gives no row."
    return f"Nothing in {source} can be examined: {why}"
