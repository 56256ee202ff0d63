# SPDX-License-Identifier: Apache-2.0
"""Mutants of acts: something dropped, a label dropped or falsified, an act opened to more people, deleted, or added."""

from collections.abc import Iterator
from dataclasses import replace

from evenhand.rulebook.model import START, Act, Book, Clock, Rulebook
from tests.rulebook.mutation import Mutant, in_book, less, with_act


def act_mutants(rulebook: Rulebook, book: Book) -> Iterator[Mutant]:
    """Every mutant of an act of this book, and the acts that somebody could slip in."""
    for act in book.acts.values():
        yield from _dropped(rulebook, book, act)
        yield from _labels(rulebook, book, act)
        yield from _widened(rulebook, book, act)
        yield _deleted(rulebook, book, act)
    yield from _closing(rulebook, book)


def _dropped(rulebook: Rulebook, book: Book, act: Act) -> Iterator[Mutant]:
    for key in ("carries", "needs", "unless", "clears"):
        for name in _droppable(rulebook, book, act, key):
            fewer = replace(act, **{key: less(getattr(act, key), name)})
            yield with_act(f"{act.id}: {key} without {name}", rulebook, book, fewer)
    if act.appeal is not None:
        yield with_act(f"{act.id}: no appeal", rulebook, book, replace(act, appeal=None))
        for other in book.acts.values():
            if other.id != act.appeal and START not in other.stages and set(act.adverse) & set(other.by):
                yield with_act(f"{act.id}: appeal is {other.id}", rulebook, book, replace(act, appeal=other.id))
                break
    if act.max is not None:
        yield with_act(f"{act.id}: not counted", rulebook, book, replace(act, max=None))


def _droppable(rulebook: Rulebook, book: Book, act: Act, key: str) -> list[str]:
    """What can be taken out of a list of an act one by one.

    Of what it carries: the reasons and the notice that an office or the clock owes, an account, a consent; what an adverse
    act and what a change of the rules must show. Of what it clears: what is more than a step.
    """
    if key == "clears":
        return [name for name in act.clears if book.facts[name].kind != "step"]
    if key != "carries":
        return list(getattr(act, key))
    people = {rulebook.roles[name].kind for name in act.by}
    owed = {"account"} if book.facts else set()
    owed |= {"consent"} if book.facts and START not in act.stages else set()
    owed |= {"reasons", "notice"} if "party" not in people and START not in act.stages else set()
    owed |= {"text", "vote", "response"} if book.rules else set()
    if any(book.facts[name].kind in ("charge", "measure", "sanction") for name in act.sets):
        owed |= {"clauses", "evidence", "tariff", "proportionality", "expiry"}
    return [name for name in act.carries if name in owed]


def _labels(rulebook: Rulebook, book: Book, act: Act) -> Iterator[Mutant]:
    roles = rulebook.roles
    for label in ("merits", "measure"):
        said = getattr(act, label)
        if said or any(roles[name].kind == "person" for name in act.by):
            what = f"{act.id}: {'no longer' if said else 'falsely'} {label}"
            yield with_act(what, rulebook, book, replace(act, **{label: not said}))
    offices = all(roles[name].kind == "person" for name in act.by) and START not in act.stages
    charges = any(book.facts[name].kind == "charge" for name in act.sets)  # of a charge it would be true
    for name in _parties(rulebook, book)[-1:] if offices and not charges and not act.adverse else ():
        yield with_act(f"{act.id}: falsely adverse to {name}", rulebook, book, replace(act, adverse=(name,)))
    if act.adverse:
        yield with_act(f"{act.id}: not adverse", rulebook, book, replace(act, adverse=()))
        sides = {roles[name].side for name in act.adverse}
        others = [r.id for r in roles.values() if r.kind == "party" and r.side not in sides and r.side != "both"]
        if others:
            yield with_act(f"{act.id}: adverse to {others[0]}", rulebook, book, replace(act, adverse=(others[0],)))


