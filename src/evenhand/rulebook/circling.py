# SPDX-License-Identifier: Apache-2.0
"""Which moves of a graph can be repeated without end, and the longest way through the rest. Columns throughout."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from evenhand.rulebook.graph import Bools, Graph, bools

Numbers = NDArray[np.int64]
KEPT = 16  # graphs whose circles are kept: several checks ask for them


@lru_cache(maxsize=KEPT)
def circles(graph: Graph) -> Bools:
    """Moves that lie on a circle: after such a move the matter can come back to where it was before it."""
    found = np.zeros(len(graph.src), dtype=bool)
    loops = graph.src == graph.dst
    found |= loops
    alive = np.flatnonzero(~loops)
    part = np.zeros(graph.nodes, dtype=np.int64)
    while alive.size:
        alive = _trim(graph, alive)
        if not alive.size:
            break
        part = _ahead(graph, alive)
        alive = alive[part[graph.src[alive]] == part[graph.dst[alive]]]
        settled = _behind(graph, alive, part)
        inside = settled[graph.src[alive]] & settled[graph.dst[alive]]
        found[alive[inside]] = True
        alive = alive[~settled[graph.src[alive]] & ~settled[graph.dst[alive]]]
    return found


def _trim(graph: Graph, alive: Numbers) -> Numbers:
    """Without the moves that cannot lie on a circle because nothing leads to, or on from, one of their ends."""
    while alive.size:
        comes = np.zeros(graph.nodes, dtype=bool)
        goes = np.zeros(graph.nodes, dtype=bool)
        comes[graph.dst[alive]] = True
        goes[graph.src[alive]] = True
        both = comes & goes
        kept = alive[both[graph.src[alive]] & both[graph.dst[alive]]]
        if kept.size == alive.size:
            break
        alive = kept
    return alive


def _ahead(graph: Graph, alive: Numbers) -> Numbers:
    """For each node, the greatest number of a node from which it can be reached: equal all round a circle."""
    part = np.arange(graph.nodes, dtype=np.int64)
    while True:
        before = part.copy()
        np.maximum.at(part, graph.dst[alive], part[graph.src[alive]])
        if np.array_equal(before, part):
            return part


def _behind(graph: Graph, alive: Numbers, part: Numbers) -> Bools:
    """Nodes that reach the node their part is named after: with it they are one knot of circles."""
    seen = part == np.arange(graph.nodes)
    while True:
        new = graph.src[alive[seen[graph.dst[alive]] & ~seen[graph.src[alive]]]]
        if not new.size:
            return bools(seen)
        seen[new] = True


def longest(graph: Graph, weight: Numbers) -> tuple[Numbers, Numbers]:
    """For each node, the greatest weight of a run from the start to it, and the last move of such a run (-1 at the start).

    Moves with weight must not lie on a circle; those without may.
    """
    best = np.full(graph.nodes, -1, dtype=np.int64)
    last = np.full(graph.nodes, -1, dtype=np.int64)
    best[0] = 0
    changed = np.array([0], dtype=np.int64)
    while changed.size:
        moves = graph.moves_from(changed)
        reached = best[graph.src[moves]] + weight[moves]
        better = reached > best[graph.dst[moves]]
        moves, reached = moves[better], reached[better]
        order = np.argsort(reached, kind="stable")  # of several moves to one node the greatest is written last
        moves, reached = moves[order], reached[order]
        best[graph.dst[moves]] = reached
        last[graph.dst[moves]] = moves
        changed = np.unique(graph.dst[moves])
    return best, last


def longest_run(graph: Graph, weight: Numbers) -> tuple[int, list[int]]:
    """The greatest weight of any run, and the run."""
    best, last = longest(graph, weight)
    node = int(best.argmax())
    run: list[int] = []
    while last[node] >= 0:
        run.append(int(last[node]))
        node = int(graph.src[last[node]])
    return int(best.max()), run[::-1]
