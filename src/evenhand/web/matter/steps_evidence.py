# SPDX-License-Identifier: Apache-2.0
"""Steps about evidence: withholding an item from a party, and putting a better source in its place (E04, E05, E06)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from evenhand.casework.form_fields import Choice, Field
from evenhand.casework.phrases_words import act_title, role_title
from evenhand.evidence.kinds import GROUNDS
from evenhand.procedure import evidencing
from evenhand.procedure.confiding import COMPANION
from evenhand.procedure.custody import rested_on
from evenhand.procedure.naming import name_in
from evenhand.procedure.reading import Opened
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.web.matter.steps import Step


def _seat(opened: Opened) -> bool:
    return opened.part.kind == "seat"


def parties_of(opened: Opened) -> list[models.Part]:
    """The parties to whom an item can be given, or from whom it can be withheld."""
    parts = opened.row.parts.filter(kind="party", status="party").exclude(person="").exclude(role=COMPANION)
    return [part for part in parts.order_by("since", "pseudonym") if part.role != "respondent" or opened.row.told]


def _items(opened: Opened, *, standing: bool = False) -> tuple[Choice, ...]:
    rows = {one.ident: one for one in opened.row.items.all()}
    return tuple(
        Choice(value=one.ident, label=one.says, hint=_rests(opened, rows[one.ident]) if standing else "")
        for one in evidencing.choices_for(opened.organisation, opened.row, opened.part)
        if not (standing and one.superseded)
    )


def _rests(opened: Opened, item: models.Item) -> str:
    acts = [
        act_title(opened.book, one.rule.partition(".")[2], translate=gettext)
        for one in rested_on(opened.organisation, opened.row, item)
    ]
    return gettext("On it rests: {acts}").format(acts=", ".join(acts)) if acts else ""


def _restrict_fields(opened: Opened) -> tuple[Field, ...]:
    people = tuple(
        Choice(
            value=one.pseudonym,
            label=f"{name_in(opened.organisation, one)}, {role_title(one.role, translate=gettext).lower()}",
        )
        for one in parties_of(opened)
    )
    grounds = tuple(Choice(value=one, label=gettext(says)) for one, says in GROUNDS.items())
    why = gettext("Both sides read ground and reasons, so do not repeat what is withheld.")
    until = gettext("The last day. Leave it empty where it has no end.")
    return (
        Field(item="item", name="item", kind="choice", label=gettext("Which item?"), choices=_items(opened)),
        Field(item="to", name="to", kind="choice", label=gettext("From whom?"), choices=people),
        Field(item="ground", name="ground", kind="choice", label=gettext("On which ground?"), choices=grounds),
        Field(item="reasons", name="reasons", kind="text", label=gettext("Reasons"), hint=why),
        Field(item="until", name="until", kind="date", label=gettext("Until when?"), hint=until, required=False),
    )


def _restrict(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> None:
    until = date.fromisoformat(read["until"]) if read["until"] else None
    evidencing.restrict(
        opened.organisation, opened.row.ident, opened.part.person, read["item"], read["to"], ground=read["ground"],
        reasons=read["reasons"], until=until, at=at, chance=chance, key=key,
    )  # fmt: skip


def _supersede_fields(opened: Opened) -> tuple[Field, ...]:
    items = _items(opened, standing=True)
    plain = tuple(Choice(value=one.value, label=one.label) for one in items)
    return (
        Field(item="item", name="item", kind="choice", label=gettext("Which item gives way?"), choices=items),
        Field(item="better", name="better", kind="choice", label=gettext("Which is the better source?"), choices=plain),
        Field(item="reasons", name="reasons", kind="text", label=gettext("Why is it the better source?")),
    )


def _supersede(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> None:
    evidencing.supersede(
        opened.organisation, opened.row.ident, opened.part.person, read["item"], read["better"], reasons=read["reasons"],
        at=at, chance=chance, key=key,
    )  # fmt: skip


STEPS = (
    Step(
        id="restrict",
        title=_("Withhold an item from a party"),
        says=_("On one of four grounds, with reasons, and for as long as it is needed."),
        may=lambda opened: _seat(opened) and opened.row.items.exists() and bool(parties_of(opened)),
        fields=_restrict_fields,
        do=_restrict,
        follows=(
            _("The party can read the item no longer; both sides read that it is withheld, on which ground and why."),
            _("A decision that rests on it has to say so."),
        ),
    ),
    Step(
        id="supersede",
        title=_("Put a better source in the place of an item"),
        says=_("A recording takes the place of a report. Both stay readable."),
        may=lambda opened: _seat(opened) and opened.row.items.filter(superseded="").count() > 1,
        fields=_supersede_fields,
        do=_supersede,
        follows=(
            _(
                "What rested on the item is listed on its page. Nothing reopens by itself: ask for a review where one is due."
            ),
            _("Whoever relies on it from now on has to say why."),
        ),
    ),
)
