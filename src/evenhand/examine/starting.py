# SPDX-License-Identifier: Apache-2.0
"""Writes a first mapping for a source nobody has seen before, with what was guessed and what is to be filled in."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from evenhand.examine import sandbox
from evenhand.examine.drafting import Draft
from evenhand.examine.guessing import guess
from evenhand.examine.header import FOREIGN
from evenhand.examine.looking import folder_name, look
from evenhand.examine.opening import DOUBTFUL, REJECTED
from evenhand.examine.sources import SourceFile, find_files, load_files
from evenhand.examine.trouble import Unreadable

Progress = Callable[[str, float], None]
GUESSED_ENCODING = "windows-1252"


def start_mapping(source: Path, out: Path, progress: Progress | None = None) -> list[str]:
    """Look at the columns of `source` and write a first mapping into the new folder `out`.

    Returns what was guessed and what is missing, a sentence each. Raises `Unreadable` if the source has no table that
    can be read, or if `out` exists: a mapping that somebody has worked on is never overwritten.
    """
    tell = progress or (lambda what, share: None)
    if out.exists():
        raise Unreadable(f"{out} exists already; name a new folder, or take the old one away first.")
    paths = find_files(source)
    work = Path(tempfile.mkdtemp(prefix="evenhand-"))
    con = sandbox.connect(work, threads=2, memory="1GB", zone="UTC")
    try:
        con.execute(REJECTED)
        con.execute(DOUBTFUL)
        tell("reading the source", 0.0)
        files, utf8 = _load(con, paths, work)
        if not any(file.rows for file in files):
            why = con.execute("SELECT reason FROM rejected LIMIT 1").fetchone()
            raise Unreadable(f"Nothing in {source} can be read: {why[0] if why else 'no table has a row.'}")
        tell("looking at the columns", 0.5)
        alike = len(files) > 1 and len({tuple(file.columns) for file in files}) == 1
        # Snapshots of one published file: the last one is looked at, the others are compared with it later.
        seen = look(con, files[-1:] if alike else files)
        rejected = con.execute("SELECT count(*) FROM rejected").fetchone()
        draft = Draft(folder_name(source), files, seen, guess(con, seen, snapshots=alike), utf8=utf8)
        if rejected and rejected[0]:
            draft.says.append(f"Rows that could not be read: {rejected[0]:,}; `examine check` counts them by reason.")
        part = out.with_name(f".{out.resolve().name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        for name, text in draft.texts().items():
            (part / name).write_text(text, "utf-8")
        part.rename(out)
        tell("the mapping is written", 1.0)
        return draft.says
    finally:
        con.close()
        shutil.rmtree(work, ignore_errors=True)


def _load(con: duckdb.DuckDBPyConnection, paths: list[Path], work: Path) -> tuple[list[SourceFile], bool]:
    """The files that can be read, and whether they are UTF-8: if lines are not, they are read again as windows-1252."""
    files = load_files(con, paths, None, work, lambda what, count: None)
    said = "SELECT reason FROM rejected UNION ALL SELECT reason FROM doubtful"
    foreign = con.execute(f"SELECT count(*) FROM ({said}) WHERE contains(reason, ?)", [FOREIGN]).fetchall()[0][0]
    if foreign:
        con.execute("DROP SCHEMA source CASCADE; DELETE FROM rejected; DELETE FROM doubtful")
        files = load_files(con, paths, GUESSED_ENCODING, work, lambda what, count: None)
    return [file for file in files if file.columns], not foreign
