# SPDX-License-Identifier: Apache-2.0
"""What follows from an act, shown beside its form: stage, clocks and letters, before anything is sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language, gettext

from evenhand.casework.acts import Request
from evenhand.casework.follows import Follows, follows
from evenhand.casework.form_fields import Choice, Field, Given
from evenhand.casework.forms import form_of, read_form
from evenhand.casework.phrases_words import day_words, role_title, stage_title
from evenhand.procedure.previewing import letters_to_come
from evenhand.procedure.reading import Opened
from evenhand.procedure.relying import choices_for
from evenhand.store import states

NOT_YET = "…"
"""What stands for a text that is not written yet."""


def given_for(opened: Opened) -> Given:
    """What the form can offer: the items of evidence that the reader may read, by their labels."""
    items = choices_for(opened.organisation, opened.row, opened.part)
    superseded = gettext("A better source took its place; say in your reasons why you rely on it.")
    choices = (Choice(value=one.value, label=one.says, hint=superseded if one.superseded else "") for one in items)
    return Given(at=opened.at, evidence=tuple(choices))


def what_follows(opened: Opened, act: str, carries: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What follows, as far as it can be told: with `carries` what was filled in, else what the kernel would accept."""
    rule = opened.book.book.acts[act]
    read = carries if carries is not None else _anything(opened, act)
    counted = {"vote": {"for": 1, "against": 0}} if "vote" in rule.carries else {}
    request = Request(act=act, by=opened.part.role, carries={**read, **counted})
    found: Follows | None = follows(opened.book, states.of_data(opened.row.state), request, opened.at)
    if found is None or found.refused is not None:
        return {"stage": stage_title(rule.to or opened.row.stage, translate=gettext), "clocks": [], "letters": []}
    return {
        "stage": stage_title(found.stage_after, translate=gettext),
        "moves": found.stage_after != found.stage_before,
        "ends": found.ends,
        "clocks": [
            {"rule": one.rule, "day": day_words(one.last_day, translate=gettext)} for one in found.clocks_started
        ],
        "letters": [
            {
                "to": ", ".join(role_title(role, translate=gettext).lower() for role in one.to),
                "subject": one.subject,
                "lines": [line for line in one.body.splitlines() if line.strip()],
            }
            for one in letters_to_come(opened, act, read, vote="vote" in rule.carries, language=get_language() or "")
        ],
    }


def _anything(opened: Opened, act: str) -> Mapping[str, Any]:
    given = given_for(opened)
    fields = form_of(opened.book, act, opened.file, given, by=opened.part.role)
    typed = _typed(fields, opened)
    return read_form(opened.book, act, opened.file, given, fields, typed, by=opened.part.role).carries


def _typed(fields: Iterable[Field], opened: Opened) -> dict[str, list[str]]:
    today = opened.book.calendar.local_day(opened.at).isoformat()
    plain = {"text": NOT_YET, "line": NOT_YET, "lines": NOT_YET, "date": today, "yes_no": "no", "number": "1"}
    return {
        field.name: [field.choices[0].value if field.choices else plain[field.kind]]
        for field in fields
        if field.kind != "supplied"
    }
