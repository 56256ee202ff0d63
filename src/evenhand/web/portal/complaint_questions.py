# SPDX-License-Identifier: Apache-2.0
"""What somebody who complains is asked: danger first, for whom, what happened, whom it harmed, whom it is about, who they are.

No clause is asked for (M18). Who was harmed, who complains and who saw it are three questions (A05), and by which act of
the rulebook the complaint is made is told from what that act carries (A04, M06).
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evenhand.casework.form_fields import Choice, Field
from evenhand.casework.phrases_words import act_says, act_title
from evenhand.casework.ways_in import complaining_role, for_others, opening_act, organisation_role, ways_in
from evenhand.procedure.opening import may_raise
from evenhand.procedure.reading import holders_named
from evenhand.rulebook.model import Act
from evenhand.store import books
from evenhand.web import clock
from evenhand.web.accounts.access import reader
from evenhand.web.matter.door import here
from evenhand.web.matter.questions import Question, Typed, once

BOOK = "discipline"
MOST = 20
"""So many people can be named in one answer; whoever else there is stands in the account."""
ME, THEM, SOMEBODY, NOBODY = "me", "them", "somebody", "nobody"


def ways_of(request: HttpRequest) -> list[tuple[str, Act]]:
    """The ways in which this reader can complain: the role, and the act of the rulebook."""
    return once(request, "ways", lambda: _ways(request))


def _ways(request: HttpRequest) -> list[tuple[str, Act]]:
    now = clock.now()
    rules = books.in_force(now)
    roles = [complaining_role(rules)]
    if may_raise(rules, reader(request).person, now):
        roles.append(organisation_role(rules))
    return [(role, act) for role in roles for act in ways_in(rules.books[BOOK], role)]


def way_of(request: HttpRequest, typed: Typed) -> tuple[str, Act]:
    """The way that was chosen, or the first."""
    ways = ways_of(request)
    chosen = (typed.get("way") or [""])[0]
    return next((way for way in ways if _value(way) == chosen), ways[0])


def act_for(request: HttpRequest, typed: Typed, *, urgent: bool) -> tuple[str, Act]:
    """The role and the act by which the complaint is made: the urgent one where one of the two questions says yes (M14)."""
    role, act = way_of(request, typed)
    found = opening_act(books.in_force(clock.now()).books[BOOK], role, chosen=act.id, urgent=urgent)
    return role, found or act


def _value(way: tuple[str, Act]) -> str:
    return f"{way[0]}.{way[1].id}"


def _of_others(request: HttpRequest, typed: Typed) -> bool:
    return bool(for_others([way_of(request, typed)[1]]))


def _of_organisation(request: HttpRequest, typed: Typed) -> bool:
    return way_of(request, typed)[0] != complaining_role(books.in_force(clock.now()))


def _gives_reasons(request: HttpRequest, typed: Typed) -> bool:
    return "reasons" in way_of(request, typed)[1].carries


def _danger(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    unsafe = gettext("Would it be unsafe for anybody if the person you complain about were told now?")
    return (
        Field(item="danger", name="danger", kind="yes_no", label=gettext("Is anybody in danger?")),
        Field(item="danger", name="unsafe_to_tell", kind="yes_no", label=unsafe),
    )


def _whom(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    rules = books.in_force(clock.now())
    running = books.running(rules.digest, BOOK)
    choices, ways = [], ways_of(request)
    for role, act in ways:
        hint = ""
        if role != complaining_role(rules):
            hint = gettext(
                "You hold an office and raise it for the organisation. It is never shown or counted as a member's."
            )
        elif for_others([act]):
            hint = gettext("You speak for somebody else. The next page asks who it is and whether they agree.")
        label = act_says(running, act.id, translate=gettext).rstrip(".") or act_title(
            running, act.id, translate=gettext
        )
        choices.append(Choice(value=_value((role, act)), label=label, hint=hint))
    first = (_value(ways[0]),) if reader(request).person else ()
    body = gettext(
        "Only if a body complains: a branch, a club, a company. It need not name the people for whom it speaks."
    )
    return (
        Field(
            item="whom", name="way", kind="choice", label=gettext("The complaint is made"), choices=tuple(choices), initial=first
        ),
        Field(item="whom", name="body", kind="line", label=gettext("The name of the body"), hint=body, required=False),
    )  # fmt: skip


def _behalf(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    return (
        Field(
            item="behalf", name="for_whom", kind="lines", label=gettext("For whom do you speak?"), required=False,
            hint=gettext("A name on each line. Leave it empty if they are not to be named."),
        ),
        Field(item="behalf", name="agreed", kind="yes_no", label=gettext("Do they agree that you complain for them?")),
        Field(
            item="behalf", name="not_agreed", kind="text", required=False,
            label=gettext("If not: why could you not ask them, or why do you complain all the same?"),
        ),
    )  # fmt: skip


def _behalf_amiss(request: HttpRequest, read: Mapping[str, Any]) -> dict[str, str]:
    if len(read["for_whom"] or ()) > MOST:
        return {"for_whom": _too_many()}
    if read["agreed"] is False and not read["not_agreed"]:
        return {"not_agreed": gettext("Say in a sentence why they were not asked, or why they do not agree.")}
    return {}


def _own(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    hint = gettext("It stands in the record as a concern of the organisation, with your reasons.")
    label = gettext("Why does the organisation raise this itself?")
    return (Field(item="reasons", name="reasons", kind="text", label=label, hint=hint),)


def _account(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    hint = gettext("In your own words: what happened, when and where. You need not name a rule.")
    return (Field(item="account", name="account", kind="text", label=gettext("Your account"), hint=hint),)


def _harmed(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    choices = [
        Choice(value=SOMEBODY, label=gettext("Somebody else"), hint=gettext("Name them below.")),
        Choice(value=NOBODY, label=gettext("Nobody in particular")),
    ]
    if _of_others(request, typed):
        choices.insert(0, Choice(value=THEM, label=gettext("Those for whom I complain")))
    if not _of_organisation(request, typed):
        choices.insert(0, Choice(value=ME, label=gettext("Me")))
    return (
        Field(item="harmed", name="harmed", kind="choice", label=gettext("Who was harmed?"), choices=tuple(choices)),
        Field(
            item="harmed", name="harmed_names", kind="lines", label=gettext("If it was somebody else: their names"), required=False,
            hint=gettext("A name on each line."),
        ),
        Field(
            item="harmed", name="seen_by", kind="lines", label=gettext("Who saw or heard it?"), required=False,
            hint=gettext("A name on each line. Leave it empty if you do not know."),
        ),
    )  # fmt: skip


def _harmed_amiss(request: HttpRequest, read: Mapping[str, Any]) -> dict[str, str]:
    if read["harmed"] == SOMEBODY and not read["harmed_names"]:
        return {
            "harmed_names": gettext(
                "Write the name, or a description such as “a visitor”, or choose “Nobody in particular”."
            )
        }
    return {name: _too_many() for name in ("harmed_names", "seen_by") if len(read[name] or ()) > MOST}


def _too_many() -> str:
    return gettext("Name at most {most} people here. Put the others into your account.").format(most=MOST)


def _about(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    named = [
        Choice(value=person, label=f"{name} ({offices})")
        for person, name, offices in once(request, "holders", lambda: list(holders_named(here(), clock.now())))
        if person != reader(request).person
    ]
    nobody = Choice(value="none", label=gettext("Nobody on this list"))
    hint = gettext("People who hold an office. Whoever you choose here never sees the complaint from an office.")
    return (
        Field(item="about", name="words", kind="line", label=gettext("Name or description"), required=False),
        Field(item="about", name="conduct", kind="date", label=gettext("On which day did it happen?"), required=False),
        Field(
            item="about", name="holder", kind="choice", label=gettext("Is it one of these?"), hint=hint,
            choices=(nobody, *named), initial=("none",),
        ),
    )  # fmt: skip


def _about_amiss(request: HttpRequest, read: Mapping[str, Any]) -> dict[str, str]:
    today = books.running(books.in_force(clock.now()).digest, BOOK).calendar.local_day(clock.now())
    late = (read["conduct"] or "") > today.isoformat()
    return {"conduct": gettext("This day has not come yet. Give the day on which it happened.")} if late else {}


def _you(request: HttpRequest, typed: Typed) -> tuple[Field, ...]:
    return (
        Field(
            item="you", name="name", kind="line", label=gettext("Your name"), required=False,
            hint=gettext("You may leave this empty. Then you get a code with which to come back."),
        ),
        Field(item="you", name="address", kind="line", label=gettext("Your e-mail address"), required=False),
    )  # fmt: skip


QUESTIONS = (
    Question(
        id="danger", title=_("First: is anybody in danger?"), fields=_danger,
        beside=(
            _("What a yes does"),
            _("A named person reads your complaint within one working day, and nobody is told of it before that."),
        ),
    ),
    Question(
        id="whom", title=_("For whom do you complain?"), fields=_whom,
        beside=(
            _("Anybody can complain"),
            _("For yourself, for somebody else, or for a body. What becomes of it is the same for all; it only says who speaks."),
        ),
    ),
    Question(
        id="behalf", title=_("For whom do you speak?"), fields=_behalf, asked=_of_others, amiss=_behalf_amiss,
        beside=(
            _("If you cannot ask them"),
            _("Say why: they are ill, they are afraid, you do not know them. Your complaint is entered all the same."),
        ),
    ),
    Question(
        id="own", title=_("Why does the organisation raise it?"), fields=_own, asked=_gives_reasons,
        beside=(
            _("Marked as its own"),
            _("Whoever handles it sees that no member complained. You are a party of it then, and handle no part of it."),
        ),
    ),
    Question(
        id="account", title=_("What happened?"), fields=_account,
        beside=(
            _("What helps"),
            _("What was said or done, by whom, where and when. What you do not know you may leave out."),
        ),
    ),
    Question(
        id="harmed", title=_("Whom did it harm?"), fields=_harmed, amiss=_harmed_amiss,
        beside=(
            _("Nobody is told"),
            _("Whoever you name here learns nothing of it from us now. Only who handles it reads the names."),
        ),
    ),
    Question(
        id="about", title=_("Whom is it about?"), fields=_about, amiss=_about_amiss,
        beside=(
            _("If you do not know a name"),
            _("Describe the person, or leave it empty. The case officer finds out; you need not."),
        ),
    ),
    Question(
        id="you", title=_("Who are you?"), fields=_you, asked=lambda request, typed: not reader(request).signed_in,
        beside=(
            _("Without a name"),
            _("You get a code of seven words, and with it you answer, ask and read like anybody else."),
        ),
    ),
)  # fmt: skip
"""In their order."""
