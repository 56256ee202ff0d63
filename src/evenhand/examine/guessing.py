# SPDX-License-Identifier: Apache-2.0
"""Guesses what the columns of a source are: the case, its dates, its acts, the people, what was found and done.

A guess is only a start: it is written into the mapping with the reason beside it, and whoever knows the
source mends it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from evenhand.examine.looking import Seen, shared_values

CASE = r"case|complaint|cr[ _]?(id|no)|incident|matter|ticket|grievance|referral|dossier"
NUMBER = r"\b(id|no|nr|number|ref|reference|key)\b"
PERSON = r"uid|officer|person|respondent|accused|subject|employee|member|staff|tax|badge|player|judge"
EVENT = r"activity|event|action|\bact\b|step"
STAMP = r"timestamp|time|date|day|\bat\b|when"
RECEIVED = r"receiv|lodged|filed|created|opened|open|report|complaint|start|submitted"
CLOSED = r"clos|ended|end\b|resol|conclu|complet|dispos"
ACTOR = r"investigator|resource|handler|assigned|clerk|agent|owner|actor"
CLAUSE = r"code|clause|rule|article|charge|offen[cs]e|allegation"
CATEGORY = r"categ|type|class"
RECOMMENDED = r"recc|recom"
FINDING = r"finding|disposition|verdict|decision|result|conclusion"
SANCTION = r"sanction|penalt|outcome|discipline|punish|measure|dismissal"
GROUP = r"race|ethnic|gender|\bsex\b|religion|nationality|slate|branch"
AGAINST = r"^su$|^sus|sustain|substantiat|upheld|founded|guilty|violation|breach"
NOT_AGAINST = r"^un|not |^ns$|no |exon|unsub|unfound|dismiss|reject"


def matches(seen: Seen, pattern: str) -> bool:
    """Whether the name of the column has one of these words in it."""
    return re.search(pattern, seen.column.replace("_", " ").lower()) is not None or (
        re.search(pattern, seen.column.lower()) is not None
    )


def first(columns: Sequence[Seen], pattern: str, *, dates: bool | None = None) -> Seen | None:
    """The fullest column whose name fits, if there is one; `dates` asks for columns that are, or are not, dates."""
    fitting = [seen for seen in columns if matches(seen, pattern) and (dates is None or bool(seen.dates) == dates)]
    return max(fitting, key=lambda one: one.filled, default=None)


def left_open(columns: Sequence[Seen]) -> Seen | None:
    """Where no name tells: a date that is empty in some rows, while another date beside it is fuller."""
    dates = [seen for seen in columns if seen.dates]
    most = max((seen.filled for seen in dates), default=0)
    named = any(matches(seen, RECEIVED) for seen in dates)
    fewer = [seen for seen in dates if seen.filled < most]
    return None if named else max(fewer, key=lambda one: one.filled, default=None)


@dataclass
class Guess:
    """What each file seems to be; None where nothing fits. `case` maps a table to its case column."""

    case: dict[str, Seen] = field(default_factory=dict)
    person: dict[str, Seen] = field(default_factory=dict)
    cases: str | None = None
    people: str | None = None
    allegations: str | None = None
    events: str | None = None
    assigned: str | None = None
    snapshots: bool = False


def guess(con: duckdb.DuckDBPyConnection, seen: Sequence[Seen], *, snapshots: bool = False) -> Guess:
    """Look at all columns together and say what each file seems to hold; `snapshots` is known from outside."""
    by_table: dict[str, list[Seen]] = {}
    for one in seen:
        by_table.setdefault(one.table, []).append(one)
    found = Guess(snapshots=snapshots)
    _find_cases(con, by_table, found)
    _find_people(con, by_table, found)
    _find_rows(by_table, found)
    return found


def _find_cases(con: duckdb.DuckDBPyConnection, by_table: dict[str, list[Seen]], found: Guess) -> None:
    """The case column of each file: by its name, else because its values are those of the case column elsewhere."""
    for table, columns in by_table.items():
        ids = [one for one in columns if not one.dates and one.distinct > min(100, one.rows / 20)]
        named = [one for one in ids if matches(one, CASE)] or [
            one for one in ids if matches(one, NUMBER) and not matches(one, PERSON)
        ]
        if named:
            found.case[table] = max(named, key=lambda one: (matches(one, NUMBER), one.filled, one.distinct))
    single = [one for one in found.case.values() if one.nearly_unique]
    with_dates = [one for one in single if any(column.dates for column in by_table[one.table])]
    candidates = with_dates or single or list(found.case.values()) or _referred_to(con, by_table, dated=True)
    if not candidates:
        return
    anchor = max(candidates, key=lambda one: (any(c.dates for c in by_table[one.table]), one.distinct))
    found.cases, found.case[anchor.table] = anchor.table, anchor
    for table, columns in by_table.items():
        if table == anchor.table:
            continue
        joins = {one.column: shared_values(con, one, anchor) for one in columns if one.filled and not one.dates}
        best = max(joins, key=lambda column: joins[column], default=None)
        found.case.pop(table, None)
        if best is not None and joins[best] > 0.5:
            found.case[table] = next(one for one in columns if one.column == best)


def _referred_to(con: duckdb.DuckDBPyConnection, by_table: dict[str, list[Seen]], *, dated: bool) -> list[Seen]:
    """Where no name tells, as in another language: a column with a value of its own in each row to which another refers.

    `dated` asks for columns of files that have, or have not, a date.
    """
    return [
        key
        for columns in by_table.values()
        if any(one.dates for one in columns) == dated
        for key in columns
        if key.nearly_unique
        and not key.dates
        and any(
            shared_values(con, one, key) > 0.5
            for others in by_table.values()
            for one in others
            if one.table != key.table and one.filled and not one.dates
        )
    ]


def _find_people(con: duckdb.DuckDBPyConnection, by_table: dict[str, list[Seen]], found: Guess) -> None:
    """The register of people is a file with a person of its own in each row and no case; others refer to it."""
    for table, columns in by_table.items():
        named = [one for one in columns if matches(one, PERSON) and not one.dates and one.distinct > 20]
        named = [one for one in named if found.case.get(table) != one]
        if named:
            found.person[table] = max(named, key=lambda one: (one.filled, one.distinct))
    registers = [one for table, one in found.person.items() if table not in found.case and one.nearly_unique]
    if not found.person:
        registers = [one for one in _referred_to(con, by_table, dated=False) if one.table not in found.case]
    if not registers:
        return
    register = max(registers, key=lambda one: one.rows)
    found.people, found.person[register.table] = register.table, register
    for table, columns in by_table.items():
        if table == register.table:
            continue
        joins = {
            one.column: shared_values(con, one, register)
            for one in columns
            if one.filled and not one.dates and one != found.case.get(table)
        }
        best = max(joins, key=lambda column: joins[column], default=None)
        found.person.pop(table, None)
        if best is not None and joins[best] > 0.5:
            found.person[table] = next(one for one in columns if one.column == best)


def _find_rows(by_table: dict[str, list[Seen]], found: Guess) -> None:
    """Files with several rows a case: acts if they have a kind and a time, allegations if they have a finding."""
    for table, columns in by_table.items():
        if table not in found.case:
            continue
        dated = any(one.dates and one.filled > one.rows / 2 for one in columns)
        kind = first(columns, EVENT, dates=False)
        if kind is not None and dated and not found.case[table].nearly_unique and kind.distinct <= 500:
            found.events = found.events or table
        elif table in found.person and (first(columns, FINDING, dates=False) or first(columns, SANCTION, dates=False)):
            found.allegations = found.allegations or table
        elif table in found.person and dated and table != found.cases:
            found.assigned = found.assigned or table
