# SPDX-License-Identifier: Apache-2.0
"""The last day of a limit for a column of days, by the calendar of a rulebook."""

from evenhand.examine.trouble import Unreadable
from evenhand.rulebook.calendar import Calendar, Days, Uncountable
from evenhand.rulebook.model import CalendarRule, Span


def last_days(rule: CalendarRule, days: Days, span: Span, place: str) -> Days:
    """The last day of a limit that begins on each of these days. `Unreadable` names the `place` in the rulebook."""
    try:
        return Calendar(rule).due_many(days, span)
    except Uncountable as error:
        raise Unreadable(f"The rulebook cannot be used at {place}: {error}") from None
