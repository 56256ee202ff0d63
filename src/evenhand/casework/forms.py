# SPDX-License-Identifier: Apache-2.0
"""The form of an act, made from what the act carries."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evenhand.casework.file import CaseFile
from evenhand.casework.form_days import days_of, first_hearing
from evenhand.casework.form_fields import Choice, Field, Given, Read
from evenhand.casework.form_reading import read_fields
from evenhand.casework.phrases_words import FINDINGS, day_words, title_of
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import START, Rulebook

TEXTS = {
    "account": ("What happened", "In your own words: what, when and where. You need not name a rule."),
    "grounds": ("Why you ask for this", "Say what is wrong, as you see it."),
    "reasons": ("Your reasons", "Both sides read this. Answer what they said; say what it rests on."),
    "proportionality": (
        "Why nothing milder would do",
        "Name what milder step was considered, and why it would not do.",
    ),
    "statement": ("The statement", "As it is to stand in the file."),
    "request": ("What is asked", "Say what is asked for, and by when."),
    "text": ("The text", "In the exact words that are to be voted on or adopted."),
    "response": ("The answer", "Answer each theme that was raised."),
}
"""Label and hint of each item that is free text."""
PEOPLE = "Name who it is."


def form_of(
    book: RunningBook, act: str, file: CaseFile, given: Given, *, by: str, translate: Callable[[str], str] = str
) -> tuple[Field, ...]:
    """The fields of an act's form, in the order in which the act carries things; `by` is the role that asks.

    The software fills in how the notice goes out, and the vote of a body once its members have voted.
    """
    found: list[Field] = []
    for item in book.book.acts[act].carries:
        if item in given.supplied or item == "notice" or (item == "vote" and _votes_by_itself(book, by)):
            found.append(Field(item=item, name=item, kind="supplied", label=title_of(item, translate=translate)))
        elif item == "consent" and _consents(book, act, by):
            found.append(_own_consent(by, translate))
        else:
            found += _days(book, act, item, file, given, by, translate) or _fields(book, item, file, given, translate)
    return tuple(found)


def _days(
    book: RunningBook, act: str, item: str, file: CaseFile, given: Given, by: str, say: Callable[[str], str]
) -> list[Field]:
    """The fields of an item that is a day, each with the days that the rulebook takes."""
    today, carries = book.calendar.local_day(given.at), {"notice": _notice(book)}
    match item:
        case "hearing":
            about, hint = say("The hearing"), ""
            first = first_hearing(book, act, by, given.at, carries)
            if first is not None:
                hint = say("Not before {day}, or it cannot be held.").format(day=day_words(first, translate=say))
            return [
                Field(item=item, name="hearing_date", kind="date", label=say("On which day"), hint=hint, group=about),
                Field(item=item, name="hearing_place", kind="line", label=say("Where, or by which link"), group=about),
            ]
        case "receipt":
            hint = say("The clocks count from this day, so that nobody loses the days on which it lay somewhere.")
            label, initial = say("On which day it was received"), (today.isoformat(),)
            return [Field(item=item, name="received", kind="date", label=label, hint=hint, initial=initial)]
        case "expiry":
            last = days_of(book, file.matter, act, by, given.at, carries).last
            hint = say("It ends by itself on this day, and not later than the rulebook allows.")
            if last is not None:
                hint = say("It ends by itself on this day; {day} at the latest.").format(
                    day=day_words(last, translate=say)
                )
            return [Field(item=item, name=item, kind="date", label=say("Until which day"), hint=hint)]
    return []


def _notice(book: RunningBook) -> dict[str, str]:
    """How a notice goes out unless something else is said: on the portal, or by the first way that the rulebook knows."""
    channels = book.rulebook.calendar.service
    how = "portal" if "portal" in channels else next(iter(channels), None)
    return {"how": how} if how else {}


def _votes_by_itself(book: RunningBook, by: str) -> bool:
    """Whether the role is a body whose members vote here; the vote of an assembly is counted elsewhere and entered."""
    return book.rulebook.roles[by].seats > 1


def _consents(book: RunningBook, act: str, by: str) -> bool:
    """Whether what is recorded is the consent of the party who acts; who opens a matter for others names them."""
    return book.rulebook.roles[by].kind == "party" and START not in book.book.acts[act].stages


def _own_consent(by: str, say: Callable[[str], str]) -> Field:
    choice = Choice(value=by, label=say("I agree, and nobody has pressed me to."))
    hint = say("If you do not agree, do not send this.")
    return Field(
        item="consent", name="consent", kind="choices", label=say("Your consent"), hint=hint, choices=(choice,)
    )


def _fields(book: RunningBook, item: str, file: CaseFile, given: Given, say: Callable[[str], str]) -> list[Field]:
    if item in TEXTS:
        label, hint = TEXTS[item]
        return [Field(item=item, name=item, kind="text", label=say(label), hint=say(hint))]
    match item:
        case "clauses":
            return [_clauses(book, file, say)]
        case "evidence":
            return [_evidence(given, say)]
        case "finding":
            return _findings(book, file, say)
        case "tariff":
            return _tariff(book, file, say)
        case "danger":
            return _danger(say)
        case "person":
            if given.people:
                return [Field(item=item, name=item, kind="choice", label=say("Who"), choices=given.people)]
            return [Field(item=item, name=item, kind="line", label=say("Who"), hint=say(PEOPLE))]
        case "count":
            hint = say("One choice a line, with its number: for 12")
            initial = tuple(file.candidates)
            lines = ("\n".join(f"{name} 0" for name in initial),) if initial else ()
            return [Field(item=item, name=item, kind="lines", label=say("The count"), hint=hint, initial=lines)]
        case "vote":
            return _votes(say)
    hint = say("One a line.")
    return [Field(item=item, name=item, kind="lines", label=title_of(item, translate=say), hint=hint)]


def _votes(say: Callable[[str], str]) -> list[Field]:
    asked = (("for", say("For")), ("against", say("Against")), ("abstaining", say("Abstaining")))
    about = say("The vote")
    return [
        Field(item="vote", name=f"vote_{part}", kind="number", label=label, group=about, required=part != "abstaining")
        for part, label in asked
    ]


def _judged(book: RunningBook, file: CaseFile) -> tuple[str, ...]:
    """The clauses on which there is a finding: those charged, or those alleged where nothing is charged, or all."""
    charged = tuple(one.clause for one in file.allegations if one.charged is not None)
    return charged or tuple(one.clause for one in file.allegations) or tuple(book.rulebook.code)


def _clauses(book: RunningBook, file: CaseFile, say: Callable[[str], str]) -> Field:
    code = book.rulebook.code
    choices = tuple(Choice(value=one.id, label=f"{one.id}: {' '.join(one.text.split())}") for one in code.values())
    chosen = tuple(one.clause for one in file.allegations)
    hint = say("One allegation for each rule; each gets its own finding.")
    return Field(
        item="clauses",
        name="clauses",
        kind="choices",
        label=say("Which rules"),
        hint=hint,
        choices=choices,
        initial=chosen,
    )


def _evidence(given: Given, say: Callable[[str], str]) -> Field:
    label, hint = say("What it rests on"), say("Only what is in the file can be relied on.")
    if given.evidence:
        return Field(item="evidence", name="evidence", kind="choices", label=label, hint=hint, choices=given.evidence)
    return Field(item="evidence", name="evidence", kind="lines", label=label, hint=say("Name each item, one a line."))


def _findings(book: RunningBook, file: CaseFile, say: Callable[[str], str]) -> list[Field]:
    choices = tuple(Choice(value=value, label=say(label)) for value, label in FINDINGS.items())
    return [
        Field(
            item="finding",
            name=f"finding_{clause}",
            kind="choice",
            label=f"{clause}: {' '.join(book.rulebook.code[clause].text.split())}",
            choices=choices,
            required=bool(file.allegations),
            group=say("The finding on each allegation"),
        )
        for clause in _judged(book, file)
    ]


def _tariff(book: RunningBook, file: CaseFile, say: Callable[[str], str]) -> list[Field]:
    rules, about = book.rulebook, say("The sanction")
    kinds = tuple(
        Choice(value=one.id, label=title_of(one.id, translate=say), hint=say(one.max) if one.max else "")
        for one in rules.sanctions.values()
    )
    clauses = tuple(
        Choice(value=clause, label=clause, hint=_within(rules, clause, say)) for clause in _judged(book, file)
    )
    reason = say("Needed where the sanction is not one that this rule names.")
    return [
        Field(item="tariff", name="sanction", kind="choice", label=say("Which"), choices=kinds, group=about),
        Field(item="tariff", name="sanction_clause", kind="choice", label=say("Under which rule"), choices=clauses, group=about),
        Field(
            item="tariff", name="sanction_length", kind="line", label=say("How long or how much"), required=False, group=about
        ),
        Field(
            item="tariff", name="sanction_reason", kind="text", label=say("Why outside the tariff"), hint=reason,
            required=False, group=about,
        ),
    ]  # fmt: skip


def _within(rules: Rulebook, clause: str, say: Callable[[str], str]) -> str:
    names = ", ".join(title_of(one, translate=say).lower() for one in rules.code[clause].sanctions)
    return say("Its tariff: {sanctions}.").format(sanctions=names) if names else ""


def _danger(say: Callable[[str], str]) -> list[Field]:
    return [
        Field(item="danger", name="danger", kind="yes_no", label=say("Is anybody in danger?")),
        Field(
            item="danger",
            name="unsafe_to_tell",
            kind="yes_no",
            label=say("Would it be unsafe if the person complained about were told now?"),
        ),
    ]


def read_form(
    book: RunningBook,
    act: str,
    file: CaseFile,
    given: Given,
    fields: Sequence[Field],
    data: Mapping[str, Sequence[str]],
    *,
    by: str,
    translate: Callable[[str], str] = str,
) -> Read:
    """What the act carries, from what was typed; nothing of `data` is changed.

    Where there is no problem, the kernel takes what was read: `carried.fault` finds nothing in it, once the software has
    supplied what is `awaited`.
    """
    supplied: dict[str, Any] = {"notice": _notice(book), **given.supplied}
    return read_fields(book, act, file.matter, given.at, fields, data, supplied=supplied, by=by, translate=translate)
