# SPDX-License-Identifier: Apache-2.0
"""C9 and C14: no interim measure outlives its matter, and the clock harms and tells nobody."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from evenhand.rulebook.carries import CARRIES
from evenhand.rulebook.circling import circles
from evenhand.rulebook.harm import DOES
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import Act, Limit
from evenhand.rulebook.verdicts import Fault, fault_at, fault_into


def no_measure_survives(meaning: Meaning) -> Iterator[Fault]:
    """C9: no measure stands at an end; each ends by itself, is counted, and is called what it is."""
    graph, book = meaning.graph, meaning.book
    survives = graph.ends & graph.has_fact("measure")
    if survives.any():
        yield fault_into(graph, "The matter is over here, and an interim measure still stands.", survives)
    sets = meaning.setting("measure")
    again = sets[graph.act] & circles(graph)
    if again.any():
        yield fault_at(graph, "This measure can be imposed again and again, without a number at which it stops.", again)
    for code, act in enumerate(meaning.acts):
        moves = graph.act == code
        facts = [name for name in act.sets if book.facts[name].kind == "measure"]
        if act.measure and not facts:
            yield fault_at(graph, f"“{act.id}” is called a measure, and it sets no fact of that kind.", moves)
        if facts and not act.measure:
            yield fault_at(graph, f"“{act.id}” imposes an interim measure and is not called one.", moves)
        for name in facts:
            if not _expires(meaning, act, name):
                yield fault_at(
                    graph, f"“{name}”, once set by “{act.id}”, never ends by itself: no limit clears it.", moves
                )


def _expires(meaning: Meaning, act: Act, fact: str) -> bool:
    """Whether a limit that starts with this act clears the fact when it passes (C03), and nothing stops it before.

    What stops the limit must clear the fact itself, or start a limit that does.
    """
    clearing = [limit for limit in meaning.book.limits.values() if _clears(meaning, limit, fact)]
    starting = {name for limit in clearing for name in limit.start}
    for limit in clearing:
        renewed = starting - set(limit.start)
        stops = (meaning.book.acts[name] for name in limit.stop)
        if act.id in limit.start and all(fact in stop.clears or stop.id in renewed for stop in stops):
            return True
    return False


def _clears(meaning: Meaning, limit: Limit, fact: str) -> bool:
    """Whether the clock clears the fact when this limit has passed."""
    then = meaning.book.acts.get(limit.then or "")
    return limit.kind != "at_least" and then is not None and fact in then.clears


def the_clock_harms_nobody(meaning: Meaning) -> Iterator[Fault]:
    """C14: no act of the clock tells, charges, suspends, sanctions or discloses; silence brings in other people."""
    graph = meaning.graph
    yield from _unaided(meaning)
    yield from _unsafe(meaning)
    clock = graph.kinds.clock
    for code in np.flatnonzero(clock):
        act, moves = meaning.acts[code], graph.act == code
        kinds = sorted({meaning.book.facts[name].kind for name in act.sets} - {"step"})
        for kind in kinds:
            does = DOES.get(kind, "counts somebody as told")
            yield fault_at(graph, f"“{act.id}” is done by the clock and {does}.", moves)
        disclosed = [name for name in act.carries if name not in CARRIES or CARRIES[name].discloses]
        if disclosed:
            things = ", ".join(disclosed)
            yield fault_at(graph, f"“{act.id}” is done by the clock and carries what can disclose: {things}.", moves)
    yield from _other_people(meaning)


def _unaided(meaning: Meaning) -> Iterator[Fault]:
    """A sanction that an office can impose although, until then, nobody but the parties and the clock has acted."""
    graph = meaning.graph
    harmful = meaning.setting("charge") | meaning.setting("measure") | meaning.setting("sanction")
    last = (harmful & ~meaning.graph.kinds.clock)[graph.act]
    last &= meaning.setting("sanction")[graph.act]
    clock = graph.kinds.clock[graph.act] | (graph.src == 0)
    run = graph.run_over(last, clock) or graph.run_over(last, clock | graph.kinds.party[graph.act])
    if run:
        by = ", ".join(dict.fromkeys(graph.table.acts[graph.act[move]] for move in run[:-1]))
        yield Fault(f"Until the sanction no office has acted: {by} lead to it by themselves.", tuple(run))


def _unsafe(meaning: Meaning) -> Iterator[Fault]:
    """Telling while it stands found that telling is unsafe (M14), by an act that does not ask the question again.

    That finding is a fact that acts with the two questions of `danger` set, and that an act with them can take back.
    """
    graph, facts = meaning.graph, meaning.book.facts
    asks = [act for act in meaning.acts if "danger" in act.carries]
    found = {name for act in asks for name in act.sets if facts[name].kind == "step"}
    found &= {name for act in asks for name in act.clears}
    bits = sum(1 << bit for bit, name in enumerate(graph.table.facts) if name in found)
    telling = meaning.setting("told") & ~meaning.carrying("danger")
    unsafe = telling[graph.act] & ((graph.facts[graph.src] & bits) != 0)
    for code in np.unique(graph.act[unsafe]).tolist():
        says = f"“{meaning.acts[code].id}” tells although telling was found to be unsafe, and nobody asks again."
        yield fault_at(graph, says, unsafe & (graph.act == code))


def _other_people(meaning: Meaning) -> Iterator[Fault]:
    """A lapse after which the same people go on who were silent before it."""
    graph, rulebook = meaning.graph, meaning.rulebook
    offices = sorted({role for act in meaning.acts for role in act.by if rulebook.roles[role].kind == "person"})
    turn = _turns(meaning, offices)
    following = turn.copy()
    for _ in range(len(meaning.book.stages)):  # a turn of the parties is passed over: who acts when it is over?
        waiting = (following == 0) & (graph.silent >= 0)
        following[waiting] = following[graph.silent[waiting]]
    lapses = graph.lapses & graph.open[graph.dst] & ~meaning.closing[graph.src] & (turn[graph.src] != 0)
    at = np.flatnonzero(lapses)
    keys = np.stack([graph.act[at], turn[graph.src[at]], following[graph.dst[at]]], axis=1).astype(np.int64)
    for act, before, after in np.unique(keys, axis=0).tolist():
        silent = [name for bit, name in enumerate(offices) if before >> bit & 1]
        called = [name for bit, name in enumerate(offices) if after >> bit & 1]
        if called and not any(all(rulebook.apart_from(name, other) for other in silent) for name in called):
            here = lapses & (graph.act == act) & (turn[graph.src] == before) & (following[graph.dst] == after)
            who, name = ", ".join(silent), meaning.acts[act].id
            yield fault_at(graph, f"When {who} are silent, “{name}” brings the matter to nobody else.", here)


def _turns(meaning: Meaning, offices: list[str]) -> NDArray[np.int64]:
    """For each node, the offices that could carry the matter on, a bit for each."""
    graph = meaning.graph
    bits = np.array(
        [sum(1 << offices.index(r) for r in act.by if r in offices) for act in meaning.acts], dtype=np.int64
    )
    turn = np.zeros(graph.nodes, dtype=np.int64)
    exits = np.flatnonzero(meaning.office_exits)
    np.bitwise_or.at(turn, graph.src[exits], bits[graph.act[exits]])
    return turn
