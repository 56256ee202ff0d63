# SPDX-License-Identifier: Apache-2.0
"""The fewest people who can bury a matter, and the fewest who can bring an act about.

A matter is buried when it ends without a standing decision and without being handed over to other people, however that came
about: filed away, refused and not appealed, withdrawn, settled, lapsed after an appeal. The question is asked wherever a
matter can stand, not only from its beginning: those who handled it honestly before are not counted among those who bury it.

Sets of roles are tried from the cheapest: the parties and the clock may do what they like, the officials of the set may do
what their acts allow, and if that can end the matter quietly the people of the set can bury it. This finds the least of
Dijkstra's search over (state, set of roles used), a level at a time and in columns.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from evenhand.rulebook.graph import Bools
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.officials import fewest_people, ways
from evenhand.rulebook.runs import chained, into

KEPT = 16  # books whose answer is kept, since a check and the numbers ask the same


@dataclass(frozen=True, eq=False)
class Fewest:
    """How few people can do it, who they are, and the run; `open` are the moves that are open to them."""

    people: int
    roles: tuple[str, ...]
    open: Bools
    find_run: Callable[[Bools], list[int]]

    @cached_property
    def run(self) -> tuple[int, ...]:
        """The shortest run by which they do it. Looked for only when it is asked for."""
        return tuple(self.find_run(self.open))


@lru_cache(maxsize=KEPT)
def fewest_to_bury(meaning: Meaning, by_parties: bool = True) -> Fewest | None:
    """The fewest officials who can bury a matter wherever it stands; None if all of them together cannot.

    `by_parties=False` asks what offices and silence can do without any act of a party.
    """
    graph = meaning.graph
    live = ~graph.doomed & ~graph.ends
    if not by_parties:
        live &= graph.stage != 0

    def done(keep: Bools) -> bool:
        return bool((graph.co_reach(graph.buried, keep) & live).any())

    if not graph.buried.any():
        return None
    free = graph.kinds.clock if not by_parties else ~graph.kinds.office

    def run(keep: Bools) -> list[int]:
        begins = live[graph.src] & keep
        longer = chained(graph, [(begins, None), (into(graph, graph.buried), keep)])
        at_once = chained(graph, [(begins & into(graph, graph.buried), None)])
        return at_once if at_once and (not longer or len(at_once) <= len(longer)) else longer

    return _cheapest(meaning, free[graph.act], done, run)


def fewest_to_bring_about(meaning: Meaning, moves: Bools) -> Fewest | None:
    """The fewest officials who can, from the beginning, get one of these moves made; None if nobody can."""
    graph = meaning.graph

    def done(keep: Bools) -> bool:
        return bool(graph.reach(keep=keep)[graph.src[moves & keep]].any())

    def run(keep: Bools) -> list[int]:
        return graph.run_over(moves & keep, keep)

    return _cheapest(meaning, ~graph.kinds.office[graph.act], done, run)


def _cheapest(
    meaning: Meaning, free: Bools, done: Callable[[Bools], bool], run: Callable[[Bools], list[int]]
) -> Fewest | None:
    """The cheapest set of roles with which it can be done."""
    graph = meaning.graph
    offices = sorted({role for act in meaning.acts for way in ways(meaning, act) for role in way})
    bit = {name: 1 << at for at, name in enumerate(offices)}
    needed = [[sum(bit[name] for name in way) for way in ways(meaning, act)] for act in meaning.acts]
    office = graph.kinds.office

    def moves(mask: int) -> Bools:
        may = np.array([any(way & ~mask == 0 for way in acts) for acts in needed], dtype=bool) & office
        return free | may[graph.act]

    if not done(moves((1 << len(offices)) - 1)):
        return None
    for people, level in _levels(meaning, offices):
        for mask in level:
            keep = moves(mask)
            if done(keep):
                return Fewest(people, tuple(name for name in offices if bit[name] & mask), keep, run)
    return None


def _levels(meaning: Meaning, offices: list[str]) -> Iterator[tuple[int, list[int]]]:
    """The sets of roles by the number of people they need; of each number only the largest sets."""
    heap = [(0, 0, 0)]
    level: list[int] = []
    people = 0
    while heap:
        cost, mask, begin = heapq.heappop(heap)
        if cost > people:
            yield people, _largest(level)
            people, level = cost, []
        level.append(mask)
        for at in range(begin, len(offices)):
            new = mask | 1 << at
            roles = [name for where, name in enumerate(offices) if new >> where & 1]
            heapq.heappush(heap, (fewest_people(meaning.rulebook, roles), new, at + 1))
    yield people, _largest(level)


def _largest(masks: list[int]) -> list[int]:
    return [mask for mask in masks if not any(mask != other and mask & other == mask for other in masks)]
