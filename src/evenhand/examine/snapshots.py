# SPDX-License-Identifier: Apache-2.0
"""Compares snapshots of one published file: what was added, removed, altered, blanked, which outcomes replaced."""

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

from evenhand.examine import sandbox
from evenhand.examine.appearing import appear_whole
from evenhand.examine.mapping import Mapping, read_mapping
from evenhand.examine.opening import DOUBTFUL, REJECTED
from evenhand.examine.pairing import Pair, doubled_keys, list_changes
from evenhand.examine.quoting import text
from evenhand.examine.sources import SourceFile, find_files, load_file
from evenhand.examine.trouble import Unreadable

Progress = Callable[[str, float], None]
CHANGES = (
    'CREATE TABLE changes ("from" VARCHAR, "to" VARCHAR, key VARCHAR, ordinal BIGINT, kind VARCHAR, "column" VARCHAR, '
    "before VARCHAR, after VARCHAR, line_before BIGINT, line_after BIGINT)"
)


def compare_snapshots(
    mapping: Path, files: Sequence[Path], out: Path, progress: Progress | None = None
) -> list[dict[str, Any]]:
    """Compare each file with the next, in the order given, and write findings.json and snapshots.parquet into `out`.

    Returns one finding for each pair; counts are rows. `altered` counts rows in both files in which any shared column
    differs; `blanked` those in which a value became empty and `outcomes_replaced` those in which an outcome went from
    one value to another are among them; `final_outcomes_replaced` leaves out outcomes that were pending.
    Raises `Unreadable` if a file cannot be read or lacks the key.
    """
    tell = progress or (lambda what, share: None)
    known = read_mapping(mapping)
    if not known.key:
        raise Unreadable(f"{mapping / 'mapping.toml'}: [snapshots] needs key, the columns that name a row.")
    if len(files) < 2:
        raise Unreadable("Give two files or more: each is compared with the next.")
    paths = [path for file in files for path in find_files(file)]
    work = Path(tempfile.mkdtemp(prefix="evenhand-"))
    con = sandbox.connect(work, threads=2, memory="1GB", zone=known.zone)
    try:
        with appear_whole(out) as part:
            loaded = read_snapshots(con, known, paths, work, tell)
            con.execute(CHANGES)
            findings = []
            for place, (before, after) in enumerate(pairwise(loaded)):
                tell(f"comparing {before.name} with {after.name}", 0.5 + 0.5 * place / len(paths))
                findings.append(_compare(con, known, before, after))
            con.execute(f"COPY changes TO {text(str(part / 'snapshots.parquet'))} (COMPRESSION zstd)")
            whole = {
                "source": {"name": known.name, "licence": known.licence},
                "files": [file.as_dict() for file in loaded],
                "snapshots": findings,
                "rejected": _listed(con, "rejected"),
                "doubtful": _listed(con, "doubtful"),
            }
            (part / "findings.json").write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", "utf-8")
            _report(part, whole)
        tell("the snapshots are compared", 1.0)
    finally:
        con.close()
        shutil.rmtree(work, ignore_errors=True)
    return findings


def read_snapshots(
    con: duckdb.DuckDBPyConnection, known: Mapping, paths: list[Path], work: Path, tell: Progress
) -> list[SourceFile]:
    """Load each file into a table of its own. Raises `Unreadable` if one cannot be read or lacks the key."""
    con.execute(REJECTED)
    con.execute(DOUBTFUL)
    con.execute("CREATE SCHEMA source")
    loaded = []
    for place, path in enumerate(paths):
        tell(f"reading {path.name}", 0.5 * place / len(paths))
        # Numbered tables: snapshots of one file often lie in folders of their own under the same name.
        alike = sum(other.name == path.name for other in paths) > 1
        file = SourceFile(f"{path.parent.name}/{path.name}" if alike else path.name, f"snapshot{place}")
        load_file(con, path, file, known.encoding, work, lambda what, count: None)
        lacking = [column for column in known.key if column not in file.columns]
        if lacking:
            why = con.execute(
                "SELECT reason FROM rejected WHERE file = ? ORDER BY line LIMIT 1", [file.name]
            ).fetchone()
            raise Unreadable(
                f"{path} has no column {lacking[0]}, which [snapshots] key asks for; "
                f"the columns there are: {', '.join(file.columns)}."
                if file.columns or why is None
                else f"{path} cannot be compared: {why[0]}"
            )
        loaded.append(file)
    return loaded


