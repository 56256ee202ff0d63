# SPDX-License-Identifier: Apache-2.0
"""Lists what is readable and still cannot be right: doubled cases, cases that end before they begin, unknown cases."""

import duckdb

from evenhand.examine.quoting import text


def doubt_cases(con: duckdb.DuckDBPyConnection, file: str | None) -> None:
    """Keep the first row of each case, list the others, and list cases closed before they were received."""
    line = "_line" if _has(con, "cases", "_line") else "NULL::BIGINT"
    doubled = con.execute("SELECT count(*) - count(DISTINCT case_id) FROM cases").fetchone()
    if doubled and doubled[0]:
        columns = [column for column in con.table("main.cases").columns if column != "_line"]
        whole = "[" + ", ".join(f'CAST("{column}" AS VARCHAR)' for column in columns) + "]"
        con.execute(
            f"""CREATE TEMP TABLE ranked AS
                SELECT rowid AS place, case_id, {line} AS line,
                       row_number() OVER (PARTITION BY case_id ORDER BY rowid) AS number,
                       {whole} IS NOT DISTINCT FROM first_value({whole}) OVER (PARTITION BY case_id ORDER BY rowid)
                       AS same
                FROM cases WHERE case_id IN (SELECT case_id FROM cases GROUP BY case_id HAVING count(*) > 1)"""
        )
        con.execute(
            f"""INSERT INTO doubtful
                SELECT 'cases', case_id, {text(file)}, line,
                       CASE WHEN same THEN 'The case is there twice, with the same values; the first is kept.'
                       ELSE 'The case is there twice, with different values; the first is kept.' END, case_id
                FROM ranked WHERE number > 1 ORDER BY place"""
        )
        con.execute("DELETE FROM cases WHERE rowid IN (SELECT place FROM ranked WHERE number > 1)")
        con.execute("DROP TABLE ranked")
    con.execute(
        f"""INSERT INTO doubtful
            SELECT 'cases', case_id, {text(file)}, {line}, 'The case is closed before it was received.',
                   received || ' to ' || closed
            FROM cases WHERE closed < received"""
    )


def doubt_strangers(con: duckdb.DuckDBPyConnection, table: str, file: str | None) -> None:
    """List the rows of acts or allegations that belong to a case which is not there; they are kept."""
    line = "_line" if _has(con, table, "_line") else "NULL::BIGINT"
    con.execute(
        f"""INSERT INTO doubtful
            SELECT {text(table)}, case_id, {text(file)}, {line}, 'The case is not among the cases.', case_id
            FROM {table} ANTI JOIN cases USING (case_id)"""
    )


def doubt_people(con: duckdb.DuckDBPyConnection, file: str | None) -> None:
    """List people who are there more than once; all rows are kept, and a join must choose."""
    line = "any_value(_line)" if _has(con, "people", "_line") else "NULL::BIGINT"
    con.execute(
        f"""INSERT INTO doubtful
            SELECT 'people', NULL, {text(file)}, {line}, 'The person is there more than once.', person
            FROM people GROUP BY person HAVING count(*) > 1"""
    )


def _has(con: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    return column in con.table(f"main.{table}").columns
