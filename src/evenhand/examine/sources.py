# SPDX-License-Identifier: Apache-2.0
"""Finds the files of a source and loads each once, as text, into the schema `source`; what cannot be read is listed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

import duckdb

from evenhand.examine.header import Headless, read_header
from evenhand.examine.lines import load_text
from evenhand.examine.plain import digest, make_plain
from evenhand.examine.quoting import name, text
from evenhand.examine.trouble import Unreadable

TEXTS = (".csv", ".csv.gz", ".tsv", ".tsv.gz")
TABLES = (*TEXTS, ".parquet")


@dataclass
class SourceFile:
    """One file of the source as given: the table it became, its columns, rows kept, and rows rejected."""

    name: str
    table: str
    bytes: int = 0
    sha256: str = ""
    rows: int = 0
    rejected: int = 0
    columns: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """For findings.json."""
        return {
            "name": self.name,
            "bytes": self.bytes,
            "sha256": self.sha256,
            "rows": self.rows,
            "rejected": self.rejected,
        }


def table_name(path: Path) -> str:
    """`accused.csv.gz` is the table `accused`."""
    lower = path.name.lower()
    ending = next(ending for ending in sorted(TABLES, key=len, reverse=True) if lower.endswith(ending))
    return path.name[: -len(ending)]


def find_files(source: Path) -> list[Path]:
    """The tables of a source folder (or the one file), in the order of their names. Raises `Unreadable`."""
    kinds = "CSV, TSV (also .gz) or Parquet"
    if source.is_file():
        if not source.name.lower().endswith(TABLES):
            raise Unreadable(f"{source} is not a table; give a {kinds} file or a folder of them.")
        return [source]
    if not source.is_dir():
        raise Unreadable(f"There is no folder {source}; give the folder with the {kinds} files.")
    found = sorted(path for path in source.iterdir() if path.is_file() and path.name.lower().endswith(TABLES))
    if not found:
        there = ", ".join(sorted(path.name for path in source.iterdir())[:8]) or "nothing"
        raise Unreadable(f"The folder {source} holds no table ({there}); put the {kinds} files there.")
    return found


def load_files(
    con: duckdb.DuckDBPyConnection,
    paths: list[Path],
    encoding: str | None,
    work: Path,
    tick: Callable[[str, int], None],
) -> list[SourceFile]:
    """Load every file into `source.<stem>`; each is read once. Faults go to `rejected` and `doubtful`."""
    con.execute("CREATE SCHEMA IF NOT EXISTS source")
    files: list[SourceFile] = []
    taken: set[str] = set()
    for path in paths:
        file = SourceFile(path.name, table_name(path))
        if file.table.lower() in taken:
            reject(con, path.name, None, f"Another file is already the table {file.table}; {path.name} was left out.")
            continue
        taken.add(file.table.lower())
        files.append(file)
        try:
            load_file(con, path, file, encoding, work, tick)
        except OSError as error:
            reject(con, path.name, None, f"{path.name} cannot be opened ({error.strerror}); see who may read it.")
            _empty(con, file)
    return files


def reject(con: duckdb.DuckDBPyConnection, file: str, line: int | None, reason: str, given: str = "") -> None:
    """Enter one row in the list of what could not be read."""
    con.execute("INSERT INTO main.rejected VALUES (?, ?, ?, ?)", [file, line, reason, given[:500]])


def doubt(con: duckdb.DuckDBPyConnection, file: str, line: int | None, reason: str, given: str = "") -> None:
    """Enter one row in the list of what was read but should be looked at."""
    con.execute("INSERT INTO main.doubtful VALUES (NULL, NULL, ?, ?, ?, ?)", [file, line, reason, given[:500]])


def load_file(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    file: SourceFile,
    encoding: str | None,
    work: Path,
    tick: Callable[[str, int], None],
) -> None:
    """Load one file into `source.<file.table>` and fill in what `file` says of it; `tick` is told of bytes read."""

    def read(count: int) -> None:
        tick(f"reading {file.name}", count)

    target = f"source.{name(file.table)}"
    if path.name.lower().endswith(".parquet"):
        file.bytes, file.sha256 = digest(path, read)
        try:
            con.execute(f"CREATE TABLE {target} AS FROM read_parquet({text(str(path))})")
        except duckdb.Error as error:
            first = str(error).splitlines()[0]
            reject(con, file.name, None, f"{file.name} is not a readable Parquet file ({first}); ask for it again.")
            _empty(con, file)
            return
        _describe(con, file)
        return

    with NamedTemporaryFile(dir=work, suffix=".csv", delete=False) as scratch:
        plain_path = Path(scratch.name)
    try:
        plain = make_plain(path, plain_path, encoding, read)
        file.bytes, file.sha256 = plain.size, plain.sha256
        for line, reason, given in plain.faults:
            (doubt if line is None else reject)(con, file.name, line, reason, given)
        if plain.empty:
            reject(con, file.name, None, f"{file.name} is empty: it has not even a line of column names.")
            _empty(con, file)
            return
        try:
            header = read_header(plain_path, file.name, tabs=".tsv" in path.name.lower())
        except Headless as error:
            reject(con, file.name, 1, str(error))
            _empty(con, file)
            return
        for sentence in header.changed:
            doubt(con, file.name, 1, sentence)
        load_text(con, file.table, file.name, plain, header)
    finally:
        plain_path.unlink(missing_ok=True)
    _describe(con, file)
    if not file.rows:
        reject(con, file.name, 1, f"{file.name} has column names and no row that can be read.")


def _empty(con: duckdb.DuckDBPyConnection, file: SourceFile) -> None:
    """A table without columns or rows stands in for a file that cannot be read; whoever asks it gets nothing."""
    con.execute(f"CREATE OR REPLACE TABLE source.{name(file.table)} (_unreadable VARCHAR)")


def _describe(con: duckdb.DuckDBPyConnection, file: SourceFile) -> None:
    relation = con.table(f"source.{name(file.table)}")
    file.columns = [column for column in relation.columns if column != "_line"]
    counted = con.execute(f"SELECT count(*) FROM source.{name(file.table)}").fetchone()
    listed = con.execute("SELECT count(*) FROM main.rejected WHERE file = ?", [file.name]).fetchone()
    file.rows = counted[0] if counted else 0
    file.rejected = listed[0] if listed else 0
