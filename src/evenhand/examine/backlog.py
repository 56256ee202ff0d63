# SPDX-License-Identifier: Apache-2.0
"""How long the open cases have been waiting, on the last day up to which they were watched."""

from typing import Any

from evenhand.examine.examination import Examination

BANDS = ((0, 30), (31, 90), (91, 180), (181, 365), (366, 730), (731, 1826), (1827, None))
"""Ages in days, both ends included; None has no end."""

NO_DAY = "The source has no day at all, so no age can be reckoned."
NOT_A_DAY = "No open case has a day of receipt, so no age can be reckoned."


def backlog(on: Examination) -> dict[str, Any] | None:
    """The finding `backlog`: open cases by age; cases received after the last day are of age unknown."""
    if on.as_of is None:
        on.unknown("backlog", NO_DAY)
        return None
    age = f"DATE '{on.as_of}' - received"
    counts = ", ".join(
        f"count(*) FILTER (age >= {first}{'' if last is None else f' AND age <= {last}'})" for first, last in BANDS
    )
    *bands, oldest, unknown = on.row(
        f"""SELECT {counts}, max(age) FILTER (age >= 0), count(*) FILTER (age IS NULL OR age < 0)
            FROM (SELECT {age} AS age FROM cases WHERE closed IS NULL)"""
    )
    if oldest is None:
        on.unknown("backlog.oldest_days", NOT_A_DAY)
    return {
        "as_of": on.as_of.isoformat(),
        "bands": [
            {"from_days": first, "to_days": last, "open": count}
            for (first, last), count in zip(BANDS, bands, strict=True)
        ],
        "oldest_days": oldest,
        "unknown_age": unknown,
    }
