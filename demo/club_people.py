# SPDX-License-Identifier: Apache-2.0
"""Invents the people of the Quay Club: 60 members, three of them officers, and the outsiders who judge.

First names and surnames are made up of syllables, so that nobody is meant.
"""

from dataclasses import dataclass
from random import Random

MEMBERS, OFFICERS, NEIGHBOURS, UNION = 60, 3, 13, 6
FIRST = ("Ada", "Bero", "Celin", "Davo", "Elsin", "Fenja", "Goro", "Hylla", "Ivo", "Jorun", "Kelda", "Lorin", "Mirte")
ENDS = ("quist", "wake", "bollard", "tarn", "reef", "spar", "mast", "haven", "oar")
STARTS = ("Tarn", "Osk", "Vell", "Brim", "Hark", "Skel", "Wynd", "Lom", "Pell")
POOLS = {
    "officer": "officers",
    "second_officer": "officers",
    "union_desk": "union",
    "overseers": "union",
    "recusal_judge": "union",
}
"""Whose seats are not filled from the neighbouring clubs."""


@dataclass(frozen=True)
class Club:
    """Everybody, by name: the members who hold no office, the officers, the neighbours, and the people of the union."""

    members: tuple[str, ...]
    officers: tuple[str, ...]
    neighbours: tuple[str, ...]
    union: tuple[str, ...]

    @property
    def everybody(self) -> tuple[str, ...]:
        """All names."""
        return (*self.members, *self.officers, *self.neighbours, *self.union)

    def pool(self, role: str) -> tuple[str, ...]:
        """Who may act in a role; a body of several seats acts through one of them, who speaks for it."""
        return {"officers": self.officers, "union": self.union}.get(POOLS.get(role, ""), self.neighbours)


def club_of(chance: Random) -> Club:
    """The people of one invention; no name stands twice."""
    names = [f"{first} {start}{end}" for first in FIRST for start in STARTS for end in ENDS]
    drawn = chance.sample(names, MEMBERS + NEIGHBOURS + UNION)
    plain = MEMBERS - OFFICERS
    return Club(
        members=tuple(drawn[:plain]),
        officers=tuple(drawn[plain:MEMBERS]),
        neighbours=tuple(drawn[MEMBERS : MEMBERS + NEIGHBOURS]),
        union=tuple(drawn[MEMBERS + NEIGHBOURS :]),
    )
