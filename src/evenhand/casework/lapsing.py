# SPDX-License-Identifier: Apache-2.0
"""What the clock has done by a given moment. Nobody does it: it follows from the history, the calendar and the time.

A lapse is dated when it was due and not when somebody looked, so looking often or seldom makes no difference (H03).
Only where an act is due at a moment that the history has already passed (a complaint entered days after it was
received; a clock that had run while none of its acts fitted) is it dated at the act that made it possible: nothing is
dated back.

At one instant the limits that are missed come first, in the order of the text, each followed at once by its `then`, and
the stage's own act comes last, because it may end the matter and with it the limits. A limit that this act itself stops
is not missed: it was kept on its last day, by the clock.
"""

from datetime import datetime

from evenhand.casework.acts import MISSED, Act, in_utc
from evenhand.casework.clocks import missable, stage_act, stage_ends_on, too_early
from evenhand.casework.evolving import evolve
from evenhand.casework.matter import Matter, same_rules
from evenhand.casework.running_book import RunningBook


def lapses(book: RunningBook, matter: Matter, at: datetime) -> tuple[Act, ...]:
    """Every act of the clock that is due by `at`, in order. `ValueError` for an instant that names no zone."""
    return after_lapses(book, matter, at)[0]


def after_lapses(book: RunningBook, matter: Matter, at: datetime) -> tuple[tuple[Act, ...], Matter]:
    """What `lapses` gives, and the matter after it."""
    same_rules(book, matter)
    now, done = in_utc(at), list[Act]()
    while (act := next_lapse(book, matter)) is not None and act.at <= now:
        done.append(act)
        matter = evolve(book, matter, act)
    return tuple(done), matter


def next_lapse(book: RunningBook, matter: Matter) -> Act | None:
    """What the clock does next if nobody does anything, or None where no clock runs."""
    if matter.over or matter.last is None:
        return None
    if matter.owed is not None:
        return Act(name=matter.owed, by=book.clock_of(matter.owed), at=matter.last)
    of_stage = _stage_lapse(book, matter)
    missed = _next_missed(book, matter, of_stage)
    if of_stage is None or (missed is not None and missed.at <= of_stage.at):
        return missed
    return of_stage


def _stage_lapse(book: RunningBook, matter: Matter) -> Act | None:
    last_day, name = stage_ends_on(book, matter), stage_act(book, matter)
    if last_day is None or name is None or matter.last is None:
        return None
    due = max(book.calendar.ends(last_day), matter.last)
    held = too_early(book, matter, name)
    if held is not None:
        due = max(due, book.calendar.begins(held[1]))
    return Act(name=name, by=book.clock_of(name), at=due)


def _next_missed(book: RunningBook, matter: Matter, of_stage: Act | None) -> Act | None:
    found: Act | None = None
    for limit, ends in missable(book, matter):
        due = ends if matter.last is None else max(ends, matter.last)
        if of_stage is not None and of_stage.at <= due and of_stage.name in limit.stop:
            continue
        if found is None or due < found.at:
            found = Act(name=MISSED + limit.id, by=book.clock, at=due)
    return found
