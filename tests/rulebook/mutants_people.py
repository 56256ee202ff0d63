# SPDX-License-Identifier: Apache-2.0
"""Mutants of the rulebook as a whole: roles, who is kept apart, the conflict rules."""

from collections.abc import Iterator
from dataclasses import replace

from evenhand.rulebook.model import Conflicts, Role, Rulebook
from tests.rulebook.mutation import Mutant, less


def people_mutants(rulebook: Rulebook) -> Iterator[Mutant]:
    """Every mutant that is in no book."""
    yield from _apart(rulebook)
    for role in rulebook.roles.values():
        for what, other in _roles(role):
            yield Mutant(f"{role.id}: {what}", "", replace(rulebook, roles={**rulebook.roles, role.id: other}))
    for what, conflicts in _conflicts(rulebook):
        yield Mutant(f"conflicts: {what}", "", replace(rulebook, conflicts=conflicts))


def _apart(rulebook: Rulebook) -> Iterator[Mutant]:
    for at, group in enumerate(rulebook.apart):
        others = rulebook.apart[:at] + rulebook.apart[at + 1 :]
        yield Mutant(f"apart {at + 1}: dropped", "", replace(rulebook, apart=others))
        for name in group if len(group) > 2 else ():
            fewer = (*rulebook.apart[:at], less(group, name), *rulebook.apart[at + 1 :])
            yield Mutant(f"apart {at + 1}: without {name}", "", replace(rulebook, apart=fewer))


def _roles(role: Role) -> Iterator[tuple[str, Role]]:
    if role.kind == "person" and role.majority > 1:
        yield "one of them is enough", replace(role, majority=1)
        yield "one seat", replace(role, seats=1, majority=1)
    if role.kind == "person" and role.turnout is not None:
        yield "no turnout", replace(role, turnout=None)
        yield "no share", replace(role, share=None)
    if role.substitutes is not None:
        yield "no substitutes", replace(role, substitutes=None)
    if role.external:
        yield "not external", replace(role, external=False)
    if role.kind == "person" and len(role.groups) == 1 and role.turnout is None:
        (group,) = role.groups
        yield "a pool as small as its seats", replace(role, groups={group: max(role.seats, role.people)})


def _conflicts(rulebook: Rulebook) -> Iterator[tuple[str, Conflicts]]:
    rules = rulebook.conflicts
    for ground in rules.grounds:
        rest = tuple(other for other in rules.grounds if other != ground)
        if ground.severity == "bar":
            yield f"no ground {ground.id}", replace(rules, grounds=rest)
            softer = (*rest, replace(ground, severity="declare"))
            yield f"ground {ground.id} only declared", replace(rules, grounds=softer)
            if ground.waivable_by is None and rules.applies_to:
                waived = (*rest, replace(ground, waivable_by=rules.applies_to[0]))
                yield f"ground {ground.id} waived by {rules.applies_to[0]}", replace(rules, grounds=waived)
    for name in rules.applies_to:
        yield f"not for {name}", replace(rules, applies_to=less(rules.applies_to, name))
    for name in rules.challenge_by:
        yield f"no challenge by {name}", replace(rules, challenge_by=less(rules.challenge_by, name))
    if rules.challenge_decided_by is not None:
        yield "no judge of challenges", replace(rules, challenge_decided_by=None)
        for name in rules.applies_to:
            yield f"challenges decided by {name}", replace(rules, challenge_decided_by=name)
    if rules.challenge_within is not None:
        yield "challenges without a limit", replace(rules, challenge_within=None)
    if rules.whole_body is not None:
        yield "no body of last resort", replace(rules, whole_body=None)
