# SPDX-License-Identifier: Apache-2.0
"""What is still missing in a matter, from whom and by when: the same list for both sides (B07)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.casework.clocks import Running, running, stage_ends_on
from evenhand.casework.exits import exits, office_exits, who_has
from evenhand.casework.file import CaseFile
from evenhand.casework.fits import obstacle
from evenhand.casework.phrases_words import limit_says, stage_says, stage_title
from evenhand.casework.running_book import RunningBook


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One thing that is missing: what in a sentence, from which roles, the last day (None: no limit), by which rule.

    `acts` are the acts that would bring it.
    """

    what: str
    roles: tuple[str, ...]
    by: date | None
    rule: str
    acts: tuple[str, ...]


def missing(
    book: RunningBook, file: CaseFile, at: datetime, *, translate: Callable[[str], str] = str
) -> tuple[Missing, ...]:
    """What is missing at this moment, soonest first."""
    found = [
        _of_stage(book, file, translate),
        *(_of_limit(book, file, clock.rule, clock, translate) for clock in running(book, file.matter)),
    ]
    listed = [one for one in found if one is not None]
    return tuple(sorted(listed, key=lambda one: (one.by is None, one.by or date.max, one.rule)))


def _of_stage(book: RunningBook, file: CaseFile, translate: Callable[[str], str]) -> Missing | None:
    last = stage_ends_on(book, file.matter)
    if last is None:
        return None
    stage = file.matter.stage
    acts = tuple(
        act.id for act in office_exits(book, stage) or exits(book, stage) if obstacle(act, file.matter) is None
    )
    what = stage_says(book, stage, translate=translate) or stage_title(stage, translate=translate)
    return Missing(what=what, roles=who_has(book, stage), by=last, rule=book.path("stages", stage, "clock"), acts=acts)


def _of_limit(
    book: RunningBook, file: CaseFile, rule: str, clock: Running, translate: Callable[[str], str]
) -> Missing | None:
    limit = book.book.limits.get(rule.rpartition("/")[2])
    if limit is None or limit.then is not None:
        return None  # a measure that ends by itself is not something that is missing
    acts = [book.book.acts[act] for act in limit.stop if act in book.book.acts and act not in book.clocks_own]
    open_now = [act for act in acts if obstacle(act, file.matter) is None] or acts
    roles = tuple(dict.fromkeys(role for act in open_now for role in act.by))
    says = limit_says(book, limit.id, translate=translate)
    return Missing(what=says, roles=roles, by=clock.last_day, rule=rule, acts=tuple(act.id for act in open_now))
