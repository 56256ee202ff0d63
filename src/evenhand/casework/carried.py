# SPDX-License-Identifier: Apache-2.0
"""What an act carries: what is asked, what must hold of it, and what follows from it for the clocks.

The list is closed in `rulebook.carries`. Here each item has one small check of its presence and shape; what one item
alone brings about (a seat taken, a count made) gets a file of its own when it comes. Two items move a clock: a
`receipt` says when something was received, and what is started by it counts from then (M15); a `notice` says how it
was sent, and what is started by it counts from the day of deemed service. A third, `expiry`, can end a measure before
its limit would.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from evenhand.casework.acts import Act, Request
from evenhand.casework.clocks import stage_ends_on
from evenhand.casework.lengths import held_against
from evenhand.casework.matter import Matter
from evenhand.casework.refusal import WhyNot, why
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.calendar import FIRST, LAST
from evenhand.rulebook.model import Limit

SHAPES = {
    "words": "{item} is a text with words in it.",
    "list": "{item} is a list of texts, none empty and none twice, with at least one in it.",
    "mapping": "{item} is a set of named values, with at least one in it.",
    "clause": "{item} names the clause {clause}, which this version of the code does not have.",
    "how": "{item} was sent by {how}, and the calendar counts no service by it; it counts: {channels}.",
    "notice": "{item} is a set of named values; how it was sent is a text.",
    "day": "{item} is a day such as 2026-04-01.",
    "hearing": "{item} names a day and a place.",
    "counts": "{item} gives a whole number, not below nought, for each choice.",
    "sanction": "{item} names a sanction of this rulebook; {sanction} is none.",
    "tariff": "{item} goes outside the tariff of the clause {clause} without giving a reason.",
    "long": "{item} gives {length}, and the most for {sanction} is {most}; shorten it, or give a reason for going beyond.",
    "unread": "{item} gives {length}, which cannot be held against the most for {sanction}, {most}: write a number and a "
              "unit, such as 6 months, or give a reason.",
    "not_found": "{item} names the clause {clause}, of which the finding does not say that a breach was found.",
    "none_found": "{item} gives a sanction, and the finding does not say of any clause that a breach was found.",
    "danger": "{item} answers both questions with yes or no: danger, and unsafe_to_tell.",
    "receipt": "{item} says on which day it was received.",
    "future": "{item} gives a day that has not come yet: {day}.",
    "past": "{item} gives a day that has passed: {day}.",
    "beyond": "{item} gives {day}, later than {last}, the day on which the limit {limit} ends it.",
    "longer": "{item} gives {day}, later than {last}, the last day of the stage {stage} as this act lengthens it.",
}  # fmt: skip
"""Every sentence about the shape of what an act carries."""
FOUND = "found"
"""What a finding says of a clause that was broken."""
LENGTHS = {"longer": "long", "unread": "unread"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One item in front of its check: its name and value, the act and matter, on which local day, with what else."""

    book: RunningBook
    matter: Matter
    act: str
    item: str
    value: Any
    day: date
    carries: Mapping[str, Any]

    def says(self, shape: str, **blanks: object) -> str:
        """The sentence about the shape, with its blanks filled in."""
        return SHAPES[shape].format(item=self.item, **blanks)


def fault(book: RunningBook, matter: Matter, request: Request, at: datetime) -> WhyNot | None:
    """What is wrong with what the request carries, or None: every item is there, none besides, each of its shape."""
    rule, path = book.book.acts[request.act], book.path("acts", request.act, "carries")
    for item in rule.carries:
        if request.carries.get(item) is None:
            return why("missing", act=request.act, rule=path, item=item)
    for item in request.carries:
        if item not in rule.carries:
            return why("extra", act=request.act, rule=path, item=item)
    day = book.calendar.local_day(at)
    for item in rule.carries:
        value = request.carries[item]
        asked = Asked(
            book=book, matter=matter, act=request.act, item=item, value=value, day=day, carries=request.carries
        )
        sentence = CHECKS[item](asked) if item in CHECKS else None
        if sentence is not None:
            return WhyNot(act=request.act, rule=f"{path}/{item}", sentence=sentence)
    return None


def counts_from(book: RunningBook, act: Act) -> date:
    """The local day from which the clocks count that this act starts."""
    return _counts_from(book, act.carries, book.calendar.local_day(act.at))


def runs_until(book: RunningBook, act: Act, limit: Limit) -> date:
    """The last day of a limit that this act starts; an expiry it carries ends a measure sooner than the limit would."""
    last = book.calendar.due(counts_from(book, act), limit.span)
    expiry = _day_of(act.carries.get("expiry"))
    return last if expiry is None or limit.then is None else min(last, expiry)


def _counts_from(book: RunningBook, carries: Mapping[str, Any], day: date) -> date:
    receipt, notice = carries.get("receipt"), carries.get("notice")
    received = _day_of(receipt.get("received")) if isinstance(receipt, Mapping) else None
    if received is not None:
        return received
    how = notice.get("how") if isinstance(notice, Mapping) else None
    return day if how is None else book.calendar.served(day, how)


def _day_of(value: Any) -> date | None:
    """The day that a text such as 2026-04-01 names, or None; a day that no calendar counts is none."""
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return day if day.isoformat() == value and FIRST <= day <= LAST else None


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_words, value)) and len(set(value)) == len(value)


def _words(asked: Asked) -> str | None:
    return None if _is_words(asked.value) else asked.says("words")


