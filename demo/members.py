# SPDX-License-Identifier: Apache-2.0
"""Invents the people of the Harbour Federation: members with a branch and a slate, and who holds which office.

Nobody holds two offices, so that whoever acts in two roles of one case does so only where a fault was planted.
"""

from dataclasses import dataclass
from random import Random

from evenhand.rulebook.model import Rulebook

BRANCHES = (
    "North Quay",
    "South Quay",
    "Ferry Street",
    "Lighthouse",
    "Old Dock",
    "Tidewater",
    "Salt Yard",
    "Beacon Hill",
)
SLATES = ("Anchor", "Compass", "none")
SHARES = (0.34, 0.26, 0.40)
MEMBERS = 600
"""More than the officers by far: a member who holds no office can be a respondent."""


@dataclass(frozen=True)
class Member:
    """One invented member; `office` is the group of a role's pool they belong to, or empty."""

    id: str
    branch: str
    slate: str
    joined: int
    office: str


def members_of(rulebook: Rulebook, chance: Random) -> list[Member]:
    """The members, officers first: each group of a pool has as many people as the rulebook says, up to 24."""
    groups: dict[str, int] = {}
    for role in rulebook.roles.values():
        if role.kind == "person":
            for group, size in role.groups.items():
                groups[group] = min(size, 24)
    offices = [group for group, size in groups.items() for _ in range(size)]
    offices += [""] * max(0, MEMBERS - len(offices))
    return [
        Member(
            id=f"m{number:04}",
            branch=chance.choice(BRANCHES),
            slate=chance.choices(SLATES, SHARES)[0],
            joined=chance.randint(1988, 2019),
            office=office,
        )
        for number, office in enumerate(offices, 1)
    ]


class Offices:
    """Who acts for a role in a case: always the same person within one case, and never one of its parties."""

    def __init__(self, rulebook: Rulebook, members: list[Member]) -> None:
        self._rulebook = rulebook
        self._holders: dict[str, list[str]] = {}
        for member in members:
            if member.office:
                self._holders.setdefault(member.office, []).append(member.id)

    def holders(self, role: str) -> list[str]:
        """Everybody who may act in this role."""
        return [person for group in self._rulebook.roles[role].groups for person in self._holders.get(group, [])]

    def seat(self, role: str, taken: dict[str, str], chance: Random) -> str | None:
        """The person who acts in this role in the case whose seats are `taken` (role to person); fills the seat."""
        if role not in taken:
            free = [person for person in self.holders(role) if person not in taken.values()]
            if not free:
                return None
            taken[role] = chance.choice(free)
        return taken[role]