def _widened(rulebook: Rulebook, book: Book, act: Act) -> Iterator[Mutant]:
    """One official more, or a party more; acts of the clock and openings are open to those they are open to."""
    kinds = {rulebook.roles[name].kind for name in act.by}
    if "machine" in kinds or START in act.stages:
        return
    for role in (*_officials(rulebook, book), *_parties(rulebook, book)):
        if role not in act.by:
            yield with_act(f"{act.id}: also by {role}", rulebook, book, replace(act, by=(*act.by, role)))


def _officials(rulebook: Rulebook, book: Book) -> list[str]:
    """One official who acts alone: of this book's if there is one."""
    alone = [role.id for role in rulebook.roles.values() if role.kind == "person" and role.people == 1]
    here = [name for name in alone if any(name in act.by for act in book.acts.values())]
    return (here or alone)[:1]


def _bodies(rulebook: Rulebook, book: Book) -> list[str]:
    """One body of several people who act in this book."""
    named = {name for act in book.acts.values() for name in act.by}
    return [r.id for r in rulebook.roles.values() if r.kind == "person" and r.people > 1 and r.id in named][:1]


def _parties(rulebook: Rulebook, book: Book) -> list[str]:
    named = {name for act in book.acts.values() for name in act.by}
    return [role.id for role in rulebook.roles.values() if role.kind == "party" and role.id in named]


def _deleted(rulebook: Rulebook, book: Book, act: Act) -> Mutant:
    """The act is gone, and every reference to it with it: it is for a check to notice what is missing."""
    gone, qualified = act.id, f"{book.id}.{act.id}"
    acts = {
        other.id: replace(other, appeal=None) if other.appeal in (gone, qualified) else other
        for other in book.acts.values()
        if other.id != gone
    }
    stages = {}
    for stage in book.stages.values():
        then = less(stage.clock.then, gone) if stage.clock else ()
        stages[stage.id] = replace(stage, clock=Clock(stage.clock.within, then) if stage.clock and then else None)
    limits = {
        limit.id: replace(
            limit,
            start=less(limit.start, gone),
            stop=less(limit.stop, gone),
            then=None if limit.then == gone else limit.then,
        )
        for limit in book.limits.values()
    }
    limits = {name: limit for name, limit in limits.items() if limit.start and limit.stop}
    requirements = {
        one.id: replace(one, when=less(one.when, gone), must=less(one.must, gone), never=less(one.never, gone))
        for one in book.requirements.values()
    }
    fewer = replace(book, acts=acts, stages=stages, limits=limits, requirements=requirements)
    mutant = in_book(f"{gone}: deleted", rulebook, fewer)
    letters = {
        name: replace(letter, acts=less(letter.acts, qualified)) for name, letter in mutant.rulebook.texts.items()
    }
    others = {
        name: other if name == book.id else _without_appeal(other, qualified)
        for name, other in mutant.rulebook.books.items()
    }
    return replace(mutant, rulebook=replace(mutant.rulebook, texts=letters, books=others))


def _without_appeal(book: Book, appeal: str) -> Book:
    if not any(act.appeal == appeal for act in book.acts.values()):
        return book
    acts = {act.id: replace(act, appeal=None) if act.appeal == appeal else act for act in book.acts.values()}
    return replace(book, acts=acts)


def _closing(rulebook: Rulebook, book: Book) -> Iterator[Mutant]:
    """From every open stage a new way to the first quiet end: for one official, for each party, for a whole body."""
    ends = [stage.id for stage in book.stages.values() if stage.end and not stage.handover]
    for stage in book.stages.values():
        if stage.end or not ends:
            continue
        for role in (*_officials(rulebook, book), *_parties(rulebook, book), *_bodies(rulebook, book)):
            act = Act(id=f"close_{stage.id}_by_{role}", stages=(stage.id,), to=ends[0], by=(role,))
            yield with_act(f"{stage.id}: closed by {role}", rulebook, book, act)
