# SPDX-License-Identifier: Apache-2.0
"""The forms about facts of a matter: what a seat enters, what a party alleges, and the ruling on what was alleged (D07, M02)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop

from evenhand.casework.form_fields import Choice, Field
from evenhand.casework.phrases_words import role_title
from evenhand.conflicts.facts import KINDS
from evenhand.procedure.connecting import OF_MATTER, OF_NAME, OF_PERSON, alleged, answer, connect, rules_here
from evenhand.procedure.naming import name_of
from evenhand.procedure.reading import Opened, holders_named
from evenhand.store.keys import Chance
from evenhand.web.matter.door import here
from evenhand.web.matter.steps import Step
from evenhand.web.matter.steps_conflicts import PARTIES_READ, still_open

OBSERVER = gettext_noop(
    "For a statement said to show prejudgment, ask whether an informed observer who takes no side would see a real "
    "possibility of a closed mind in this kind of case. A political opinion alone is never one."
)
TIED = gettext_noop("Until somebody rules, it unseats nobody.")


def _people(opened: Opened) -> tuple[Choice, ...]:
    """Everybody of whom a fact may be entered, as far as the reader may know of them: who acts here, who holds an office."""
    found = {
        part.person: Choice(
            value=part.person,
            label=f"{name}, {role_title(part.role, translate=gettext).lower()}",
        )
        for part, name in opened.people()
        if part.person
    }
    for person, name, offices in holders_named(opened.organisation, opened.at):
        found.setdefault(person, Choice(value=person, label=f"{name} ({offices})"))
    return tuple(found.values())


def _connect_fields(opened: Opened) -> tuple[Field, ...]:
    people = _people(opened)
    kinds = tuple(Choice(value=kind, label=gettext(KINDS[kind])) for kind in (*OF_MATTER, *OF_PERSON, *OF_NAME))
    return (
        Field(item="about", name="about", kind="choice", label=gettext("Who?"), choices=people),
        Field(
            item="kind", name="kind", kind="choice", label=gettext("What is so?"), choices=kinds, hint=gettext(OBSERVER)
        ),
        Field(
            item="other", name="other", kind="choice", label=gettext("With whom, if it is a tie between two people?"),
            choices=people, required=False,
        ),
        Field(
            item="name", name="name", kind="line", label=gettext("Which employer or public letter, if it is one?"),
            hint=gettext("The name is kept where only the keys open it."), required=False,
        ),
        Field(
            item="since", name="since", kind="line", label=gettext("Since which day?"),
            hint=gettext("As 2026-04-01, or 2026-04, or 2026. For something that happened once, its day."),
        ),
        Field(
            item="source", name="source", kind="text", label=gettext("Where is this known from?"),
            hint=gettext("Of a witness, say what they saw that others cannot tell. Whoever rules on it reads this."),
        ),
    )  # fmt: skip


def _connect(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    return connect(
        here(), opened.row.ident, opened.part.person, about=str(read["about"]), kind=str(read["kind"]),
        since=str(read["since"]), source=str(read["source"]), other=str(read["other"] or ""), name=str(read["name"] or ""),
        at=at, chance=chance, key=key,
    )  # fmt: skip


def _may_allege(opened: Opened) -> bool:
    return still_open(opened) and opened.part.kind == "party" and bool(opened.row.book)


def _may_connect(opened: Opened) -> bool:
    return still_open(opened) and opened.part.kind == "seat" and bool(opened.row.book)


# What was alleged.


def _may_answer(opened: Opened) -> bool:
    return still_open(opened) and rules_here(opened.at, opened.part) and bool(alleged(opened.organisation, opened.row))


def _answer_fields(opened: Opened) -> tuple[Field, ...]:
    waiting = tuple(
        Choice(
            value=one.fact.ident,
            label=gettext("{name} {says}, since {day}").format(
                name=name_of(opened.organisation, one.fact.a), says=gettext(KINDS[one.fact.kind]), day=one.fact.since_lo
            ),
            hint=one.source,
        )
        for one in alleged(opened.organisation, opened.row)
    )
    ends = (
        Choice(value="confirm", label=gettext("Confirm it"), hint=gettext("It counts from now on, at both ends.")),
        Choice(value="reject", label=gettext("Reject it"), hint=gettext("It is not asked any more.")),
    )
    return (
        Field(item="which", name="which", kind="choice", label=gettext("What was alleged"), choices=waiting),
        Field(
            item="end", name="end", kind="choice", label=gettext("Your ruling"), choices=ends, hint=gettext(OBSERVER)
        ),
        Field(item="reasons", name="reasons", kind="text", label=gettext("Your reasons"), hint=gettext(PARTIES_READ)),
    )


def _answer(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    return answer(
        here(), opened.row.ident, opened.part.person, str(read["which"]), confirmed=read["end"] == "confirm",
        reasons=str(read["reasons"]), at=at, chance=chance, key=key,
    )  # fmt: skip


STEPS = (
    Step(
        id="answer-allegation",
        title=gettext_noop("Rule on what was alleged"),
        says=gettext_noop("Confirm or reject what was alleged about somebody’s connections."),
        may=_may_answer,
        fields=_answer_fields,
        do=_answer,
        follows=(
            gettext_noop("Whoever is barred by what is confirmed leaves the seat at once, and the next is called."),
        ),
        button=gettext_noop("Enter the ruling"),
    ),
    Step(
        id="connect",
        title=gettext_noop("Enter a connection"),
        says=gettext_noop("Who gives evidence, who was there, who was approached, who is tied to whom."),
        may=_may_connect,
        fields=_connect_fields,
        do=_connect,
        follows=(
            gettext_noop("It counts at once, for both ends; a statement said to show prejudgment waits for a ruling."),
        ),
    ),
    Step(
        id="allege",
        title=gettext_noop("Say that somebody is connected"),
        says=gettext_noop("You know of something between the case and somebody who acts in it, or could."),
        may=_may_allege,
        fields=_connect_fields,
        do=_connect,
        follows=(gettext_noop("The judge of challenges confirms or rejects it, with reasons."), TIED),
    ),
)
