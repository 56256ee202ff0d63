# SPDX-License-Identifier: Apache-2.0
"""C12 and C13: what decides the merits can decide either way, and an appeal can both succeed and fail."""

from collections.abc import Iterator

import numpy as np

from evenhand.rulebook.appeals import Appeal, appeals
from evenhand.rulebook.checks_requests import requests
from evenhand.rulebook.graph import DECIDED, Bools, bools
from evenhand.rulebook.harm import DOES
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import Act, Book
from evenhand.rulebook.officials import people_in
from evenhand.rulebook.runs import chained, into
from evenhand.rulebook.verdicts import Fault, fault_at, fault_into

HEARD_BY = 2


def merits_both_ways(meaning: Meaning) -> Iterator[Fault]:
    """C12: wherever the merits can be decided, they can be decided either way, by acts that say what they are."""
    graph = meaning.graph
    for code, act in enumerate(meaning.acts):
        if act.merits and not graph.kinds.office[code]:
            yield fault_at(graph, f"“{act.id}” is called a decision and is not an office's alone.", graph.act == code)
    unnamed = meaning.setting("sanction") & ~graph.kinds.merits
    for code in np.flatnonzero(unnamed).tolist():
        says = f"“{meaning.acts[code].id}” imposes a sanction and is not called a decision on the merits."
        yield fault_at(graph, says, graph.act == code)
    merits = graph.kinds.merits[graph.act]
    charged = graph.has_fact("charge") | meaning.sanction_stands
    uncharged = ~charged[graph.src] if meaning.judges else np.zeros(len(graph.act), dtype=bool)
    untold = ~graph.has_fact("told")[graph.src] if meaning.judges else uncharged
    for moves, says in (
        (merits & uncharged, "is called a decision, and no charge stands to be decided"),
        (merits & untold, "decides about somebody who was not told"),
        (merits & (graph.standing[graph.src] == DECIDED), "decides again what was decided and not reopened"),
        (
            meaning.carrying("tariff")[graph.act] & ~meaning.sanction_stands[graph.dst],
            "carries a sanction of the tariff, and no fact of that kind stands after it",
        ),
        (merits & _idle(meaning), "sets a sanction where one stands, or clears one where none does"),
    ):
        for code in np.unique(graph.act[moves]).tolist():
            yield fault_at(graph, f"“{meaning.acts[code].id}” {says}.", moves & (graph.act == code))
    undecided = meaning.entries & graph.kinds.office[graph.act] & graph.enabled(merits)[graph.src]
    for code in np.unique(graph.act[undecided]).tolist():
        says = f"“{meaning.acts[code].id}” ends the matter where it could be decided, and decides nothing."
        yield fault_at(graph, says, undecided & (graph.act == code))
    yield from _going_on(meaning)
    yield from _cast(meaning)
    if graph.table.mask_of("sanction"):
        yield from _both_sides(meaning, merits)
        return
    first = np.full(graph.nodes, -1, dtype=np.int64)
    first[graph.src[merits]] = graph.act[merits]
    second = graph.enabled(merits & (first[graph.src] != graph.act))
    one_way = graph.enabled(merits) & ~second
    if one_way.any():
        says = "The matter is decided here, and there is one way only to decide it."
        yield fault_into(graph, says, one_way)


def _both_sides(meaning: Meaning, merits: Bools) -> Iterator[Fault]:
    """Where somebody can be sanctioned: a decision with a sanction and one without, in every state that has either.

    In a second look, sending the matter back counts for the side that would then be decided anew.
    """
    graph = meaning.graph
    decides = graph.enabled(merits)
    stands = meaning.sanction_stands[graph.dst]
    back = meaning.office_exits & ~merits & graph.open[graph.dst] & ~meaning.closing[graph.dst]
    back &= ~meaning.first_stages[graph.stage[graph.src]] & meaning.first_stages[graph.stage[graph.dst]]
    for side, says in (
        (stands, "The matter is decided here, and no decision with a sanction is open."),
        (~stands, "The matter is decided here, and no decision without a sanction is open."),
    ):
        missing = decides & ~graph.enabled((merits & side) | back)
        if missing.any():
            yield fault_into(graph, says, missing)


