# SPDX-License-Identifier: Apache-2.0
"""What a mutant is, whether it loads, whether the checks kill it, and whether it is the same rulebook after all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from evenhand.rulebook.checking import CHECKS, meaning_of, whole_verdicts
from evenhand.rulebook.checks_amending import amends
from evenhand.rulebook.graph import graph_of
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import Act, Book, Rulebook

QUICK = ("C1", "C6", "C7", "C12")  # these kill most; whether a mutant is killed does not turn on the order


@dataclass(frozen=True)
class Mutant:
    """One fault: `id` names it for people, `book` is the book it is in, "" for the rulebook as a whole."""

    id: str
    book: str
    rulebook: Rulebook


def in_book(id: str, rulebook: Rulebook, book: Book) -> Mutant:
    """A mutant in which one book is another."""
    return Mutant(id, book.id, replace(rulebook, books={**rulebook.books, book.id: book}))


def with_act(id: str, rulebook: Rulebook, book: Book, act: Act) -> Mutant:
    """A mutant in which one act is another."""
    return in_book(id, rulebook, replace(book, acts={**book.acts, act.id: act}))


def less(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The names without this one."""
    return tuple(other for other in names if other != name)


def killed_by(mutant: Mutant, good: Mapping[str, Meaning]) -> str | None:
    """The first check that does not hold on the mutant ("C6 discipline"), or None if it survives.

    `good` has the books of the rulebook that was mutated: those that the mutant leaves alone, and whose appeals lead
    nowhere into what it changed, are not checked again; those that only see other people are not compiled again.
    """
    rulebook = mutant.rulebook
    for one in whole_verdicts(rulebook, any(meaning.judges for meaning in good.values())):
        if not one.holds:
            return one.id
    for meaning in _to_check(mutant, good):
        for check in sorted(CHECKS, key=lambda check: check.id not in QUICK):
            if (check.id != "C10" or amends(meaning)) and any(True for _ in check.faults(meaning)):
                return f"{check.id} {meaning.book.id}"
    return None


def _to_check(mutant: Mutant, good: Mapping[str, Meaning]) -> Iterator[Meaning]:
    rulebook = mutant.rulebook
    if mutant.book:
        yield compiled(mutant, good[mutant.book])
    for book_id, meaning in good.items():
        if not mutant.book or (book_id != mutant.book and _linked(rulebook, book_id, mutant.book)):
            yield Meaning(rulebook, meaning.graph)


def compiled(mutant: Mutant, good: Meaning) -> Meaning:
    """The mutant's book; where only labels, kinds and people are other than in the good one, its table is the same."""
    book = mutant.rulebook.books[mutant.book]
    if _moving(book) != _moving(good.book):
        return meaning_of(mutant.rulebook, mutant.book)
    return Meaning(mutant.rulebook, graph_of(replace(good.graph.table, book=book), mutant.rulebook.roles))


def _moving(book: Book) -> object:
    """All of a book on which its table turns."""
    acts = [
        (a.id, a.stages, a.to, a.needs, a.unless, a.sets, a.clears, a.max, "clock" in a.by) for a in book.acts.values()
    ]
    facts = [(fact.id, fact.at_start) for fact in book.facts.values()]
    return acts, facts, list(book.stages.values()), [limit.then for limit in book.limits.values()]


def _linked(rulebook: Rulebook, one: str, other: str) -> bool:
    """Whether an act of one of these books names an appeal in the other."""
    pairs = ((one, other), (other, one))
    return any(
        (act.appeal or "").startswith(f"{there}.")
        for here, there in pairs
        for act in rulebook.books[here].acts.values()
    )
