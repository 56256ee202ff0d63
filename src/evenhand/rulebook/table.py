# SPDX-License-Identifier: Apache-2.0
"""Compiles a book to a finite table of states and moves, by breadth-first search.

A state is a stage, the facts that stand, and how often each counted act was used. A count is kept only while its act can
still come, and an end keeps none: what can never matter again does not multiply the states. The same text gives the same
table on every machine: states in the order in which the search meets them, acts in the order of the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from evenhand.rulebook.model import START, Act, Book, Role, Rulebook

Ints = NDArray[np.int32]
MOST_STATES = 1_000_000


class TooLarge(ValueError):
    """The book has more states than can be compiled; the sentence says which acts multiply them."""


@dataclass(frozen=True, eq=False)
class Table:
    """The compiled book: integer codes throughout, moves sorted by (state, act)."""

    book: Book
    acts: tuple[str, ...]
    stages: tuple[str, ...]
    facts: tuple[str, ...]
    stage_of: Ints
    facts_of: NDArray[np.int64]
    move_from: Ints
    move_act: Ints
    move_to: Ints

    @property
    def states(self) -> int:
        """How many states can be reached, the start included."""
        return len(self.stage_of)

    @cached_property
    def first_move(self) -> NDArray[np.int64]:
        """Where each state's moves begin in the move columns; one more entry than states."""
        return np.searchsorted(self.move_from, np.arange(self.states + 1)).astype(np.int64)

    def step(self, state: int, act: int) -> int:
        """The state after this act, or -1 when it is not lawful in this state."""
        start, end = self.first_move[state], self.first_move[state + 1]
        at = int(start + np.searchsorted(self.move_act[start:end], act))
        return int(self.move_to[at]) if at < end and self.move_act[at] == act else -1

    def lawful(self, state: int) -> list[int]:
        """The codes of the acts lawful in this state, in order."""
        return [int(act) for act in self.move_act[self.first_move[state] : self.first_move[state + 1]]]

    def mask_of(self, *kinds: str) -> int:
        """The bits, in `facts_of`, of the facts declared with one of these kinds."""
        facts = self.book.facts
        return sum(1 << bit for bit, name in enumerate(self.facts) if facts[name].kind in kinds)

    def dense(self) -> Ints:
        """The table as [states, acts], -1 where an act is not lawful; for replay in columns."""
        grid = np.full((self.states, len(self.acts)), -1, dtype=np.int32)
        grid[self.move_from, self.move_act] = self.move_to
        return grid


def clock_acts(book: Book, roles: Mapping[str, Role]) -> frozenset[str]:
    """The acts that only the clock does."""
    return frozenset(a.id for a in book.acts.values() if a.by and all(_machine(roles, r) for r in a.by))


def _machine(roles: Mapping[str, Role], role: str) -> bool:
    return role in roles and roles[role].kind == "machine"


def _reachable_stages(book: Book) -> dict[str, set[str]]:
    """For each stage, the stages that can still come, itself included, whatever the facts."""
    after: dict[str, set[str]] = {stage: {stage} for stage in (START, *book.stages)}
    for act in book.acts.values():
        if act.to is not None:
            for stage in act.stages:
                after[stage].add(act.to)
    changed = True
    while changed:
        changed = False
        for seen in after.values():
            more = set().union(*(after[s] for s in seen)) - seen
            if more:
                seen |= more
                changed = True
    return after


@dataclass(frozen=True)
class _Codes:
    """The packing of a state into one integer: facts in the low bits, then a field for each counted act."""

    fact: Mapping[str, int]
    field: Mapping[str, tuple[int, int]]  # act -> (shift, mask in place)
    facts_mask: int

    @classmethod
    def of(cls, book: Book) -> "_Codes":
        fact = {name: 1 << bit for bit, name in enumerate(book.facts)}
        shift, field = len(fact), {}
        for act in book.acts.values():
            if act.max is not None:
                width = act.max.bit_length()
                field[act.id] = (shift, ((1 << width) - 1) << shift)
                shift += width
        return cls(fact=fact, field=field, facts_mask=(1 << len(fact)) - 1)

    def mask(self, names: tuple[str, ...]) -> int:
        return sum(self.fact[name] for name in set(names))


# (act code, needs, unless, counter shift, counter mask, counter full, keep mask, sets, target stage, keep after entering)
_Step = tuple[int, int, int, int, int, int, int, int, int, int]


