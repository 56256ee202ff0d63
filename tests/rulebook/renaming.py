# SPDX-License-Identifier: Apache-2.0
"""The same rulebook under other names: every role, stage, fact, act, limit and book is called something else."""

from dataclasses import replace

from evenhand.rulebook.model import START, Act, Book, Clock, Conflicts, Fact, Limit, Role, Rulebook, Stage


def called(name: str) -> str:
    """The other name of a thing."""
    return name if name == START else f"other_{name}"


def all_called(names: tuple[str, ...]) -> tuple[str, ...]:
    """The other names of things."""
    return tuple(called(name) for name in names)


def renamed(rulebook: Rulebook) -> Rulebook:
    """The rulebook with every name that an organisation gives replaced."""
    books = [_book(book) for book in rulebook.books.values()]
    roles = [_role(role) for role in rulebook.roles.values()]
    return replace(
        rulebook,
        roles={role.id: role for role in roles},
        apart=tuple(all_called(group) for group in rulebook.apart),
        conflicts=_conflicts(rulebook.conflicts),
        books={book.id: book for book in books},
    )


def _maybe(name: str | None) -> str | None:
    return None if name is None else called(name)


def _role(role: Role) -> Role:
    groups = {called(group): size for group, size in role.groups.items()}
    return replace(role, id=called(role.id), groups=groups, substitutes=_maybe(role.substitutes))


def _conflicts(rules: Conflicts) -> Conflicts:
    return replace(
        rules,
        grounds=tuple(replace(ground, id=called(ground.id)) for ground in rules.grounds),
        applies_to=all_called(rules.applies_to),
        challenge_by=all_called(rules.challenge_by),
        challenge_decided_by=_maybe(rules.challenge_decided_by),
        whole_body=_maybe(rules.whole_body),
    )


def _book(book: Book) -> Book:
    rules = dict(book.rules)
    if "entrenched" in rules:
        rules["entrenched"] = [called(name) if name == book.id else name for name in rules["entrenched"]]
    facts = [_fact(fact) for fact in book.facts.values()]
    stages = [_stage(stage) for stage in book.stages.values()]
    acts = [_act(act) for act in book.acts.values()]
    limits = [_limit(limit) for limit in book.limits.values()]
    return replace(
        book,
        id=called(book.id),
        facts={fact.id: fact for fact in facts},
        stages={stage.id: stage for stage in stages},
        acts={act.id: act for act in acts},
        limits={limit.id: limit for limit in limits},
        rules=rules,
    )


def _fact(fact: Fact) -> Fact:
    return replace(fact, id=called(fact.id))


def _stage(stage: Stage) -> Stage:
    clock = None if stage.clock is None else Clock(stage.clock.within, all_called(stage.clock.then))
    return replace(stage, id=called(stage.id), clock=clock, clears=all_called(stage.clears))


def _act(act: Act) -> Act:
    appeal = None if act.appeal is None else ".".join(called(part) for part in act.appeal.split("."))
    lists = ("stages", "by", "needs", "unless", "sets", "clears", "adverse")
    return replace(
        act,
        id=called(act.id),
        to=_maybe(act.to),
        appeal=appeal,
        **{key: all_called(getattr(act, key)) for key in lists},
    )


def _limit(limit: Limit) -> Limit:
    return replace(
        limit, id=called(limit.id), start=all_called(limit.start), stop=all_called(limit.stop), then=_maybe(limit.then)
    )
