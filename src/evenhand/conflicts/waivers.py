# SPDX-License-Identifier: Apache-2.0
"""Waivers and rulings: what somebody was allowed in a matter, for which acts, and since when.

Both are facts of their own kind. They count for what is done after them and before they are revoked, and never for what was
done before: a waiver comes before the act.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from evenhand.conflicts.facts import MAY

Query = Callable[[str, Mapping[str, object]], list[tuple[Any, ...]]]
"""Runs one SELECT with named blanks and gives its rows; the caller knows the database."""
OF_ACTS = "/"
"""In the source of a waiver, between the ground and the acts for which it is waived; without it, it is for all of them."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Of which matter it is asked, at which instant and day, and by which instant it was known; as the relation holds them."""

    matter: str
    at: str
    known: str
    day: str


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """One waiver: the fact, since when it is known, and for which acts; none stands for all."""

    ident: str
    known: str
    acts: frozenset[str]

    def covers(self, asked: frozenset[str]) -> bool:
        """Whether it was given for one of these acts."""
        return not self.acts or bool(self.acts & asked)


def source_of(ground: str, acts: frozenset[str] = frozenset()) -> str:
    """What the fact of a waiver names: its ground, and the acts."""
    return f"{ground}{OF_ACTS}{' '.join(sorted(acts))}" if acts else ground


def waivers(query: Query, moment: Moment, relation: str) -> dict[tuple[str, str], list[Waiver]]:
    """Every waiver in force in the matter, by person and ground."""
    found: dict[tuple[str, str], list[Waiver]] = {}
    for person, source, ident, known in _in_force(query, "waived", moment, relation):
        ground, _, acts = source.partition(OF_ACTS)
        found.setdefault((person, ground), []).append(Waiver(ident=ident, known=known, acts=frozenset(acts.split())))
    return found


def rulings(query: Query, moment: Moment, relation: str) -> dict[str, tuple[str, str]]:
    """Person -> what the last ruling in force says that they may do, and since when it is known."""
    rows = _in_force(query, "ruled", moment, relation)
    return {person: (may, known) for person, may, _, known in rows if may in MAY}


def _in_force(query: Query, kind: str, moment: Moment, relation: str) -> list[tuple[Any, ...]]:
    text = (
        f"SELECT x.a, x.source, x.ident, x.known FROM {relation} x WHERE x.kind = '{kind}' AND x.b = :matter "
        "AND x.known <= :known AND x.known <= :at AND (x.withdrawn IS NULL OR x.withdrawn > :at) "
        "AND (x.until_lo IS NULL OR x.until_lo > :day) ORDER BY x.known, x.ident"
    )
    blanks = {"matter": f"matter:{moment.matter}", "known": moment.known, "at": moment.at, "day": moment.day}
    return query(text, blanks)
