# SPDX-License-Identifier: Apache-2.0
"""Names and measures in words: acts, roles and stages as a person reads them, days with their weekday, durations.

Every function takes `translate`, which gets a whole phrase with named blanks and gives it back in the reader's
language. The words of the rulebook go through it too, so that an organisation can translate its own.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from evenhand.casework.acts import MISSED
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import Role, Span

Translate = Callable[[str], str]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
DAY = "{weekday} {day} {month} {year}"
DAY_OF_THIS_YEAR = "{weekday} {day} {month}"
FIRST, FIRST_OF_THIS_YEAR = "{weekday} 1 {month} {year}", "{weekday} 1 {month}"
"""The first of a month stands by itself, because other languages write it otherwise ("1er")."""
MOMENT = "{day}, {time}"
SPANS = {
    "wd": ("one working day", "{n} working days"),
    "d": ("one day", "{n} days"),
}
THE_ROLE, ONE_OF = "the {role}", "one of the {role}"
OR, AND = "{first} or {last}", "{first} and {last}"
MISSED_LIMIT = "Missed: {limit}"
FINDINGS = {"found": "Breach found", "not found": "No breach found"}
"""The two findings that the form offers; a finding in other words is shown as it was written."""
IN_FORCE_SINCE, IN_FORCE_FROM = "in force since {day}", "in force from {day}"
SANCTION_FOR = "{sanction}, {length}"

_REQUIREMENTS = re.compile(r"\s*\([A-Z]\d\d(?:, [A-Z]\d\d)*\)")


def day_words(day: date, *, today: date | None = None, translate: Translate = str) -> str:
    """A day with its weekday: "Friday 27 November 2026"; without the year where it is the year of `today`."""
    year, this_year = (FIRST, FIRST_OF_THIS_YEAR) if day.day == 1 else (DAY, DAY_OF_THIS_YEAR)
    words = this_year if today is not None and today.year == day.year else year
    weekday, month = translate(WEEKDAYS[day.weekday()]), translate(MONTHS[day.month - 1])
    return translate(words).format(weekday=weekday, day=day.day, month=month, year=day.year)


def in_force_words(day: date, today: date, translate: Translate = str) -> str:
    """Since when a version of the rules is in force, or from when: a day to come is never told as one that was."""
    words = IN_FORCE_FROM if day > today else IN_FORCE_SINCE
    return translate(words).format(day=day_words(day, translate=translate))


def moment_words(book: RunningBook, at: datetime, *, today: date | None = None, translate: Translate = str) -> str:
    """An instant as the clocks of the organisation show it: "Friday 27 November 2026, 23:59"."""
    local = book.calendar.local_time(at)
    day = day_words(local.date(), today=today, translate=translate)
    return translate(MOMENT).format(day=day, time=f"{local:%H:%M}")


def span_words(span: Span, *, translate: Translate = str) -> str:
    """A length of time: "one working day", "20 working days", "28 days"."""
    one, many = SPANS[span.unit]
    return translate(one) if span.n == 1 else translate(many).format(n=span.n)


def number_words(n: int, *, translate: Translate = str) -> str:
    """A number as a sentence begins with it: "Three"; above twelve in digits."""
    return translate(NUMBERS[n]) if 0 <= n < len(NUMBERS) else str(n)


def capital(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def title_of(name: str, *, translate: Translate = str) -> str:
    """A name of the rulebook as a heading: "ask_interim" is "Ask interim"."""
    return translate(capital(re.sub(r"[_-]+", " ", name)))


def act_title(book: RunningBook, act: str, *, translate: Translate = str) -> str:
    """The title that the rulebook gives an act, or one from its name; of a missed limit, what it was about."""
    if act.startswith(MISSED):
        limit = limit_says(book, act.removeprefix(MISSED), translate=translate).rstrip(".")
        return translate(MISSED_LIMIT).format(limit=limit)
    rule = book.book.acts.get(act)
    return translate(rule.title) if rule is not None and rule.title else title_of(act, translate=translate)


def act_says(book: RunningBook, act: str, *, translate: Translate = str) -> str:
    """What the rulebook says of an act, as a sentence, or an empty text."""
    rule = book.book.acts.get(act)
    return sentence(rule.says, translate=translate) if rule is not None else ""


def stage_title(stage: str, *, translate: Translate = str) -> str:
    """The title of a stage: "Investigation"."""
    return title_of(stage, translate=translate)


def stage_says(book: RunningBook, stage: str, *, translate: Translate = str) -> str:
    """What the rulebook says of a stage, as a sentence, or an empty text."""
    rule = book.book.stages.get(stage)
    return sentence(rule.says, translate=translate) if rule is not None else ""


def fact_says(book: RunningBook, fact: str, *, translate: Translate = str) -> str:
    """What a fact is, as a sentence."""
    return sentence(book.book.facts[fact].says or title_of(fact), translate=translate)


def limit_says(book: RunningBook, limit: str, *, translate: Translate = str) -> str:
    """What a limit is about, as a sentence."""
    rule = book.book.limits.get(limit)
    return sentence(rule.says if rule is not None and rule.says else title_of(limit), translate=translate)


def role_title(role: str, *, translate: Translate = str) -> str:
    """The title of a role: "Case officer"."""
    return title_of(role, translate=translate)


def held_words(roles: Mapping[str, Role], role: str, *, translate: Translate = str) -> str:
    """What somebody is who holds a role, after "you are": "case officer", or "one of the overseers" where several sit.

    `roles` are those of the rulebook; a role that no rulebook knows, like a companion, is said as it is.
    """
    known = roles.get(role)
    many = known is not None and known.kind == "person" and known.seats > 1
    return _whole(ONE_OF, role, translate) if many else role_title(role, translate=translate).lower()


def the_roles(roles: Iterable[str], *, together: bool = False, translate: Translate = str) -> str:
    """Roles within a sentence: "the complainant or the federation"; with "and" where all of them are meant."""
    return listed([_whole(THE_ROLE, role, translate) for role in roles], AND if together else OR, translate)


def _whole(words: str, role: str, translate: Translate) -> str:
    """A role with the words around it, translated as one phrase: article and gender are another language's own.

    A role that only the organisation knows is put into the phrase by its name.
    """
    plain = role.replace("_", " ")
    phrase = words.format(role=plain)
    said = translate(phrase)
    return said if said != phrase else translate(words).format(role=translate(plain))


def listed(things: list[str], joined: str, translate: Translate = str) -> str:
    """Things one after the other, the last two joined by "or" or "and"."""
    if len(things) < 2:
        return "".join(things)
    return translate(joined).format(first=", ".join(things[:-1]), last=things[-1])


def finding_words(finding: str, *, translate: Translate = str) -> str:
    """A finding as it is shown."""
    return translate(FINDINGS.get(finding, capital(finding)))


def sanction_words(tariff: Mapping[str, Any], *, translate: Translate = str) -> str:
    """A sanction and how long: "suspension, 6 months"."""
    sanction = translate(str(tariff.get("sanction", "")).replace("_", " "))
    length = tariff.get("length")
    return translate(SANCTION_FOR).format(sanction=sanction, length=length) if length else sanction


def plain_text(text: str) -> str:
    """Words of the rulebook in one line, without the ids of requirements: what is translated as one text."""
    return _REQUIREMENTS.sub("", " ".join(text.split()))


def said_of(text: str, *, translate: Translate = str) -> str:
    """Words of the rulebook as they stand within a page, in the reader's language."""
    flat = plain_text(text)
    return translate(flat) if flat else ""


def sentence(text: str, *, translate: Translate = str) -> str:
    """Words of the rulebook as a sentence, without the ids of requirements that stand in brackets in them."""
    flat = said_of(text, translate=translate)
    return capital(flat) + ("" if not flat or flat.endswith((".", "!", "?", "…")) else ".")
