# SPDX-License-Identifier: Apache-2.0
"""The six cases of the Quay Club's year: who does what, and how many working days after the last step.

The scripts say only what people do. What the clock does in between follows from the rulebook, and whether a step may be
done is asked of the kernel; a step marked `refused` is one that somebody tries and that the rulebook does not allow.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Step:
    """One thing that somebody does, some working days after the last. Without `act` people only wait.

    `kind` is act, refused, correction or erasure; the last two concern the `of`th entry of the matter.
    """

    act: str
    role: str = ""
    after: int = 1
    kind: str = "act"
    of: int = 0
    carries: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Script:
    """One case: the day of the year on which it begins, the clause, the sanction that would follow, and the steps."""

    begins: int
    clause: str
    sanction: str
    steps: tuple[Step, ...]


def step(act: str, role: str, after: int = 1, **carries: Any) -> Step:
    """Somebody does this."""
    return Step(act, role, after, carries=tuple(carries.items()))


def refused(act: str, role: str, after: int = 1) -> Step:
    """Somebody tries this, and it is refused and recorded."""
    return Step(act, role, after, "refused")


def wait(days: int) -> Step:
    """Nobody does anything for so many working days."""
    return Step("", after=days)


SANCTIONED = Script(6, "Q1", "warning", (
    step("lodge", "complainant"),
    step("frame", "officer", 2),
    step("investigate", "officer"),
    step("notify", "officer", 2),
    step("be_accompanied", "respondent", 2),
    refused("sanction", "arbiters", 2),
    step("take_statement", "investigator", 3),
    step("submit", "complainant", 2),
    step("report", "investigator", 8),
    step("charge", "second_officer", 3),
    step("ask_time", "respondent", 4),
    step("grant_time", "pair", 2),
    step("reply", "respondent", 5),
    step("fix_hearing", "arbiters", 2),
    step("hear", "arbiters", 14),
    step("sanction", "arbiters", 4),
    Step("sanction", "officer", 3, "correction", 16),
    step("appeal", "respondent", 5),
    step("uphold", "appeal_arbiters", 12),
    wait(15),
))  # fmt: skip
"""A member is sanctioned, after an attempt to decide before the hearing; the appeal leaves it so."""

REFUSED_TWICE = Script(31, "Q2", "boat_ban", (
    step("raise", "club"),
    step("insufficient", "officer", 4),
    refused("confirm", "officer"),
    step("confirm", "second_officer", 2),
    step("ask_review", "club", 9),
    step("confirm_ending", "appeal_arbiters", 8),
    wait(15),
))  # fmt: skip
"""A concern is taken no further; one officer alone tries to confirm it and cannot, and others look at it again."""

IN_DANGER = Script(64, "Q1", "expulsion", (
    step("lodge_in_danger", "complainant", danger={"danger": True, "unsafe_to_tell": True}),
    step("protect", "welfare", 0),
    step("frame", "officer", 3),
    step("investigate", "officer", 1),
    refused("notify", "officer", 1),
    step("hold", "welfare", 2, expiry=6),
    step("safe_to_tell", "welfare", 5),
    step("notify", "officer", 1),
    step("report_no_case", "investigator", 18),
    step("no_case", "second_officer", 4),
    wait(25),
))  # fmt: skip
"""Telling the respondent would be dangerous; the notice waits, and later no case to answer is found."""

SETTLED = Script(118, "Q1", "warning", (
    step("lodge", "complainant"),
    step("offer_informal", "officer", 3),
    step("invite", "mediator", 2),
    step("agree", "complainant", 1),
    step("agree_too", "respondent", 2),
    step("settle", "mediator", 5),
    step("confirm_settlement", "pair", 2),
    wait(25),
))  # fmt: skip
"""Both sides agree with a mediator, and two others confirm it."""

WITHDRAWN = Script(150, "Q4", "warning", (
    step("lodge", "complainant"),
    wait(12),
    step("notify_second", "union_desk", 1),
    step("ask_ban", "officer", 3),
    step("impose_ban", "pair", 1, expiry=12),
    step("contest", "respondent", 2),
    wait(7),
    step("withdraw", "complainant", 1),
    step("confirm_withdrawal_told", "pair", 5),
    wait(25),
    Step("lodge", "officer", 30, "erasure", 1),
))  # fmt: skip
"""The officers are silent and the union takes over; a ban falls because nobody rules on the challenge; later the
complaint is withdrawn and what it said is erased."""

ON_PAPER = Script(250, "Q3", "removal_from_office", (
    step("enter", "officer", receipt=-3),
    step("frame", "officer", 2),
    step("investigate", "officer", 1),
    wait(8),
    step("notify_second", "union_desk", 1),
    step("speak", "respondent", 4),
    step("extend", "pair", 15, expiry=20),
    step("report", "investigator", 12),
    step("charge", "second_officer", 6),
    wait(14),
))  # fmt: skip
"""A letter about an officer; the notice is late, the union gives it, and at the end of the year the case is open."""

SCRIPTS = (SANCTIONED, REFUSED_TWICE, IN_DANGER, SETTLED, WITHDRAWN, ON_PAPER)
