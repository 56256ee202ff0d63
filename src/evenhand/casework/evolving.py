# SPDX-License-Identifier: Apache-2.0
"""What an act makes of a matter: the one place where a matter changes."""

from collections.abc import Iterable
from dataclasses import replace

from evenhand.casework.acts import MISSED, Act
from evenhand.casework.carried import counts_from, runs_until
from evenhand.casework.fits import obstacle
from evenhand.casework.matter import Matter, new_matter, same_rules
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import Limit


class NotOfThisMatter(ValueError):
    """An act that cannot have been done in this matter at this point: the history is not one that the kernel made."""


def evolve(book: RunningBook, matter: Matter, act: Act) -> Matter:
    """The matter after an act that `decide` or `lapses` gave; the same history always gives the same matter.

    In this order: the act is counted, its facts are cleared and set, the stage is entered and clears what it clears,
    the limits of an interim measure that has fallen end with it, those that the act stops are stopped and those that it
    starts are started. `NotOfThisMatter` for an act that
    does not fit.
    """
    same_rules(book, matter)
    if matter.last is not None and act.at < matter.last:
        raise NotOfThisMatter(f"{act.name} is dated {act.at.isoformat()}, before the last act of the matter.")
    after = _missed(book, matter, act) if act.name.startswith(MISSED) else _done(book, matter, act)
    return after if after.over else _with_limits(book, after, act)


def replay(book: RunningBook, acts: Iterable[Act]) -> Matter:
    """The matter that these acts, in this order, have made."""
    matter = new_matter(book)
    for act in acts:
        matter = evolve(book, matter, act)
    return matter


def _done(book: RunningBook, matter: Matter, act: Act) -> Matter:
    rule = book.book.acts.get(act.name)
    if rule is None or matter.over or obstacle(rule, matter) is not None:
        raise NotOfThisMatter(f"{act.name} cannot have been done in the stage {matter.stage} of this matter.")
    facts = matter.facts.difference(rule.clears).union(rule.sets)
    uses = matter.uses if rule.max is None else {**matter.uses, rule.id: matter.uses.get(rule.id, 0) + 1}
    if rule.to is None or rule.to == matter.stage:
        longer = matter.longer if rule.days is None else (*matter.longer, rule.days)
        return replace(matter, facts=facts, uses=uses, longer=longer, last=act.at, owed=None)
    stage = book.book.stages[rule.to]
    return replace(
        matter,
        stage=stage.id,
        over=stage.end,
        facts=facts.difference(stage.clears),
        uses=uses,
        last=act.at,
        entered=act.at,
        counts_from=counts_from(book, act),
        longer=(),
        running={} if stage.end else matter.running,
        owed=None,
    )


def _missed(book: RunningBook, matter: Matter, act: Act) -> Matter:
    limit = book.book.limits.get(act.name.removeprefix(MISSED))
    if limit is None or limit.id not in matter.running:
        raise NotOfThisMatter(f"{act.name} cannot have happened: that limit does not run in this matter.")
    still = {id_: day for id_, day in matter.running.items() if id_ != limit.id}
    follows = limit.then is not None and obstacle(book.book.acts[limit.then], matter) is None
    return replace(matter, running=still, last=act.at, owed=limit.then if follows else None)


def _with_limits(book: RunningBook, matter: Matter, act: Act) -> Matter:
    limits = book.book.limits.values()
    running = {id_: day for id_, day in matter.running.items() if not _fallen(book, matter, book.book.limits[id_])}
    if not any(act.name in limit.stop or act.name in limit.start for limit in limits):
        return matter if len(running) == len(matter.running) else replace(matter, running=running)
    for limit in limits:
        # Stopped first: an act that is both `to` and `from` closes one period and opens the next.
        if act.name in limit.stop:
            running.pop(limit.id, None)
        if act.name in limit.start:
            running[limit.id] = runs_until(book, act, limit)
    return replace(matter, running=running)


def _fallen(book: RunningBook, matter: Matter, limit: Limit) -> bool:
    """Whether the interim measure that the clock would end at this limit has fallen already: then nobody misses it (H03)."""
    needs = book.book.acts[limit.then].needs if limit.then is not None else ()
    return any(book.book.facts[fact].kind == "measure" and fact not in matter.facts for fact in needs)
