# SPDX-License-Identifier: Apache-2.0
"""Does the history add up? For each calendar year: carried in + received = concluded + carried over.

Each of the four is counted by itself: carried in are the cases received before the year and not closed before it,
carried over those received by its end and not closed by then. The sum fails where a case is closed before it was
received, or has no day of receipt; that is shown and not mended.
"""

from datetime import date
from typing import Any

from evenhand.examine.examination import Examination
from evenhand.examine.quoting import name

NO_DAYS = "No case has a day of receipt or of closing, so nothing can be added up."
DOES_NOT_HOLD = (
    "Calendar years in which the cases carried in and received are not those concluded and carried over: {count}. "
    "Cases are closed before they were received, or have no day of receipt."
)
OUTCOME = "outcome"


def balance(on: Examination) -> list[dict[str, Any]] | None:
    """The finding `balance`: a row for each calendar year in which there was a case."""
    rows = on.rows(
        f"""WITH pairs AS (
                SELECT year(received) AS came, year(closed) AS went, count(*) AS n FROM cases GROUP BY ALL
            ),
            years AS (
                SELECT unnest(range(least(min(came), min(went)),
                                    greatest(max(came), max(went), {_last_year(on)}) + 1)) AS year
                FROM pairs
            )
            SELECT year,
                   coalesce(sum(n) FILTER (came < year AND (went IS NULL OR went >= year)), 0)::BIGINT,
                   coalesce(sum(n) FILTER (came = year), 0)::BIGINT,
                   coalesce(sum(n) FILTER (went = year), 0)::BIGINT,
                   coalesce(sum(n) FILTER (came <= year AND (went IS NULL OR went > year)), 0)::BIGINT
            FROM years CROSS JOIN pairs GROUP BY year ORDER BY year"""
    )
    if not rows:
        on.unknown("balance", NO_DAYS)
        return None
    outcomes = _outcomes(on)
    found: list[dict[str, Any]] = []
    for year, carried_in, received, concluded, carried_over in rows:
        if not (carried_in or received or concluded or carried_over):
            continue
        row: dict[str, Any] = {
            "from": date(year, 1, 1).isoformat(),
            "to": date(year, 12, 31).isoformat(),
            "carried_in": carried_in,
            "received": received,
            "concluded": concluded,
            "carried_over": carried_over,
            "holds": carried_in + received == concluded + carried_over,
        }
        found.append(row if outcomes is None else row | {"by_outcome": outcomes.get(year, [])})
    if failing := sum(not row["holds"] for row in found):
        on.notes.append(DOES_NOT_HOLD.format(count=failing))
    return found


def _last_year(on: Examination) -> str:
    return "NULL" if on.as_of is None else str(on.as_of.year)


def _outcomes(on: Examination) -> dict[int, list[dict[str, Any]]] | None:
    """Concluded cases of each year by their outcome, where cases.sql gives a column `outcome`."""
    column = on.columns("cases").get(OUTCOME)
    if column is None:
        return None
    found: dict[int, list[dict[str, Any]]] = {}
    for year, outcome, count in on.rows(
        f"""SELECT year(closed) AS year, CAST({name(column)} AS VARCHAR) AS outcome, count(*) FROM cases
            WHERE closed IS NOT NULL GROUP BY ALL ORDER BY 1, 3 DESC, 2"""
    ):
        found.setdefault(year, []).append({"outcome": outcome, "cases": count})
    return found
