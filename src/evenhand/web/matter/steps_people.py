# SPDX-License-Identifier: Apache-2.0
"""Steps about people: naming a companion, asking for an adjustment and answering, entering contact from outside (B06, B10, D12)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from evenhand.casework.form_fields import Choice, Field
from evenhand.casework.phrases_words import day_words, role_title
from evenhand.procedure import accompanying, adjusting, contacting
from evenhand.procedure.confiding import COMPANION
from evenhand.procedure.messaging import administers
from evenhand.procedure.naming import name_in
from evenhand.procedure.reading import Opened
from evenhand.store.keys import Chance
from evenhand.web.matter.companions import invite_by_mail
from evenhand.web.matter.steps import Step

ADJUSTMENTS = {
    "language": _("The language: an interpreter, a translation, plainer words"),
    "format": _("The format: large print, paper, something read aloud"),
    "time": _("The time: breaks, another hour, more time to read"),
    "place": _("The place: without stairs, from home, in another room than the other side"),
    "support": _("Support: somebody beside you"),
    "other": _("Something else"),
}
WAYS = {
    "in person": _("In person"),
    "telephone": _("By telephone"),
    "letter": _("By letter"),
    "e-mail": _("By e-mail"),
    "message": _("By a message or a chat"),
    "public": _("In public, on a site or in a paper"),
    "other": _("In another way"),
}
"""How somebody made contact, one for each of `contacting.KINDS`."""
ANSWERS = {"granted": _("Granted"), "partly": _("Granted in part"), "declined": _("Declined")}


def _party(opened: Opened) -> bool:
    return opened.part.kind == "party" and opened.part.role != COMPANION and not opened.row.over


def _may_name(opened: Opened) -> bool:
    return _party(opened) and not any(accompanying.companions_of(opened.part))


def _name_fields(opened: Opened) -> tuple[Field, ...]:
    hint = gettext("The invitation goes there. Leave it empty to get a link that you hand over yourself.")
    return (
        Field(item="name", name="name", kind="line", label=gettext("Their name")),
        Field(
            item="address",
            name="address",
            kind="line",
            label=gettext("Their e-mail address"),
            hint=hint,
            required=False,
        ),
    )


def _name(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> None:
    done = accompanying.name_companion(
        opened.organisation, opened.row.ident, opened.part.person, read["name"], address=read["address"] or "",
        at=at, chance=chance, key=key,
    )  # fmt: skip
    if not done.again:
        invite_by_mail(opened, at=at, chance=chance)


def _ask_fields(opened: Opened) -> tuple[Field, ...]:
    kinds = tuple(Choice(value=one, label=gettext(says)) for one, says in ADJUSTMENTS.items())
    hint = gettext("As much as you want to say. You need not give a diagnosis or a document.")
    return (
        Field(item="kind", name="kind", kind="choice", label=gettext("What is it about?"), choices=kinds),
        Field(item="words", name="words", kind="text", label=gettext("What do you need?"), hint=hint),
    )


def _ask(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> None:
    adjusting.ask_adjustment(
        opened.organisation, opened.row.ident, opened.part.person, read["kind"], read["words"],
        at=at, chance=chance, key=key,
    )  # fmt: skip


def _waiting(opened: Opened) -> list[adjusting.Adjustment]:
    return [one for one in adjusting.adjustments(opened) if not one.answer]


def _may_answer(opened: Opened) -> bool:
    return administers(opened.row, opened.part) and bool(_waiting(opened))


def _answer_fields(opened: Opened) -> tuple[Field, ...]:
    names = {part.pseudonym: name_in(opened.organisation, part) for part in opened.row.parts.filter(kind="party")}
    asked = tuple(
        Choice(
            value=one.ident,
            label=f"{names.get(one.side, '')}, {day_words(opened.book.calendar.local_day(one.at), translate=gettext)}",
            hint=f"{gettext(ADJUSTMENTS[one.kind])}. {one.words}",
        )
        for one in _waiting(opened)
    )
    first = (asked[0].value,) if len(asked) == 1 else ()
    answers = tuple(Choice(value=value, label=gettext(label)) for value, label in ANSWERS.items())
    hint = gettext("They are shown to that party. Where it is not granted, say what is done instead.")
    return (
        Field(item="which", name="which", kind="choice", label=gettext("Which request?"), choices=asked, initial=first),
        Field(item="answer", name="answer", kind="choice", label=gettext("Your answer"), choices=answers),
        Field(item="reasons", name="reasons", kind="text", label=gettext("Reasons"), hint=hint),
    )


def _answer(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> None:
    adjusting.answer_adjustment(
        opened.organisation, opened.row.ident, opened.part.person, read["which"], read["answer"], read["reasons"],
        at=at, chance=chance, key=key,
    )  # fmt: skip


def _contact_fields(opened: Opened) -> tuple[Field, ...]:
    seats = opened.row.parts.filter(kind="seat", status="sits").exclude(person="").order_by("role", "rank")
    people = tuple(
        Choice(
            value=one.pseudonym, label=f"{name_in(opened.organisation, one)}, {role_title(one.role, translate=gettext)}"
        )
        for one in seats
    )
    nobody = Choice(value="none", label=gettext("Somebody else, or it is not known"))
    kinds = tuple(Choice(value=one, label=gettext(WAYS[one])) for one in contacting.KINDS)
    today = opened.book.calendar.local_day(opened.at).isoformat()
    hint = gettext("By name, or in words where you do not know it. Only the seats read it.")
    return (
        Field(item="who", name="who", kind="line", label=gettext("Who made contact?"), hint=hint),
        Field(
            item="approached", name="approached", kind="choice", label=gettext("Who was approached?"),
            choices=(*people, nobody), initial=(opened.part.pseudonym,),
        ),
        Field(item="kind", name="kind", kind="choice", label=gettext("In which way?"), choices=kinds),
        Field(item="day", name="day", kind="date", label=gettext("On which day?"), initial=(today,)),
        Field(item="words", name="words", kind="text", label=gettext("What was said or asked?")),
    )  # fmt: skip


def _contact(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> None:
    approached = "" if read["approached"] == "none" else read["approached"]
    contacting.enter_contact(
        opened.organisation, opened.row.ident, opened.part.person, who=read["who"], kind=read["kind"],
        day=date.fromisoformat(read["day"]), words=read["words"], approached=approached, at=at, chance=chance, key=key,
    )  # fmt: skip


STEPS = (
    Step(
        id="companion",
        title=_("Name somebody to accompany you"),
        says=_(
            "They read what you read and act in nothing, until you say otherwise. The other side does not learn of it."
        ),
        may=_may_name,
        fields=_name_fields,
        do=_name,
        follows=(
            _("They get an invitation: by mail, or as a link that you hand over."),
            _("Whoever gives evidence in the case or has a seat in it cannot accompany anybody."),
        ),
    ),
    Step(
        id="adjustment",
        title=_("Ask for what you need to take part"),
        says=_("Another language, format, time or place, or support. The other side does not learn of it."),
        may=_party,
        fields=_ask_fields,
        do=_ask,
        follows=(_("You are answered with reasons. Whoever has a seat in the case reads both."),),
    ),
    Step(
        id="answer-adjustment",
        title=_("Answer a request for an adjustment"),
        says=_("Once, with reasons. The party is told that there is an answer."),
        may=_may_answer,
        fields=_answer_fields,
        do=_answer,
        follows=(_("The party and every seat read it; the other side learns nothing of it."),),
    ),
    Step(
        id="contact",
        title=_("Enter contact from outside"),
        says=_("Somebody with no part in the case spoke to somebody about it. To be approached is no wrong."),
        may=lambda opened: opened.part.kind == "seat",
        fields=_contact_fields,
        do=_contact,
        follows=(
            _("Every seat reads it, no party does. It is counted, and the number is published."),
            _("Whoever was approached has that to declare, where the rulebook says so."),
        ),
    ),
)
