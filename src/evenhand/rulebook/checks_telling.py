# SPDX-License-Identifier: Apache-2.0
"""The part of C6 that is owed to everybody: who counts as told, and that no step is taken without reasons and notice."""

from collections.abc import Iterator

import numpy as np

from evenhand.rulebook.appeals import appeals
from evenhand.rulebook.checks_requests import asking
from evenhand.rulebook.graph import Bools
from evenhand.rulebook.harm import harms
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import START
from evenhand.rulebook.verdicts import Fault, fault_at

# What a step rests on: reasons where people are judged; elsewhere the vote or the count speaks for itself.
BECAUSE = ("reasons", "vote", "count")
SPEAKS = frozenset({*BECAUSE, "account", "hearing", "text", "candidates", "person", "receipt"})
ANSWERS = frozenset({"account", "statement", "evidence", "response"})


def answering(meaning: Meaning) -> Bools:
    """Acts by which the respondent, and nobody else, answers."""
    respondents = meaning.side("respondent")
    own = meaning.where(lambda act: set(act.by) <= respondents and bool(set(act.carries) & ANSWERS))
    return own & meaning.graph.kinds.party


def telling(meaning: Meaning) -> Iterator[Fault]:
    """A matter is opened with what it is about; only an office tells, by a notice that says what was alleged."""
    graph = meaning.graph
    for code, act in enumerate(meaning.acts):
        if meaning.judges and START in act.stages and not {"account", "grounds"} & set(act.carries):
            says = f"“{act.id}” opens a matter and carries neither an account nor grounds."
            yield fault_at(graph, says, graph.act == code)
    for code, act in enumerate(meaning.acts):
        for name in act.sets:
            fact = meaning.book.facts[name]
            if fact.at_start and fact.kind in ("told", "charge"):
                says = f"“{name}” stands at the start, before “{act.id}” has set it."
                yield fault_at(graph, says, graph.act == code)
    for code in np.flatnonzero(meaning.setting("told")).tolist():
        act, moves = meaning.acts[code], graph.act == code
        if not graph.kinds.office[code]:
            yield fault_at(graph, f"“{act.id}” counts the respondent as told, and no office has told them.", moves)
        elif "notice" not in act.carries:
            yield fault_at(graph, f"“{act.id}” counts the respondent as told and carries no notice.", moves)
        elif "account" not in act.carries:
            yield fault_at(graph, f"“{act.id}” counts the respondent as told and carries no account.", moves)


def reasons_and_notice(meaning: Meaning) -> Iterator[Fault]:
    """An office that carries a matter on, lengthens it, asks another or answers says why and gives notice; a lapse too."""
    graph = meaning.graph
    changes = meaning.where(lambda act: bool(act.days or act.clears)) | meaning.setting("measure")
    steps = meaning.office_exits | ((graph.kinds.office & changes)[graph.act] & (graph.src != 0))
    if meaning.judges:
        steps |= meaning.moves_of(asking(meaning) & graph.kinds.office)
    for appeal in appeals(meaning):
        steps |= appeal.answers
    for harm in harms(meaning):
        steps &= ~harm.moves  # said already, with what the act does
    given = meaning.carrying("reasons") | meaning.setting("told")
    if not meaning.judges:
        given |= meaning.where(lambda act: bool(set(act.carries) & set(BECAUSE)))
    yield from _missing(meaning, steps & ~given[graph.act], "reasons")
    steps |= graph.lapses & graph.moves_stage & ~meaning.closing[graph.src]
    steps |= meaning.moves_of(graph.kinds.clock & meaning.clearing("measure"))
    yield from _missing(meaning, steps & ~meaning.carrying("notice")[graph.act], "notice")


def paired(meaning: Meaning) -> Iterator[Fault]:
    """Reasons that reach nobody are none, and a notice says why, unless what it announces speaks for itself."""
    graph = meaning.graph
    for code in np.flatnonzero(graph.kinds.office).tolist():
        act, moves = meaning.acts[code], graph.act == code
        if START in act.stages:
            continue
        if "reasons" in act.carries and not {"notice", "vote"} & set(act.carries):
            yield fault_at(graph, f"“{act.id}” carries reasons and no notice: they reach nobody.", moves)
        if "notice" in act.carries and not SPEAKS & set(act.carries):
            yield fault_at(graph, f"“{act.id}” carries a notice and no reasons.", moves)


def _missing(meaning: Meaning, moves: Bools, thing: str) -> Iterator[Fault]:
    graph = meaning.graph
    for code in np.unique(graph.act[moves]).tolist():
        says = f"“{meaning.acts[code].id}” changes where the matter stands and carries no {thing}."
        yield fault_at(graph, says, moves & (graph.act == code))
