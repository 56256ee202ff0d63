# SPDX-License-Identifier: Apache-2.0
"""The form by which it is departed, with reasons, from the rulebook's default on naming who complained (B03)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop

from evenhand.casework.form_fields import Choice, Field
from evenhand.procedure.departing import complainants, depart, named_now
from evenhand.procedure.naming import name_in
from evenhand.procedure.naming_parties import administers
from evenhand.procedure.reading import Opened
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.web.matter.door import here
from evenhand.web.matter.steps import Step


def _open_to_change(opened: Opened) -> list[tuple[models.Part, bool]]:
    """Each complainant whose name can still be withheld, or can be given; and whether it is given now."""
    found = [(one, named_now(here(), opened.row, one)) for one in complainants(opened.row)]
    return [(one, named) for one, named in found if not (named and opened.row.told)]


def _may(opened: Opened) -> bool:
    if opened.row.over or not administers(opened.row, opened.part):
        return False
    return bool(_open_to_change(opened))


def _fields(opened: Opened) -> tuple[Field, ...]:
    choices = tuple(
        Choice(
            value=one.pseudonym,
            label=(gettext("Withhold {name}") if named else gettext("Give {name}")).format(name=name_in(here(), one)),
            hint=gettext("By the rules the other side reads this name.")
            if named
            else gettext("As it stands the other side does not read this name."),
        )
        for one, named in _open_to_change(opened)
    )
    hint = gettext(
        "Both sides can read that there is a departure; the reasons are read by who complained and by the seats."
    )
    return (
        Field(item="whose", name="whose", kind="choice", label=gettext("Whose name?"), choices=choices),
        Field(
            item="wished", name="wished", kind="yes_no", label=gettext("Do they wish it?"),
            hint=gettext("A name that the rules withhold is given only where they do."),
        ),
        Field(item="reasons", name="reasons", kind="text", label=gettext("Reasons"), hint=hint),
    )  # fmt: skip


def _do(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    named = {one.pseudonym: named for one, named in _open_to_change(opened)}.get(read["whose"], False)
    return depart(
        here(), opened.row.ident, opened.part.person, read["whose"], named=not named, wished=bool(read["wished"]),
        reasons=read["reasons"], at=at, chance=chance, key=key,
    )  # fmt: skip


STEPS = (
    Step(
        id="identity",
        title=gettext_noop("Depart from the rule on naming who complained"),
        says=gettext_noop("Give a name that the rules withhold, or withhold one that they give, with reasons."),
        button=gettext_noop("Enter the departure"),
        may=_may,
        fields=_fields,
        do=_do,
        follows=(
            gettext_noop("It holds for this person in this matter; for everybody else the rules hold."),
            gettext_noop("A name that the other side has read cannot be withheld any more."),
        ),
    ),
)
"""In the order in which they are offered."""
