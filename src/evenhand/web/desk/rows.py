# SPDX-License-Identifier: Apache-2.0
"""One seat as a row of a list: its matter, its stage and its clock. Nothing is asked of the database for it."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from evenhand.casework.matter import Matter
from evenhand.casework.phrases_words import day_words, held_words, stage_says, stage_title
from evenhand.casework.running_book import RunningBook
from evenhand.procedure.reading import ASIDE, REVIEW
from evenhand.store import books, models, states
from evenhand.web.desk.door import DOOR

OTHER = (REVIEW, ASIDE)


def row_of(part: models.Part, now: datetime) -> dict[str, Any]:
    """A row, in words."""
    matter = part.matter
    common = {
        "url": DOOR.url("matter", matter.slug),
        "code": matter.code,
        "role": held_words(books.rules_of(matter.rulebook).roles, part.role, translate=gettext),
        "over": matter.over,
        "before": matter.before,
    }
    if matter.kind in OTHER:
        last = None if part.due == models.NEVER else part.due.date()
        return common | {
            "stage": gettext("decisions in doubt") if matter.kind == REVIEW else gettext("standing aside from an office"),
            "says": "", "last": last, "due": day_words(last, translate=gettext) if last else "", "clock": None,
            "group": group_of(last, now.date()), "late": bool(last and last < now.date()), "outcome": "",
            "opened": day_words(matter.opened.date(), translate=gettext),
        }  # fmt: skip
    book = books.running(matter.rulebook, matter.book)
    local = book.calendar.local_day
    last = local(matter.due) if matter.due else None
    return common | {
        "stage": stage_title(matter.stage, translate=gettext).lower(),
        "says": stage_says(book, matter.stage, translate=gettext),
        "last": last,
        "due": day_words(last, translate=gettext) if last else "",
        "clock": _clock(book, states.of_data(matter.state), last, now) if last and not matter.over else None,
        "group": group_of(last, local(now)),
        "late": bool(matter.due and matter.due < now),
        "outcome": matter.outcome,
        "opened": day_words(local(matter.opened), translate=gettext),
    }


def _clock(book: RunningBook, state: Matter, last: date, now: datetime) -> dict[str, int]:
    """The two lines: the working days that there are, and those that are used."""
    since, calendar = state.counts_from or last, book.calendar
    return {
        "of": max(calendar.working_days(since, last), 0),
        "day": max(calendar.working_days(since, calendar.local_day(now)), 0),
    }


def group_of(last: date | None, today: date) -> str:
    """Under which heading of the docket something stands."""
    if last is None:
        return gettext("Without a limit")
    left = (last - today).days
    if left <= 0:
        return gettext("Today") if left == 0 else gettext("Late")
    return gettext("Within a week") if left <= 7 else gettext("Later")
