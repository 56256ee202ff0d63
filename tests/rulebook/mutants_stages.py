# SPDX-License-Identifier: Apache-2.0
"""Mutants of stages, facts, limits and the rules of amendment."""

from collections.abc import Iterator
from dataclasses import replace

from evenhand.rulebook.model import FACT_KINDS, Book, Clock, Rulebook
from tests.rulebook.mutation import Mutant, in_book, less


def stage_mutants(rulebook: Rulebook, book: Book) -> Iterator[Mutant]:
    """Every mutant of this book that is not one of an act."""
    yield from _stages(rulebook, book)
    yield from _facts(rulebook, book)
    yield from _limits(rulebook, book)
    yield from _rules(rulebook, book)


def _stages(rulebook: Rulebook, book: Book) -> Iterator[Mutant]:
    for stage in book.stages.values():
        changed = {}
        if stage.clock is not None:
            changed[f"{stage.id}: no clock"] = replace(stage, clock=None)
            for name in stage.clock.then:
                if then := less(stage.clock.then, name):
                    fewer = Clock(stage.clock.within, then)
                    changed[f"{stage.id}: clock without {name}"] = replace(stage, clock=fewer)
        for fact in stage.clears:
            if book.facts[fact].kind == "step":
                continue  # a step left standing is no fault by itself; a measure, a charge, a sanction is
            changed[f"{stage.id}: leaves {fact}"] = replace(stage, clears=less(stage.clears, fact))
        if stage.handover:
            changed[f"{stage.id}: no handover"] = replace(stage, handover=False)
        for what, other in changed.items():
            yield in_book(what, rulebook, replace(book, stages={**book.stages, stage.id: other}))


def _facts(rulebook: Rulebook, book: Book) -> Iterator[Mutant]:
    for fact in book.facts.values():
        for kind in FACT_KINDS:
            if kind != fact.kind:
                other = replace(fact, kind=kind)  # type: ignore[arg-type]
                yield in_book(
                    f"{fact.id}: called {kind}", rulebook, replace(book, facts={**book.facts, fact.id: other})
                )


def _limits(rulebook: Rulebook, book: Book) -> Iterator[Mutant]:
    for limit in book.limits.values():
        fewer = {name: other for name, other in book.limits.items() if name != limit.id}
        yield in_book(f"{limit.id}: no limit", rulebook, replace(book, limits=fewer))
        if limit.then is None:
            continue
        silent = {**book.limits, limit.id: replace(limit, then=None)}
        yield in_book(f"{limit.id}: nothing follows", rulebook, replace(book, limits=silent))
        for name in limit.start if len(limit.start) > 1 else ():
            other = {**book.limits, limit.id: replace(limit, start=less(limit.start, name))}
            yield in_book(f"{limit.id}: not from {name}", rulebook, replace(book, limits=other))


def _rules(rulebook: Rulebook, book: Book) -> Iterator[Mutant]:
    for key in book.rules:
        fewer = {name: value for name, value in book.rules.items() if name != key}
        yield in_book(f"rules: no {key}", rulebook, replace(book, rules=fewer))
    if book.rules.get("retroactive") is not None:
        yield in_book("rules: retroactive", rulebook, replace(book, rules={**book.rules, "retroactive": "always"}))
    for name in book.rules.get("entrenched", ()):
        if name != book.id:
            continue  # what else is entrenched is the organisation's choice; that the rule binds itself is not
        kept = [other for other in book.rules["entrenched"] if other != name]
        yield in_book(
            f"rules: {name} not entrenched", rulebook, replace(book, rules={**book.rules, "entrenched": kept})
        )
