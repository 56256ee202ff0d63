# SPDX-License-Identifier: Apache-2.0
"""Which books of a rulebook look at another matter: the challenge of a person, an appeal of its own, a reopening.

They are found by what the rules say of them and never by their names. A challenge is opened by those who may challenge and
decided by whom the conflict rules name (D06). An appeal of its own is named by an act of another book (G01). A reopening
begins with something that stands already, because the matter that it names left it so (G05).
"""

import re
from dataclasses import dataclass
from typing import Literal

from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import START, Act, Book, Rulebook

Kind = Literal["challenge", "appeal", "reopening"]
ASIDE, ACTS = "stands aside", "may act"
"""The outcomes by which a challenge is upheld or not, in the words of the rulebook."""
LISTED = re.compile(r"\bgrounds?:\s*(.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Route:
    """One way from a matter into another: the book, the act that opens it, and the roles that can do it."""

    kind: Kind
    book: str
    act: str
    by: tuple[str, ...]


def kind_of(rules: Rulebook, book: str) -> Kind | None:
    """What kind of look at another matter a book is; None for a book whose matters stand for themselves."""
    found = rules.books.get(book)
    if found is None:
        return None
    if _is_challenge(rules, found):
        return "challenge"
    if any(book == one for one, _ in _appealed(rules)):
        return "appeal"
    return "reopening" if any(fact.at_start for fact in found.facts.values()) else None


def routes_from(rules: Rulebook, book: str) -> tuple[Route, ...]:
    """Every way out of a matter of the book into one that names it, in the order of the rulebook.

    Only what stands for itself can be reopened, and a challenge is not challenged: its own book lets others look again.
    """
    here, found = kind_of(rules, book), []
    for other in rules.books.values():
        kind = kind_of(rules, other.id)
        if kind is None or other.id == book or here == "challenge" or (kind == "reopening" and here is not None):
            continue
        for act in opening_acts(other):
            if kind != "appeal" or (other.id, act.id) in _appealed(rules, book):
                found.append(Route(kind=kind, book=other.id, act=act.id, by=act.by))
    return tuple(found)


def opening_acts(book: Book) -> tuple[Act, ...]:
    """The acts by which a matter of the book begins."""
    return tuple(act for act in book.acts.values() if START in act.stages)


def names_appeal(act: Act) -> tuple[str, str] | None:
    """The book and the act of an appeal of its own that an act names, or None."""
    book, _, name = (act.appeal or "").rpartition(".")
    return (book, name) if book else None


def challenged_role(rules: Rulebook, book: str) -> str | None:
    """The role of whoever is challenged: a party of the book who answers and cannot raise a challenge."""
    acts = rules.books[book].acts.values()
    heard = {role for act in acts for role in act.by if rules.roles[role].kind == "party"}
    able = heard - set(rules.conflicts.challenge_by)
    return next((role for role in rules.roles if role in able), None)


def has_role(rules: Rulebook, book: str, role: str) -> bool:
    """Whether somebody in this role can do anything in a matter of the book."""
    return any(role in act.by for act in rules.books[book].acts.values())


def begins_anew(book: RunningBook, act: str) -> bool:
    """Whether an act hands the matter over to a new one: people decide so, and the rules name it as an outcome."""
    rule = book.book.acts.get(act)
    if rule is None or not rule.outcome or rule.to is None or not book.book.stages[rule.to].handover:
        return False
    return act not in book.clocks_own and kind_of(book.rulebook, book.id) in ("appeal", "reopening")


def counts_as_open(rules: Rulebook, book: str) -> bool:
    """Whether somebody who is complained about in a matter of this book has an open case because of it.

    A challenge is about somebody else, and a request to reopen is not a case yet: otherwise it would unseat whoever it names.
    """
    return kind_of(rules, book) not in ("challenge", "reopening")


def grounds_listed(rules: Rulebook, book: str) -> tuple[str, ...]:
    """The closed list of grounds that the rules give for a book ("Grounds: one; another."), or nothing where they give none."""
    about = rules.books[book]
    for text in (about.says, *(act.says for act in opening_acts(about))):
        found = LISTED.search(text)
        if found is not None:
            parts = found[1].split(";" if ";" in found[1] else ",")
            return tuple(dict.fromkeys(" ".join(part.split()).rstrip(".") for part in parts if part.strip()))
    return ()


def _appealed(rules: Rulebook, book: str | None = None) -> frozenset[tuple[str, str]]:
    """The appeals of their own that acts name: those of one book, or of all."""
    some = rules.books.values() if book is None else (rules.books[book],)
    return frozenset(one for each in some for act in each.acts.values() if (one := names_appeal(act)) is not None)


def _is_challenge(rules: Rulebook, book: Book) -> bool:
    judge, able = rules.conflicts.challenge_decided_by, set(rules.conflicts.challenge_by)
    raised = any(able & set(act.by) for act in opening_acts(book))
    return raised and any(act.merits and judge in act.by for act in book.acts.values())
