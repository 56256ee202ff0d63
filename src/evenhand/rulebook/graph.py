# SPDX-License-Identifier: Apache-2.0
"""The compiled table as a graph that also knows whether a decision stands: the ground of every check.

A node is a state of the table together with its standing: nothing decided, a decision stands, or a decision was reopened
(by an appeal, a call-in, a remit) and the matter must be decided again. Whatever its label, an act by a person that moves a decided
matter to another open stage has reopened it; and where the book knows charges, an act decides nothing before there is one:
`merits` on a filing-away does not make it a decision.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.rulebook.model import Role, Stage
from evenhand.rulebook.table import Ints, Table

Bools = NDArray[np.bool_]
UNDECIDED, DECIDED, REOPENED = 0, 1, 2


def bools(found: ArrayLike) -> Bools:
    """A column of truth values; numpy does not say of its comparisons that they are one."""
    return np.asarray(found, dtype=np.bool_)


@dataclass(frozen=True)
class Kinds:
    """Which acts are whose, one entry an act code: the clock's, a party's (any of `by`), an office's only."""

    clock: Bools
    party: Bools
    office: Bools
    merits: Bools

    @classmethod
    def of(cls, table: Table, roles: Mapping[str, Role]) -> "Kinds":
        """Sorted from `by`; an act open to a party is a party's even if an office may do it too."""
        acts = [table.book.acts[name] for name in table.acts]
        kinds = [{roles[r].kind for r in act.by} for act in acts]
        office = np.array([kind == {"person"} for kind in kinds], dtype=bool)
        return cls(
            clock=np.array([kind == {"machine"} for kind in kinds], dtype=bool),
            party=np.array(["party" in kind for kind in kinds], dtype=bool),
            office=office,
            merits=np.array([act.merits for act in acts], dtype=bool) & office,
        )