def _list(asked: Asked) -> str | None:
    return None if _is_list(asked.value) else asked.says("list")


def _clauses(asked: Asked) -> str | None:
    if not _is_list(asked.value):
        return asked.says("list")
    return _unknown_clause(asked, asked.value)


def _unknown_clause(asked: Asked, clauses: list[str]) -> str | None:
    # I03: a clause that this version does not have cannot be cited.
    code = asked.book.rulebook.code
    return next((asked.says("clause", clause=clause) for clause in clauses if clause not in code), None)


def _finding(asked: Asked) -> str | None:
    if not isinstance(asked.value, dict) or not asked.value or not all(map(_is_words, asked.value.values())):
        return asked.says("mapping")
    return _unknown_clause(asked, list(asked.value))


def _notice(asked: Asked) -> str | None:
    if not isinstance(asked.value, dict) or not isinstance(asked.value.get("how", ""), str):
        return asked.says("notice")
    how, channels = asked.value.get("how"), asked.book.rulebook.calendar.service
    if how is not None and how not in channels:
        return asked.says("how", how=how, channels=", ".join(channels) or "none")
    return None


def _hearing(asked: Asked) -> str | None:
    if not isinstance(asked.value, dict) or not _is_words(asked.value.get("place")):
        return asked.says("hearing")
    day = _day_of(asked.value.get("date"))
    if day is None:
        return asked.says("hearing")
    return asked.says("past", day=day) if day < asked.day else None


def _counts(asked: Asked) -> str | None:
    counts = asked.value.values() if isinstance(asked.value, dict) else ()
    whole = all(type(count) is int and count >= 0 for count in counts)  # bool is an int, and True no count
    return None if counts and whole else asked.says("counts")


def _tariff(asked: Asked) -> str | None:
    rules, value = asked.book.rulebook, asked.value
    sanction = value.get("sanction") if isinstance(value, dict) else None
    if not isinstance(sanction, str) or sanction not in rules.sanctions:
        return asked.says("sanction", sanction=sanction)
    return _not_found(asked, value.get("clause")) or _outside(asked, value, sanction)


def _not_found(asked: Asked, clause: Any) -> str | None:
    """A sanction follows from a breach that was found, whatever the reason."""
    finding = asked.carries.get("finding")
    if clause is not None and clause not in asked.book.rulebook.code:
        return asked.says("clause", clause=clause)
    if not isinstance(finding, dict):
        return None  # this act decides on the sanction alone
    if clause is None:
        return None if FOUND in finding.values() else asked.says("none_found")
    return None if finding.get(clause) == FOUND else asked.says("not_found", clause=clause)


def _outside(asked: Asked, value: Mapping[str, Any], sanction: str) -> str | None:
    """F03: going outside what the rulebook has for it needs a reason, and no more."""
    rules, clause, length = asked.book.rulebook, value.get("clause"), value.get("length")
    if _is_words(value.get("reason")):
        return None
    if clause is not None and sanction not in rules.code[clause].sanctions:
        return asked.says("tariff", clause=clause)
    if length is None:
        return None
    most = rules.sanctions[sanction].max
    shape = held_against(length, most) if isinstance(length, str) else "unread"
    return asked.says(LENGTHS[shape], length=length, sanction=sanction, most=most or "none") if shape else None


def _expiry(asked: Asked) -> str | None:
    day = _day_of(asked.value)
    if day is None:
        return asked.says("day")
    if day < asked.day:
        return asked.says("past", day=day)
    counted = _counts_from(asked.book, asked.carries, asked.day)
    for limit in asked.book.book.limits.values():
        if limit.then is not None and asked.act in limit.start:
            last = asked.book.calendar.due(counted, limit.span)
            if day > last:
                return asked.says("beyond", day=day, last=last, limit=limit.id)
    return _longer(asked, day)


def _longer(asked: Asked, day: date) -> str | None:
    # H02: an extension names the new date, and the rulebook caps it.
    days, last = asked.book.book.acts[asked.act].days, stage_ends_on(asked.book, asked.matter)
    if days is None or last is None:
        return None
    last = asked.book.calendar.lengthened(last, days)
    return asked.says("longer", day=day, last=last, stage=asked.matter.stage) if day > last else None


def _danger(asked: Asked) -> str | None:
    answers = asked.value if isinstance(asked.value, dict) else {}
    both = all(isinstance(answers.get(question), bool) for question in ("danger", "unsafe_to_tell"))
    return None if both else asked.says("danger")


def _receipt(asked: Asked) -> str | None:
    received = _day_of(asked.value.get("received")) if isinstance(asked.value, dict) else None
    if received is None:
        return asked.says("receipt")
    return asked.says("future", day=received) if received > asked.day else None


CHECKS: dict[str, Callable[[Asked], str | None]] = {
    "account": _words, "clauses": _clauses, "grounds": _words, "reasons": _words, "evidence": _list, "notice": _notice,
    "hearing": _hearing, "vote": _counts, "tariff": _tariff, "finding": _finding, "consent": _list, "person": _words,
    "expiry": _expiry, "proportionality": _words, "statement": _words, "text": _words, "response": _words,
    "candidates": _list, "count": _counts, "danger": _danger, "request": _words, "receipt": _receipt,
}  # fmt: skip
"""For each thing an act can carry, its check: None where it holds, else the sentence that says what is wrong."""
