# SPDX-License-Identifier: Apache-2.0
"""What an officer is asked who enters a letter, an e-mail or what somebody said: the words as they came, and who is in it.

The day of receipt comes first, because the clocks run from it (M15). Names are looked up in the register; whoever is not in
it is entered as they are called.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evenhand.casework.form_fields import Choice, Field
from evenhand.procedure.finding_people import MOST, Found, find_people
from evenhand.store import books
from evenhand.web import clock
from evenhand.web.matter.door import here
from evenhand.web.matter.questions import Question, Typed

NEW = "new"
CHANNELS = {"post": _("By post"), "e-mail": _("By e-mail"), "spoken": _("Spoken, in person or by telephone")}
MOST_NAMED = 20


def _came(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    choices = tuple(Choice(value=value, label=str(label)) for value, label in CHANNELS.items())
    hint = gettext("The day on which it reached the organisation, not the day on which you enter it.")
    return (
        Field(item="came", name="channel", kind="choice", label=gettext("How did it come?"), choices=choices),
        Field(item="came", name="received", kind="date", label=gettext("On which day was it received?"), hint=hint),
    )


def _not_to_come(name: str) -> Callable[[HttpRequest, Mapping[str, Any]], dict[str, str]]:
    def amiss(request: HttpRequest, read: Mapping[str, Any]) -> dict[str, str]:
        now = clock.now()
        today = books.running(books.in_force(now).digest, "discipline").calendar.local_day(now)
        return {name: gettext("This day has not come yet.")} if (read[name] or "") > today.isoformat() else {}

    return amiss


def _words(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    hint = gettext("Their own words, complete. What you think of it has no place here.")
    return (Field(item="account", name="account", kind="text", label=gettext("The words as they came"), hint=hint),)


def _danger(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    unsafe = gettext("Would it be unsafe for anybody if the person complained about were told now?")
    return (
        Field(item="danger", name="danger", kind="yes_no", label=gettext("Is anybody in danger?")),
        Field(item="danger", name="unsafe_to_tell", kind="yes_no", label=unsafe),
    )


def _who(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    return (
        Field(
            item="who", name="complainant", kind="line", label=gettext("Who complains?"), required=False,
            hint=gettext("A member number, an e-mail address or a name; the register is searched. Empty: they gave no name."),
        ),
        Field(
            item="who", name="address", kind="line", label=gettext("Their e-mail address"), required=False,
            hint=gettext("Only for somebody who is not in the register. Their letters go there."),
        ),
    )  # fmt: skip


def _about(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    return (
        Field(
            item="about", name="respondent", kind="line", label=gettext("Whom does it concern?"), required=False,
            hint=gettext("A member number, an e-mail address or a name. Empty: nobody is named, or it is not known yet."),
        ),
        Field(item="about", name="words", kind="line", label=gettext("How the letter describes them"), required=False),
        Field(item="about", name="conduct", kind="date", label=gettext("On which day did it happen?"), required=False),
    )  # fmt: skip


def _others(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    hint = gettext("A name on each line. They are told nothing, and see nothing.")
    return (
        Field(
            item="others", name="harmed_names", kind="lines", label=gettext("Who was harmed?"), required=False, hint=hint
        ),
        Field(item="others", name="seen_by", kind="lines", label=gettext("Who saw or heard it?"), required=False, hint=hint),
    )  # fmt: skip


def _others_amiss(request: HttpRequest, read: Mapping[str, Any]) -> dict[str, str]:
    says = gettext("Name at most {most} people here. Put the others into the words as they came.").format(
        most=MOST_NAMED
    )
    return {name: says for name in ("harmed_names", "seen_by") if len(read[name] or ()) > MOST_NAMED}


def found_for(typed: Typed, name: str) -> list[Found]:
    """Who of the register may be meant by what was typed into a field."""
    return find_people(here(), (typed.get(name) or [""])[0], at=clock.now())


def _which(name: str, label: Any) -> Callable[[HttpRequest, Typed], tuple[Field, ...]]:
    def fields(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
        found = found_for(typed, name)
        choices = [Choice(value=one.handle, label=one.name, hint=in_words(one)) for one in found]
        nobody = gettext("Nobody of these: {name}, who is not in the register").format(
            name=(typed.get(name) or [""])[0]
        )
        hint = (
            gettext("There are more than are shown. Go back and type a fuller name, or a number.")
            if len(found) >= MOST
            else ""
        )
        return (
            Field(
                item=name, name=f"{name}_is", kind="choice", label=str(label), hint=hint,
                choices=(*choices, Choice(value=NEW, label=nobody)),
            ),
        )  # fmt: skip

    return fields


def in_words(one: Found) -> str:
    """What tells somebody of the register from who has the same name."""
    said = [gettext("Number {number}.").format(number=one.number)] if one.number else []
    if one.since and one.until:
        said.append(gettext("Member from {since} to {until}.").format(since=one.since, until=one.until))
    elif one.since:
        said.append(gettext("Member since {since}.").format(since=one.since))
    return " ".join(said)


def _some(name: str) -> Callable[[HttpRequest, Typed], bool]:
    return lambda request, typed: bool(found_for(typed, name))


QUESTIONS = (
    Question(
        id="came", title=_("How and when it came"), fields=_came, amiss=_not_to_come("received"),
        beside=(_("Two days"), _("The clocks run from the day received. The days until it is entered are counted.")),
    ),
    Question(
        id="words", title=_("What it says"), fields=_words,
        beside=(_("A letter on paper"), _("Enter the words here. Hand the letter itself in as evidence when the matter is open.")),
    ),
    Question(
        id="danger", title=_("Is anybody in danger?"), fields=_danger,
        beside=(_("What a yes does"), _("A named person reads it within one working day. If the words leave it open, say yes.")),
    ),
    Question(
        id="who", title=_("Who complains"), fields=_who,
        beside=(_("Without a name"), _("It is entered all the same, and you get a code of seven words to hand over.")),
    ),
    Question(
        id="who-is", title=_("Which of them complains?"), fields=_which("complainant", _("In the register")),
        asked=_some("complainant"),
        beside=(_("If you are not sure"), _("Choose the last one. A wrong person would read all of the matter.")),
    ),
    Question(
        id="about", title=_("Whom it concerns"), fields=_about, amiss=_not_to_come("conduct"),
        beside=(_("They are told nothing"), _("They learn it by the notice alone, and are left out of every seat at once.")),
    ),
    Question(
        id="about-is", title=_("Which of them does it concern?"), fields=_which("respondent", _("In the register")),
        asked=_some("respondent"),
        beside=(_("If you are not sure"), _("Choose the last one. You can name them in the matter later, once you know.")),
    ),
    Question(
        id="others", title=_("Whom it harmed, and who saw it"), fields=_others, amiss=_others_amiss,
        beside=(_("Kept apart"), _("Who complains, who was harmed and who saw it are three roles.")),
    ),
)  # fmt: skip
"""In their order."""