def _idle(meaning: Meaning) -> Bools:
    """Moves whose act is about a sanction and leaves the sanctions as they are."""
    graph, bits = meaning.graph, meaning.graph.table.mask_of("sanction")
    names = meaning.book.facts
    about = meaning.where(lambda act: any(names[fact].kind == "sanction" for fact in (*act.sets, *act.clears)))
    return about[graph.act] & bools((graph.facts[graph.src] & bits) == (graph.facts[graph.dst] & bits))


def _cast(meaning: Meaning) -> Iterator[Fault]:
    """A decision that carries a count, and is not itself a vote of members, counts what parties had a time to cast."""
    graph, roles = meaning.graph, meaning.rulebook.roles
    counts = meaning.where(lambda act: "count" in act.carries and all(roles[name].turnout is None for name in act.by))
    counted = meaning.moves_of(counts & graph.kinds.merits)
    casting = meaning.moves_of(meaning.carrying("receipt") & graph.kinds.party)
    polled = graph.lapses & graph.enabled(casting)[graph.src]
    run = graph.run_over(counted, ~polled)
    if run:
        act = meaning.acts[graph.act[run[-1]]].id
        yield Fault(f"“{act}” carries a count, and nobody had a time to vote that nobody could cut short.", tuple(run))


def _going_on(meaning: Meaning) -> Iterator[Fault]:
    """Where an office can end a matter that nobody decided, an office can also let it go on."""
    graph = meaning.graph
    if not meaning.judges:
        return
    ends = graph.enabled(meaning.entries & graph.kinds.office[graph.act])
    goes_on = graph.enabled(meaning.office_exits & ~graph.doomed[graph.dst])
    charging = meaning.moves_of(meaning.setting("charge")) & meaning.office_exits
    clears = np.zeros(len(graph.table.stages), dtype=bool)
    clears[graph.stage[graph.src[meaning.entries & graph.kinds.office[graph.act]]]] = True
    only_charges = charging & ~clears[graph.stage[graph.src]]
    if only_charges.any():
        yield fault_at(graph, "Whoever can charge here cannot find that there is no case to answer.", only_charges)
    one_way = ends & ~goes_on
    if one_way.any():
        says = "An office can end the matter here, and no office can let it go on."
        yield fault_into(graph, says, one_way)


def appeals_can_go_either_way(meaning: Meaning) -> Iterator[Fault]:
    """C13: an appeal can undo what it is against, can be dismissed, and is heard by at least two."""
    for appeal in appeals(meaning):
        if appeal.act is None:
            continue  # C6 says so
        if not appeal.local:
            yield from _in_a_matter_of_its_own(meaning, appeal)
        elif appeal.begun.any() and not appeal.undoes_itself and not appeal.handed_over:
            yield from _in_the_same_matter(meaning, appeal, appeal.act)
    yield from _cut_short(meaning)
    if meaning.judges:
        yield from requests(meaning)


def _cut_short(meaning: Meaning) -> Iterator[Fault]:
    """While a party can still take a decided matter further, nobody but the clock ends it."""
    graph = meaning.graph
    person = ~graph.kinds.clock[graph.act]
    decided = graph.standing == DECIDED
    further = graph.enabled(
        graph.kinds.party[graph.act] & graph.moves_stage & decided[graph.src] & graph.open[graph.dst]
    )
    ends = person & further[graph.src] & decided[graph.src] & (graph.ends & ~graph.handover)[graph.dst]
    for code in np.unique(graph.act[ends]).tolist():
        says = f"“{meaning.acts[code].id}” ends the matter while a party could still take it further."
        yield fault_at(graph, says, ends & (graph.act == code))


