# SPDX-License-Identifier: Apache-2.0
"""What the file contains: cases, acts, open cases, days that run backwards, what is missing or could not be read."""

from typing import Any

from evenhand.examine.closure import closure
from evenhand.examine.examination import Examination
from evenhand.examine.listing import by_reason
from evenhand.examine.mapping import TABLES
from evenhand.examine.quoting import name

NO_DAY_OF_RECEIPT = "No case has a day of receipt."
NO_DAY = "The source has no day at all."
AS_OF_GUESSED = (
    "The mapping does not name the day of the export; open cases are counted up to the last day in the file, {day}."
)
NO_TABLE = {
    "acts": "The source has no acts: nothing can be said of the order in which things were done, or of limits.",
    "people": "The source has no register of people.",
    "allegations": "The source has no allegations: nothing can be said of findings, of recommendations or of groups.",
}
NOT_KNOWN = "{table}.{column} is empty in every row: the source does not know it, or the mapping does not give it."
IN_VAIN = "The mapping asks for {table}.{column}, which the source does not have; it is empty everywhere."


def population(on: Examination) -> dict[str, Any]:
    """The finding `population` without `cannot_show`, which is complete only when all other findings are made."""
    con = on.con
    first, last = on.row("SELECT min(received), max(received) FROM cases")
    rejected, doubtful = by_reason(con)
    age = "NULL::BIGINT" if on.as_of is None else f"DATE '{on.as_of}' - received"
    put = on.shelf.put
    found: dict[str, Any] = {
        "cases": put("cases", "FROM cases", says="A case, as the mapping gives it.", opens=["population.cases"]),
        "acts": put("acts", "FROM acts", says="An act, as the mapping gives it.", opens=["population.acts"]),
        "open": put(
            "open_cases",
            f"SELECT case_id, received, {age} AS age_in_days FROM cases WHERE closed IS NULL ORDER BY received, 1",
            says=f"A case without a day of closing, and its age on {on.as_of}.",
            opens=["population.open"],
        ),
        "closed_before_received": put(
            "closed_before_received",
            "SELECT case_id, received, closed FROM cases WHERE closed < received ORDER BY case_id",
            says="A case closed before it was received.",
            opens=["population.closed_before_received"],
        ),
        "rejected_rows": put(
            "rejected",
            "FROM rejected ORDER BY file, line, reason",
            says="What could not be read: the file, the line, the reason, and the text.",
            opens=["population.rejected_rows"],
        ),
        "doubtful_rows": put(
            "doubtful",
            "SELECT tbl AS table, case_id, file, line, reason, value FROM doubtful ORDER BY file, line, reason",
            says="What was read and cannot be right, or not be used as given.",
            opens=["population.doubtful_rows"],
        ),
        "first_received": None if first is None else first.isoformat(),
        "last_received": None if last is None else last.isoformat(),
        "as_of": None if on.as_of is None else on.as_of.isoformat(),
        **closure(on),
        "missing": _missing(on),
        "rejected": list(rejected),
        "doubtful": list(doubtful),
    }
    if first is None:
        on.unknown("population.first_received", NO_DAY_OF_RECEIPT)
        on.unknown("population.last_received", NO_DAY_OF_RECEIPT)
    if on.as_of is None:
        on.unknown("population.as_of", NO_DAY)
    elif on.history.mapping.as_of is None:
        on.notes.append(AS_OF_GUESSED.format(day=on.as_of))
    return found


def _missing(on: Examination) -> list[dict[str, Any]]:
    """Every column with empty rows; a table that the source does not have is said in a sentence instead."""
    on.notes.extend(IN_VAIN.format(table=table, column=column) for table, column in on.history.missing)
    found: list[dict[str, Any]] = []
    for table in TABLES:
        if not on.history.has(table):
            if table in NO_TABLE:
                on.notes.append(NO_TABLE[table])
            continue
        columns = [given for lower, given in on.columns(table).items() if lower not in ("_line", "_file", "day")]
        counts = on.row(f"SELECT count(*), {', '.join(f'count({name(column)})' for column in columns)} FROM {table}")
        for column, filled in zip(columns, counts[1:], strict=True):
            called = f"{table}.{'case' if column == 'case_id' else column}"
            if filled < counts[0]:
                found.append({"column": called, "rows": counts[0] - filled, "of": counts[0]})
            if not filled:
                on.notes.append(NOT_KNOWN.format(table=table, column=column))
    return found
