# SPDX-License-Identifier: Apache-2.0
"""The acts of a matter one after the other, each with the matter before it and after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.casework.acts import Act
from evenhand.casework.evolving import evolve
from evenhand.casework.file_parts import Done
from evenhand.casework.matter import Matter, new_matter
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import Act as Rule


@dataclass(frozen=True, kw_only=True)
class Step:
    """One act: what was done, its rule (None for a missed limit), and the matter before and after."""

    act: Act
    done: Done
    rule: Rule | None
    before: Matter
    after: Matter

    @property
    def moves(self) -> bool:
        """Whether it led to another stage."""
        return self.before.stage != self.after.stage

    def carries(self, item: str) -> bool:
        """Whether its rule says that it carries this."""
        return self.rule is not None and item in self.rule.carries


def steps_of(book: RunningBook, acts: Sequence[Act]) -> tuple[Step, ...]:
    """Every act with its before and after; `NotOfThisMatter` for a history that the kernel did not make."""
    matter, found = new_matter(book), list[Step]()
    for place, act in enumerate(acts):
        after = evolve(book, matter, act)
        done = Done(place=place, act=act.name, by=act.by, at=act.at, carries=act.carries)
        found.append(Step(act=act, done=done, rule=book.book.acts.get(act.name), before=matter, after=after))
        matter = after
    return tuple(found)
