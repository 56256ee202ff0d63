# SPDX-License-Identifier: Apache-2.0
"""The same case and the same clause, several people, different findings.

A cell is a case and a clause in which two or more people have a finding that decides (one that [findings] of
mapping.toml names); it differs if these findings are not all the same.
"""

from typing import Any

from evenhand.examine.examination import Examination
from evenhand.examine.quoting import texts

NO_ALLEGATIONS = "The source has no allegations with findings."
NO_SIDES = "mapping.toml does not say under [findings] which findings decide, so no cells can be formed."
NO_CLAUSES = "The source does not say which clause an allegation is about."
MOST_EXAMPLES = 20


def like_cases(on: Examination) -> dict[str, Any] | None:
    """The finding `like_cases`, and the tables behind it."""
    decisive = [*on.history.mapping.against, *on.history.mapping.other]
    if not on.history.has("allegations") or not decisive:
        on.unknown("like_cases", NO_SIDES if on.history.has("allegations") else NO_ALLEGATIONS)
        return None
    if not on.row("SELECT count(clause) FROM allegations")[0]:
        on.unknown("like_cases", NO_CLAUSES)
        return None
    on.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE cells AS
            SELECT case_id, clause, count(DISTINCT person) AS people, count(DISTINCT finding) AS findings
            FROM allegations
            WHERE list_contains({texts(decisive)}, finding) AND clause IS NOT NULL AND person IS NOT NULL
            GROUP BY case_id, clause HAVING people > 1"""
    )
    # Findings are counted by people, and only where they are shown: in the cells that differ.
    on.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE differing AS
            WITH counted AS (
                SELECT case_id, clause, cells.people, finding, count(DISTINCT person) AS n
                FROM allegations JOIN cells USING (case_id, clause)
                WHERE findings > 1 AND list_contains({texts(decisive)}, finding)
                GROUP BY ALL
            )
            SELECT case_id, clause, people,
                   map(list(finding ORDER BY n DESC, finding), list(n ORDER BY n DESC, finding)) AS findings
            FROM counted GROUP BY case_id, clause, people"""
    )
    cells = on.shelf.put(
        "like_cells",
        "SELECT case_id, clause, people, findings > 1 AS differing FROM cells ORDER BY case_id, clause",
        says="A case and a clause in which two people or more have a finding that decides.",
        opens=["like_cases.cells"],
    )
    differing = on.shelf.put(
        "like_cells_differing",
        "SELECT case_id, clause, people, findings FROM differing ORDER BY case_id, clause",
        says="A case and a clause in which people have different findings, and how many people have each.",
        opens=["like_cases.differing"],
    )
    examples = on.rows(
        "SELECT case_id, clause, people, findings FROM differing "
        f"ORDER BY people DESC, case_id, clause LIMIT {MOST_EXAMPLES}"
    )
    return {
        "cells": cells,
        "differing": differing,
        "examples": [dict(zip(("case", "clause", "people", "findings"), row, strict=True)) for row in examples],
    }
