# SPDX-License-Identifier: Apache-2.0
"""The form of an act, made from what the act carries."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evenhand.casework.file import CaseFile
from evenhand.casework.form_fields import Choice, Field, Given, Read
from evenhand.casework.form_reading import read_fields
from evenhand.casework.phrases_words import FINDINGS, title_of
from evenhand.casework.running_book import RunningBook

SUPPLIED = frozenset(("notice", "vote"))
"""What the software fills in: how the notice goes out, and how the votes were counted."""
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
    """The fields of an act's form, in the order in which the act carries things."""
    found: list[Field] = []
    for item in book.book.acts[act].carries:
        if item in SUPPLIED or item in given.supplied:
            found.append(Field(item=item, name=item, kind="supplied", label=title_of(item, translate=translate)))
        else:
            found += _fields(book, item, file, given, translate)
    return tuple(found)


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
        case "hearing":
            about = say("The hearing")
            return [
                Field(item=item, name="hearing_date", kind="date", label=say("On which day"), group=about),
                Field(item=item, name="hearing_place", kind="line", label=say("Where, or by which link"), group=about),
            ]
        case "receipt":
            return [Field(item=item, name="received", kind="date", label=say("On which day it was received"))]
        case "expiry":
            hint = say("It ends by itself on this day, and not later than the rulebook allows.")
            return [Field(item=item, name=item, kind="date", label=say("Until which day"), hint=hint)]
        case "person":
            if given.people:
                return [Field(item=item, name=item, kind="choice", label=say("Who"), choices=given.people)]
            return [Field(item=item, name=item, kind="line", label=say("Who"), hint=say(PEOPLE))]
        case "count":
            hint = say("One choice a line, with its number: for 12")
            return [Field(item=item, name=item, kind="lines", label=say("The count"), hint=hint)]
    hint = say("One a line.")
    return [Field(item=item, name=item, kind="lines", label=title_of(item, translate=say), hint=hint)]


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
    clauses = [one.clause for one in file.allegations] or list(book.rulebook.code)
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
        for clause in clauses
    ]


def _tariff(book: RunningBook, file: CaseFile, say: Callable[[str], str]) -> list[Field]:
    rules, about = book.rulebook, say("The sanction")
    kinds = tuple(
        Choice(value=one.id, label=title_of(one.id, translate=say), hint=say(one.max) if one.max else "")
        for one in rules.sanctions.values()
    )
    clauses = tuple(
        Choice(value=clause, label=clause) for clause in ([one.clause for one in file.allegations] or rules.code)
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
    """What the act carries, from what was typed; nothing of `data` is changed."""
    supplied: dict[str, Any] = {"notice": {"how": next(iter(book.rulebook.calendar.service), "portal")}} | dict(
        given.supplied
    )
    return read_fields(book, act, file.matter, given.at, fields, data, supplied=supplied, by=by, translate=translate)
