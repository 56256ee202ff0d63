# SPDX-License-Identifier: Apache-2.0
"""The form by which a matter says that it was open before this record began, and takes up what was entered of it (M12)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop

from evenhand.casework.form_fields import Choice, Field
from evenhand.procedure.before_the_record import old_matters
from evenhand.procedure.naming_parties import administers
from evenhand.procedure.reading import Opened
from evenhand.procedure.taking_up import keeps_old_matters, take_up
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.web.matter.door import here
from evenhand.web.matter.steps import Step


def _may(opened: Opened) -> bool:
    if opened.row.before or opened.row.over or not administers(opened.row, opened.part):
        return False
    there = models.Matter.objects.filter(before=True, book="", over=False).exists()
    return there and bool(keeps_old_matters(opened.part.person, opened.at))


def _fields(opened: Opened) -> tuple[Field, ...]:
    choices = tuple(
        Choice(
            value=one.row.ident,
            label=one.reference,
            hint=gettext("Received {day}; known from {source}.").format(day=one.received, source=one.source),
        )
        for one in old_matters(here())
        if not one.row.over and one.reference
    )
    label = gettext("Which of the matters from before is it?")
    return (Field(item="old", name="old", kind="choice", label=label, choices=choices),)


def _do(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    return take_up(here(), opened.row.ident, opened.part.person, read["old"], at=at, chance=chance, key=key)


STEPS = (
    Step(
        id="before",
        title=gettext_noop("Say that this matter was open before the record"),
        says=gettext_noop("It takes up one that was entered as open before; that one is closed by it."),
        button=gettext_noop("Take it up"),
        may=_may,
        fields=_fields,
        do=_do,
        follows=(
            gettext_noop("Its page and its letters say that it is older than the record, and when it was received."),
            gettext_noop("Clocks run by the rules, from the day that was entered; what was late before is not undone."),
        ),
    ),
)
"""In the order in which they are offered."""
