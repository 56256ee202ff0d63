# SPDX-License-Identifier: Apache-2.0
"""Shortest runs through a graph: the counterexamples that the checks print.

A run is a list of move numbers. It is a real run: each move leaves the node to which the one before it led, and the first
leaves the start.
"""

from collections import deque
from collections.abc import Sequence

import numpy as np

from evenhand.rulebook.graph import Bools, Graph


def chained(graph: Graph, legs: Sequence[tuple[Bools, Bools | None]]) -> list[int]:
    """The shortest run that does the legs in order, or [] where there is none.

    A leg is (the moves that end it, the moves that may come before its end; None for all). The last leg's ending move is
    the last of the run. Walked in plain Python: it is asked for only when a check fails.
    """
    came: dict[tuple[int, int], tuple[int, int, int] | None] = {(0, 0): None}
    queue = deque([(0, 0)])
    while queue:
        node, leg = queue.popleft()
        ends, keep = legs[leg]
        for move in range(int(graph.first[node]), int(graph.first[node + 1])):
            to = int(graph.dst[move])
            nexts = []
            if ends[move]:
                if leg + 1 == len(legs):
                    return _back(came, (node, leg), move)
                nexts.append((to, leg + 1))
            if keep is None or keep[move]:
                nexts.append((to, leg))
            for new in nexts:
                if new not in came:
                    came[new] = (node, leg, move)
                    queue.append(new)
    return []


def _back(came: dict[tuple[int, int], tuple[int, int, int] | None], at: tuple[int, int], last: int) -> list[int]:
    run = [last]
    before = came[at]
    while before is not None:
        node, leg, move = before
        run.append(move)
        before = came[node, leg]
    return run[::-1]


def into(graph: Graph, nodes: Bools) -> Bools:
    """The moves that lead to one of these nodes."""
    return nodes[graph.dst] if graph.src.size else np.zeros(0, dtype=bool)
