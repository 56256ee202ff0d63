# SPDX-License-Identifier: Apache-2.0
"""Which cases were handled by the rules of their day: the first unlawful act of each, and what was lawful instead."""

from typing import Any

import numpy as np

from evenhand.examine import lawful_why
from evenhand.examine.examination import Examination
from evenhand.examine.replaying import ORDER, replay
from evenhand.examine.requirements import requirements
from evenhand.examine.rules_of_the_day import Books

NO_RULEBOOK = "The mapping names no rulebook, so nothing was replayed and no limit was reckoned."
NO_ACTS = "The source has no acts, so nothing was replayed and no limit was reckoned."
WITHOUT_ACTS = "Cases without any act in the source: {count}. Nothing can be said of their order."


def rules(on: Examination) -> dict[str, Any] | None:
    """The finding `rules`, and the tables behind it; None without a rulebook or acts."""
    books = on.books
    if books is None or not on.history.has("acts"):
        on.unknown("rules", NO_RULEBOOK if books is None else NO_ACTS)
        return None
    _replay_versions(on, books)
    cases = on.row("SELECT count(*) FROM cases")[0]
    lawful, unlawful, complete = on.row(
        """SELECT count(*) FILTER (position = 0), count(*) FILTER (position > 0), count(*) FILTER (complete)
           FROM replayed_all"""
    )
    if without := cases - lawful - unlawful:
        on.notes.append(WITHOUT_ACTS.format(count=f"{without:,}"))
    _first_unlawful(on, books)
    _tables(on)
    return {
        "lawful": lawful,
        "unlawful": unlawful,
        "complete": complete,
        "without_acts": without,
        "first_unlawful": _grouped(on),
        "by_year": _by_year(on),
        "by_act": [
            {"act": act, "cases": count}
            for act, count in on.rows("SELECT act, count(*) FROM unlawful GROUP BY act ORDER BY 2 DESC, 1")
        ],
        "by_office": [
            {"office": office, "cases": count}
            for office, count in on.rows("SELECT role, count(*) FROM unlawful GROUP BY role ORDER BY 2 DESC, 1")
        ],
        "requirements": requirements(on, books),
    }


def _replay_versions(on: Examination, books: Books) -> None:
    """Create `replayed_all`: the verdict of every case that has an act, under the version of its day."""
    on.con.execute(
        """CREATE OR REPLACE TEMP TABLE replayed_all
           (case_id VARCHAR, trace BIGINT, position BIGINT, state BIGINT, complete BOOLEAN, version INTEGER)"""
    )
    for version in books.versions:
        if not on.row("SELECT count(*) FROM ruled WHERE version = ?", [version.number])[0]:
            continue
        on.walks[version.number] = replay(
            on.con,
            version.table,
            '(SELECT acts.case_id, act, "at", seq, acts.rowid AS place FROM acts '
            f"JOIN ruled ON ruled.case_id = acts.case_id AND version = {version.number})",
        )
        on.con.execute(f"INSERT INTO replayed_all SELECT *, {version.number} FROM replayed")
    on.con.execute("DROP TABLE IF EXISTS replayed")


def _first_unlawful(on: Examination, books: Books) -> None:
    """Create `unlawful`: a row for each case with an unlawful act, with that act, its rule and what was lawful."""
    on.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE unlawful_bare AS
            WITH ordered AS (
                SELECT case_id, act, "at", actor, role,
                       row_number() OVER (PARTITION BY case_id ORDER BY {ORDER}) AS number
                FROM (SELECT *, rowid AS place FROM acts)
                SEMI JOIN (SELECT case_id FROM replayed_all WHERE position > 0) AS wrong USING (case_id)
            )
            SELECT case_id, version, position, state, act, "at", actor, role
            FROM replayed_all JOIN ordered USING (case_id) WHERE position > 0 AND number = position"""
    )
    met = on.rows("SELECT DISTINCT version, state, act FROM unlawful_bare ORDER BY ALL")
    told = [lawful_why.refusal(books.versions[version].table, state, act) for version, state, act in met]
    on.con.register(
        "told",
        {
            "version": np.array([row[0] for row in met], np.int64),
            "state": np.array([row[1] for row in met], np.int64),
            "act": np.array([row[2] for row in met], np.object_),
            "number": np.array([books.versions[row[0]].rulebook.version for row in met], np.int64),
            "stage": np.array([one.stage for one in told], np.object_),
            "instead": np.array(["\x1f".join(one.instead) for one in told], np.object_),
            "rule": np.array([one.rule for one in told], np.object_),
            "says": np.array([one.says for one in told], np.object_),
        },
    )
    on.con.execute(
        """CREATE OR REPLACE TEMP TABLE unlawful AS
           SELECT bare.*, stage, rule, says, number AS version_number, year(received) AS year,
                  CASE WHEN instead = '' THEN []::VARCHAR[] ELSE string_split(instead, chr(31)) END AS instead
           FROM unlawful_bare AS bare JOIN told USING (version, state, act) LEFT JOIN cases USING (case_id)"""
    )
    on.con.unregister("told")
    on.con.execute("DROP TABLE unlawful_bare")


def _tables(on: Examination) -> None:
    on.shelf.put(
        "unlawful_cases",
        """SELECT case_id, year, position, act, "at", actor, role, stage, instead, rule, says, version_number AS version
           FROM unlawful ORDER BY case_id""",
        says="A case with its first act that was not lawful, what was lawful instead, and the rule.",
        opens=["rules.unlawful"],
    )


def _grouped(on: Examination) -> list[dict[str, Any]]:
    rows = on.rows(
        """SELECT act, instead, rule, says, stage, count(*) FROM unlawful
           GROUP BY ALL ORDER BY count(*) DESC, act, stage, instead"""
    )
    keys = ("act", "instead", "rule", "says", "stage", "cases")
    return [dict(zip(keys, row, strict=True)) for row in rows]


def _by_year(on: Examination) -> list[dict[str, Any]]:
    rows = on.rows(
        """SELECT year(received) AS year, count(*), count(*) FILTER (position > 0)
           FROM replayed_all JOIN cases USING (case_id) GROUP BY year ORDER BY year NULLS LAST"""
    )
    return [dict(zip(("year", "cases", "unlawful"), row, strict=True)) for row in rows]
