# SPDX-License-Identifier: Apache-2.0
"""How long the rulebook has matters kept, and which of them are due for erasure (L05).

The section `retention` names kinds of ending, each with a time: the outcome in the words of the rules, `decided` (there was
a decision on the merits), `ended without a decision`, `otherwise`. The version in force today counts: whoever shortens a
time shortens it for what is kept already. A time that is no number of months or years is words, and nothing is due by it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.rulebook.calendar import Calendar
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models

PERIOD = re.compile(r"(\d{1,3}) (month|year)s?")
DECIDED, UNDECIDED, OTHERWISE = "decided", "ended without a decision", "otherwise"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A matter that is over: under which kind of ending it falls, when it ended, and the day from which it is due.

    `due` is None where the rules name no time for its kind; `held` says why it is kept although its day has come.
    """

    row: models.Matter
    kind: str
    period: str
    ended: datetime
    due: date | None
    held: str = ""


def periods(rules: Rulebook) -> dict[str, int]:
    """The times that can be counted, in months, by kind of ending."""
    found = {}
    for kind, words in rules.retention.items():
        said = PERIOD.fullmatch(str(words))
        if said:
            found[kind] = int(said[1]) * (12 if said[2] == "year" else 1)
    return found


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def kept_matters(at: datetime) -> Iterator[Kept]:
    """Every matter that is over and not erased, the first to be due first; those without a time last."""
    rules = books.in_force(at)
    times, calendar = periods(rules), Calendar(rules.calendar)
    found = [_kept(row, rules, times, calendar) for row in _over()]
    yield from sorted(found, key=lambda one: (one.due or date.max, one.ended, one.row.ident))


def due_for_erasure(at: datetime) -> list[Kept]:
    """Those whose day has come; `held` says of some why they are kept all the same."""
    today = Calendar(books.in_force(at).calendar).local_day(at)
    return [one for one in kept_matters(at) if one.due is not None and one.due <= today]


def _over() -> Iterator[models.Matter]:
    keys = models.Wrapping.objects.values("matter")
    yield from models.Matter.objects.filter(over=True, ident__in=keys).exclude(book="").order_by("ident")


def _kept(row: models.Matter, rules: Rulebook, times: Mapping[str, int], calendar: Calendar) -> Kept:
    acts = list(models.Entry.objects.filter(matter=row.ident, type="act").order_by("n").values_list("rule", "at"))
    ended = acts[-1][1]
    kind = _kind(row, [rule.partition(".")[2] for rule, _ in acts], times)
    due = months_after(calendar.local_day(ended), times[kind]) if kind in times else None
    period = str(rules.retention.get(kind, ""))
    return Kept(row=row, kind=kind, period=period, ended=ended, due=due, held=_held(row))


def _kind(row: models.Matter, acts: list[str], times: Mapping[str, int]) -> str:
    if row.outcome in times:
        return row.outcome
    book = books.running(row.rulebook, row.book).book
    decided = any(act in book.acts and book.acts[act].merits for act in acts)
    kind = DECIDED if decided else UNDECIDED
    return kind if kind in times else OTHERWISE


def _held(row: models.Matter) -> str:
    """Why a matter is kept although its time is over: an empty text where nothing keeps it."""
    if models.Matter.objects.filter(names=row.ident, over=False).exists():
        return "another matter about it is open"
    entries = models.Entry.objects.filter(matter=row.ident).values("id")
    if models.Affected.objects.filter(decision__in=entries, review__over=False).exists():
        return "a decision in it is being looked at again"
    return ""
