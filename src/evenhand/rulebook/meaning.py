# SPDX-License-Identifier: Apache-2.0
"""What the acts of a book do to people, read off the graph and not off their labels.

An act charges, suspends or sanctions when it sets a fact of that kind; it ends a matter when, after it, silence alone leads to an
end that nobody decided. Labels (`adverse`, `merits`, `measure`) are compared with this and never replace it.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evenhand.rulebook.graph import DECIDED, Bools, Graph
from evenhand.rulebook.model import START, Act, Book, Role, Rulebook


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

    def where(self, holds) -> Bools:  # type: ignore[no-untyped-def]
        """One entry an act: whether it has the property."""
        return np.array([bool(holds(act)) for act in self.acts], dtype=bool)

    def carrying(self, *things: str) -> Bools:
        """Acts that carry all of these."""
        return self.where(lambda act: set(things) <= set(act.carries))

    def setting(self, kind: str) -> Bools:
        """Acts that set a fact declared with this kind."""
        return self.where(lambda act: any(self.book.facts[f].kind == kind for f in act.sets))

    def moves_of(self, acts: Bools) -> Bools:
        """The moves of these acts."""
        return acts[self.graph.act]

    @cached_property
    def judges(self) -> bool:
        """Whether anybody can be charged, suspended or sanctioned under this book."""
        return any(fact.kind in ("charge", "measure", "sanction") for fact in self.book.facts.values())

    @cached_property
    def closing(self) -> Bools:
        """Open nodes from which silence leads to an ordinary end: doomed, or decided and waiting to be final."""
        graph = self.graph
        quiet_end = (graph.ends & ~graph.handover)[graph.quiet]
        return graph.open & (graph.doomed | (quiet_end & (graph.standing == DECIDED)))

    @cached_property
    def entries(self) -> Bools:
        """Moves after which silence buries the matter, and before which it would not."""
        graph = self.graph
        return ~graph.doomed[graph.src] & graph.doomed[graph.dst]

    def side(self, which: str) -> frozenset[str]:
        """Party roles on this side; without `side:`, whoever may open the matter complains and other parties respond."""
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
        """Stage code -> the offices whose acts brought matters to wait there for their end."""
        graph, found = self.graph, {}
        came = ~self.closing[graph.src] & self.closing[graph.dst] & graph.kinds.office[graph.act]
        for stage, act in set(zip(graph.stage[graph.dst[came]].tolist(), graph.act[came].tolist(), strict=True)):
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
        moves = self.closing[graph.src] & out & graph.moves_stage & (graph.kinds.office & ~graph.kinds.merits)[graph.act]
        for stage, act in set(zip(graph.stage[graph.src[moves]].tolist(), graph.act[moves].tolist(), strict=True)):
            others = self.deciders.get(stage, frozenset())
            if not all(self.rulebook.apart_from(role, other) for role in self.acts[act].by for other in others):
                moves &= ~((graph.stage[graph.src] == stage) & (graph.act == act))
        return moves

    @cached_property
    def appeal_moves(self) -> Bools:
        """Moves of acts that some act names as its appeal."""
        return self.moves_of(self.where(lambda act: act.id in self.local_appeals))

    @cached_property
    def first_instance(self) -> Bools:
        """Nodes that can be reached without any appeal or call-in: what is decided there must be open to appeal."""
        return self.graph.reach(keep=~(self.appeal_moves | self.call_ins))

    def people_behind(self, act: Act) -> int:
        """The fewest people who must agree before this act is done, confirmations that it needs included.

        A needed step counts when only offices kept apart from this one can take it, giving reasons: so do two people
        confirm, one after the other, where an organisation is too small for a panel.
        """
        roles = self.roles(act)
        people = min((role.people for role in roles), default=0)
        if people == 0:
            return 0
        for fact in act.needs:
            setters = [other for other in self.acts if fact in other.sets]
            confirmed = setters and self.book.facts[fact].kind == "step" and not self.book.facts[fact].at_start
            if confirmed and all(self._confirms(other, roles) for other in setters):
                people += min(role.people for other in setters for role in self.roles(other))
        return people

    def _confirms(self, other: Act, roles: tuple[Role, ...]) -> bool:
        return "reasons" in other.carries and all(
            theirs.kind == "person" and self.rulebook.apart_from(theirs.id, ours.id)
            for theirs in self.roles(other)
            for ours in roles
        )