@dataclass(frozen=True, eq=False)
class Graph:
    """Nodes and moves as columns; node 0 is the start; moves are sorted by their source."""

    table: Table
    kinds: Kinds
    stage: Ints
    facts: NDArray[np.int64]
    standing: NDArray[np.int8]
    src: Ints
    act: Ints
    dst: Ints
    first: NDArray[np.int64]

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.stage)

    @cached_property
    def ends(self) -> Bools:
        """Nodes at which the matter is over, handovers included."""
        return self._stages(lambda s: s.end)[self.stage]

    @cached_property
    def handover(self) -> Bools:
        """Nodes at which other people took the matter over whole."""
        return self._stages(lambda s: s.end and s.handover)[self.stage]

    @cached_property
    def open(self) -> Bools:
        """Nodes at which the matter is open."""
        at_start = np.zeros(self.nodes, dtype=bool)
        at_start[0] = True
        return ~self.ends & ~at_start

    def _stages(self, holds: Callable[[Stage], bool]) -> Bools:
        book = self.table.book
        return np.array([name in book.stages and holds(book.stages[name]) for name in self.table.stages], dtype=bool)

    @cached_property
    def moves_stage(self) -> Bools:
        """Moves that lead into another stage."""
        return bools(self.stage[self.src] != self.stage[self.dst])

    @cached_property
    def lapses(self) -> Bools:
        """Moves by which the stage's clock runs out; the side clocks of limits are not among them."""
        by_stage = np.zeros((len(self.table.stages), len(self.table.acts)), dtype=bool)
        code = {name: i for i, name in enumerate(self.table.acts)}
        for at, name in enumerate(self.table.stages):
            stage = self.table.book.stages.get(name)
            for act in stage.clock.then if stage and stage.clock else ():
                by_stage[at, code[act]] = True
        return by_stage[self.stage[self.src], self.act]

    @cached_property
    def silent(self) -> Ints:
        """For each node, the node that silence leads to next; -1 where no clock runs."""
        after = np.full(self.nodes, -1, dtype=np.int32)
        after[self.src[self.lapses]] = self.dst[self.lapses]
        return after

    @cached_property
    def quiet(self) -> Ints:
        """For each node, where unbroken silence ends: an end, a node without a clock, or some node of a loop."""
        jump = np.where(self.silent >= 0, self.silent, np.arange(self.nodes, dtype=np.int32))
        for _ in range(self.nodes.bit_length()):  # doubling: after k rounds each entry has followed 2^k lapses
            jump = jump[jump]
        return jump.astype(np.int32)

    @cached_property
    def buried(self) -> Bools:
        """Ends without a standing decision that are no handover: however it came about, nobody decided."""
        return self.ends & ~self.handover & bools(self.standing != DECIDED)

    @cached_property
    def doomed(self) -> Bools:
        """Nodes from which silence alone ends buried; the buried ends themselves included."""
        return self.buried[self.quiet]

    def acts_where(self, holds: Bools) -> Bools:
        """Moves whose act code has this property (one entry an act)."""
        return holds[self.act]

    def enabled(self, moves: Bools) -> Bools:
        """Nodes that have at least one of these moves."""
        at = np.zeros(self.nodes, dtype=bool)
        at[self.src[moves]] = True
        return at

    def has_fact(self, kind: str) -> Bools:
        """Nodes at which a fact of this kind stands."""
        return bools((self.facts & self.table.mask_of(kind)) != 0)

    def holds(self, name: str) -> Bools:
        """Nodes at which this fact stands."""
        return bools((self.facts & (1 << self.table.facts.index(name))) != 0)

    def moves_from(self, frontier: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the moves that leave these nodes."""
        begin = self.first[frontier]
        many = self.first[frontier + 1] - begin
        total = int(many.sum())
        return np.repeat(begin - np.cumsum(many) + many, many) + np.arange(total)

    def reach(self, seeds: Bools | None = None, keep: Bools | None = None) -> Bools:
        """Nodes reachable from the seeds (by default the start) by the moves kept (by default all)."""
        seen = np.zeros(self.nodes, dtype=bool)
        if seeds is None:
            seen[0] = True
        else:
            seen |= seeds
        frontier = np.flatnonzero(seen)
        while frontier.size:
            moves = self.moves_from(frontier)
            if keep is not None:
                moves = moves[keep[moves]]
            to = self.dst[moves]
            frontier = np.unique(to[~seen[to]]).astype(np.int64)
            seen[frontier] = True
        return seen

    @cached_property
    def _arrivals(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        order = np.argsort(self.dst, kind="stable")
        return order, np.searchsorted(self.dst[order], np.arange(self.nodes + 1))

    def co_reach(self, targets: Bools, keep: Bools | None = None) -> Bools:
        """Nodes from which some target can be reached by the moves kept (by default all); targets included."""
        order, first = self._arrivals
        seen = targets.copy()
        frontier = np.flatnonzero(seen)
        while frontier.size:
            many = first[frontier + 1] - first[frontier]
            at = np.repeat(first[frontier] - np.cumsum(many) + many, many) + np.arange(int(many.sum()))
            moves = order[at]
            if keep is not None:
                moves = moves[keep[moves]]
            new = self.src[moves]
            frontier = np.unique(new[~seen[new]])
            seen[frontier] = True
        return seen

    def run_over(self, last: Bools, keep: Bools | None = None) -> list[int]:
        """A shortest run from the start, by moves kept, whose last move is one of `last`: the moves' numbers, or []."""
        came = np.full(self.nodes, -1, dtype=np.int64)
        seen = np.zeros(self.nodes, dtype=bool)
        seen[0] = True
        frontier = np.array([0])
        while frontier.size:
            moves = self.moves_from(frontier)
            hit = moves[last[moves]]
            if hit.size:
                return self._back(came, int(hit[0]))
            if keep is not None:
                moves = moves[keep[moves]]
            moves = moves[~seen[self.dst[moves]]]
            new, where = np.unique(self.dst[moves], return_index=True)
            came[new] = moves[where]
            seen[new] = True
            frontier = new
        return []

    def _back(self, came: NDArray[np.int64], last: int) -> list[int]:
        run = [last]
        while self.src[run[-1]] != 0:
            run.append(int(came[self.src[run[-1]]]))
        return run[::-1]

    def then_silence(self, run: list[int]) -> list[int]:
        """The run followed by the lapses that silence brings, until the matter ends or repeats itself."""
        run, seen = list(run), set()
        node = int(self.dst[run[-1]]) if run else 0
        while self.silent[node] >= 0 and node not in seen:
            seen.add(node)
            moves = np.arange(self.first[node], self.first[node + 1])
            run.append(int(moves[self.lapses[moves]][0]))
            node = int(self.silent[node])
        return run


def graph_of(table: Table, roles: Mapping[str, Role]) -> Graph:
    """The graph of a table: (state, standing) reached from the start, breadth first in columns."""
    kinds = Kinds.of(table, roles)
    end = np.array([s in table.book.stages and table.book.stages[s].end for s in table.stages], dtype=bool)
    by_person = (kinds.party | kinds.office)[table.move_act]
    stages = table.stage_of
    moved = (
        (stages[table.move_from] != stages[table.move_to])
        & ~end[stages[table.move_to]]
        & (stages[table.move_from] != 0)
    )
    reopens = by_person & moved
    charged = table.facts_of & table.mask_of("charge", "sanction")
    heard = (charged != 0) | (table.mask_of("charge") == 0)
    merits = kinds.merits[table.move_act] & heard[table.move_from]
    first = table.first_move
    index = np.full(table.states * 3, -1, dtype=np.int64)
    index[0] = 0
    order, parts, frontier = [np.array([0], dtype=np.int64)], [], np.array([0], dtype=np.int64)
    size = 1
    while frontier.size:
        state, standing = frontier // 3, frontier % 3
        many = first[state + 1] - first[state]
        moves = np.repeat(first[state] - np.cumsum(many) + many, many) + np.arange(int(many.sum()))
        was = np.repeat(standing, many)
        now = np.where(merits[moves], DECIDED, np.where((was == DECIDED) & reopens[moves], REOPENED, was))
        to = table.move_to[moves].astype(np.int64) * 3 + now
        parts.append((np.repeat(frontier, many), moves, to))
        new = np.unique(to[index[to] < 0])
        index[new] = np.arange(size, size + len(new))
        size += len(new)
        order.append(new)
        frontier = new
    keys = np.concatenate(order)
    src = index[np.concatenate([p[0] for p in parts])]
    moves = np.concatenate([p[1] for p in parts])
    dst = index[np.concatenate([p[2] for p in parts])]
    return Graph(
        table=table, kinds=kinds, stage=stages[keys // 3], facts=table.facts_of[keys // 3],
        standing=(keys % 3).astype(np.int8), src=src.astype(np.int32), act=table.move_act[moves],
        dst=dst.astype(np.int32), first=np.searchsorted(src, np.arange(size + 1)).astype(np.int64),
    )  # fmt: skip
