# SPDX-License-Identifier: Apache-2.0
"""The forms of the office that enters complaints: name somebody, look up a membership, link complaints (A05, A06, A12)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop

from evenhand.casework.form_fields import Choice, Field
from evenhand.casework.phrases_words import role_title, stage_title
from evenhand.casework.refusal import Refused
from evenhand.casework.ways_in import complaining_role, respondent_role
from evenhand.procedure.checking_membership import ANSWERS, Looked, check_membership, look_up
from evenhand.procedure.finding_people import Found
from evenhand.procedure.incidents import SHOWN, by_codes, can_link, link, to_link
from evenhand.procedure.naming import name_of
from evenhand.procedure.naming_parties import administers, name_party, one_person, parts_to_name
from evenhand.procedure.reading import Opened
from evenhand.procedure.registering import Newcomer
from evenhand.store.keys import Chance
from evenhand.web.matter.door import here
from evenhand.web.matter.steps import Step

REGISTER, NEW = "register", "new"
APART = {
    "affected": gettext_noop("Who was harmed"),
    "witness": gettext_noop("Who saw or heard it"),
}
REGISTER_SAYS = {
    "member": gettext_noop("a member"),
    "no_member": gettext_noop("no member"),
    "not_known": gettext_noop("not known"),
}


def _may(opened: Opened) -> bool:
    return not opened.row.over and administers(opened.row, opened.part)


def _may_look(opened: Opened) -> bool:
    return _may(opened) and bool(look_up(here(), opened.row))


def _may_link(opened: Opened) -> bool:
    return administers(opened.row, opened.part) and can_link(opened.row, opened.part.person, at=opened.at)


def _whom(opened: Opened) -> tuple[Field, ...]:
    rules = opened.book.rulebook
    shut = (
        gettext("The respondent has been told. Enter a complaint of its own, and link the two.")
        if opened.row.told
        else ""
    )
    roles = []
    for role in parts_to_name(rules):
        label = gettext(APART[role]) if role in APART else role_title(role, translate=gettext)
        hint = gettext("Gets no access and no letter.") if role in APART else ""
        if role == complaining_role(rules):
            hint = gettext("Somebody who complains, too: reads the matter from now on, and gets its letters.")
        elif role == respondent_role(rules):
            hint = gettext("Learns it by the notice alone. From every seat they are taken off at once.")
        roles.append(Choice(value=role, label=label, hint=hint, why_not=shut if role == respondent_role(rules) else ""))
    where = (
        Choice(value=REGISTER, label=gettext("In the register")),
        Choice(value=NEW, label=gettext("Not in the register: enter them as they are called")),
    )
    return (
        Field(item="role", name="role", kind="choice", label=gettext("As what?"), choices=tuple(roles)),
        Field(
            item="who", name="who", kind="line", label=gettext("Who is it?"),
            hint=gettext("A member number, an e-mail address, or the whole name."),
        ),
        Field(
            item="where", name="where", kind="choice", label=gettext("Where are they known?"), choices=where,
            initial=(REGISTER,),
        ),
    )  # fmt: skip


def _name(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    who: str | Newcomer
    if read["where"] == NEW:
        who = Newcomer(name=read["who"])
    else:
        found: Found = one_person(here(), read["who"], at=at)
        who = found.handle
    return name_party(
        here(), opened.row.ident, opened.part.person, role=read["role"], who=who, at=at, chance=chance, key=key
    )


def _says(one: Looked) -> str:
    words = {name: gettext(word) for name, word in REGISTER_SAYS.items()}
    asked = {"then": words[one.then], "day": one.day, "later": words[one.later], "received": one.received}
    said = gettext("By the register on {day}: {then}. On {received}, when the complaint was received: {later}.").format(
        **asked
    )
    if one.since and one.until:
        return said + " " + gettext("Member from {since} to {until}.").format(since=one.since, until=one.until)
    return said + (" " + gettext("Member since {since}.").format(since=one.since) if one.since else "")


def _looked(opened: Opened) -> tuple[Field, ...]:
    looked = look_up(here(), opened.row)
    people = tuple(Choice(value=one.pseudonym, label=name_of(here(), one.person), hint=_says(one)) for one in looked)
    first = looked[0] if len(looked) == 1 else None
    answers = tuple(Choice(value=one, label=gettext(REGISTER_SAYS[one]).capitalize()) for one in ANSWERS)
    return (
        Field(
            item="respondent", name="respondent", kind="choice", label=gettext("What the register says"), choices=people,
            initial=(first.pseudonym,) if first else (),
        ),
        Field(
            item="answer", name="answer", kind="choice", label=gettext("On the day of the conduct they were"), choices=answers,
            initial=(first.then,) if first else (),
        ),
        Field(
            item="note", name="note", kind="text", label=gettext("If the register is wrong or silent: from what do you know it?"),
            required=False,
        ),
    )  # fmt: skip


def _check(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    return check_membership(
        here(), opened.row.ident, opened.part.person, read["respondent"], answer=read["answer"], note=read["note"] or "",
        at=at, chance=chance, key=key,
    )  # fmt: skip


def _linkable(opened: Opened) -> tuple[Field, ...]:
    found = to_link(opened.row, opened.part.person, at=opened.at)
    choices = tuple(
        Choice(value=one.ident, label=one.code, hint=stage_title(one.stage, translate=gettext)) for one in found
    )
    hint = gettext("Only matters that you handle are shown, by their code names, the newest first.")
    others = Field(
        item="others", name="others", kind="choices", label=gettext("With which matters?"), hint=hint, choices=choices,
        required=len(found) < SHOWN,
    )  # fmt: skip
    if len(found) < SHOWN:
        return (others,)
    label, hint = gettext("Or with an older one"), gettext("Its code name; several with a comma between them.")
    return others, Field(item="named", name="named", kind="line", label=label, hint=hint, required=False)


def _link(opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
    named = by_codes(opened.row, opened.part.person, read.get("named") or "", at=at)
    others = [*(read["others"] or ()), *named]
    if not others:
        raise Refused("procedure/matter_linked", gettext("Choose at least one matter."))
    return link(here(), opened.row.ident, opened.part.person, others, at=at, chance=chance, key=key)


STEPS = (
    Step(
        id="name-party",
        title=gettext_noop("Name somebody in this matter"),
        says=gettext_noop("A respondent who was not known, or who else complains, was harmed, or saw it."),
        button=gettext_noop("Name them"),
        may=_may,
        fields=_whom,
        do=_name,
        follows=(
            gettext_noop(
                "Whoever is named, or is close to who is, leaves every seat from which that bars them, at once."
            ),
            gettext_noop("A complaint against somebody who complained is marked, and others take it over."),
            gettext_noop("Neither party learns who was named."),
        ),
    ),
    Step(
        id="membership",
        title=gettext_noop("Look up the membership of the respondent"),
        says=gettext_noop("Whether they were a member on the day of the conduct. Nobody is alerted."),
        button=gettext_noop("Enter what was found"),
        may=_may_look,
        fields=_looked,
        do=_check,
        follows=(gettext_noop("Whoever decides in this matter reads it; the parties do not."),),
    ),
    Step(
        id="link",
        title=gettext_noop("Link complaints about one incident"),
        says=gettext_noop("Each keeps its clock, its letters and its place in the statistics."),
        button=gettext_noop("Link them"),
        may=_may_link,
        fields=_linkable,
        do=_link,
        follows=(
            gettext_noop("Only who has a seat in both reads the code name of the other."),
            gettext_noop("The parties learn nothing of it."),
        ),
    ),
)
"""In the order in which they are offered."""
