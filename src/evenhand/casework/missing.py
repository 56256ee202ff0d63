# SPDX-License-Identifier: Apache-2.0
"""What is still missing in a matter, from whom and by when: the same list for both sides (B07).

It is read off the clocks that run and the acts that would stop them; where none of these is open yet, off the acts that
would open them; and off what somebody asked and nobody has ruled on.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.casework.exits import acts_in, closing, exits, office_exits, offices, who_has
from evenhand.casework.file import CaseFile
from evenhand.casework.file_folds import ending_limits
from evenhand.casework.file_parts import Clock
from evenhand.casework.fits import obstacle
from evenhand.casework.lapsing import after_lapses
from evenhand.casework.phrases_words import act_title, fact_says, limit_says, stage_says, stage_title
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import Act

STEP_ON = "A step on from the stage “{stage}”."
NOT_YET = "Not yet so: {fact}"
UNANSWERED = "An answer to this: {act}."


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One thing that is missing: what in a sentence, from which roles, the last day (None: no limit), by which rule.

    `acts` are the acts that would bring it and are open now. `guarded`: it tells that somebody may be in danger, and is
    not for the respondent's eyes (M14).
    """

    what: str
    roles: tuple[str, ...]
    by: date | None
    rule: str
    acts: tuple[str, ...]
    guarded: bool = False


def missing(
    book: RunningBook, file: CaseFile, at: datetime, *, translate: Callable[[str], str] = str
) -> tuple[Missing, ...]:
    """What is missing as the file stands, soonest first, what has no limit last.

    Where a clock has run by `at` that nobody has entered yet, nothing is missing from anybody: the clock acts.
    """
    if after_lapses(book, file.matter, at)[0] or file.matter.over:
        return ()
    limits = [one for clock in file.clocks if (one := _of_limit(book, file, clock, translate)) is not None]
    due = {act: one for one in limits for act in one.acts}
    found = [*limits, *_of_stage(book, file, due, translate), *_unanswered(book, file, due, translate)]
    return tuple(sorted(found, key=lambda one: (one.by is None, one.by or date.max, one.rule)))


def _of_limit(book: RunningBook, file: CaseFile, clock: Clock, translate: Callable[[str], str]) -> Missing | None:
    if clock.limit is None or clock.limit in ending_limits(book):
        return None  # a measure that ends by itself is not something that is missing
    rule = book.book.limits[clock.limit]
    acts = [book.book.acts[act] for act in rule.stop if act in book.book.acts and act not in book.clocks_own]
    here = [act for act in acts if file.matter.stage in act.stages] or acts
    started = [book.book.acts[act] for act in rule.start if act in book.book.acts]
    return Missing(
        what=limit_says(book, clock.limit, translate=translate),
        roles=_roles(book, here),
        by=clock.last_day,
        rule=clock.rule,
        acts=tuple(act.id for act in here if obstacle(act, file.matter) is None),
        guarded=any("danger" in act.carries for act in started),
    )


def _of_stage(
    book: RunningBook, file: CaseFile, due: dict[str, Missing], translate: Callable[[str], str]
) -> Iterator[Missing]:
    clock, stage = file.clock, file.matter.stage
    if clock is None or closing(book, stage):
        return  # it was decided, or ended: nobody has to do anything
    leaving = office_exits(book, stage) or exits(book, stage)
    open_now = tuple(act.id for act in leaving if obstacle(act, file.matter) is None)
    if not any(due[act].by == clock.last_day for act in open_now if act in due):
        yield Missing(
            what=stage_says(book, stage, translate=translate) or _step_on(stage, translate),
            roles=who_has(book, stage),
            by=clock.last_day,
            rule=clock.rule,
            acts=open_now,
            guarded=bool(leaving) and all("danger" in act.carries for act in leaving),
        )
    if not open_now:
        for fact, acts in _first_steps(book, file, leaving).items():
            yield Missing(
                what=translate(NOT_YET).format(fact=_within(fact_says(book, fact, translate=translate))),
                roles=_roles(book, acts),
                by=clock.last_day,
                rule=book.path("acts", acts[0].id, "sets"),
                acts=tuple(act.id for act in acts),
                guarded=any("danger" in act.carries for act in acts),
            )


def _first_steps(book: RunningBook, file: CaseFile, leaving: Iterable[Act]) -> dict[str, list[Act]]:
    """By fact that is needed and not so, the acts that are open now and make it so, or make so what these need."""
    here, found = acts_in(book, file.matter.stage), dict[str, list[Act]]()
    wanted, seen = [fact for act in leaving for fact in act.needs], set[str]()
    while wanted:
        fact = wanted.pop(0)
        if fact in file.matter.facts or fact in seen:
            continue
        seen.add(fact)
        makers = [act for act in here if fact in act.sets]
        open_now = [act for act in makers if obstacle(act, file.matter) is None]
        if open_now:
            found[fact] = open_now
        else:
            wanted += [needed for act in makers for needed in act.needs]
    return found


def _unanswered(
    book: RunningBook, file: CaseFile, due: dict[str, Missing], translate: Callable[[str], str]
) -> Iterator[Missing]:
    """What was asked while the stage goes on, has no limit of its own, and can be answered now."""
    for one in file.requests:
        acts = [book.book.acts[act] for act in one.answers if obstacle(book.book.acts[act], file.matter) is None]
        staying = [act for act in acts if act.to in (None, file.matter.stage)]
        if one.open and staying and not any(act.id in due for act in acts):
            yield Missing(
                what=translate(UNANSWERED).format(act=act_title(book, one.asked.act, translate=translate)),
                roles=_roles(book, acts),
                by=None,
                rule=book.path("acts", one.asked.act),
                acts=tuple(act.id for act in acts),
            )


def _roles(book: RunningBook, acts: Sequence[Act]) -> tuple[str, ...]:
    """Whose the acts are: the offices', and the parties' where they alone can do them."""
    return tuple(dict.fromkeys(role for act in acts for role in offices(book, act) or act.by))


def _step_on(stage: str, translate: Callable[[str], str]) -> str:
    return translate(STEP_ON).format(stage=stage_title(stage, translate=translate).lower())


def _within(said: str) -> str:
    return said[:1].lower() + said[1:]
