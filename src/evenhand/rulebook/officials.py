# SPDX-License-Identifier: Apache-2.0
"""How many people must agree before an act is done, and how few people can fill several roles at once.

One person may hold several roles of a matter unless the rulebook keeps them `apart`. So the fewest people who can act in a
set of roles is a colouring: each role needs as many different people as its majority, and roles kept apart share nobody.
That two pools name different groups is not taken to keep people apart: only the rule does.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product

from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import Act, Role, Rulebook
from evenhand.rulebook.substitutes import standing_in

MOST_EXACT = 60  # above this many people the clique bound stands for the colouring: never more than the truth


def fewest_people(rulebook: Rulebook, roles: Iterable[str]) -> int:
    """The fewest different people who can hold these roles in one matter and carry the majority of each, or of who stands in."""
    demand = {name: people_in(rulebook, rulebook.roles[name]) for name in roles}
    demand = {name: people for name, people in demand.items() if people}
    names = tuple(demand)
    if len(names) < 2:
        return sum(demand.values())
    apart = {name: frozenset(other for other in names if rulebook.apart_from(name, other)) for name in names}
    bound = max(sum(demand[name] for name in clique) for clique in _cliques(names, apart))
    if bound == sum(demand.values()) or sum(demand.values()) > MOST_EXACT:
        return bound
    together = tuple(_cliques(names, {name: frozenset(names) - apart[name] - {name} for name in names}))

    @cache
    def least(left: tuple[int, ...]) -> int:
        if not any(left):
            return 0
        most = max(range(len(left)), key=lambda at: left[at])
        groups = [group for group in together if names[most] in group]
        return 1 + min(
            least(tuple(n - (name in group and n > 0) for name, n in zip(names, left, strict=True))) for group in groups
        )

    return least(tuple(demand[name] for name in names))


def _cliques(names: tuple[str, ...], linked: Mapping[str, frozenset[str]]) -> list[frozenset[str]]:
    """The largest groups in which everybody is linked with everybody."""
    found: list[frozenset[str]] = []

    def grow(group: frozenset[str], may: frozenset[str], done: frozenset[str]) -> None:
        if not may and not done:
            found.append(group)
        for name in sorted(may):
            grow(group | {name}, may & linked[name], done & linked[name])
            may, done = may - {name}, done | {name}

    grow(frozenset(), frozenset(names), frozenset())
    return found


def ways(meaning: Meaning, act: Act) -> tuple[frozenset[str], ...]:
    """The sets of roles that suffice for this act, the steps that confirm it included; none for a party or the clock."""
    roles = [role.id for role in meaning.roles(act) if role.kind == "person"]
    confirmed = [
        sorted({role.id for setter in setters for role in meaning.roles(setter)})
        for fact in act.needs
        if (setters := _confirmations(meaning, act, fact))
    ]
    return tuple(dict.fromkeys(frozenset(chosen) for chosen in product(roles, *confirmed)))


def people_behind(meaning: Meaning, act: Act) -> int:
    """The fewest people who must agree before this act is done; 0 when a party or the clock can do it."""
    roles = meaning.roles(act)
    if not roles or any(role.kind != "person" for role in roles):
        return 0
    return min(fewest_people(meaning.rulebook, way) for way in ways(meaning, act))


def people_in(rulebook: Rulebook, role: Role) -> int:
    """The majority of the role, or of whoever steps in for it if those are fewer."""
    return min(rulebook.roles[body].people for body in standing_in(rulebook, role.id))


def _confirmations(meaning: Meaning, act: Act, fact: str) -> tuple[Act, ...]:
    """The acts by which somebody else proposed this act, if the fact it needs is such a proposal and nothing else.

    It is one when only offices kept apart from this one can set it, giving reasons, and when whoever else carries the
    matter on while it stands needs it or clears it: so two people act together, one after the other, where an organisation
    is too small for a panel. A step taken on the way, on which other acts do not turn, confirms nothing.
    """
    declared = meaning.book.facts[fact]
    setters = tuple(other for other in meaning.acts if fact in other.sets)
    if declared.kind != "step" or declared.at_start or not setters:
        return ()
    if not all(_apart_with_reasons(meaning, setter, act) for setter in setters):
        return ()
    graph = meaning.graph
    bit = 1 << graph.table.facts.index(fact)
    stands = (graph.facts & bit) != 0
    own = {role for setter in setters for role in setter.by}
    indifferent = meaning.where(lambda other: fact not in other.needs and not set(other.by) <= own)
    past = meaning.office_exits & stands[graph.src] & stands[graph.dst] & indifferent[graph.act]
    return () if past.any() else setters


def _apart_with_reasons(meaning: Meaning, setter: Act, act: Act) -> bool:
    return "reasons" in setter.carries and all(
        theirs.kind == "person" and meaning.rulebook.apart_from(theirs.id, ours.id)
        for theirs in meaning.roles(setter)
        for ours in meaning.roles(act)
    )
