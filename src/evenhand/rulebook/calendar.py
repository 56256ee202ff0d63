# SPDX-License-Identifier: Apache-2.0
"""Counts the days of one rulebook: pinned holidays, local dates, the counting rule, deemed service.

Days are local dates of the rulebook's zone and instants are returned in UTC: from one local midnight to the next is not
always 24 hours, so nothing here adds hours. The holidays are those of the adopted text; no later list can move a limit
that runs.

A limit of `n` working days ends on the `n`th working day after the day it counts from, or, where the rule says "same
day", on the `n`th working day from that day on. A limit of `n` days ends `n` days later (`n - 1` where the day itself
is day 1) and, with `roll`, not before the next working day. A limit of no days ends on the day itself; in working days,
on the first working day from it on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from evenhand.rulebook.model import CalendarRule, Span

FIRST, LAST = date(1900, 1, 1), date(2299, 12, 31)
"""The days that can be counted, and on which a limit can end; both included."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Days = NDArray[np.datetime64]
_ORIGIN, _SIZE = FIRST.toordinal(), (LAST - FIRST).days + 1
_ORIGIN_DAY = np.datetime64(FIRST, "D")


class Uncountable(ValueError):
    """A rule, a day, a span or a channel that cannot be counted with; the sentence says which and why."""


@dataclass(frozen=True)
class Calendar:
    """A calendar rule made ready to count with. `Uncountable` where the rule says nothing that can be counted."""

    rule: CalendarRule

    def __post_init__(self) -> None:
        unknown = [day for day in self.rule.weekend if day not in WEEKDAYS]
        if unknown:
            raise Uncountable(f"The weekend names {unknown[0]!r}; days of the week are {', '.join(WEEKDAYS)}.")
        if self.rule.day_one not in ("next day", "same day"):
            raise Uncountable(f"Day 1 is the next day or the same day, not {self.rule.day_one!r}.")
        for span in self.rule.service.values():
            _checked(span)
        _ = self._zone, self._ends
        if not self._working_at.size:
            raise Uncountable(
                "Every day of this calendar is a holiday or a weekend: no limit in working days would ever end."
            )

    def is_working(self, day: date) -> bool:
        """Whether the day is neither in the weekend nor a holiday."""
        return bool(self._working[_place(day)])

    def working_days(self, first: date, last: date) -> int:
        """How many working days come after `first`, up to and including `last`.

        Negative where `last` comes before `first`. So `working_days(due, done)` says how many working days late
        something was done.
        """
        return int(self._until[_place(last)] - self._until[_place(first)])

    def due(self, day: date, span: Span) -> date:
        """The last day of a limit that counts from `day`, by the counting rule of the text."""
        return _day(
            self._ended(_place(day), span, day_one=1 if self.rule.day_one == "next day" else 0, roll=self.rule.roll)
        )

    def due_many(self, days: Days, span: Span) -> Days:
        """`due` for a column of days (`datetime64[D]`); an empty day (NaT) stays empty."""
        column = np.asarray(days, dtype="datetime64[D]")
        empty = np.isnat(column)
        places = np.where(empty, 0, (column - _ORIGIN_DAY).astype(np.int64))
        outside = (places < 0) | (places >= _SIZE)
        if outside.any():
            raise Uncountable(_OUTSIDE.format(day=column[outside][0], first=FIRST, last=LAST))
        ended = self._ended(places, span, day_one=1 if self.rule.day_one == "next day" else 0, roll=self.rule.roll)
        found: Days = np.where(empty, np.datetime64("NaT", "D"), _ORIGIN_DAY + ended.astype("timedelta64[D]"))
        return found

    def lengthened(self, due: date, span: Span) -> date:
        """The new last day of a limit that ended on `due`: the day after `due` is the first of the new days."""
        return _day(self._ended(_place(due), span, day_one=1, roll=self.rule.roll))

    def served(self, day: date, how: str) -> date:
        """The day on which something sent on `day` by this channel counts as received.

        Deemed service counts from the day after dispatch whatever the counting rule of limits is, and does not roll.
        """
        span = self.rule.service.get(how)
        if span is None:
            channels = ", ".join(self.rule.service) or "none"
            raise Uncountable(f"The calendar knows no service by {how!r}; the channels it names are: {channels}.")
        return _day(self._ended(_place(day), span, day_one=1, roll=False))

    def local_day(self, instant: datetime) -> date:
        """The local date of an instant in the rulebook's zone."""
        return self.local_time(instant).date()

    def local_time(self, instant: datetime) -> datetime:
        """An instant as the clocks in the rulebook's zone show it."""
        if instant.tzinfo is None:
            raise Uncountable(f"The instant {instant.isoformat()} names no zone, so no local day belongs to it.")
        return instant.astimezone(self._zone)

    def begins(self, day: date) -> datetime:
        """The instant (UTC) at which the local day begins."""
        _place(day)
        # fold=0: where midnight does not exist or comes twice, the earlier reading is the first instant of that date.
        return datetime.combine(day, time.min, self._zone).astimezone(UTC)

    def ends(self, day: date) -> datetime:
        """The instant (UTC) at which the local day ends for every limit; what is done before it is in time."""
        _place(day)
        local = datetime.combine(day, self._ends, self._zone)
        # An hour that comes twice, or not at all, is read in favour of whoever has to keep the limit.
        return max(local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC))

    def deadline(self, day: date, span: Span) -> datetime:
        """The instant (UTC) at which a limit that counts from `day` has run; what is done before it is in time."""
        return self.ends(self.due(day, span))

    @cached_property
    def _zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.rule.zone)
        except (KeyError, ValueError, OSError) as cause:
            raise Uncountable(f"There is no time zone {self.rule.zone!r}; write one such as Europe/London.") from cause

    @cached_property
    def _ends(self) -> time:
        try:
            return datetime.strptime(self.rule.ends, "%H:%M").time()  # noqa: DTZ007  a time of day has no zone
        except ValueError as cause:
            raise Uncountable(f"A day ends at a time such as 23:59, not at {self.rule.ends!r}.") from cause

    @cached_property
    def _working(self) -> NDArray[np.bool_]:
        return _table(tuple(self.rule.weekend), tuple(self.rule.holidays))[0]

    @cached_property
    def _until(self) -> NDArray[np.int64]:
        """For each day, how many working days there are from the first day up to it: the prefix sum."""
        return _table(tuple(self.rule.weekend), tuple(self.rule.holidays))[1]

    @cached_property
    def _working_at(self) -> NDArray[np.int64]:
        """The places of the working days, in order: what a search of the prefix sum would find."""
        return _table(tuple(self.rule.weekend), tuple(self.rule.holidays))[2]

    def _ended(self, place: Any, span: Span, *, day_one: int, roll: bool) -> Any:
        """Places of the last days; `place` is one or an array of them, `day_one` 0 where the day itself is day 1."""
        _checked(span)
        place = np.asarray(place)
        if span.unit == "d":
            ended = place + max(span.n - 1 + day_one, 0)
            self._refuse_beyond(ended, _SIZE)
            return self._working_from(ended, 1) if roll else ended
        return self._working_from(place + day_one, span.n) if span.n else self._working_from(place, 1)

    def _working_from(self, place: Any, n: int) -> Any:
        """The `n`th working day from this place on."""
        before = np.where(place > 0, self._until[np.minimum(place, _SIZE) - 1], 0)
        nth = before + n - 1
        self._refuse_beyond(nth, self._working_at.size)
        return self._working_at[nth]

    @staticmethod
    def _refuse_beyond(places: Any, end: int) -> None:
        if np.any(places >= end):
            raise Uncountable(f"A limit would end after {LAST}, the last day that can be counted.")


