# SPDX-License-Identifier: Apache-2.0
"""C5 and C15: nobody buries a matter alone, no party does, silence does not, and nobody is harmed by one person."""

from collections.abc import Iterator

import numpy as np

from evenhand.rulebook.burying import Fewest, fewest_to_bury
from evenhand.rulebook.harm import DOES, harms
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import START, Act
from evenhand.rulebook.officials import people_behind
from evenhand.rulebook.verdicts import Fault, fault_at

AT_LEAST = 2


def promised(meaning: Meaning) -> int:
    """How many people must be needed to bury a matter: what the rulebook promises, and never fewer than two."""
    return max(AT_LEAST, meaning.rulebook.promises.bury_needs or 0)


def officials_who_bury(meaning: Meaning) -> Iterator[Fault]:
    """C5: too few officials, or silence alone, can bury a matter; one person alone harms somebody."""
    graph, needed = meaning.graph, promised(meaning)
    found = fewest_to_bury(meaning, by_parties=False)
    if found is not None and found.people < needed:
        yield Fault(told(found, needed), found.run)
    opening = (graph.src == 0) & graph.doomed[graph.dst]
    if opening.any():
        yield fault_at(
            graph, "Nobody needs to do anything for this: silence alone buries the matter.", opening, silence=True
        )
    for name in sorted({role for code in np.flatnonzero(graph.kinds.office) for role in meaning.acts[code].by}):
        role = meaning.rulebook.roles[name]
        if role.turnout is None and 2 * role.majority <= role.seats:
            yield Fault(f"“{name}” acts with {role.majority} of {role.seats} seats, which is no majority.")
    judge = meaning.rulebook.conflicts.challenge_decided_by
    for code in np.flatnonzero(graph.kinds.merits & (not meaning.judges)):
        act = meaning.acts[code]
        if people_behind(meaning, act) < AT_LEAST and judge not in act.by:
            yield fault_at(graph, f"“{act.id}” decides and is done by one person.", graph.act == code)
    for harm in harms(meaning):
        people = people_behind(meaning, harm.act)
        if graph.kinds.party[harm.code]:
            yield fault_at(graph, f"“{harm.act.id}” {DOES[harm.kind]} and is a party's act.", harm.moves)
        if harm.kind != "charge" and graph.kinds.office[harm.code] and people < AT_LEAST:
            yield fault_at(graph, f"“{harm.act.id}” {DOES[harm.kind]} and is done by one person.", harm.moves)

    yield from _undone(meaning)


def _undone(meaning: Meaning) -> Iterator[Fault]:
    """What was charged, imposed or told is taken back by no party, and a charge or a sanction by no one person."""
    graph, facts = meaning.graph, meaning.book.facts
    for code, act in enumerate(meaning.acts):
        for name in (name for name in act.clears if facts[name].kind != "step"):
            moves = (graph.act == code) & graph.holds(name)[graph.src]
            alone = facts[name].kind in ("charge", "sanction") and people_behind(meaning, act) < AT_LEAST
            if moves.any() and graph.kinds.party[code]:
                yield fault_at(graph, f"“{act.id}” takes back “{name}” and is a party's act.", moves)
            elif moves.any() and graph.kinds.office[code] and alone:
                yield fault_at(graph, f"“{act.id}” takes back “{name}” and is done by one person.", moves)


def told(found: Fewest, needed: int) -> str:
    """The sentence of the number."""
    if found.people == 0:
        return (
            f"No official is needed to bury a matter, only a party or silence; promised were at least {needed} people."
        )
    who = ", ".join(found.roles)
    if found.people == 1:
        return f"One person ({who}) can bury a matter; promised were at least {needed} people."
    return f"{found.people} people ({who}) can bury a matter; promised were at least {needed}."


def every_ending_counts(meaning: Meaning) -> Iterator[Fault]:
    """C15: burying counts all endings; what a party begins, two others confirm with reasons and on a stated account."""
    graph, needed = meaning.graph, promised(meaning)
    found = fewest_to_bury(meaning)
    if found is not None and found.people < needed:
        yield Fault(told(found, needed), found.run)
    by_party = meaning.entries & graph.kinds.party[graph.act] & (graph.src != 0)
    for code in np.unique(graph.act[by_party]):
        says = (
            f"“{meaning.acts[code].id}” is a party's act, and after it the matter ends although nobody has decided it."
        )
        yield fault_at(graph, says, by_party & (graph.act == code), silence=True)
    if not meaning.judges:
        return
    yield from _consent(meaning)
    asked = _asked_by_parties(meaning)
    closing = meaning.entries & graph.kinds.office[graph.act]
    for code in np.unique(graph.act[closing]).tolist():
        act, moves = meaning.acts[code], closing & (graph.act == code)
        if "reasons" not in act.carries:
            yield fault_at(graph, f"“{act.id}” ends the matter and gives no reasons.", moves)
        stages = {graph.table.stages[stage] for stage in np.unique(graph.stage[graph.src[moves]])}
        asking = [other for other in asked if _asks(other, act, stages)]
        if asking and not any("account" in other.carries for other in (act, *asking)):
            says = f"“{act.id}” confirms what a party asked for, and the account it rests on is stated nowhere."
            yield fault_at(graph, says, moves)


def _consent(meaning: Meaning) -> Iterator[Fault]:
    """F08: what an office records as agreed, both sides have agreed to, each by an act of its own."""
    graph = meaning.graph
    agreed = [
        set(act.sets)
        for code, act in enumerate(meaning.acts)
        if graph.kinds.party[code] and "consent" in act.carries and START not in act.stages
    ]
    for code in np.flatnonzero(graph.kinds.office):
        act, moves = meaning.acts[code], graph.act == code
        if START in act.stages or not moves.any():
            continue
        if sum(bool(set(act.needs) & facts) for facts in agreed) > 1 and "consent" not in act.carries:
            yield fault_at(graph, f"“{act.id}” rests on what the parties agreed to and carries no consent.", moves)
        if "consent" in act.carries and "account" not in act.carries:
            says = f"“{act.id}” records what was agreed to, and not the account on which it rests."
            yield fault_at(graph, says, moves)
        for side in ("complainant", "respondent") if "consent" in act.carries else ():
            own = meaning.where(
                lambda other, side=side: (
                    "consent" in other.carries  # type: ignore[misc]
                    and START not in other.stages
                    and set(other.by) <= meaning.side(side)
                )
            )[graph.act]
            if side == "respondent":  # nobody agrees to what they were not told
                own &= graph.has_fact("told")[graph.src]
            run = graph.run_over(moves, ~own)
            if run:
                yield Fault(f"“{act.id}” carries consent, and the {side} need not have agreed.", tuple(run))


def _asked_by_parties(meaning: Meaning) -> list[Act]:
    """Acts by which parties ask that a matter end: neither the opening nor an appeal, which ask for a decision."""
    appeals = meaning.local_appeals
    return [
        act
        for code, act in enumerate(meaning.acts)
        if meaning.graph.kinds.party[code] and START not in act.stages and act.id not in appeals
    ]


def _asks(asking: Act, act: Act, stages: set[str]) -> bool:
    """Whether this act of a party is what the office's act answers: by a fact that it needs, or by the stage it leads to."""
    return bool(set(asking.sets) & set(act.needs)) or asking.to in stages
