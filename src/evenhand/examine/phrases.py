# SPDX-License-Identifier: Apache-2.0
"""Numbers, days and spans as people read them."""

import re
from calendar import monthrange
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

SPAN = re.compile(r"\b(\d+)(wd|d)\b")


def count(number: int | float) -> str:
    """A count with its thousands apart (74,877); a number that is not whole keeps a tenth."""
    if isinstance(number, float) and not number.is_integer():
        return f"{number:,.1f}"
    return f"{int(number):,}"


def level(number: int | float) -> str:
    """A round number as it stands on an axis: "20,000", "2.5 million"."""
    return f"{number / 1_000_000:g} million" if number >= 1_000_000 else count(number)


def counted(number: int | float, one: str, many: str) -> str:
    """A count with its noun: "1 case", "74,877 cases"."""
    return f"{count(number)} {one if number == 1 else many}"


def percent(part: float, whole: float) -> str:
    """A share of a whole to a tenth of a percent; never rounded to nothing or to everything."""
    if not whole:
        return "none"
    share = 100 * part / whole
    if 0 < share < 0.1:
        return "under 0.1%"
    if 99.9 < share < 100:
        return "over 99.9%"
    return f"{share:.0f}%" if share in (0, 100) else f"{share:.1f}%"


def days(number: int | float) -> str:
    """A duration in days: "1 day", "168 days"."""
    return "1 day" if number == 1 else f"{count(number)} days"


def age(number: int) -> str:
    """A long duration as it stands on an axis: whole years where it is some, days otherwise."""
    years = round(number / 365.25)
    if years and abs(number - 365.25 * years) < 2:
        return "1 year" if years == 1 else f"{years} years"
    return days(number)


def span(limit: object) -> str:
    """A limit in words: `90d` is "90 days", `exactly 60d` is "exactly 60 days", a bare number is days."""
    if isinstance(limit, bool) or limit is None:
        return ""
    if isinstance(limit, int | float):
        return days(limit)
    if isinstance(limit, dict):
        return ", ".join(f"{key} {span(value)}".replace("_", " ") for key, value in limit.items() if value is not None)
    return SPAN.sub(_span, str(limit).replace("at_least", "at least"))


def _span(found: re.Match[str]) -> str:
    number, kind = int(found[1]), " working" if found[2] == "wd" else ""
    return f"{count(number)}{kind} {'day' if number == 1 else 'days'}"


def limit_days(limit: object) -> int | None:
    """The days of a limit counted in calendar days, to draw it; None for one in working days."""
    if isinstance(limit, int) and not isinstance(limit, bool):
        return limit
    if isinstance(limit, dict):
        return next((number for value in limit.values() if (number := limit_days(value)) is not None), None)
    found = SPAN.search(limit) if isinstance(limit, str) else None
    return int(found[1]) if found and found[2] == "d" else None


def as_day(value: object) -> date | None:
    """The day an ISO text begins with, or None."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def day(value: object) -> str:
    """A day in words, "18 June 2013", not broken after its number. What is not a day is told as it stands."""
    known = as_day(value)
    return str(value) if known is None else f"{known.day}\u00a0{MONTHS[known.month - 1]} {known.year}"


def period(first: object, last: object) -> str:
    """A period in the shortest words that are exact: "2003", "January to June 2003", "1 May 2003 to 7 June 2004"."""
    a, b = as_day(first), as_day(last)
    if a is None or b is None:
        return f"{day(first)} to {day(last)}"
    if a == b:
        return day(a)
    if a.day == 1 and b.day == monthrange(b.year, b.month)[1]:
        if (a.month, b.month) == (1, 12):
            return str(a.year) if a.year == b.year else f"{a.year} to {b.year}"
        if (a.year, a.month) == (b.year, b.month):
            return f"{MONTHS[a.month - 1]} {a.year}"
        if a.year == b.year:
            return f"{MONTHS[a.month - 1]} to {MONTHS[b.month - 1]} {a.year}"
    return f"{day(a)} to {day(b)}"


def file_size(number: int) -> str:
    """Bytes as people read them."""
    if number < 1000:
        return f"{number} bytes"
    if number < 1_000_000:
        return f"{number / 1000:.1f} kB"
    return f"{number / 1_000_000:,.1f} MB"


def short_name(value: object, letters: int = 40) -> str:
    """A name for a title that nobody compares by eye: on one line and cut."""
    told = " ".join(str(value).split())
    return told if len(told) <= letters else f"{told[: letters - 1]}…"


def listing(words: list[str]) -> str:
    """Words one after the other: "a, b or c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"