_OUTSIDE = "The day {day} cannot be counted; days from {first} to {last} can."


def _place(day: date) -> int:
    """How many days after the first day."""
    if isinstance(day, datetime):
        raise Uncountable(f"{day.isoformat()} is an instant; days are counted, so ask for its local day first.")
    if not FIRST <= day <= LAST:
        raise Uncountable(_OUTSIDE.format(day=day, first=FIRST, last=LAST))
    return day.toordinal() - _ORIGIN


def _day(place: Any) -> date:
    return FIRST + timedelta(days=int(place))


@lru_cache(maxsize=64)
def _table(
    weekend: tuple[str, ...], holidays: tuple[date, ...]
) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    """Which days are worked, how many there were by each, and the places of those; made once for each set of days off."""
    week = np.array([name not in weekend for name in WEEKDAYS])
    working = week[(np.arange(_SIZE) + FIRST.weekday()) % 7]
    working[_inside(holidays)] = False
    made = working, np.cumsum(working), np.flatnonzero(working)
    for one in made:
        one.setflags(write=False)  # many calendars share it
    return made


def _inside(days: Iterable[date]) -> list[int]:
    """Places of these days; a holiday outside the days that can be counted changes nothing."""
    return [day.toordinal() - _ORIGIN for day in days if FIRST <= day <= LAST]


def _checked(span: Span) -> None:
    if span.n < 0 or span.unit not in ("d", "wd"):
        raise Uncountable(f"A span is a number of days (d) or working days (wd), not {span}.")