def _compare(con: duckdb.DuckDBPyConnection, known: Mapping, before: SourceFile, after: SourceFile) -> dict[str, Any]:
    shared = [column for column in before.columns if column in after.columns and column not in known.key]
    outcomes = [column for column in known.outcome_columns if column in shared]
    pair = Pair(
        before=before.table,
        after=after.table,
        from_=called(before.name),
        to=called(after.name),
        key=known.key,
        shared=shared,
        outcomes=outcomes,
    )
    con.execute("CREATE OR REPLACE TEMP VIEW pair AS FROM changes WHERE false")
    first = con.execute("SELECT count(*) FROM changes").fetchone()
    list_changes(con, pair)
    con.execute(f"CREATE OR REPLACE TEMP VIEW pair AS FROM changes WHERE rowid >= {first[0] if first else 0}")
    row = con.execute(
        """SELECT count(*) FILTER (kind = 'added'), count(*) FILTER (kind = 'removed'),
                  count(DISTINCT (key, ordinal)) FILTER (kind NOT IN ('added', 'removed')),
                  count(DISTINCT (key, ordinal)) FILTER (kind = 'blanked'),
                  count(DISTINCT (key, ordinal)) FILTER (kind = 'replaced'),
                  count(DISTINCT (key, ordinal)) FILTER (kind = 'replaced' AND NOT list_contains(?::VARCHAR[], before))
           FROM pair""",
        [list(known.pending)],
    ).fetchone()
    added, removed, altered, blanked, replaced, final = row or (0, 0, 0, 0, 0, 0)
    by_column = con.execute(
        """SELECT "column", count(*), count(*) FILTER (kind = 'blanked') FROM pair
           WHERE "column" IS NOT NULL GROUP BY "column" ORDER BY 2 DESC, 1"""
    ).fetchall()
    by_value = con.execute(
        """SELECT "column", before, after, count(*) FROM pair WHERE kind = 'replaced'
           GROUP BY ALL ORDER BY 4 DESC, 1, 2, 3 LIMIT 50"""
    ).fetchall()
    finding: dict[str, Any] = {
        "from": pair.from_,
        "to": pair.to,
        "added": added,
        "removed": removed,
        "altered": altered,
        "blanked": blanked,
        "outcomes_replaced": replaced,
        "final_outcomes_replaced": final,
        "from_file": before.name,
        "to_file": after.name,
        "rows_from": before.rows,
        "rows_to": after.rows,
        "rejected_from": before.rejected,
        "rejected_to": after.rejected,
        "doubled_keys_from": doubled_keys(con, before.table, known.key),
        "doubled_keys_to": doubled_keys(con, after.table, known.key),
        "columns_added": [column for column in after.columns if column not in before.columns],
        "columns_removed": [column for column in before.columns if column not in after.columns],
        "altered_by_column": [{"column": c, "rows": n, "blanked": b} for c, n, b in by_column],
        "replaced_by_value": [{"column": c, "before": b, "after": a, "rows": n} for c, b, a, n in by_value],
    }
    absent = [column for column in known.outcome_columns if column not in shared]
    if absent:
        finding["why"] = f"The outcome {', '.join(absent)} is not a column of both files and was not compared."
    return finding


def called(file: str) -> str:
    """A snapshot is called by the day in the name of its file, if there is one, else by that name."""
    found = re.search(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)", file)
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        except ValueError:
            return file
    return file


def _listed(con: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    rows = con.execute(f"SELECT file, line, reason FROM {table} LIMIT 1000").fetchall()
    return [{"file": file, "line": line, "reason": reason} for file, line, reason in rows]


def _report(part: Path, findings: dict[str, Any]) -> None:
    """The page for readers, where the report is installed."""
    if find_spec("evenhand.examine.report") is None:
        return
    write = getattr(import_module("evenhand.examine.report"), "write_snapshots", None)
    if write is not None:
        write(part, findings)
