# SPDX-License-Identifier: Apache-2.0
"""The three rulebooks that come with the program, compiled once, and walks through their tables."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evenhand.rulebook.checking import meaning_of
from evenhand.rulebook.loading import load
from evenhand.rulebook.model import Act, Book, Role, Rulebook, Stage
from evenhand.rulebook.officials import people_behind
from evenhand.rulebook.table import Table, compile_book

FOLDER = Path(__file__).resolve().parents[2] / "rulebooks"
NAMES = ("harbour", "quay_club", "lantern_foundation")


@dataclass(frozen=True)
class Move:
    """One move of a table: the act, the state before and the state after, each as its stage and its facts."""

    act: Act
    before: int
    stage: str
    facts: frozenset[str]
    after: int
    to: str
    then: frozenset[str]


@cache
def shipped(name: str) -> Rulebook:
    """One of the three rulebooks."""
    return load(FOLDER / f"{name}.yaml")


@cache
def table(name: str, book: str) -> Table:
    """One book of it, compiled."""
    return compile_book(shipped(name), book)


@cache
def moves(name: str, book: str) -> tuple[Move, ...]:
    """Every move of one book."""
    found = table(name, book)
    facts = [
        frozenset(fact for bit, fact in enumerate(found.facts) if bits >> bit & 1) for bits in found.facts_of.tolist()
    ]
    stages = [found.stages[code] for code in found.stage_of.tolist()]
    columns = zip(found.move_from.tolist(), found.move_act.tolist(), found.move_to.tolist(), strict=True)
    acts = [found.book.acts[act] for act in found.acts]
    return tuple(
        Move(acts[act], before, stages[before], facts[before], after, stages[after], facts[after])
        for before, act, after in columns
    )


def reached(name: str, book: str, keep: Callable[[Move], bool], start: frozenset[int] = frozenset({0})) -> set[int]:
    """The states that can be reached from these by the moves kept."""
    onward: dict[int, list[int]] = {}
    for move in moves(name, book):
        if keep(move):
            onward.setdefault(move.before, []).append(move.after)
    seen, waiting = set(start), list(start)
    while waiting:
        for state in onward.get(waiting.pop(), ()):
            if state not in seen:
                seen.add(state)
                waiting.append(state)
    return seen


def acts(name: str, book: str = "discipline") -> Mapping[str, Act]:
    """The acts of one book."""
    return shipped(name).books[book].acts


def stages(name: str, book: str = "discipline") -> Mapping[str, Stage]:
    """The stages of one book."""
    return shipped(name).books[book].stages


def ends(name: str, book: str = "discipline") -> set[str]:
    """The stages at which a matter is over and nobody took it over."""
    return {stage.id for stage in stages(name, book).values() if stage.end and not stage.handover}


@cache
def people(name: str, act: str, book: str = "discipline") -> int:
    """The fewest people behind an act, those who confirm it included."""
    return people_behind(meaning_of(shipped(name), book), acts(name, book)[act])


def exits(name: str, book: str, stage: str) -> Iterator[Move]:
    """The moves that lead out of a stage into another one."""
    return (move for move in moves(name, book) if move.stage == stage and move.to != stage)


def roles(name: str, act: Act) -> list[Role]:
    """The roles to whom an act is open."""
    return [shipped(name).roles[role] for role in act.by]


def offices(name: str, act: Act) -> bool:
    """Whether only offices may do it."""
    return all(role.kind == "person" for role in roles(name, act))


def by_clock(name: str, act: Act) -> bool:
    """Whether the clock does it."""
    return all(role.kind == "machine" for role in roles(name, act))


def parties(name: str, act: Act, side: str) -> bool:
    """Whether only parties of this side may do it."""
    return all(role.kind == "party" and role.side == side for role in roles(name, act))


def every_book() -> list[tuple[str, Book]]:
    """Each book of each rulebook, with the name of the rulebook."""
    return [(name, book) for name in NAMES for book in shipped(name).books.values()]
