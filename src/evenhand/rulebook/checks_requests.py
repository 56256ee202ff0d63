# SPDX-License-Identifier: Apache-2.0
"""The part of C13 about smaller things than appeals: what a party asks can be granted and refused."""

from collections.abc import Iterator

import numpy as np

from evenhand.rulebook.graph import Bools
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.verdicts import Fault, fault_into


def requests(meaning: Meaning) -> Iterator[Fault]:
    """Where an office can answer what a party asked, it can answer in two ways.

    Asked is what an act of a party, or of another office, sets and an office's act needs and clears, and what a stage is
    about into which only parties and the clock lead.
    """
    yield from _asked_by_fact(meaning)
    yield from _asked_by_stage(meaning)


def _asked(meaning: Meaning) -> Iterator[tuple[str, Bools, Bools]]:
    """Each step that somebody sets to ask for something, the acts that ask, and the acts of an office that answer."""
    kinds = meaning.graph.kinds
    for name, fact in meaning.book.facts.items():
        setting = meaning.where(lambda act, name=name: name in act.sets)  # type: ignore[misc]
        answering = meaning.where(lambda act, name=name: name in act.needs and name in act.clears)  # type: ignore[misc]
        answering &= kinds.office
        if fact.kind != "step" or not setting.any() or not answering.any():
            continue
        if kinds.party[setting].all() or _asked_by_others(meaning, setting, answering):
            yield name, setting, answering


def _asked_by_others(meaning: Meaning, setting: Bools, answering: Bools) -> bool:
    """Whether one office asks and another, kept apart from it, answers."""
    asks = {role for code in np.flatnonzero(setting) for role in meaning.acts[code].by}
    rules = {role for code in np.flatnonzero(answering) for role in meaning.acts[code].by}
    apart = all(meaning.rulebook.apart_from(one, other) for one in asks for other in rules)
    return bool(meaning.graph.kinds.office[setting].all()) and apart


def asking(meaning: Meaning) -> Bools:
    """Acts by which a party, or one office of another, asks for something that can be granted or refused."""
    found = np.zeros(len(meaning.acts), dtype=bool)
    for _, setting, _ in _asked(meaning):
        found |= setting
    return found


def _asked_by_fact(meaning: Meaning) -> Iterator[Fault]:
    graph = meaning.graph
    for name, _, answering in _asked(meaning):
        answers = answering[graph.act]
        one_way = graph.enabled(answers) & ~_two_ways(meaning, answers)
        if one_way.any():
            yield fault_into(graph, f"“{name}” was asked here, and there is one answer only.", one_way)


def _asked_by_stage(meaning: Meaning) -> Iterator[Fault]:
    graph, kinds = meaning.graph, meaning.graph.kinds
    enters = graph.moves_stage & (graph.src != 0)
    asked = np.zeros(len(graph.table.stages), dtype=bool)
    asked[graph.stage[graph.dst[enters & kinds.party[graph.act]]]] = True
    asked[graph.stage[graph.dst[enters & kinds.office[graph.act]]]] = False
    exits = meaning.office_exits & ~meaning.call_ins & asked[graph.stage[graph.src]]
    one_way = graph.enabled(exits) & ~_two_ways(meaning, exits)
    for stage in np.unique(graph.stage[one_way]).tolist():
        says = f"What a party asks by bringing the matter to “{graph.table.stages[stage]}” has one answer only."
        yield fault_into(graph, says, one_way & (graph.stage == stage))


def _two_ways(meaning: Meaning, moves: Bools) -> Bools:
    """Nodes at which two of these moves are of different acts."""
    graph = meaning.graph
    last = np.full(graph.nodes, -1, dtype=np.int64)
    last[graph.src[moves]] = graph.act[moves]
    return graph.enabled(moves & (last[graph.src] != graph.act))
