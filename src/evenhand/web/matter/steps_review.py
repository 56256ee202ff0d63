# SPDX-License-Identifier: Apache-2.0
"""The form by which a party asks that it be decided what becomes of a decision that others look at again (D11)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop

from evenhand.casework.form_fields import Choice, Field
from evenhand.casework.phrases_words import act_title, day_words
from evenhand.procedure.asking_again import ask_again, can_be_asked
from evenhand.procedure.reading import Opened
from evenhand.store.keys import Chance
from evenhand.web.matter.steps import Step


def _may(opened: Opened) -> bool:
    return opened.part.kind == "party" and bool(can_be_asked(opened.organisation, opened.row, opened.part))


def _fields(opened: Opened) -> tuple[Field, ...]:
    calendar = opened.book.calendar
    choices = tuple(
        Choice(
            value=entry.leaf,
            label=act_title(opened.book, entry.rule.partition(".")[2], translate=gettext),
            hint=day_words(calendar.local_day(entry.at), translate=gettext),
        )
        for entry in can_be_asked(opened.organisation, opened.row, opened.part)
    )
    return (
        Field(item="decision", name="decision", kind="choice", label=gettext("Which decision?"), choices=choices),
        Field(
            item="reasons", name="reasons", kind="text", label=gettext("Why should others look at it again?"),
            hint=gettext("Everybody with a part in this case reads it."),
        ),
    )  # fmt: skip


def _ask(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    where = (opened.organisation, opened.row.ident, opened.part.person)
    return ask_again(*where, str(read["decision"]), str(read["reasons"]), at=at, chance=chance, key=key)


STEPS = (
    Step(
        id="look-again",
        title=gettext_noop("Ask that others decide about it"),
        says=gettext_noop(
            "You were told that others look at a decision again. You can ask that they say what becomes of it."
        ),
        may=_may,
        fields=_fields,
        do=_ask,
        follows=(
            gettext_noop("Two people who were not on it say within twenty working days what becomes of the decision."),
        ),
        button=gettext_noop("Ask"),
    ),
)
