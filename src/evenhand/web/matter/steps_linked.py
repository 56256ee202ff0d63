# SPDX-License-Identifier: Apache-2.0
"""The forms by which a matter is opened that names this one: objecting to a person, reopening, an appeal of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop

from evenhand.casework.file import file_of
from evenhand.casework.form_fields import Choice, Field, Given
from evenhand.casework.forms import form_of
from evenhand.casework.phrases_words import day_words, role_title
from evenhand.casework.routes import Kind, grounds_listed
from evenhand.procedure.challenging import Holder, holders_of, object_to, way_to_challenge
from evenhand.procedure.linking import Way, ways
from evenhand.procedure.reading import Opened
from evenhand.procedure.reopening import ask
from evenhand.store import books
from evenhand.store.keys import Chance
from evenhand.web.matter.door import here
from evenhand.web.matter.steps import Do, Step


def way_of(opened: Opened, kind: Kind) -> Way | None:
    """The way of a kind that leads out of the matter for its reader, open or not; None where the rules give none."""
    return next((one for one in ways(opened.row, opened.part, opened.at) if one.kind == kind), None)


def _may_object(opened: Opened) -> bool:
    way = way_to_challenge(opened.row, opened.part, opened.at)
    if way is None or way.why is not None or opened.part.kind != "party":
        return False
    return any(not one.open for one in holders_of(opened.organisation, opened.row, opened.part))


def _objection(opened: Opened) -> tuple[Field, ...]:
    holders = holders_of(opened.organisation, opened.row, opened.part)
    choices = tuple(
        Choice(
            value=one.pseudonym,
            label=f"{one.name}, {role_title(one.role, translate=gettext).lower()}",
            hint=_until(opened, one),
            why_not=gettext("Your objection to this person is open already.") if one.open else "",
        )
        for one in holders
    )
    return (
        Field(item="person", name="who", kind="choice", label=gettext("To whom do you object?"), choices=choices),
        Field(
            item="grounds", name="grounds", kind="text", label=gettext("Why"),
            hint=gettext("Say what connects this person with the matter or with somebody in it. Everybody in it reads this."),
        ),
        Field(
            item="late", name="late", kind="text", required=False,
            label=gettext("Only after the last day: which fact could you not have known, and since when do you know it?"),
        ),
    )  # fmt: skip


def _until(opened: Opened, one: Holder) -> str:
    if one.last is None:
        return gettext("The time to object has not begun yet.")
    day = day_words(one.last, translate=gettext)
    if opened.book.calendar.local_day(opened.at) > one.last:
        return gettext("The last day to object was {day}.").format(day=day)
    return gettext("You can object until {day}.").format(day=day)


def _object(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    return object_to(
        here(), opened.row.ident, opened.part.person, str(read["who"]), grounds=str(read["grounds"]),
        late=str(read["late"] or ""), at=at, chance=chance, key=key,
    )  # fmt: skip


def _again(kind: Kind, **words: Any) -> Step:
    """The form that asks others to look at the matter again, in a matter of its own."""

    def may(opened: Opened) -> bool:
        way = way_of(opened, kind)
        return way is not None and way.why is None

    def fields(opened: Opened) -> tuple[Field, ...]:
        way = way_of(opened, kind)
        if way is None:
            return ()
        book = books.running(way.rules.digest, way.route.book)
        asked = form_of(
            book, way.route.act, file_of(book, ()), Given(at=opened.at), by=opened.part.role, translate=gettext
        )
        return (*_grounds(way), *(field for field in asked if field.kind != "supplied"))

    def do(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
        way = way_of(opened, kind)
        route = way.route if way is not None else None
        items = {name: value for name, value in read.items() if name != "ground" and value is not None}
        return ask(
            here(), opened.row.ident, opened.part.person, book=route.book if route else "", act=route.act if route else "",
            ground=str(read.get("ground") or ""), carries=items, at=at, chance=chance, key=key,
        )  # fmt: skip

    does: Do = do
    return Step(may=may, fields=fields, do=does, **words)


def _grounds(way: Way) -> tuple[Field, ...]:
    listed = grounds_listed(way.rules, way.route.book)
    if not listed:
        return ()
    choices = tuple(Choice(value=one, label=gettext(one)) for one in listed)
    hint = gettext("The rules list the grounds; there is no other.")
    return (
        Field(
            item="ground", name="ground", kind="choice", label=gettext("On which ground?"), hint=hint, choices=choices
        ),
    )


STEPS = (
    Step(
        id="object",
        title=gettext_noop("Object to a person who acts in it"),
        says=gettext_noop("Others rule on it with reasons. Meanwhile the person does not act in this matter."),
        may=_may_object,
        fields=_objection,
        do=_object,
        follows=(
            gettext_noop("A small matter of its own begins. You are a party of it, and so is the person to whom you object."),
            gettext_noop("The other side is a party of it, too, if it knows of this matter."),
            gettext_noop("Somebody with no part in this matter rules on it."),
        ),
        button=gettext_noop("Object"),
    ),
    _again(
        "reopening",
        id="reopen",
        title=gettext_noop("Ask to reopen it"),
        says=gettext_noop("People who did not decide it look at it again, on a ground that the rules list."),
        follows=(
            gettext_noop("A matter of its own begins, and the parties of this one are parties of it."),
            gettext_noop("What was decided stands until they decide otherwise."),
        ),
        button=gettext_noop("Ask to reopen it"),
    ),
    _again(
        "appeal",
        id="appeal",
        title=gettext_noop("Appeal to other people"),
        says=gettext_noop("The appeal is a matter of its own, before people who did not decide."),
        follows=(gettext_noop("A matter of its own begins, and the parties of this one are parties of it."),),
        button=gettext_noop("Appeal"),
    ),
)  # fmt: skip
