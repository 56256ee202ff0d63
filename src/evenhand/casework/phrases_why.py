# SPDX-License-Identifier: Apache-2.0
"""Why an act is not open, as a person reads it: in the words of the rulebook and not in its names.

The kernel's own sentence names acts, facts and stages as the text of the rulebook does, because it goes into the record
and is compared. On a page stands this one, about the same obstacle.
"""

from collections.abc import Callable
from datetime import date

from evenhand.casework.phrases_words import (
    AND,
    OR,
    Translate,
    capital,
    day_words,
    fact_says,
    limit_says,
    listed,
    stage_title,
    the_roles,
)
from evenhand.casework.refusal import WhyNot
from evenhand.casework.running_book import RunningBook

SAYS = {
    "role": "This is done by {roles}.",
    "clock": "The clock does this when its limit has run, and nobody else.",
    "over": "The matter is over, and nothing more can be done in it.",
    "in": "This is done in the stage {stages}, and the matter stands in {stage}.",
    "needs": "Something has to come first: {facts}.",
    "unless": "This is not open any more: {facts}.",
    "once": "This can be done once in a matter, and it has been done.",
    "max": "This can be done {max} times in a matter, and it has been done as often.",
    "early": "It is too early: it can be done from {day} on. {limit}",
}
"""The sentence for each reason of the kernel; a reason that is not here has no other words than the kernel's."""


def why_words(book: RunningBook, why: WhyNot, *, translate: Translate = str) -> str:
    """The reason in a sentence for a reader, or the kernel's own where there is no better one."""
    words = _WORDS.get(why.reason)
    return why.sentence if words is None else words(book, why, translate)


def _role(book: RunningBook, why: WhyNot, say: Translate) -> str:
    return say(SAYS["role"]).format(roles=the_roles(book.book.acts[why.act].by, translate=say))


def _in(book: RunningBook, why: WhyNot, say: Translate) -> str:
    stages = [stage_title(one, translate=say).lower() for one in book.book.acts[why.act].stages if one != "start"]
    if not stages:
        return say("This opens a matter, and the matter is open already.")
    here = stage_title(str(why.blanks["stage"]), translate=say).lower()
    return say(SAYS["in"]).format(stages=listed(stages, OR, say), stage=here)


def _facts(reason: str) -> Callable[[RunningBook, WhyNot, Translate], str]:
    def words(book: RunningBook, why: WhyNot, say: Translate) -> str:
        named = str(why.blanks["facts"]).split(", ")
        said = [fact_says(book, one, translate=say).rstrip(".") for one in named]
        plain = [one[:1].lower() + one[1:] for one in said]
        return say(SAYS[reason]).format(facts=listed(plain, AND, say))

    return words


def _plain(book: RunningBook, why: WhyNot, say: Translate) -> str:
    return say(SAYS[why.reason]).format(**why.blanks)


def _early(book: RunningBook, why: WhyNot, say: Translate) -> str:
    day = day_words(date.fromisoformat(str(why.blanks["day"])), translate=say)
    limit = limit_says(book, str(why.blanks["limit"]), translate=say)
    return say(SAYS["early"]).format(day=day, limit=capital(limit))


_WORDS: dict[str, Callable[[RunningBook, WhyNot, Translate], str]] = {
    "role": _role, "clock": _plain, "over": _plain, "in": _in, "needs": _facts("needs"), "unless": _facts("unless"),
    "once": _plain, "max": _plain, "early": _early,
}  # fmt: skip
