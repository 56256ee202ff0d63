# SPDX-License-Identifier: Apache-2.0
"""The clock of each stage: how often a matter left it in time, how often late, and how often the clock had to act.

A stay in a stage begins with the act that enters it and ends with the act that leaves it; an act that stays does not
end it, and one with `days` lengthens its limit. Each stay counts, so a case that comes back to a stage counts twice.
Late is a stay that ended after the limit. A stay that the clock ended on the day of the limit is in time, and counted as
`lapsed` besides: whether that is a duty missed or a window that closed, such as the time for an appeal, depends on the
stage. `never` are the stays that have not ended, `overdue` those of them whose limit had passed. Stays that an unlawful
act breaks off are not counted: what came after it cannot be told.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.examine.examination import Examination
from evenhand.examine.last_days import last_days
from evenhand.examine.replaying import ORDER, Ints, Walk
from evenhand.examine.rules_of_the_day import Books, Version
from evenhand.rulebook.model import Stage

NONE_LATE = "No stay in this stage was late."
VERDICT = "CASE WHEN left_on IS NULL THEN 'never' WHEN left_on > due THEN 'late' ELSE 'on time' END"


def stage_clocks(on: Examination, books: Books, before: int) -> list[dict[str, Any]]:
    """A row for the clock of each stage and version; `before` rows stand before these in the finding `clocks`."""
    found: list[dict[str, Any]] = []
    for version in books.versions:
        clocked = [stage for stage in version.book.stages.values() if stage.clock is not None]
        if not clocked or version.number not in on.walks:
            continue
        _stays(on, version, on.walks[version.number])
        for stage in clocked:
            _reckon(on, version, stage)
            row = _clock(on, stage, suffix=books.suffix([version.number]))
            if row["late_by"] is None:
                on.unknown(f"clocks.{before + len(found)}.late_by", NONE_LATE)
            found.append(row | books.told([version.number]))
        on.con.execute("DROP TABLE stays")
    return found


def _stays(on: Examination, version: Version, walk: Walk) -> None:
    """Create `stays (case_id, stage, entered, left_on, lapsed, n0, n1, ...)`; n are the uses of acts that lengthen."""
    on.con.register("segments", _segments(walk))
    on.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE stays AS
            WITH placed AS (
                SELECT case_id, day, row_number() OVER (PARTITION BY case_id ORDER BY {ORDER}) AS number
                FROM (SELECT acts.*, acts.rowid AS place FROM acts
                      SEMI JOIN (SELECT case_id FROM ruled WHERE version = {version.number}) AS these USING (case_id))
            )
            SELECT replayed_all.case_id, first.day AS entered, last.day AS left_on,
                   segments.* EXCLUDE (trace, enters, leaves)
            FROM replayed_all JOIN segments USING (trace)
                 JOIN placed AS first ON first.case_id = replayed_all.case_id AND first.number = enters
                 LEFT JOIN placed AS last ON last.case_id = replayed_all.case_id AND last.number = leaves
            WHERE version = {version.number}"""
    )
    on.con.unregister("segments")


def _segments(walk: Walk) -> dict[str, NDArray[Any]]:
    """The stays of all traces: positions of the acts that enter and leave (0: none), and what happened between."""
    table, traces, after = walk.table, walk.traces, walk.verdicts.after
    trace = np.repeat(np.arange(len(traces.lengths)), traces.lengths)
    position = np.arange(len(after)) - traces.starts[trace] + 1
    stage = np.where(after >= 0, table.stage_of[np.maximum(after, 0)], -1).astype(np.int64)
    previous = np.where(position > 1, np.concatenate([[-2], stage[:-1]]), int(table.stage_of[0]))
    moved = np.flatnonzero((stage >= 0) & (stage != previous))
    following = np.append(moved[1:], len(after))
    # The next move of the same trace ends a stay; without one it goes on, unless an unlawful act has broken it off.
    ends = (following < len(after)) & (np.append(trace[moved[1:]], -1) == trace[moved])
    last = np.where(ends, following, traces.starts[trace[moved]] + traces.lengths[trace[moved]] - 1)
    known = ends | (walk.verdicts.position[trace[moved]] == 0)
    columns: dict[str, NDArray[Any]] = {
        "trace": trace[moved],
        "stage": stage[moved],
        "enters": position[moved],
        "leaves": np.where(ends, position[np.minimum(following, len(after) - 1)], 0),
    }
    lapses = np.zeros(len(moved), np.bool_)
    for code, name in enumerate(table.stages):
        clock = table.book.stages[name].clock if name in table.book.stages else None
        if clock is not None:
            acts = [table.acts.index(act) for act in clock.then]
            lapses |= (stage[moved] == code) & (_between(np.isin(traces.codes, acts), moved, last) > 0)
    columns["lapsed"] = lapses
    for number, act in enumerate(_lengthening(walk)):
        columns[f"n{number}"] = _between(traces.codes == act, moved, last)
    return {name: column[known] for name, column in columns.items()}


