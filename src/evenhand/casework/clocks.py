# SPDX-License-Identifier: Apache-2.0
"""The clocks that run in a matter: the stage's own, the limits beside it, and the days before which an act waits.

A stage's clock counts from the day on which the stage was entered; an act that stays in the stage does not start it
again, and each use of an act with `days` lengthens it. A limit counts from the day of its `from` act, starts again
with every later one, and is stopped by its `to` act. The end of the matter stops everything.

The three kinds of limit: `within`: missed when its last day has ended. `at_least`: never missed, but until its day
has come its `to` acts are refused to people and wait when the clock would do them. `exactly`: both, so only that one
day is in time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.casework.acts import MISSED
from evenhand.casework.fits import obstacle
from evenhand.casework.matter import Matter
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import Limit


@dataclass(frozen=True, kw_only=True)
class Running:
    """A clock that runs: its rule, its last day, the instant (UTC) at which it has run, what the clock then does."""

    rule: str
    last_day: date
    ends: datetime
    act: str | None


def running(book: RunningBook, matter: Matter) -> tuple[Running, ...]:
    """Every clock that runs in a matter, soonest first: the same for both parties, and for whoever computes it."""
    found = []
    last_day = stage_ends_on(book, matter)
    if last_day is not None:
        rule = book.path("stages", matter.stage, "clock")
        act = stage_act(book, matter)
        found.append(Running(rule=rule, last_day=last_day, ends=book.calendar.ends(last_day), act=act))
    for limit in _running_limits(book, matter):
        if limit.kind != "at_least":
            last_day = matter.running[limit.id]
            rule, act = book.path("limits", limit.id), MISSED + limit.id
            found.append(Running(rule=rule, last_day=last_day, ends=book.calendar.ends(last_day), act=act))
    return tuple(sorted(found, key=lambda clock: clock.ends))


def stage_ends_on(book: RunningBook, matter: Matter) -> date | None:
    """The last day of the stage's clock, or None where no clock runs."""
    stage = book.book.stages.get(matter.stage)
    if stage is None or stage.clock is None or matter.over or matter.counts_from is None:
        return None
    last_day = book.calendar.due(matter.counts_from, stage.clock.within)
    for span in matter.longer:
        last_day = book.calendar.lengthened(last_day, span)
    return last_day


def stage_act(book: RunningBook, matter: Matter) -> str | None:
    """What the stage's clock would do as the matter stands now: the first of its acts that fits."""
    stage = book.book.stages.get(matter.stage)
    then = stage.clock.then if stage and stage.clock and not matter.over else ()
    return next((name for name in then if obstacle(book.book.acts[name], matter) is None), None)


def too_early(book: RunningBook, matter: Matter, act: str) -> tuple[Limit, date] | None:
    """The limit that holds this act back longest and the day on which it opens it, or None where none runs."""
    held = [
        (matter.running[limit.id], limit)
        for limit in _running_limits(book, matter)
        if limit.kind != "within" and act in limit.stop
    ]
    if not held:
        return None
    day, limit = max(held, key=lambda pair: pair[0])
    return limit, day


def missable(book: RunningBook, matter: Matter) -> Iterator[tuple[Limit, datetime]]:
    """The limits that can be missed, in the order of the text, each with the instant (UTC) at which it has run."""
    for limit in _running_limits(book, matter):
        if limit.kind != "at_least":
            yield limit, book.calendar.ends(matter.running[limit.id])


def _running_limits(book: RunningBook, matter: Matter) -> Iterator[Limit]:
    return (limit for limit in book.book.limits.values() if limit.id in matter.running)
