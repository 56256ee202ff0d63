# SPDX-License-Identifier: Apache-2.0
"""Requirements of the rulebook: of the cases to which one applies, those that do not meet it."""

from typing import Any

from evenhand.examine.examination import Examination
from evenhand.examine.quoting import texts
from evenhand.examine.rules_of_the_day import Books
from evenhand.rulebook.model import Requirement


def requirements(on: Examination, books: Books) -> list[dict[str, Any]]:
    """One finding for each requirement, and for each version of its words where these differ between versions."""
    found = []
    for requirement, versions in _as_they_stand(books):
        of, broken = _count(on, requirement, versions, books.suffix(versions))
        row: dict[str, Any] = {
            "id": requirement.id,
            "says": requirement.says,
            "when": list(requirement.when),
            "must": list(requirement.must),
            "never": list(requirement.never),
            "of": of,
            "broken": broken,
        }
        found.append(row | books.told(versions))
    return found


def _as_they_stand(books: Books) -> list[tuple[Requirement, list[int]]]:
    """Each requirement with the places of the versions in which it stands in the same words."""
    kept: dict[tuple[object, ...], tuple[Requirement, list[int]]] = {}
    for version in books.versions:
        for one in version.book.requirements.values():
            same = (one.id, one.when, one.must, one.never)
            kept.setdefault(same, (one, []))[1].append(version.number)
    return list(kept.values())


def _count(on: Examination, one: Requirement, versions: list[int], told_apart: str) -> tuple[int, int]:
    applies = (
        "SELECT DISTINCT case_id FROM acts "
        f"SEMI JOIN (SELECT case_id FROM ruled WHERE version IN {_tuple(versions)}) AS ruled USING (case_id) "
        f"WHERE list_contains({texts(one.when)}, act)"
    )
    having = [
        f"({'NOT ' if acts is one.must else ''}coalesce(bool_or(list_contains({texts(acts)}, act)), false))"
        for acts in (one.must, one.never)
        if acts
    ]
    on.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE required AS
            SELECT applies.case_id, {" OR ".join(having) or "false"} AS broken,
                   min(day) FILTER (list_contains({texts(one.when)}, act)) AS applied_on,
                   min(day) FILTER (list_contains({texts(one.never)}::VARCHAR[], act)) AS broken_on
            FROM ({applies}) AS applies JOIN acts USING (case_id) GROUP BY applies.case_id"""
    )
    select = "SELECT case_id, applied_on, broken, broken_on FROM required{where} ORDER BY case_id"
    path, says = f"rules.requirements.{one.id}", f"“{one.says}”"
    of = on.shelf.put(
        f"requirement_{one.id}{told_apart}",
        select.format(where=""),
        says=f"A case to which the requirement applies: {says}",
        opens=[f"{path}.of"],
    )
    broken = on.shelf.put(
        f"requirement_{one.id}{told_apart}_broken",
        select.format(where=" WHERE broken"),
        says=f"A case that does not meet the requirement: {says}",
        opens=[f"{path}.broken"],
    )
    on.con.execute("DROP TABLE required")
    return of, broken


def _tuple(versions: list[int]) -> str:
    return f"({', '.join(map(str, versions))})"