def _step(
    book: Book, codes: _Codes, act: Act, code: int, here: str, live: Mapping[str, int], place: Mapping[str, int]
) -> _Step:
    shift, field = codes.field.get(act.id, (0, 0))
    target = act.to if act.to is not None else here
    keep_after = -1
    if target != here:
        stage = book.stages[target]
        keep_after = ~codes.mask(stage.clears) & (codes.facts_mask | live[target])
    full = (act.max or 0) << shift
    return (code, codes.mask(act.needs), codes.mask(act.unless), 1 << shift if field else 0, field, full,
            ~codes.mask(act.clears), codes.mask(act.sets), place[target], keep_after)  # fmt: skip


def compile_book(rulebook: Rulebook, book_id: str) -> Table:
    """The table of one book. `TooLarge` above a million states or 60 facts (model side matters as books of their own)."""
    book, roles = rulebook.books[book_id], rulebook.roles
    if len(book.facts) > 60:
        raise TooLarge(f"The book {book_id} declares {len(book.facts)} facts; a table holds at most 60.")
    codes, place = _Codes.of(book), {stage: code for code, stage in enumerate((START, *book.stages))}
    live = {
        stage: sum(
            field
            for name, (_, field) in codes.field.items()
            if set(book.acts[name].stages) & coming and not (stage in book.stages and book.stages[stage].end)
        )
        for stage, coming in _reachable_stages(book).items()
    }
    by_clock, side = clock_acts(book, roles), {limit.then for limit in book.limits.values()}
    person: list[list[_Step]] = [[] for _ in place]
    lapse: list[list[_Step]] = [[] for _ in place]
    for code, act in enumerate(book.acts.values()):
        for here in dict.fromkeys(act.stages):
            if act.id not in by_clock or act.id in side:
                person[place[here]].append(_step(book, codes, act, code, here, live, place))
    order = {name: code for code, name in enumerate(book.acts)}
    for stage in book.stages.values():
        for name in stage.clock.then if stage.clock else ():
            if stage.id in book.acts[name].stages:
                step = _step(book, codes, book.acts[name], order[name], stage.id, live, place)
                lapse[place[stage.id]].append(step)
    start = codes.mask(tuple(f.id for f in book.facts.values() if f.at_start))
    return _search(book, codes, tuple(place), start, person, lapse)


def _search(
    book: Book, codes: _Codes, stages: tuple[str, ...], start: int, person: list[list[_Step]], lapse: list[list[_Step]]
) -> Table:
    count = len(stages)
    keys = [start * count]
    index = {keys[0]: 0}
    move_from: list[int] = []
    move_act: list[int] = []
    move_to: list[int] = []
    for state, key in enumerate(keys):  # the list grows while it is walked: that is the search
        bits, stage = divmod(key, count)
        here = []
        for code, needs, unless, one, field, full, keep, sets, target, after in person[stage]:
            if bits & needs == needs and not bits & unless and (not one or bits & field < full):
                here.append((code, ((((bits + one) & keep) | sets) & after) * count + target))
        for code, needs, unless, one, field, full, keep, sets, target, after in lapse[stage]:
            if bits & needs == needs and not bits & unless and (not one or bits & field < full):
                if all(code != beside for beside, _ in here):  # else a limit makes the clock do the same act
                    here.append((code, ((((bits + one) & keep) | sets) & after) * count + target))
                    here.sort()
                break
        for code, new in here:
            to = index.get(new)
            if to is None:
                to = index[new] = len(keys)
                keys.append(new)
            move_from.append(state)
            move_act.append(code)
            move_to.append(to)
        if len(keys) > MOST_STATES:
            counted = ", ".join(codes.field)
            raise TooLarge(
                f"The book {book.id} has more than {MOST_STATES:,} states. Each counted act multiplies them ({counted}); "
                "make what is incidental a matter of its own with a small book."
            )
    return Table(
        book=book, acts=tuple(book.acts), stages=stages, facts=tuple(book.facts),
        stage_of=np.array([key % count for key in keys], dtype=np.int32),
        facts_of=np.array([key // count & codes.facts_mask for key in keys], dtype=np.int64),
        move_from=np.array(move_from, dtype=np.int32), move_act=np.array(move_act, dtype=np.int32),
        move_to=np.array(move_to, dtype=np.int32),
    )  # fmt: skip
