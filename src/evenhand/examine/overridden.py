# SPDX-License-Identifier: Apache-2.0
"""Recommendation against decision: where the two differ, in which direction, and whether reasons are recorded.

Softer: recommended against the person, and the finding does not go against them. Harder: found against the person, and
that was not recommended. A finding that decides nothing counts as one that does not go against anybody.
"""

from typing import Any

from evenhand.examine.examination import Examination
from evenhand.examine.quoting import name, texts

NO_ALLEGATIONS = "The source has no allegations with findings."
NO_RECOMMENDATIONS = "The source gives no allegation with both a recommendation and a finding."
NO_SIDES = "mapping.toml does not say under [findings] which findings go against a person."
NO_REASONS = "The source has no column `reasons` in its allegations, so it cannot be told which changes were explained."
MOST_CHANGES = 20
REASONS = ("reasons", "reason")


def overridden(on: Examination) -> dict[str, Any] | None:
    """The finding `overridden`, and the tables behind it."""
    if not on.history.has("allegations"):
        on.unknown("overridden", NO_ALLEGATIONS)
        return None
    both = "allegations WHERE finding IS NOT NULL AND recommended IS NOT NULL"
    if not on.row(f"SELECT count(*) FROM {both}")[0]:
        on.unknown("overridden", NO_RECOMMENDATIONS)
        return None
    columns = on.columns("allegations")
    rest = f" EXCLUDE ({name(columns['_line'])})" if "_line" in columns else ""
    against = texts(on.history.mapping.against)
    came, went = (f"list_contains({against}::VARCHAR[], {column})" for column in ("recommended", "finding"))
    sides = {"softer": f"{came} AND NOT {went}", "harder": f"NOT {came} AND {went}"}

    def rows(table: str, key: str, where: str, says: str) -> int:
        return on.shelf.put(
            table,
            f"SELECT *{rest} FROM {both} AND {where} ORDER BY case_id, person, clause",
            says=says,
            opens=[f"overridden.{key}"],
        )

    found: dict[str, Any] = {
        "both": rows(
            "recommended_and_decided", "both", "true", "An allegation with both a recommendation and a finding."
        ),
        "changed": rows(
            "overridden",
            "changed",
            "finding <> recommended",
            "An allegation that was decided otherwise than recommended.",
        ),
        "softer": None,
        "harder": None,
    }
    if on.history.mapping.against:
        found["softer"] = rows(
            "softer", "softer", sides["softer"], "Recommended against the person, decided otherwise."
        )
        found["harder"] = rows(
            "harder", "harder", sides["harder"], "Decided against the person, recommended otherwise."
        )
    else:
        on.unknown("overridden.softer", NO_SIDES)
        on.unknown("overridden.harder", NO_SIDES)
    changes = on.rows(
        f"""SELECT recommended, finding, count(*) FROM {both} AND finding <> recommended
            GROUP BY ALL ORDER BY 3 DESC, 1, 2 LIMIT {MOST_CHANGES}"""
    )
    found |= _reasons(on, f"{both} AND finding <> recommended", columns)
    found["by_change"] = [dict(zip(("recommended", "decided", "n"), row, strict=True)) for row in changes]
    return found


def _reasons(on: Examination, changed: str, columns: dict[str, str]) -> dict[str, int | None]:
    """How many changes have reasons, where the mapping gives a column of them."""
    column = next((columns[known] for known in REASONS if known in columns), None)
    if column is None:
        for key in ("with_reasons", "without_reasons"):
            on.unknown(f"overridden.{key}", NO_REASONS)
        return {"with_reasons": None, "without_reasons": None}
    given = f"trim(coalesce(CAST({name(column)} AS VARCHAR), '')) <> ''"
    with_reasons, without = on.row(f"SELECT count(*) FILTER ({given}), count(*) FILTER (NOT {given}) FROM {changed}")
    return {"with_reasons": with_reasons, "without_reasons": without}
