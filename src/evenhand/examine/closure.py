# SPDX-License-Identifier: Apache-2.0
"""How long cases took to be closed: of closed cases alone, and with open ones counted as "not yet"."""

from math import isfinite
from typing import Any

import numpy as np

from evenhand.examine.examination import Examination
from evenhand.monitor.survival import Curve, kaplan_meier

NO_DURATION = "No case has both a day of receipt and a later day up to which it was watched."
NONE_CLOSED = "No closed case has a day of receipt that does not lie after its closing."
NOT_REACHED = "So many cases are still open that this share has not been reached."
LEFT_OUT = (
    "Cases without a duration: {count}. They have no day of receipt, were closed before they were received, or were "
    "received after the last day up to which open cases were watched."
)
MOST_POINTS = 400
KEYS = ("closed_median", "closed_p90", "km_median", "km_p90")


def closure(on: Examination) -> dict[str, Any]:
    """`closure_days` and `survival`; cases without a duration are counted in a sentence."""
    as_of = "NULL::DATE" if on.as_of is None else f"DATE '{on.as_of}'"
    given = on.con.execute(
        f"""SELECT (coalesce(closed, {as_of}) - received)::BIGINT AS days, closed IS NOT NULL AS closed
            FROM cases WHERE coalesce(closed, {as_of}) >= received"""
    ).fetchnumpy()
    days, closed = np.asarray(given["days"], np.int64), np.asarray(given["closed"], np.bool_)
    if left_out := on.row("SELECT count(*) FROM cases")[0] - len(days):
        on.notes.append(LEFT_OUT.format(count=f"{left_out:,}"))
    if not len(days):
        on.unknown("population.closure_days", NO_DURATION)
        on.unknown("population.survival", NO_DURATION)
        return {"closure_days": None, "survival": None}
    every, alone = kaplan_meier(days, closed), kaplan_meier(days[closed], closed[closed])
    reached = (alone.median, alone.p90, every.median, every.p90)
    for key, day in zip(KEYS, reached, strict=True):
        if day is None:
            on.unknown(f"population.closure_days.{key}", NOT_REACHED if closed.any() else NONE_CLOSED)
    return {
        "closure_days": dict(zip(KEYS, reached, strict=True)),
        "survival": {"all": _points(every, limits=True), "closed": _points(alone, limits=False)},
    }


def _points(curve: Curve, *, limits: bool) -> list[list[int | float | None]]:
    """At most 400 steps of a curve as [day, share, low, high] or [day, share]; a limit that is not known is None."""
    count = len(curve.days)
    if not count:
        return []
    chosen = np.unique(np.linspace(0, count - 1, min(MOST_POINTS, count)).astype(np.int64))
    columns = [curve.share, *curve.limits] if limits else [curve.share]
    shares = [[round(value, 6) if isfinite(value) else None for value in column[chosen].tolist()] for column in columns]
    return [list(point) for point in zip(curve.days[chosen].tolist(), *shares, strict=True)]
