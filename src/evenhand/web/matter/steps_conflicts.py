# SPDX-License-Identifier: Apache-2.0
"""The forms about conflicts of interest: ruling on a seat, waivers, and asking for the judge of challenges (D03)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop

from evenhand.casework.form_fields import Choice, Field
from evenhand.casework.phrases_words import listed, role_title, title_of
from evenhand.procedure.authority import judge_of
from evenhand.procedure.confiding import COMPANION
from evenhand.procedure.connecting import rules_here
from evenhand.procedure.naming import name_of
from evenhand.procedure.reading import Opened
from evenhand.procedure.ruling import Waiting, ask_judge, rule, to_rule_on
from evenhand.procedure.seating import LIVE
from evenhand.procedure.waiving import ACTS, grant, granted, revoke, waivable
from evenhand.store import books
from evenhand.store.keys import Chance
from evenhand.web.matter.door import here
from evenhand.web.matter.steps import Step

MAY = {
    "everything": gettext_noop("Act in everything"),
    "no_vote": gettext_noop("Everything but voting and deciding"),
    "nothing": gettext_noop("Nothing: the seat passes to the next"),
}
PARTIES_READ = gettext_noop("Both parties read your reasons; repeat in them nothing that was sealed.")


def still_open(opened: Opened) -> bool:
    """Whether anything is offered to the reader: the matter is not over, and they do not only accompany somebody."""
    return not opened.row.over and opened.part.role != COMPANION


# Ruling on a seat.


def _rulable(opened: Opened) -> list[Waiting]:
    return to_rule_on(opened.organisation, opened.row, opened.part, at=opened.at) if still_open(opened) else []


def _ruling_fields(opened: Opened) -> tuple[Field, ...]:
    seats = tuple(
        Choice(value=one.seat.pseudonym, label=_seat(opened, one), hint=_detail(opened, one))
        for one in _rulable(opened)
    )
    may = tuple(Choice(value=value, label=gettext(label)) for value, label in MAY.items())
    return (
        Field(item="seat", name="seat", kind="choice", label=gettext("On whom do you rule?"), choices=seats),
        Field(item="may", name="may", kind="choice", label=gettext("What may they do in this case?"), choices=may),
        Field(item="reasons", name="reasons", kind="text", label=gettext("Your reasons"), hint=gettext(PARTIES_READ)),
    )


def _seat(opened: Opened, one: Waiting) -> str:
    role = role_title(one.seat.role, translate=gettext).lower()
    kinds = [title_of(kind, translate=gettext).lower() for kind in one.kinds]
    about = f": {listed(kinds, 'and', gettext)}" if kinds else ""
    return f"{name_of(opened.organisation, one.seat.person)}, {role}{about}"


def _detail(opened: Opened, one: Waiting) -> str:
    """What they added in words, which the seats of the matter read and the parties do not (D05)."""
    told = [
        str(line.said.get("text.detail", ""))
        for line in opened.lines
        if line.entry.type == "procedure" and line.name == "declaration_made" and line.entry.by == one.seat.pseudonym
    ]
    return told[-1] if told else ""


def _rule(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    return rule(
        here(), opened.row.ident, opened.part.person, str(read["seat"]), may=read["may"], reasons=str(read["reasons"]),
        at=at, chance=chance, key=key,
    )  # fmt: skip


# Asking for the judge of challenges.


def _may_ask(opened: Opened) -> bool:
    judge = judge_of(books.in_force(opened.at))
    if judge is None or opened.part.kind != "seat" or not still_open(opened) or not opened.row.book:
        return False
    return not opened.row.parts.filter(role=judge.id, status__in=LIVE).exists()


def _ask_fields(opened: Opened) -> tuple[Field, ...]:
    hint = gettext("The seats of this case read it; the parties do not.")
    return (Field(item="why", name="why", kind="text", label=gettext("What should they look at?"), hint=hint),)


def _ask(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    return ask_judge(here(), opened.row.ident, opened.part.person, why=str(read["why"]), at=at, chance=chance, key=key)


# Waivers.


def _may_waive(opened: Opened) -> bool:
    return still_open(opened) and bool(waivable(opened.organisation, opened.row, opened.part, at=opened.at))


def _waive_fields(opened: Opened) -> tuple[Field, ...]:
    whom = tuple(
        Choice(
            value=f"{one.person} {one.conflict.ground}",
            label=gettext("{name}, for {role}: {ground}").format(
                name=name_of(opened.organisation, one.person),
                role=role_title(one.role, translate=gettext).lower(),
                ground=title_of(one.conflict.category, translate=gettext).lower(),
            ),
            hint=one.conflict.sentence,
        )
        for one in waivable(opened.organisation, opened.row, opened.part, at=opened.at)
    )
    acts = tuple(Choice(value=act, label=title_of(act, translate=gettext)) for act in ACTS)
    return (
        Field(
            item="whom", name="whom", kind="choice", label=gettext("Whom, and which ground?"), choices=whom,
            hint=gettext("Whom only grounds that can be waived keep from a seat. The parties read the kind, not the path."),
        ),
        Field(item="acts", name="acts", kind="choices", label=gettext("For which acts?"), choices=acts),
        Field(item="reasons", name="reasons", kind="text", label=gettext("Your reasons"), hint=gettext(PARTIES_READ)),
        Field(
            item="until", name="until", kind="date", label=gettext("From which day does it no longer count?"),
            hint=gettext("Leave it empty, and it counts until the case is over."), required=False,
        ),
    )  # fmt: skip


def _waive(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    whom, _, ground = str(read["whom"]).partition(" ")
    return grant(
        here(), opened.row.ident, opened.part.person, whom, ground, acts=read["acts"], reasons=str(read["reasons"]),
        until=str(read["until"] or ""), at=at, chance=chance, key=key,
    )  # fmt: skip


def _may_revoke(opened: Opened) -> bool:
    return still_open(opened) and rules_here(opened.at, opened.part) and bool(granted(opened.row))


def _revoke_fields(opened: Opened) -> tuple[Field, ...]:
    choices = tuple(Choice(value=ident, label=label) for ident, label in _granted(opened))
    return (
        Field(item="which", name="which", kind="choice", label=gettext("Which waiver?"), choices=choices),
        Field(item="reasons", name="reasons", kind="text", label=gettext("Your reasons"), hint=gettext(PARTIES_READ)),
    )


def _granted(opened: Opened) -> Iterator[tuple[str, str]]:
    told = {
        line.said["body.waiver"]["ident"]: line.said["body.waiver"]
        for line in opened.lines
        if line.entry.rule == "procedure.waiver_granted" and "body.waiver" in line.said
    }
    for one in granted(opened.row):
        kind = title_of(told[one.ident]["category"], translate=gettext).lower() if one.ident in told else ""
        yield one.ident, f"{name_of(opened.organisation, one.a)}: {kind}"


def _revoke(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    return revoke(
        here(), opened.row.ident, opened.part.person, str(read["which"]), reasons=str(read["reasons"]),
        at=at, chance=chance, key=key,
    )  # fmt: skip


STEPS = (
    Step(
        id="rule-on-seat",
        title=gettext_noop("Rule on a conflict of interest"),
        says=gettext_noop("Somebody’s seat waits until it is ruled on what they may do."),
        may=lambda opened: bool(_rulable(opened)),
        fields=_ruling_fields,
        do=_rule,
        follows=(
            gettext_noop("It is settled when more than half of those who may rule say the same; until then, no vote."),
        ),
        button=gettext_noop("Enter the ruling"),
    ),
    Step(
        id="waive",
        title=gettext_noop("Waive a ground of conflict"),
        says=gettext_noop("Before somebody acts, and for certain acts only."),
        may=_may_waive,
        fields=_waive_fields,
        do=_waive,
        follows=(gettext_noop("It falls with the first new fact about the same connection."),),
        button=gettext_noop("Grant the waiver"),
    ),
    Step(
        id="revoke-waiver",
        title=gettext_noop("Revoke a waiver"),
        says="",
        may=_may_revoke,
        fields=_revoke_fields,
        do=_revoke,
        follows=(gettext_noop("What was done under it stays allowed; from now on the ground stands again."),),
    ),
    Step(
        id="ask-judge",
        title=gettext_noop("Ask the judge of challenges"),
        says=gettext_noop(
            "One is called to this case, and rules on waivers, allegations and whom nobody else can rule on."
        ),
        may=_may_ask,
        fields=_ask_fields,
        do=_ask,
        button=gettext_noop("Call the judge"),
    ),
)
