# SPDX-License-Identifier: Apache-2.0
"""For each adverse act: which appeal it names, where that appeal is open, and by which acts it is answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from evenhand.rulebook.graph import DECIDED, Bools, bools
from evenhand.rulebook.harm import KEPT, Harm, harms
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import START, Act, Role

# A charge has no appeal of its own: the hearing is what answers it.
APPEALABLE = ("measure", "sanction", "closing", "clearing", "label")


@dataclass(frozen=True, eq=False)
class Appeal:
    """One adverse act and the appeal it names; `harm.moves` are those that must be open to appeal."""

    meaning: Meaning
    harm: Harm

    @property
    def book(self) -> str:
        """The book in which the appeal is brought."""
        return (self.harm.act.appeal or "").rpartition(".")[0] or self.meaning.book.id

    @property
    def local(self) -> bool:
        """Whether the appeal is brought in the same matter."""
        return self.book == self.meaning.book.id

    @property
    def act(self) -> Act | None:
        """The act of appeal; None where the adverse act names none."""
        name = (self.harm.act.appeal or "").rpartition(".")[2]
        book = self.meaning.rulebook.books.get(self.book)
        return book.acts.get(name) if book is not None else None

    @property
    def parties(self) -> tuple[Role, ...]:
        """The parties who can bring the appeal."""
        roles = [self.meaning.rulebook.roles[name] for name in (self.act.by if self.act else ())]
        return tuple(role for role in roles if role.kind == "party")

    @property
    def harmed(self) -> frozenset[str]:
        """The parties to whom an act that names this appeal is adverse, by its label or by what it does."""
        names = {f"{self.book}.{self.act.id}"} if self.act else set()
        found = {
            name
            for book in self.meaning.rulebook.books.values()
            for act in book.acts.values()
            if act.appeal is not None and (act.appeal if "." in act.appeal else f"{book.id}.{act.appeal}") in names
            for name in act.adverse
        }
        return frozenset(found) | self.meaning.side(self.harm.side)

    @cached_property
    def asked(self) -> Bools:
        """The moves of the act of appeal, in a matter of its own none."""
        graph = self.meaning.graph
        if not self.local or self.act is None:
            return np.zeros(len(graph.act), dtype=bool)
        return bools(graph.act == graph.table.acts.index(self.act.id))

    @cached_property
    def stands(self) -> Bools:
        """Nodes at which what the adverse act did has not been undone, nor the matter been taken over by other people."""
        graph = self.meaning.graph
        decided = bools(graph.standing == DECIDED) & ~graph.handover
        if self.harm.kind == "measure":
            facts = graph.table.book.facts
            bits = sum(
                1 << at for at, name in enumerate(facts) if name in self.harm.act.sets and facts[name].kind == "measure"
            )
            return bools((graph.facts & bits) != 0)
        return {
            "closing": graph.doomed,
            "sanction": decided & self.meaning.sanction_stands,
            "clearing": decided & ~self.meaning.sanction_stands,
        }.get(self.harm.kind, np.zeros(graph.nodes, dtype=bool))

    @cached_property
    def after(self) -> Bools:
        """Nodes after the adverse act until it is appealed, undone, or the time to appeal has run out in silence.

        A measure can be appealed as long as it stands; its time runs out with it.
        """
        graph = self.meaning.graph
        seeds = np.zeros(graph.nodes, dtype=bool)
        seeds[graph.dst[self.harm.moves]] = True
        return graph.reach(seeds, self.waiting)

    @cached_property
    def waiting(self) -> Bools:
        """The moves by which that time passes."""
        graph = self.meaning.graph
        keep = ~self.asked & self.stands[graph.dst]
        if self.harm.kind == "measure":
            return keep
        return keep & ~(graph.lapses & graph.enabled(self.asked)[graph.src])

    @cached_property
    def lost(self) -> Bools:
        """Nodes after the adverse act at which the appeal is not open although it should be."""
        return self.after & ~self.meaning.graph.enabled(self.asked)

    @cached_property
    def begun(self) -> Bools:
        """The moves by which this adverse act is appealed."""
        return self.asked & self.after[self.meaning.graph.src]

    @cached_property
    def answers(self) -> Bools:
        """The moves by which an office answers: the first that carries the matter on, or what needs the fact it sets."""
        meaning, graph = self.meaning, self.meaning.graph
        if self.act is None or not self.begun.any():
            return np.zeros(len(graph.act), dtype=bool)
        moved = graph.moves_stage & self.begun
        pending = meaning.second_look(moved)
        found = meaning.office_exits & pending[graph.src] & ~meaning.call_ins
        stayed = self.begun & ~moved
        if stayed.any():
            needing = meaning.where(lambda other: bool(set(self.act.sets) & set(other.needs)) if self.act else False)
            waiting = np.zeros(graph.nodes, dtype=bool)
            waiting[graph.dst[stayed]] = True
            later = graph.reach(waiting, ~needing[graph.act])
            found |= needing[graph.act] & graph.kinds.office[graph.act] & later[graph.src]
        return found

    @cached_property
    def handed_over(self) -> bool:
        """Whether the appeal hands the matter over whole: other people, beyond this rulebook, answer it."""
        graph = self.meaning.graph
        return bool(graph.handover[graph.dst[self.begun]].all())

    @cached_property
    def undoes_itself(self) -> bool:
        """Whether the appeal needs no answer because it brings the matter back on its way at once."""
        graph = self.meaning.graph
        taken_back = ~graph.doomed[graph.dst[self.begun]]
        again = self.meaning.first_stages[graph.stage[graph.dst[self.begun]]]
        return self.harm.kind == "closing" and bool(taken_back.all() and again.all() and self.begun.any())


@lru_cache(maxsize=KEPT)
def appeals(meaning: Meaning) -> tuple[Appeal, ...]:
    """Each adverse act that must be open to appeal, once for each kind of harm; labels that name more are added.

    What answers an appeal or a call-in, in a stage that cannot be reached otherwise, needs no further appeal, unless it
    is the first to impose a sanction or a measure.
    """
    return tuple(_appeals(meaning))


def _appeals(meaning: Meaning) -> Iterator[Appeal]:
    graph = meaning.graph
    second = meaning.second_look(meaning.appeal_moves | meaning.call_ins)
    answers = meaning.office_exits & second[graph.src] & ~meaning.first_stages[graph.stage[graph.src]]
    seen: set[tuple[int, str]] = set()
    for harm in harms(meaning):
        seen.add((harm.code, harm.side))
        first = harm.kind in ("measure", "sanction") and not meaning.sanction_stands[graph.src[harm.moves]].all()
        moves = harm.moves if first else harm.moves & ~answers
        if harm.kind in APPEALABLE and moves.any():
            yield Appeal(meaning, Harm(harm.act, harm.code, harm.kind, harm.side, moves))
    for code, act in enumerate(meaning.acts):
        for side in ("respondent", "complainant"):
            labelled = (graph.act == code) & ~answers
            if set(act.adverse) & meaning.side(side) and (code, side) not in seen and labelled.any():
                yield Appeal(meaning, Harm(act, code, "label", side, labelled))


def opens(act: Act) -> bool:
    """Whether the act opens a matter."""
    return START in act.stages