def _between(chosen: NDArray[np.bool_], first: Ints, last: Ints) -> Ints:
    """How many of the chosen acts come after `first` and not after `last`."""
    counted = np.concatenate([[0], np.cumsum(chosen)])
    return np.asarray(counted[last + 1] - counted[first + 1], np.int64)


def _lengthening(walk: Walk) -> list[int]:
    """The codes of the acts that lengthen a clock."""
    return [code for code, act in enumerate(walk.table.acts) if walk.table.book.acts[act].days is not None]


def _reckon(on: Examination, version: Version, stage: Stage) -> None:
    """Create `stay` for one stage, with the last day of its limit and the verdict."""
    assert stage.clock is not None
    walk, rule = on.walks[version.number], version.rulebook.calendar
    lengthening = _lengthening(walk)
    uses = [f"n{number}" for number in range(len(lengthening))]
    code = walk.table.stages.index(stage.id)
    distinct = ", ".join(["entered", *uses])
    given = on.con.execute(
        f"SELECT DISTINCT {distinct} FROM stays WHERE stage = {code} AND entered IS NOT NULL ORDER BY ALL"
    ).fetchnumpy()
    entered = np.asarray(given["entered"]).astype("datetime64[D]")
    due = last_days(rule, entered, stage.clock.within, f"stages/{stage.id}")
    # Days that are added begin with the day after the limit, whatever the first day of a limit is.
    adding = replace(rule, day_one="next day")
    for use, act in zip(uses, lengthening, strict=True):
        span, left = walk.table.book.acts[walk.table.acts[act]].days, np.asarray(given[use], np.int64)
        while span is not None and (left > 0).any():
            due = np.where(left > 0, last_days(adding, due, span, f"stages/{stage.id}"), due)
            left = left - 1
    on.con.register(
        "dues",
        {
            "entered": entered.astype("datetime64[us]"),
            **{use: np.asarray(given[use], np.int64) for use in uses},
            "due": due.astype("datetime64[us]"),
        },
    )
    on.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE stay AS
            SELECT *, {VERDICT} AS verdict, CASE WHEN verdict = 'late' THEN left_on - due END AS late_by
            FROM (SELECT case_id, entered, left_on, due::DATE AS due, lapsed
                  FROM stays JOIN (SELECT * REPLACE (entered::DATE AS entered) FROM dues) AS dues USING ({distinct})
                  WHERE stage = {code})"""
    )
    on.con.unregister("dues")


def _clock(on: Examination, stage: Stage, suffix: str) -> dict[str, Any]:
    assert stage.clock is not None
    watched = "false" if on.as_of is None else f"due < DATE '{on.as_of}'"
    on_time, late, never, lapsed, overdue, median, p90, most = on.row(
        f"""SELECT count(*) FILTER (verdict = 'on time'), count(*) FILTER (verdict = 'late'),
                   count(*) FILTER (verdict = 'never'), count(*) FILTER (lapsed),
                   count(*) FILTER (verdict = 'never' AND {watched}),
                   quantile_disc(late_by, 0.5), quantile_disc(late_by, 0.9), max(late_by) FROM stay"""
    )
    years = on.rows(
        """SELECT year(entered) AS year, count(*), 0, count(*) FILTER (verdict = 'on time'),
                  count(*) FILTER (verdict = 'late') FROM stay WHERE verdict <> 'never' GROUP BY year ORDER BY year"""
    )
    for name, key, where in (
        ("", "of", "verdict <> 'never'"),
        ("_late", "late", "verdict = 'late'"),
        ("_lapsed", "lapsed", "lapsed"),
        ("_never", "never", "verdict = 'never'"),
    ):
        on.shelf.put(
            f"clock_stages.{stage.id}{suffix}{name}",
            f"""SELECT case_id, entered, left_on, due, lapsed, verdict, late_by FROM stay
                WHERE {where} ORDER BY case_id, entered""",
            says=f"A stay in the stage “{stage.id}”; `lapsed`: the clock acted; `late_by` is in days.",
            opens=[f"clocks.stages.{stage.id}.{key}"],
        )
    on.con.execute("DROP TABLE stay")
    return {
        "id": f"stages.{stage.id}",
        "from": f"entering {stage.id}",
        "to": f"leaving {stage.id}",
        "limit": f"within {stage.clock.within}",
        "of": on_time + late,
        "early": 0,
        "on_time": on_time,
        "late": late,
        "never": never,
        "without_start": 0,
        "lapsed": lapsed,
        "overdue": overdue,
        "says": stage.says,
        "by_year": [dict(zip(("year", "of", "early", "on_time", "late"), row, strict=True)) for row in years],
        "late_by": None if most is None else {"median": median, "p90": p90, "most": most},
    }
