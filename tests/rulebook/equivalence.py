# SPDX-License-Identifier: Apache-2.0
"""Whether a mutant is the same rulebook after all: nobody may do, must show or can appeal anything else than before."""

from collections.abc import Mapping
from dataclasses import replace

from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import Act, Rulebook
from evenhand.rulebook.table import Table
from tests.rulebook.mutation import Mutant, compiled


def why_equivalent(mutant: Mutant, good: Mapping[str, Meaning]) -> str | None:
    """Why the mutant is the same rulebook, in a few words; None where it is another or that cannot be shown here.

    The two tables are walked together. In each pair of states the same acts must be lawful, or acts by the same people
    that lead to the same place, and the same people must stand told, charged, suspended, sanctioned; and whatever an act
    of both carries, names and is called must be the same.
    """
    if not mutant.book:
        return _people(mutant, next(iter(good.values())).rulebook)
    if _unused_kind(mutant, good[mutant.book]):
        return "no act of this book sets the fact, and nothing is decided in it"
    before, after = good[mutant.book].graph.table, compiled(mutant, good[mutant.book]).graph.table
    if not _same_frame(before, after):
        return None
    shared = before.book.acts.keys() & after.book.acts.keys()
    changed = [name for name in shared if _shown(before.book.acts[name]) != _shown(after.book.acts[name])]
    if any(not _only_files(before, after, name) for name in changed):
        return None
    twins = _walk(before, after)
    if twins is None:
        return None
    if changed:
        return "adds to the file only and changes no state"
    return "another act by the same people does the same" if twins else "the same acts are lawful in every state"


def _unused_kind(mutant: Mutant, good: Meaning) -> bool:
    """Whether all that differs is the kind of a fact that no act sets, in a book that decides nothing."""
    book, other = good.book, mutant.rulebook.books[mutant.book]
    differ = [name for name in book.facts if book.facts[name] != other.facts[name]]
    set_here = {name for act in book.acts.values() for name in act.sets}
    decides = any(act.merits for act in book.acts.values())
    return book.acts == other.acts and bool(differ) and not set(differ) & set_here and not decides


def _people(mutant: Mutant, good: Rulebook) -> str | None:
    """For a mutant of roles: whether it takes away what nothing in the rulebook turns on."""
    changed = [role for role in good.roles.values() if role != mutant.rulebook.roles[role.id]]
    for role in changed:
        other, whole = mutant.rulebook.roles[role.id], good.conflicts.whole_body
        if replace(role, external=False) == other and role.id != whole:
            return "only the body of last resort, and who calls in, is asked to be from outside"
        if replace(role, substitutes=None) == other and role.substitutes == whole:
            return "the body of last resort is the same as these substitutes"
    return None


def _same_frame(before: Table, after: Table) -> bool:
    one, other = before.book, after.book
    kinds = [{name: (f.kind, f.at_start) for name, f in book.facts.items()} for book in (one, other)]
    clocks = [{n: (s.clock and s.clock.within, s.end, s.handover) for n, s in b.stages.items()} for b in (one, other)]
    return (
        kinds[0] == kinds[1]
        and clocks[0] == clocks[1]
        and one.limits == other.limits
        and dict(one.rules) == dict(other.rules)
        and one.requirements.keys() == other.requirements.keys()
    )


def _shown(act: Act) -> Act:
    """An act without what only its lawfulness turns on: that is compared by walking."""
    return replace(act, needs=(), unless=(), sets=(), clears=(), max=None, line=0)


def _only_files(before: Table, after: Table, name: str) -> bool:
    """Whether an act that differs does so in who may do it, and adds to the file without changing any state."""
    one, other = before.book.acts[name], after.book.acts[name]
    if replace(_shown(one), by=other.by) != _shown(other):
        return False
    moves = before.move_act == before.acts.index(name)
    return not one.days and bool((before.move_from[moves] == before.move_to[moves]).all())


def _walk(before: Table, after: Table) -> bool | None:
    """Whether an act was found whose twin does the same; None where the two tables differ."""
    masks = (
        before.mask_of("told", "charge", "measure", "sanction"),
        after.mask_of("told", "charge", "measure", "sanction"),
    )
    pairs, seen, twins = [(0, 0)], {(0, 0)}, False
    for one, other in pairs:  # the list grows while it is walked
        if before.stages[before.stage_of[one]] != after.stages[after.stage_of[other]]:
            return None
        if int(before.facts_of[one]) & masks[0] != int(after.facts_of[other]) & masks[1]:
            return None
        here = {before.acts[act]: before.step(one, act) for act in before.lawful(one)}
        there = {after.acts[act]: after.step(other, act) for act in after.lawful(other)}
        nexts = [(here[name], there[name]) for name in here.keys() & there.keys()]
        for names, moves, table in (
            (here.keys() - there.keys(), here, before),
            (there.keys() - here.keys(), there, after),
        ):
            for name in names:
                like = [n for n in moves if n != name and n in here.keys() & there.keys() and moves[n] == moves[name]]
                if not any(table.book.acts[n].by == table.book.acts[name].by for n in like):
                    return None
                twins = True
        for pair in nexts:
            if pair not in seen:
                seen.add(pair)
                pairs.append(pair)
    return twins
