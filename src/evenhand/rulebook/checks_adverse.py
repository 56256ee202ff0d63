# SPDX-License-Identifier: Apache-2.0
"""C6: whoever is harmed was told before, had a turn to answer, is given reasons and notice, and can turn to others."""

from collections.abc import Iterator

import numpy as np

from evenhand.rulebook.appeals import Appeal, appeals, opens
from evenhand.rulebook.checks_telling import ANSWERS, answering, paired, reasons_and_notice, telling
from evenhand.rulebook.graph import Bools
from evenhand.rulebook.harm import DOES, Harm, harms
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.officials import ways
from evenhand.rulebook.runs import chained, into
from evenhand.rulebook.substitutes import standing_in
from evenhand.rulebook.verdicts import Fault, fault_at

# B02 and E03: the respondent is given what it rests on; F03, C01: a sanction of the list, a measure that ends and is the mildest.
CARRIED_TOO = {
    "charge": ("clauses", "evidence"),
    "sanction": ("evidence", "tariff"),
    "measure": ("proportionality", "expiry"),
}


def adverse_acts(meaning: Meaning) -> Iterator[Fault]:
    """C6: each adverse act, by what it does, and each act that its label calls adverse."""
    yield from telling(meaning)
    for harm in harms(meaning):
        yield from _before(meaning, harm)
        yield from _with(meaning, harm)
        yield from _label(meaning, harm)
    yield from _both_sides_heard(meaning)
    yield from reasons_and_notice(meaning)
    yield from paired(meaning)
    for appeal in appeals(meaning):
        yield from _after(meaning, appeal)


def _before(meaning: Meaning, harm: Harm) -> Iterator[Fault]:
    graph, does = meaning.graph, f"“{harm.act.id}” {DOES[harm.kind]}"
    if harm.side != "respondent":
        return
    untold = harm.moves & ~graph.has_fact("told")[graph.src]
    if untold.any():
        yield fault_at(graph, f"{does} although the respondent was not told before.", untold)
    if harm.kind != "sanction":
        return
    new = harm.moves & ~meaning.sanction_stands[graph.src]
    uncharged = new & ~graph.has_fact("charge")[graph.src]
    if uncharged.any():
        yield fault_at(graph, f"{does} although no charge was brought.", uncharged)
    heard = turns_to_answer(meaning)
    run = graph.run_over(new, ~heard)
    if run:
        says = f"{does} although the respondent, told of the charge, had no turn to answer that nobody could cut short."
        yield Fault(says, tuple(run))


def _both_sides_heard(meaning: Meaning) -> Iterator[Fault]:
    """Between the charge and the first decision the complaining side, too, can add to the file."""
    graph = meaning.graph
    if not graph.table.mask_of("charge") or not graph.kinds.merits.any():
        return
    adds = meaning.where(lambda act: bool(set(act.by) & meaning.side("complainant") and set(act.carries) & ANSWERS))
    chance = graph.enabled((adds & graph.kinds.party)[graph.act]) & graph.has_fact("charge")
    first = meaning.moves_of(graph.kinds.merits) & meaning.first_stages[graph.stage[graph.src]]
    run = graph.run_over(first & ~chance[graph.src], ~chance[graph.src])
    if run:
        act = meaning.acts[graph.act[run[-1]]].id
        yield Fault(f"“{act}” decides, and since the charge the complaining side could add nothing.", tuple(run))


def turns_to_answer(meaning: Meaning) -> Bools:
    """The moves with which a turn to answer is over: the respondent's answer, or the clock that waited for it."""
    graph = meaning.graph
    told = graph.has_fact("told")
    if graph.table.mask_of("charge"):
        told = told & graph.has_fact("charge")
    answers = answering(meaning)[graph.act] & told[graph.src]
    return answers | (graph.lapses & graph.enabled(answers)[graph.src])


def _with(meaning: Meaning, harm: Harm) -> Iterator[Fault]:
    does = f"“{harm.act.id}” {DOES[harm.kind]}"
    for thing in ("reasons", "notice", *CARRIED_TOO.get(harm.kind, ())):
        if thing not in harm.act.carries:
            yield fault_at(meaning.graph, f"{does} and carries no {thing}.", harm.moves)


def _label(meaning: Meaning, harm: Harm) -> Iterator[Fault]:
    """A charge needs no label: the hearing answers it."""
    if harm.kind != "charge" and not set(harm.act.adverse) & meaning.side(harm.side):
        says = f"“{harm.act.id}” {DOES[harm.kind]} and is not called adverse to the {harm.side}."
        yield fault_at(meaning.graph, says, harm.moves)


def _after(meaning: Meaning, appeal: Appeal) -> Iterator[Fault]:
    harm, graph = appeal.harm, meaning.graph
    does = f"“{harm.act.id}” {DOES[harm.kind]}"
    if harm.kind == "label":
        yield from _with(meaning, harm)
    if appeal.act is None:
        yield fault_at(graph, f"{does} and names no appeal.", harm.moves)
        return
    harmed = set(harm.act.adverse) & meaning.side(harm.side) or meaning.side(harm.side)
    if not harmed <= set(appeal.act.by):
        who = ", ".join(sorted(harmed - set(appeal.act.by)))
        yield fault_at(graph, f"{does}, and its appeal “{appeal.act.id}” is not open to {who}.", harm.moves)
    others = {role.id for role in appeal.parties} - appeal.harmed
    if others:
        who = ", ".join(sorted(others))
        yield fault_at(graph, f"{does}, and its appeal “{appeal.act.id}” can be used up by {who}.", harm.moves)
    if not appeal.local:
        if not opens(appeal.act):
            yield fault_at(graph, f"{does}, and its appeal “{appeal.act.id}” opens no matter.", harm.moves)
        return
    if appeal.lost.any():
        run = chained(graph, [(harm.moves & appeal.lost[graph.dst], None)])
        passes = into(graph, appeal.lost) & appeal.waiting
        run = run or chained(graph, [(harm.moves, None), (passes, appeal.waiting)])
        yield Fault(f"{does}, and after this its appeal “{appeal.act.id}” is not open.", tuple(run))
    yield from _others(meaning, appeal)


def _others(meaning: Meaning, appeal: Appeal) -> Iterator[Fault]:
    """The appeal is answered by people who had no part in the act."""
    graph, harm = meaning.graph, appeal.harm
    took_part = {role for way in ways(meaning, harm.act) for role in way}
    for code in np.unique(graph.act[appeal.answers]).tolist():
        act = meaning.acts[code]
        rulebook = meaning.rulebook
        hearing = [role for name in act.by for role in standing_in(rulebook, name)]
        same = [role for role in hearing for other in took_part if not rulebook.apart_from(role, other)]
        if same:
            legs = [
                (harm.moves, None),
                (appeal.begun, appeal.after[graph.src]),
                (appeal.answers & (graph.act == code), None),
            ]
            who = ", ".join(dict.fromkeys(same))
            says = f"“{harm.act.id}” {DOES[harm.kind]}, and {who}, not kept apart from those who did it, answer the appeal."
            yield Fault(says, tuple(chained(graph, legs)))
