# SPDX-License-Identifier: Apache-2.0
"""Decides one request: what follows from it, or why it is refused."""

from datetime import datetime

from evenhand.casework.acts import Act, Request, in_utc
from evenhand.casework.carried import fault
from evenhand.casework.lapsing import after_lapses
from evenhand.casework.lawful import lawful_now, obstacle_to
from evenhand.casework.matter import Matter, same_rules
from evenhand.casework.refusal import Refused, why
from evenhand.casework.running_book import RunningBook


def decide(book: RunningBook, matter: Matter, request: Request, at: datetime) -> tuple[Act, ...]:
    """What follows from this request at this moment: every lapse that is due, and then the act itself.

    `Refused` where the rulebook does not allow it; nothing then follows from the request, and the lapses are still due.
    """
    same_rules(book, matter)
    now = in_utc(at)
    if matter.last is not None and now < matter.last:
        reason = why("order", act=request.act, rule="kernel/order", at=now.isoformat(), last=matter.last.isoformat())
        raise Refused(reason.rule, reason.sentence, lawful_now(book, matter, request.by, matter.last))
    lapsed, standing = after_lapses(book, matter, now)
    refusal = obstacle_to(book, standing, request.act, request.by, now) or fault(book, standing, request, now)
    if refusal is not None:
        raise Refused(refusal.rule, refusal.sentence, lawful_now(book, standing, request.by, now))
    return (*lapsed, Act(name=request.act, by=request.by, at=now, carries=request.carries))
