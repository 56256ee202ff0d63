# SPDX-License-Identifier: Apache-2.0
"""What the acts of a book do to people, read off the graph and not off their labels.

An act charges, suspends or sanctions when it sets a fact of that kind; it ends a matter when, after it, silence alone leads to an
end that nobody decided. Labels (`adverse`, `merits`, `measure`) are compared with this and never replace it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evenhand.rulebook.graph import DECIDED, Bools, Graph, bools
from evenhand.rulebook.model import START, Act, Book, Role, Rulebook
from evenhand.rulebook.substitutes import standing_in


@dataclass(frozen=True, eq=False)
class Meaning:
    """A book's graph with the questions that several checks ask of it."""

    rulebook: Rulebook
    graph: Graph

    @property
    def book(self) -> Book:
        """The book itself."""
        return self.graph.table.book

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """The acts by code."""
        return tuple(self.book.acts[name] for name in self.graph.table.acts)

    def roles(self, act: Act) -> tuple[Role, ...]:
        """The roles an act is open to."""
        return tuple(self.rulebook.roles[name] for name in act.by)

    def where(self, holds: Callable[[Act], bool]) -> Bools:
        """One entry an act: whether it has the property."""
        return np.array([bool(holds(act)) for act in self.acts], dtype=bool)

    def carrying(self, *things: str) -> Bools:
        """Acts that carry all of these."""
        return self.where(lambda act: set(things) <= set(act.carries))

    def setting(self, kind: str) -> Bools:
        """Acts that set a fact declared with this kind."""
        return self.where(lambda act: any(self.book.facts[f].kind == kind for f in act.sets))

    def clearing(self, kind: str) -> Bools:
        """Acts that clear a fact declared with this kind."""
        return self.where(lambda act: any(self.book.facts[f].kind == kind for f in act.clears))

    def moves_of(self, acts: Bools) -> Bools:
        """The moves of these acts."""
        return acts[self.graph.act]

    @cached_property
    def judges(self) -> bool:
        """Whether anybody can be charged, suspended or sanctioned under this book, or the matter of one who was goes on."""
        facts = self.book.facts.values()
        return any(fact.at_start or fact.kind in ("charge", "measure", "sanction") for fact in facts)

    @cached_property
    def closing(self) -> Bools:
        """Open nodes from which silence leads to an ordinary end: doomed, or decided and waiting to be final."""
        graph = self.graph
        quiet_end = (graph.ends & ~graph.handover)[graph.quiet]
        return graph.open & (graph.doomed | (quiet_end & bools(graph.standing == DECIDED)))

    @cached_property
    def office_exits(self) -> Bools:
        """Moves by which an office carries a matter on: into another stage, or to a decision; the opening is none."""
        graph = self.graph
        decides = graph.kinds.merits[graph.act]
        return graph.kinds.office[graph.act] & (graph.moves_stage | decides) & bools(graph.src != 0)

    @cached_property
    def entries(self) -> Bools:
        """Moves after which silence buries the matter, and before which it would not."""
        graph = self.graph
        return ~graph.doomed[graph.src] & graph.doomed[graph.dst]

    def side(self, which: str) -> frozenset[str]:
        """Party roles on this side; without `side:`, whoever may open the matter complains and other parties respond."""
        return self._sides[which]

    @cached_property
    def _sides(self) -> dict[str, frozenset[str]]:
        return {which: self._side(which) for which in ("complainant", "respondent")}

    def _side(self, which: str) -> frozenset[str]:
        named: set[str] = set()
        for act in self.acts:
            named.update(role.id for role in self.roles(act) if role.kind == "party")
        openers = {name for act in self.acts if START in act.stages for name in act.by}
        found = set()
        for name in named:
            side = self.rulebook.roles[name].side
            if side is None:
                side = "complainant" if name in openers else "respondent"
            if side in (which, "both"):
                found.add(name)
        return frozenset(found)

    @cached_property
    def sanction_stands(self) -> Bools:
        """Nodes at which a sanction stands."""
        return self.graph.has_fact("sanction")

    @cached_property
    def local_appeals(self) -> dict[str, tuple[Act, ...]]:
        """Appeal act of this book -> the acts, of any book, that name it."""
        found: dict[str, list[Act]] = {}
        for book in self.rulebook.books.values():
            for act in book.acts.values():
                if act.appeal is None:
                    continue
                home, _, name = act.appeal.rpartition(".")
                if (home or book.id) == self.book.id:
                    found.setdefault(name, []).append(act)
        return {name: tuple(acts) for name, acts in found.items() if name in self.book.acts}

    @cached_property
    def deciders(self) -> dict[int, frozenset[str]]:
        """Stage code -> the offices whose acts brought matters to wait there for their end, or can end them there."""
        graph, found = self.graph, dict[int, set[str]]()
        came = ~self.closing[graph.src] & self.closing[graph.dst] & graph.kinds.office[graph.act]
        over = self.closing[graph.dst] | (graph.ends & ~graph.handover)[graph.dst]
        ends = self.closing[graph.src] & self.office_exits & (graph.kinds.merits[graph.act] | over)
        stages = np.concatenate([graph.stage[graph.dst[came]], graph.stage[graph.src[ends]]])
        codes = np.concatenate([graph.act[came], graph.act[ends]])
        for stage, act in set(zip(stages.tolist(), codes.tolist(), strict=True)):
            found.setdefault(stage, set()).update(self.acts[act].by)
        on = graph.lapses & self.closing[graph.src] & self.closing[graph.dst]
        pairs = set(zip(graph.stage[graph.src[on]].tolist(), graph.stage[graph.dst[on]].tolist(), strict=True))
        for _ in range(len(graph.table.stages)):
            for before, after in pairs:
                found.setdefault(after, set()).update(found.get(before, set()))
        return {stage: frozenset(roles) for stage, roles in found.items()}

    @cached_property
    def call_ins(self) -> Bools:
        """Moves by which an office that did not decide takes a matter back from its way to the end (M22)."""
        graph = self.graph
        out = graph.handover[graph.dst] | (graph.open[graph.dst] & ~self.closing[graph.dst])
        moves = (
            self.closing[graph.src] & out & graph.moves_stage & (graph.kinds.office & ~graph.kinds.merits)[graph.act]
        )
        for stage, act in set(zip(graph.stage[graph.src[moves]].tolist(), graph.act[moves].tolist(), strict=True)):
            others = self.deciders.get(stage, frozenset())
            bodies = [role for name in self.acts[act].by for role in standing_in(self.rulebook, name)]
            if not all(self.rulebook.apart_from(role, other) for role in bodies for other in others):
                moves &= ~((graph.stage[graph.src] == stage) & (graph.act == act))
        return moves

    @cached_property
    def appeal_moves(self) -> Bools:
        """Moves of acts that some act names as its appeal."""
        return self.moves_of(self.where(lambda act: act.id in self.local_appeals))

    @cached_property
    def first_stages(self) -> Bools:
        """One entry a stage: whether it can be reached without any appeal or call-in."""
        reached = self.graph.reach(keep=~(self.appeal_moves | self.call_ins))
        first = np.zeros(len(self.graph.table.stages), dtype=bool)
        first[self.graph.stage[reached]] = True
        return first

    def second_look(self, moves: Bools) -> Bools:
        """Nodes to which these appeals or call-ins lead, until an office has carried the matter on."""
        after = np.zeros(self.graph.nodes, dtype=bool)
        after[self.graph.dst[moves]] = True
        return self.graph.reach(after, ~self.office_exits)
