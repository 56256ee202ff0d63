# SPDX-License-Identifier: Apache-2.0
"""Loads one plain text file into DuckDB, every value as text, and gives each row the number of its line.

DuckDB reads in parallel and knows no line numbers. A file without broken rows has them for nothing (row + 2);
otherwise they are counted from the line ends outside quotes.
"""

import duckdb
import numpy as np

from evenhand.examine.header import FOREIGN, Header
from evenhand.examine.numbering import find_records
from evenhand.examine.plain import Plain
from evenhand.examine.quoting import name, text

MOST_READINGS = 12
MOST_CUTS = 1_000
REASONS = {
    "MISSING COLUMNS": "The line has too few columns.",
    "TOO MANY COLUMNS": "The line has too many columns.",
    "UNQUOTED VALUE": "A quotation mark on this line is not closed, or something follows a closing one.",
    "LINE SIZE OVER MAXIMUM": "The line is too long.",
    "INVALID ENCODING": f"The line is {FOREIGN}",
}
LOST = "The line numbers of this file could not be told, because its quotation marks are irregular."


def load_text(con: duckdb.DuckDBPyConnection, table: str, file: str, plain: Plain, header: Header) -> None:
    """Create `source.<table>` from the text; lines that cannot be read go to `rejected`.

    The table gets a column `_line` only if lines are broken, empty or span several; see `line_of`.
    """
    target = f"source.{name(table)}"
    columns = "{" + ", ".join(f"{text(column)}: 'VARCHAR'" for column in header.names) + "}"
    options = (
        f"auto_detect=false, columns={columns}, delim={text(header.separator)}, quote='\"', escape='\"', header=true, "
        "nullstr='', null_padding=false, store_rejects=true, rejects_limit=0, comment=''"
    )
    # What a line taken out is overwritten with: always too few columns, or (of one) too many, so never a row.
    filler = b" " if len(header.names) > 1 else header.separator.encode() + b"x"
    cuts: dict[int, str] = {}
    for reading in range(1, MOST_READINGS + 1):
        con.execute(f"CREATE OR REPLACE TABLE {target} AS FROM read_csv({text(str(plain.path))}, {options})")
        runaway = con.execute(
            "SELECT DISTINCT line_byte_position FROM reject_errors WHERE error_type = 'UNQUOTED VALUE' "
            f"AND contains(rtrim(csv_line, chr(10)), chr(10)) ORDER BY 1 LIMIT {MOST_CUTS}"
        ).fetchall()
        if not runaway or reading == MOST_READINGS:
            break
        # An open quotation mark swallows the lines after it: its own line alone is taken out, the others are read.
        cuts = dict(_take_out(plain, int(position) - 1, filler) for (position,) in runaway) | cuts
        con.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    _number(con, target, file, plain, header, cuts)
    con.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    if plain.nul:
        _reject_nul(con, target, file, header)


def _take_out(plain: Plain, start: int, filler: bytes) -> tuple[int, str]:
    """Overwrite the first line from byte `start` on that is not empty; returns where it began and what it was."""
    with plain.path.open("rb+") as stream:
        stream.seek(start)
        # DuckDB counts empty lines to the record that follows them.
        while (line := stream.readline()) == b"\n":
            start += 1
        broken = line.rstrip(b"\n")
        stream.seek(start)
        stream.write((filler * len(broken))[: len(broken)])
    return start, broken.decode("utf-8", "replace")[:500]


def _number(
    con: duckdb.DuckDBPyConnection, target: str, file: str, plain: Plain, header: Header, cuts: dict[int, str]
) -> None:
    """Enter each rejected line with its number and reason, and number the rows that were read."""
    rejects = con.execute(
        """SELECT line_byte_position::BIGINT - 1 AS start, min(error_type::VARCHAR) AS kind,
                  min(error_message) AS message, min(left(csv_line, 500)) AS given,
                  max(length(csv_line) - length(replace(rtrim(csv_line, chr(10)), chr(10), '')))::BIGINT AS after
           FROM reject_errors GROUP BY start ORDER BY start"""
    ).fetchnumpy()
    rows = int(con.execute(f"SELECT count(*) FROM {target}").fetchall()[0][0])
    starts = np.asarray(rejects["start"], np.int64)
    if not len(starts) and plain.breaks + plain.ends_open == rows + 1:
        return

    records = find_records(plain.path, header.separator, starts)
    starts = records.rejected
    con.register("rejects", {**rejects, "start": starts, "line": records.rejected_lines})
    cut = {"start": np.array(list(cuts), np.int64), "given": np.array(list(cuts.values()), np.object_)}
    con.register("cuts", cut)
    con.execute(
        f"""INSERT INTO main.rejected
            SELECT {text(file)}, line,
                   CASE WHEN cuts.start IS NOT NULL THEN {text(REASONS["UNQUOTED VALUE"])}
                        WHEN kind IN ('MISSING COLUMNS', 'TOO MANY COLUMNS') THEN says || ' (' || message || ')'
                        ELSE coalesce(says, 'The line cannot be read.') END
                   || CASE WHEN cuts.start IS NULL AND after > 0
                      THEN ' The ' || after || ' lines after it could not be told from it and are lost with it.'
                      ELSE '' END,
                   coalesce(cuts.given, rejects.given)
            FROM rejects LEFT JOIN cuts ON cuts.start = rejects.start
            LEFT JOIN (VALUES {_reasons()}) AS reasons(reason, says) ON reason = kind
            ORDER BY line"""
    )
    con.unregister("rejects")
    con.unregister("cuts")
    kept = ~np.isin(records.starts, starts)
    kept[:1] = False
    if np.count_nonzero(kept) != rows:
        con.execute("INSERT INTO main.doubtful VALUES (NULL, NULL, ?, NULL, ?, NULL)", [file, LOST])
        con.execute(f"ALTER TABLE {target} ADD COLUMN _line BIGINT")
        return
    con.register("numbers", {"_line": records.lines[kept]})
    con.execute(f"CREATE OR REPLACE TABLE {target} AS SELECT * FROM {target} POSITIONAL JOIN numbers")
    con.unregister("numbers")


def _reasons() -> str:
    return ", ".join(f"({text(kind)}, {text(says)})" for kind, says in REASONS.items())


def line_of(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """The SQL expression for the line of a row of `source.<table>`."""
    return "_line" if "_line" in con.table(f"source.{name(table)}").columns else "rowid + 2"


def _reject_nul(con: duckdb.DuckDBPyConnection, target: str, file: str, header: Header) -> None:
    """Move rows with NUL characters to `rejected`: no text has them, and what stood there is lost."""
    holds = " OR ".join(f"contains({name(column)}, chr(0))" for column in header.names)
    numbered = "_line" if "_line" in con.table(target).columns else "rowid + 2"
    whole = " || '|' || ".join(f"coalesce(replace({name(column)}, chr(0), '?'), '')" for column in header.names)
    con.execute(
        f"""INSERT INTO main.rejected
            SELECT {text(file)}, {numbered}, 'The line holds NUL characters, which no text has.', left({whole}, 500)
            FROM {target} WHERE {holds}"""
    )
    con.execute(
        f"CREATE OR REPLACE TABLE {target} AS SELECT * EXCLUDE (_line), _line FROM "
        f"(SELECT *, {numbered} AS _line FROM {target}) WHERE NOT coalesce({holds}, false)"
        if numbered == "rowid + 2"
        else f"DELETE FROM {target} WHERE {holds}"
    )
