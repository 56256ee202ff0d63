# SPDX-License-Identifier: Apache-2.0
"""The rows of one comparison as integer codes: group, outcome, incident, stratum and cell of each allegation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.examine.examination import Examination
from evenhand.examine.mapping import Compare
from evenhand.examine.quoting import name, texts

Ints = NDArray[np.int64]
DATE_PARTS = ("year", "month")


@dataclass(frozen=True, eq=False)
class Rows:
    """Arrays of one length, -1 for unknown; `names` are the groups by code, `people` how many people each has."""

    names: tuple[str, ...]
    people: tuple[int, ...]
    group: Ints
    outcome: Ints
    incident: Ints
    stratum: Ints
    cell: Ints
    period: str


def read_rows(on: Examination, compare: Compare) -> Rows | str:
    """The rows of a comparison, whose units are written to a table; or the column that the history does not have."""
    expressions = {}
    for column in (compare.column, *compare.strata):
        expression = _column(on, column)
        if expression is None:
            return column
        expressions[column] = expression
    known = on.history.mapping
    against, other = texts(known.against), texts(known.other)
    strata = {f"stratum_{place}": expressions[column] for place, column in enumerate(compare.strata, 1)}
    parts = "".join(f", {expression} AS {name(stratum)}" for stratum, expression in strata.items())
    on.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE units AS
            SELECT allegations.case_id, allegations.person, allegations.clause, allegations.finding,
                   nullif({expressions[compare.column]}, '') AS grp,
                   list_contains({against}::VARCHAR[], allegations.finding) AS outcome, year(received) AS year,
                   coalesce(cases.rowid, -1 - strangers.place) AS number{parts}
            FROM allegations LEFT JOIN cases USING (case_id) LEFT JOIN {_people(on)} AS people USING (person)
                 LEFT JOIN (SELECT case_id, min(rowid) AS place FROM allegations ANTI JOIN cases USING (case_id)
                            GROUP BY case_id) AS strangers USING (case_id)
            WHERE list_contains({against}::VARCHAR[] || {other}::VARCHAR[], allegations.finding)"""
    )
    on.shelf.put(
        f"compare_{compare.attribute}",
        f'SELECT case_id, person, clause, finding, grp AS "group", {", ".join(("outcome", *strata))} FROM units',
        says=f"An allegation with a finding that decides, its group ({compare.column}), whether it has the outcome "
        f"“{compare.outcome}”, and its stratum.",
        opens=[f"equal_treatment.{compare.attribute}"],
    )
    found = on.rows("SELECT grp, count(DISTINCT person) FROM units WHERE grp IS NOT NULL GROUP BY grp ORDER BY grp")
    first, last = on.row("SELECT min(year), max(year) FROM units")
    codes = _codes(on, ["grp", "clause", *strata])
    on.con.execute("DROP TABLE units")
    stratum = np.zeros(len(codes["number"]), np.int64)
    for part in strata:
        stratum = _together(stratum, codes[part])
    return Rows(
        names=tuple(str(row[0]) for row in found),
        people=tuple(int(row[1]) for row in found),
        group=codes["grp"],
        outcome=codes["outcome"],
        incident=codes["number"] - codes["number"].min(initial=0),
        stratum=stratum,
        cell=_together(codes["number"] - codes["number"].min(initial=0), codes["clause"]),
        period=_period(first, last),
    )


def _codes(on: Examination, columns: list[str]) -> dict[str, Ints]:
    """The rows as numbers: for each of these columns the place of its value among all of them in order, or -1."""
    joins, chosen = "", ["units.number", "units.outcome::BIGINT AS outcome"]
    for place, column in enumerate(columns):
        joins += f""" LEFT JOIN (
                SELECT value, row_number() OVER (ORDER BY value) - 1 AS code
                FROM (SELECT DISTINCT {name(column)} AS value FROM units WHERE {name(column)} IS NOT NULL)
            ) AS d{place} ON d{place}.value = units.{name(column)}"""
        chosen.append(f"coalesce(d{place}.code, -1) AS {name(column)}")
    given = on.con.execute(f"SELECT {', '.join(chosen)} FROM units{joins} ORDER BY units.rowid").fetchnumpy()
    return {key: np.asarray(values, np.int64) for key, values in given.items()}


def _together(one: Ints, other: Ints) -> Ints:
    """Codes for the pairs of two codes; -1 where either is unknown."""
    _, pairs = np.unique(one * (other.max(initial=0) + 1) + other, return_inverse=True)
    return np.where((one >= 0) & (other >= 0), pairs.astype(np.int64), -1)


def _column(on: Examination, column: str) -> str | None:
    """The expression, as text, of TABLE.COLUMN; None if the history has no such column."""
    table, _, field = column.partition(".")
    if table == "received" and field in DATE_PARTS:
        return f"CAST({field}(cases.received) AS VARCHAR)" if field == "year" else "strftime(cases.received, '%Y-%m')"
    if table not in ("people", "cases", "allegations"):
        return None
    given = on.columns(table).get(field.lower())
    return None if given is None else f"CAST({table}.{name(given)} AS VARCHAR)"


def _people(on: Examination) -> str:
    """People, each once: where somebody is there more than once the first row counts, so that no unit is doubled."""
    doubled = on.row("SELECT count(*) - count(DISTINCT person) FROM people")[0]
    if not doubled:
        return "people"
    return "(SELECT * FROM people QUALIFY row_number() OVER (PARTITION BY person ORDER BY rowid) = 1)"


def _period(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return "in years that are not known"
    return str(first) if first == last else f"{first} to {last}"
