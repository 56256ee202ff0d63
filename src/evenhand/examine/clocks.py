# SPDX-License-Identifier: Apache-2.0
"""Every limit of the rulebook: in how many cases it was kept, missed, by how much, and in how many the act never came.

The first act of each kind counts, in local days. `of` are the cases with both acts: early + on time + late. Early is
before the first act, before the day of an exact limit, or before the day from which the act may be done; late is after
the day on which the limit ends. `never` are the cases with the first act and without the second, which stand outside
`of`.
"""

from typing import Any

import numpy as np

from evenhand.examine.examination import Examination
from evenhand.examine.last_days import last_days
from evenhand.examine.quoting import texts
from evenhand.examine.rules_of_the_day import Books
from evenhand.examine.stage_clocks import stage_clocks
from evenhand.rulebook.model import CalendarRule, Limit

NO_RULEBOOK = "The mapping names no rulebook, so no limit is known."
NO_ACTS = "The source has no acts, so no limit was reckoned."
NONE_LATE = "No case is late."
VERDICTS = {
    "within": "CASE WHEN stop < start THEN 'early' WHEN stop > due THEN 'late' ELSE 'on time' END",
    "exactly": "CASE WHEN stop < due THEN 'early' WHEN stop > due THEN 'late' ELSE 'on time' END",
    "at_least": "CASE WHEN stop < due THEN 'early' ELSE 'on time' END",
}
TABLES = (
    ("", "of", "verdict <> 'never'", "A case with both acts of the limit “{id}”, and how it was kept"),
    ("_early", "early", "verdict = 'early'", "A case in which the limit “{id}” was kept too early"),
    ("_late", "late", "verdict = 'late'", "A case in which the limit “{id}” was missed"),
    (
        "_never",
        "never",
        "verdict = 'never'",
        "A case in which the limit “{id}” began and the act that ends it never came",
    ),
)


def clocks(on: Examination) -> list[dict[str, Any]] | None:
    """The finding `clocks`: a row for each limit, and for each version of it where it was changed."""
    if on.books is None or not on.history.has("acts"):
        on.unknown("clocks", NO_RULEBOOK if on.books is None else NO_ACTS)
        return None
    found: list[dict[str, Any]] = []
    for limit, rule, versions in _as_they_stand(on.books):
        row = _clock(on, limit, rule, versions)
        if row["late_by"] is None:
            on.unknown(f"clocks.{len(found)}.late_by", NONE_LATE)
        found.append(row | on.books.told(versions))
    return found + stage_clocks(on, on.books, len(found))


def _as_they_stand(books: Books) -> list[tuple[Limit, CalendarRule, list[int]]]:
    """Each limit with the places of the versions in which it and the calendar are the same."""
    kept: dict[tuple[object, ...], tuple[Limit, CalendarRule, list[int]]] = {}
    for version in books.versions:
        rule = version.rulebook.calendar
        for limit in version.book.limits.values():
            days = (rule.weekend, rule.holidays, rule.day_one, rule.roll)
            same = (limit.id, limit.start, limit.stop, limit.kind, limit.span, days)
            kept.setdefault(same, (limit, rule, []))[2].append(version.number)
    return list(kept.values())


def _clock(on: Examination, limit: Limit, rule: CalendarRule, versions: list[int]) -> dict[str, Any]:
    told_apart = on.books.suffix(versions) if on.books else ""
    _reckon(on, limit, rule, versions)
    of, early, on_time, late, never, without = on.row(
        """SELECT count(*) FILTER (verdict NOT IN ('never', 'not begun')), count(*) FILTER (verdict = 'early'),
                  count(*) FILTER (verdict = 'on time'), count(*) FILTER (verdict = 'late'),
                  count(*) FILTER (verdict = 'never'), count(*) FILTER (verdict = 'not begun') FROM clock"""
    )
    median, p90, most = on.row(
        """SELECT quantile_disc(late_by, 0.5), quantile_disc(late_by, 0.9), max(late_by)
           FROM clock WHERE verdict = 'late'"""
    )
    years = on.rows(
        """SELECT year(start) AS year, count(*), count(*) FILTER (verdict = 'early'),
                  count(*) FILTER (verdict = 'on time'), count(*) FILTER (verdict = 'late')
           FROM clock WHERE verdict NOT IN ('never', 'not begun') GROUP BY year ORDER BY year"""
    )
    for suffix, key, where, says in TABLES:
        on.shelf.put(
            f"clock_{limit.id}{told_apart}{suffix}",
            f"""SELECT case_id, start, stop, due, verdict, late_by FROM clock
                WHERE {where} AND verdict <> 'not begun' ORDER BY case_id""",
            says=f"{says.format(id=limit.id)}; `late_by` is in days.",
            opens=[f"clocks.{limit.id}.{key}"],
        )
    on.con.execute("DROP TABLE clock")
    return {
        "id": limit.id,
        "from": " or ".join(limit.start),
        "to": " or ".join(limit.stop),
        "limit": f"{limit.kind} {limit.span}",
        "of": of,
        "early": early,
        "on_time": on_time,
        "late": late,
        "never": never,
        "without_start": without,
        "says": limit.says,
        "by_year": [dict(zip(("year", "of", "early", "on_time", "late"), row, strict=True)) for row in years],
        "late_by": None if not late else {"median": median, "p90": p90, "most": most},
    }


def _reckon(on: Examination, limit: Limit, rule: CalendarRule, versions: list[int]) -> None:
    """Create `clock (case_id, start, stop, due, verdict, late_by)` for the cases of these versions."""
    start, stop = texts(limit.start), texts(limit.stop)
    on.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE between_acts AS
            SELECT case_id, min(day) FILTER (list_contains({start}, act)) AS start,
                   min(day) FILTER (list_contains({stop}, act)) AS stop
            FROM acts SEMI JOIN (SELECT case_id FROM ruled WHERE list_contains({versions}, version)) AS these
                 USING (case_id)
            WHERE list_contains({texts([*limit.start, *limit.stop])}, act) AND day IS NOT NULL
            GROUP BY case_id"""
    )
    # The calendar is asked once for each day on which the limit began, however many cases began on it.
    days = on.con.execute("SELECT DISTINCT start FROM between_acts WHERE start IS NOT NULL ORDER BY start").fetchnumpy()
    begun = np.asarray(days["start"]).astype("datetime64[D]")
    due = last_days(rule, begun, limit.span, f"limits/{limit.id}")
    on.con.register("dues", {"start": begun.astype("datetime64[us]"), "due": due.astype("datetime64[us]")})
    on.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE clock AS
            SELECT *, CASE WHEN verdict = 'late' THEN stop - due END AS late_by
            FROM (SELECT case_id, start, stop, due,
                         CASE WHEN start IS NULL THEN 'not begun' WHEN stop IS NULL THEN 'never' ELSE
                         {VERDICTS[limit.kind]} END AS verdict
                  FROM between_acts LEFT JOIN (SELECT start::DATE AS start, due::DATE AS due FROM dues) AS dues
                  USING (start))"""
    )
    on.con.unregister("dues")
    on.con.execute("DROP TABLE between_acts")
