# SPDX-License-Identifier: Apache-2.0
"""What is open to a role in a matter at a moment, and of every other act why it is not.

The reasons are looked for in a fixed order and the first is told: the matter is over, the act is the clock's, another
role's, of another stage, needs what is not so, is shut by what is so, is used up, or is too early.
"""

from datetime import datetime

from evenhand.casework.acts import MISSED, in_utc
from evenhand.casework.clocks import too_early
from evenhand.casework.fits import Obstacle, obstacle
from evenhand.casework.lapsing import after_lapses
from evenhand.casework.matter import Matter
from evenhand.casework.refusal import WhyNot, why
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import Act


def lawful_now(book: RunningBook, matter: Matter, by: str, at: datetime) -> tuple[str, ...]:
    """The acts open to this role at this moment, in the order of the text, after every lapse that is due."""
    now = after_lapses(book, matter, at)[1]
    theirs = (name for name, rule in book.book.acts.items() if by in rule.by)
    return tuple(name for name in theirs if obstacle_to(book, now, name, by, at) is None)


def why_not(book: RunningBook, matter: Matter, by: str, at: datetime) -> tuple[WhyNot, ...]:
    """Of every act of the book that is not open to this role at this moment, the rule and the sentence why not."""
    now = after_lapses(book, matter, at)[1]
    found = (obstacle_to(book, now, name, by, at) for name in book.book.acts)
    return tuple(reason for reason in found if reason is not None)


def obstacle_to(book: RunningBook, matter: Matter, act: str, by: str, at: datetime) -> WhyNot | None:
    """Why this act is not open to this role, or None where it is; every lapse due by `at` must be in the matter."""
    if act.startswith(MISSED) and act.removeprefix(MISSED) in book.book.limits:
        return why("clock", act=act, rule=book.path("limits", act.removeprefix(MISSED)))
    rule = book.book.acts.get(act)
    if rule is None:
        return why("unknown", act=act, rule=book.path("acts"), book=book.id)
    if matter.over:
        return why("over", act=act, rule=book.path("stages", matter.stage), stage=matter.stage)
    if act in book.clocks_own:
        return why("clock", act=act, rule=book.path("acts", act, "by"))
    if by not in book.rulebook.roles:
        return why("no_role", act=act, rule="roles", role=by)
    if by not in rule.by:
        return why("role", act=act, rule=book.path("acts", act, "by"), roles=", ".join(rule.by), role=by)
    against = obstacle(rule, matter)
    if against is not None:
        return _in_this_state(book, matter, rule, against)
    held = too_early(book, matter, act)
    if held is not None and in_utc(at) < book.calendar.begins(held[1]):
        limit, day = held
        return why("early", act=act, rule=book.path("limits", limit.id), limit=limit.id, day=day.isoformat())
    return None


def _in_this_state(book: RunningBook, matter: Matter, rule: Act, against: Obstacle) -> WhyNot:
    path = book.path("acts", rule.id, against)
    match against:
        case "in":
            return why("in", act=rule.id, rule=path, stages=", ".join(rule.stages), stage=matter.stage)
        case "needs":
            absent = ", ".join(fact for fact in rule.needs if fact not in matter.facts)
            return why("needs", act=rule.id, rule=path, facts=absent)
        case "unless":
            standing = ", ".join(fact for fact in rule.unless if fact in matter.facts)
            return why("unless", act=rule.id, rule=path, facts=standing)
        case "max":
            return why("once" if rule.max == 1 else "max", act=rule.id, rule=path, max=rule.max)
