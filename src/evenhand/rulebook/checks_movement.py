# SPDX-License-Identifier: Apache-2.0
"""C1 to C4: everything can happen, everything can end, silence is heard, nothing goes on for ever."""

from collections.abc import Iterator

import numpy as np

from evenhand.rulebook.checks_telling import answering
from evenhand.rulebook.circling import circles
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.numbers import longest_way, waits, working_days
from evenhand.rulebook.verdicts import Fault, fault_at, fault_into


def nothing_dead(meaning: Meaning) -> Iterator[Fault]:
    """C1: every act can happen, every stage is reached, every fact can stand, every act of a clock gets its turn.

    An act that sets or clears something is lawful only where that changes the state.
    """
    graph, table = meaning.graph, meaning.graph.table
    done = np.zeros(len(table.acts), dtype=bool)
    done[graph.act] = True
    for code in np.flatnonzero(~done):
        yield Fault(f"The act “{table.acts[code]}” can never happen: it is lawful in no state that can be reached.")
    entered = np.zeros(len(table.stages), dtype=bool)
    entered[graph.stage] = True
    for code in np.flatnonzero(~entered):
        yield Fault(f"The stage “{table.stages[code]}” is never reached.")
    stood = int(np.bitwise_or.reduce(graph.facts))
    for bit, name in enumerate(table.facts):
        if not stood >> bit & 1:
            yield Fault(f"The fact “{name}” can never stand: no act that can happen sets it.")
    changing = meaning.where(lambda act: bool(act.sets or act.clears))
    idle = changing[graph.act] & (graph.src == graph.dst)
    for code in np.unique(graph.act[idle]):
        says = f"“{table.acts[code]}” is lawful where it changes nothing of what it sets or clears."
        yield fault_at(graph, says, idle & (graph.act == code))
    lapsed = {
        (table.stages[stage], table.acts[act])
        for stage, act in set(
            zip(graph.stage[graph.src[graph.lapses]].tolist(), graph.act[graph.lapses].tolist(), strict=True)
        )
    }
    for stage in meaning.book.stages.values():
        for name in stage.clock.then if stage.clock else ():
            if (stage.id, name) not in lapsed:
                yield Fault(f"The clock of “{stage.id}” never does “{name}”.")


def a_way_out(meaning: Meaning) -> Iterator[Fault]:
    """C2: from every state that can be reached some end can be reached."""
    stuck = ~meaning.graph.co_reach(meaning.graph.ends)
    if stuck.any():
        yield fault_into(meaning.graph, "From here no end can be reached.", stuck)


def silence_is_heard(meaning: Meaning) -> Iterator[Fault]:
    """C3: every open stage has one act of its clock, and if nobody ever acts the matter comes to other people at last."""
    graph = meaning.graph
    still = graph.open & (graph.silent < 0)
    for stage in np.unique(graph.stage[still]):
        name = graph.table.stages[stage]
        here = still & (graph.stage == stage)
        yield fault_into(graph, f"In “{name}” no act of the clock is lawful: the matter can wait there for ever.", here)
    yield from _nobodys_turn(meaning)
    circling = graph.open & ~graph.ends[graph.quiet] & ~still[graph.quiet]
    if circling.any():
        says = "If everybody is silent from here on, the matter goes round and never comes to an end."
        yield _with_silence(meaning, fault_into(graph, says, circling))
    opening = (graph.src == 0) & graph.doomed[graph.dst]
    if opening.any():
        says = "If everybody is silent after this, the matter dies quietly: nobody decided, and nobody else was asked."
        yield fault_at(graph, says, opening, silence=True)
    quiet = graph.lapses & graph.buried[graph.dst]
    if quiet.any() and not meaning.judges:  # where people are judged a refusal ends so, and C5, C6 and C15 ask about it
        yield fault_at(graph, "Silence ends the matter here although nobody has decided it.", quiet)


def _nobodys_turn(meaning: Meaning) -> Iterator[Fault]:
    """A stage in which a live matter waits for nobody: silence there is all that can happen.

    Where people are judged somebody must be able to carry it on: an office, or the respondent by an answer. Elsewhere
    somebody must be able to act, unless people began the pause.
    """
    graph = meaning.graph
    live = graph.open & ~meaning.closing
    turn = np.zeros(len(graph.table.stages), dtype=bool)
    if meaning.judges:
        acts = meaning.office_exits | (answering(meaning)[graph.act] & graph.moves_stage)
    else:
        acts = ~graph.kinds.clock[graph.act]
        pause = graph.moves_stage & ~graph.lapses & (graph.src != 0)  # people begin it after a matter was opened
        turn[graph.stage[graph.dst[pause]]] = True
    turn[graph.stage[graph.src[acts]]] = True
    for stage in np.unique(graph.stage[live & ~turn[graph.stage]]).tolist():
        says = f"In “{graph.table.stages[stage]}” nobody can carry the matter on: it waits there for the clock alone."
        yield fault_into(graph, says, live & (graph.stage == stage))


def _with_silence(meaning: Meaning, fault: Fault) -> Fault:
    return Fault(fault.says, tuple(meaning.graph.then_silence(list(fault.run))))


def an_end_in_time(meaning: Meaning) -> Iterator[Fault]:
    """C4: no way of acting makes a case last for ever, or longer than promised."""
    graph = meaning.graph
    way = longest_way(meaning)
    if way is None:
        endless = circles(graph) & (waits(meaning) > 0)
        yield fault_at(
            graph, "The matter can come back to where it was, again and again: it can last for ever.", endless
        )
        return
    promised = meaning.rulebook.promises.longest
    if promised is None:
        return
    days, run = way
    most = working_days(promised, meaning.rulebook.calendar)
    if days > most:
        yield Fault(f"A case can last {days:,} working days; promised were at most {most:,}.", tuple(run))