def _in_the_same_matter(meaning: Meaning, appeal: Appeal, asked: Act) -> Iterator[Fault]:
    graph, harm = meaning.graph, appeal.harm
    what = f"“{harm.act.id}” {DOES[harm.kind]}; its appeal “{asked.id}”"
    legs = [(harm.moves, None), (appeal.begun, appeal.after[graph.src])]
    if not appeal.answers.any():
        yield Fault(f"{what} is answered by nobody.", tuple(chained(graph, legs)))
        return
    for code in np.unique(graph.act[appeal.answers]).tolist():
        act = meaning.acts[code]
        if min(people_in(meaning.rulebook, role) for role in meaning.roles(act)) < HEARD_BY:
            says = f"{what} can be answered by one person, with “{act.id}”."
            yield Fault(says, tuple(chained(graph, [*legs, (appeal.answers & (graph.act == code), None)])))
    if harm.kind == "label":
        return
    answered = graph.enabled(appeal.answers)
    undone = _undone(meaning, appeal)
    for moves, says in (
        (undone, f"{what} can no longer succeed here."),
        (~undone, f"{what} cannot be dismissed here."),
    ):
        missing = answered & ~graph.enabled(appeal.answers & moves)
        if missing.any():
            yield Fault(says, tuple(chained(graph, [*legs[:1], (appeal.begun & missing[graph.dst], appeal.after[graph.src])])
                                    or chained(graph, [*legs, (into(graph, missing), None)])))  # fmt: skip


def _undone(meaning: Meaning, appeal: Appeal) -> Bools:
    """Moves after which what was appealed against no longer stands."""
    graph, kind = meaning.graph, appeal.harm.kind
    decided = graph.standing[graph.dst] == DECIDED
    if kind == "closing":
        return ~graph.doomed[graph.dst] & ~(graph.ends & ~graph.handover)[graph.dst]
    if kind == "clearing":
        return meaning.sanction_stands[graph.dst] | bools(~decided & ~graph.doomed[graph.dst])
    return ~appeal.stands[graph.dst] if kind == "measure" else ~meaning.sanction_stands[graph.dst]


def _in_a_matter_of_its_own(meaning: Meaning, appeal: Appeal) -> Iterator[Fault]:
    graph, harm, rulebook = meaning.graph, appeal.harm, meaning.rulebook
    home = rulebook.books[appeal.book]
    what = f"“{harm.act.id}” {DOES[harm.kind]}; its appeal, a matter under “{home.id}”,"
    decisions = [act for act in home.acts.values() if act.merits]
    if not decisions:
        yield fault_at(graph, f"{what} is decided by nobody.", harm.moves)
        return
    for act in decisions:
        roles = [rulebook.roles[name] for name in act.by]
        if any(people_in(rulebook, role) < HEARD_BY for role in roles):
            yield fault_at(graph, f"{what} can be decided by one person, with “{act.id}”.", harm.moves)
        if any(not rulebook.apart_from(role.id, other) for role in roles for other in harm.act.by):
            yield fault_at(graph, f"{what} is decided by people who had a part in it, with “{act.id}”.", harm.moves)
    undoing = [_undoes(home, act, harm.kind) for act in decisions]
    if len(decisions) < 2 or not any(undoing):
        yield fault_at(graph, f"{what} cannot undo it.", harm.moves)
    elif all(undoing):
        yield fault_at(graph, f"{what} cannot be dismissed.", harm.moves)


def _undoes(home: Book, act: Act, kind: str) -> bool:
    """Whether this decision of the appeal can undo such an act: it clears what stood at the start, or sets what did not."""
    names = act.sets if kind in ("closing", "clearing") else act.clears
    wanted = {"closing": ("step", "charge", "sanction"), "clearing": ("step", "charge", "sanction")}.get(kind, (kind,))
    return any(home.facts[name].kind in wanted for name in names)
