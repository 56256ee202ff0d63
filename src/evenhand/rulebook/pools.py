# SPDX-License-Identifier: Apache-2.0
"""At how many conflicted people a role can no longer be filled: Hall's condition over pools that may overlap.

Roles kept apart in one matter need different people. Of any set of them the people of all their pools together, less
those who are conflicted, must be at least as many as the seats. Whoever is conflicted is counted where it hurts most. A
role that names substitutes fails only when those, after it, fail too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from evenhand.rulebook.model import Role, Rulebook
from evenhand.rulebook.substitutes import standing_in


@dataclass(frozen=True)
class PoolFails:
    """A role, the N at which it first cannot be filled, and the roles that draw on the same people."""

    role: str
    at: int
    together: tuple[str, ...]


def needed(role: Role) -> int:
    """How many people must be there: as many as the seats; of a body that sits whole, as many as its majority (D08)."""
    return role.people if role.seats >= role.pool else max(role.seats, role.people)


def pools_fail(rulebook: Rulebook) -> tuple[PoolFails, ...]:
    """For every role that acts in some book and is drawn from a pool, the N at which it first fails, lowest first."""
    found: dict[str, PoolFails] = {}
    for names in _acting(rulebook):
        for name in names:
            fails = _fails(rulebook, name, names)
            if name not in found or fails.at < found[name].at:
                found[name] = fails
    return tuple(sorted(found.values(), key=lambda one: one.at))


def _acting(rulebook: Rulebook) -> Iterator[tuple[str, ...]]:
    """For each book the roles drawn from pools that act in its matters, those who step in for them included."""
    judge = rulebook.conflicts.challenge_decided_by
    for book in rulebook.books.values():
        names = dict.fromkeys(name for act in book.acts.values() for name in act.by)
        if judge is not None and any(name in rulebook.conflicts.applies_to for name in names):
            names[judge] = None
        for name in tuple(names):
            names.update(dict.fromkeys(standing_in(rulebook, name)[1:]))
        yield tuple(name for name in names if _drawn(rulebook.roles[name]))


def _drawn(role: Role) -> bool:
    return role.kind == "person" and bool(role.groups) and role.turnout is None


def _fails(rulebook: Rulebook, name: str, names: Sequence[str]) -> PoolFails:
    at, together = _alone(rulebook, name, names)
    used = set(rulebook.roles[name].groups)
    for other in standing_in(rulebook, name)[1:]:
        role = rulebook.roles[other]
        if _drawn(role) and not used & set(role.groups):
            # Those who stepped in may have acted already: then as many seats again must be found among them.
            at += max(0, role.pool - needed(role) * (2 if other in names else 1) + 1)
            used |= set(role.groups)
    return PoolFails(name, max(0, at), together)


def _alone(rulebook: Rulebook, name: str, names: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """The N at which a role fails on its own pool, and the roles kept apart from it that compete for the same people."""
    mine = rulebook.roles[name]
    rivals = [
        other
        for other in names
        if rulebook.apart_from(name, other) and set(rulebook.roles[other].groups) & _connected(rulebook, name, names)
    ]
    best = mine.pool - needed(mine) + 1
    together: tuple[str, ...] = (name,)
    for size in range(1, len(rivals) + 1):
        for chosen in combinations(rivals, size):
            if any(not rulebook.apart_from(one, other) for one, other in combinations(chosen, 2)):
                continue
            roles = [mine, *(rulebook.roles[other] for other in chosen)]
            people = {group: size for role in roles for group, size in role.groups.items()}
            at = sum(people.values()) - sum(needed(role) for role in roles) + 1
            if at < best:
                best, together = at, (name, *chosen)
    return best, together


def _connected(rulebook: Rulebook, name: str, names: Sequence[str]) -> set[str]:
    """The groups on which this role draws, and those that are joined to them by some role that draws on both."""
    groups = set(rulebook.roles[name].groups)
    while True:
        more = set(groups)
        for other in names:
            if groups & set(rulebook.roles[other].groups):
                more |= set(rulebook.roles[other].groups)
        if more == groups:
            return groups
        groups = more
