# SPDX-License-Identifier: Apache-2.0
"""C11 and C16: one body decides each stage, and every ending can be called in by people outside it."""

from collections.abc import Iterator

import numpy as np

from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import START, Rulebook
from evenhand.rulebook.runs import chained, into
from evenhand.rulebook.substitutes import standing_in
from evenhand.rulebook.verdicts import Fault, fault_at


def one_body_a_stage(meaning: Meaning) -> Iterator[Fault]:
    """C11: in no stage can one choose between two bodies, and no act that changes anything is open to two offices."""
    graph = meaning.graph
    exits = meaning.office_exits & ~meaning.call_ins
    for stage in np.unique(graph.stage[graph.src[exits]]).tolist():
        here = exits & (graph.stage[graph.src] == stage)
        bodies: dict[tuple[str, ...], int] = {}
        for code in np.unique(graph.act[here]).tolist():
            bodies.setdefault(tuple(sorted(meaning.acts[code].by)), code)
        if len(bodies) > 1:
            who = " or ".join("/".join(body) for body in bodies)
            says = f"In “{graph.table.stages[stage]}” {who} can decide: whoever wants can choose the body."
            yield Fault(says, tuple(graph.run_over(here & (graph.act == list(bodies.values())[1]))))
    for code in np.flatnonzero(graph.kinds.office):
        act = meaning.acts[code]
        changes = act.to is not None or act.sets or act.clears or act.days or act.merits or act.adverse
        if len(act.by) > 1 and changes and START not in act.stages:
            who = " or ".join(act.by)
            yield fault_at(graph, f"“{act.id}” can be done by {who}: whoever wants can choose.", graph.act == code)


def called_in_from_outside(meaning: Meaning) -> Iterator[Fault]:
    """C16: every ending waits, with a clock of its own, where a body that is neither party nor decider can call it in."""
    graph, book = meaning.graph, meaning.book
    for act in meaning.acts:
        ended = [stage for stage in act.stages if stage in book.stages and book.stages[stage].end]
        if ended:
            yield Fault(f"“{act.id}” acts on a matter that is over in “{ended[0]}”; reopening is a new matter.")
    if not meaning.judges:
        return
    bodies = meaning.where(lambda act: all(_outside(meaning.rulebook, name) for name in act.by))
    called = meaning.call_ins & bodies[graph.act]
    window = graph.enabled(called)
    outside = called | (graph.lapses & window[graph.src])
    unseen = into(graph, graph.ends & ~graph.handover) & ~outside
    stages = graph.stage[graph.src]
    reached = graph.reach(keep=~outside)
    unseen &= reached[graph.src]
    for stage in np.unique(stages[unseen]).tolist():
        says = f"The matter ends from “{graph.table.stages[stage]}”, and nobody outside could call it in before."
        yield Fault(says, tuple(chained(graph, [(unseen & (stages == stage), ~outside)])))


def _outside(rulebook: Rulebook, name: str) -> bool:
    """At least two people from outside, whoever stands in, of a group on which no office inside draws."""
    roles = rulebook.roles
    inside = {group for role in roles.values() if role.kind == "person" and not role.external for group in role.groups}
    bodies = [roles[body] for body in standing_in(rulebook, name)]
    return all(body.external and body.people > 1 and not inside & set(body.groups) for body in bodies)
