# SPDX-License-Identifier: Apache-2.0
"""C7 and C8: nobody judges in their own cause, and every role can still be filled when people are conflicted out.

Both ask about the whole rulebook, not about runs: the conflict rules, the roles and who is kept apart from whom.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import START, Rulebook
from evenhand.rulebook.pools import pools_fail
from evenhand.rulebook.verdicts import Fault, fault_at

# Patterns of the closed list of conflict grounds that no rulebook may leave out, soften or waive (conflicts).
NEVER_WAIVED = ("party", "witness", "present", "open_case", "earlier", "below")
ASKED_ABOUT = ("open_complaint",)  # ruled on by the judge of challenges: the person need not know


def own_cause(meaning: Meaning) -> Iterator[Fault]:
    """C7 in one book: no party does an office's act, and whoever handles a case is bound by the rules and kept apart."""
    graph, rulebook = meaning.graph, meaning.rulebook
    for code, act in enumerate(meaning.acts):
        kinds = {role.kind for role in meaning.roles(act)}
        changes = act.to is not None or act.sets or act.clears or act.days or act.merits or act.adverse
        if len(kinds) > 1 and changes and START not in act.stages:
            who = ", ".join(act.by)
            yield fault_at(
                graph, f"“{act.id}” is open to {who}: a party could do what is an office's.", graph.act == code
            )
    offices = _offices(meaning)
    if not meaning.judges:
        yield from _deciders_apart(meaning, offices)
        return
    yield from _in_the_others_place(meaning)
    bound = rulebook.conflicts.applies_to
    for name, code in offices.items():
        if name not in bound:
            says = f"“{name}” acts in cases, and the conflict rules do not apply to it."
            yield fault_at(graph, says, graph.act == code)
    for one, other in combinations(offices, 2):
        if not rulebook.apart_from(one, other):
            yield Fault(f"“{one}” and “{other}” both act in these matters, and one person may hold both.")
    judge = rulebook.conflicts.challenge_decided_by
    if judge in offices:
        says = f"“{judge}” rules on challenges and acts in these matters."
        yield fault_at(graph, says, graph.act == offices[judge])


def _deciders_apart(meaning: Meaning, offices: dict[str, int]) -> Iterator[Fault]:
    """Elsewhere too, whoever decides is kept apart from the other offices of the matter; a vote of members is not."""
    rulebook = meaning.rulebook
    deciding = {
        role.id for act in meaning.acts if act.merits for role in meaning.roles(act) if role.turnout is None
    } & offices.keys()
    for one, other in combinations(offices, 2):
        members = any(rulebook.roles[name].turnout is not None for name in (one, other))
        if {one, other} & deciding and not members and not rulebook.apart_from(one, other):
            yield Fault(
                f"“{one}” and “{other}” both act in these matters, one of them decides, and one person may hold both."
            )


def _in_the_others_place(meaning: Meaning) -> Iterator[Fault]:
    """An act, not an appeal, by which either side could do what is the other's: agree, answer, ask in their place."""
    graph = meaning.graph
    complaining, responding = meaning.side("complainant"), meaning.side("respondent")
    for code, act in enumerate(meaning.acts):
        changes = act.to is not None or act.sets or act.clears or act.days
        if not graph.kinds.party[code] or not changes or START in act.stages or act.id in meaning.local_appeals:
            continue
        one, other = set(act.by) & (complaining - responding), set(act.by) & (responding - complaining)
        if one and other:
            says = f"“{act.id}” is open to both sides: {', '.join(sorted(one))} could do it in place of the other."
            yield fault_at(graph, says, graph.act == code)


def _offices(meaning: Meaning) -> dict[str, int]:
    """The offices that act in the book's matters once they are opened -> the code of an act of theirs."""
    found: dict[str, int] = {}
    for code in np.unique(meaning.graph.act).tolist():
        if START not in meaning.acts[code].stages:
            for role in meaning.roles(meaning.acts[code]):
                if role.kind == "person":
                    found.setdefault(role.id, code)
    return found


def conflict_rules(rulebook: Rulebook, judging: bool) -> Iterator[Fault]:
    """C7 for the whole rulebook: the grounds that may never be missing, and a judge of challenges with no other part."""
    if not judging:
        return
    rules = rulebook.conflicts
    roles = rulebook.roles
    named = _parties(rulebook)
    if any(roles[name].side for name in named):  # without any side, whoever opens a matter complains
        for name in (name for name in named if roles[name].side is None):
            yield Fault(f"“{name}” is a party to cases and is on no side.")
    for pattern in NEVER_WAIVED:
        grounds = [ground for ground in rules.grounds if ground.pattern == pattern]
        if not any(
            g.severity == "bar" and "all" in g.acts and g.waivable_by is None and not (g.group or g.window)
            for g in grounds
        ):
            yield Fault(f"No ground of pattern “{pattern}” bars from every act without waiver.")
    if not any(ground.pattern in ASKED_ABOUT for ground in rules.grounds):
        yield Fault("No ground asks about a person against whom an untriaged complaint stands.")
    for ground in rules.grounds:
        if ground.waivable_by is not None and ground.waivable_by in set(rules.applies_to) - {
            rules.challenge_decided_by
        }:
            yield Fault(f"The ground “{ground.id}” is waived by “{ground.waivable_by}”, whom it is meant to bind.")
    judge = rules.challenge_decided_by
    if judge is None or rules.challenge_within is None:
        yield Fault("Nobody rules on the challenge of a person who handles a matter, or no limit is set for it.")
        return
    for name in _parties(rulebook):
        if name not in rules.challenge_by:
            yield Fault(f"“{name}” is a party to cases and cannot challenge a person who handles them.")
    books = [book for book in rulebook.books.values() if any(judge in act.by for act in book.acts.values())]
    if len(books) > 1:
        yield Fault(f"“{judge}” rules on challenges and acts in more than one book: {', '.join(b.id for b in books)}.")
    if rulebook.roles[judge].kind != "person":
        yield Fault(f"“{judge}” rules on challenges and is no office.")
    for name in rules.applies_to:
        if name != judge and not rulebook.apart_from(name, judge):
            yield Fault(f"“{judge}” rules on challenges and may be the same person as “{name}”.")


def _parties(rulebook: Rulebook) -> list[str]:
    """The parties who act in a book in which people can be charged, suspended or sanctioned."""
    harmful = ("charge", "measure", "sanction")
    named = {
        name
        for book in rulebook.books.values()
        if any(fact.kind in harmful for fact in book.facts.values())
        for act in book.acts.values()
        for name in act.by
    }
    return [role.id for role in rulebook.roles.values() if role.kind == "party" and role.id in named]


def still_filled(rulebook: Rulebook, judging: bool) -> Iterator[Fault]:
    """C8: with as many people conflicted out as promised, every role can be filled; and beyond that somebody steps in."""
    promised = max(1, rulebook.promises.conflicted or 0)
    for fails in pools_fail(rulebook):
        if fails.at <= promised:
            rivals = ", ".join(fails.together[1:])
            drawn = f", which draws on the same people as {rivals}," if rivals else ""
            yield Fault(
                f"“{fails.role}”{drawn} cannot be filled with {fails.at} conflicted out; promised were {promised}."
            )
    whole = rulebook.conflicts.whole_body
    if not judging:
        return
    if whole is None:
        yield Fault("No body takes a matter over when a role cannot be filled.")
    elif not rulebook.roles[whole].external:
        yield Fault(f"“{whole}” takes a matter over when a role cannot be filled, and is no body from outside.")
