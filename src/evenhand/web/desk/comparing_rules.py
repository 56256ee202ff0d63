# SPDX-License-Identifier: Apache-2.0
"""What the page of a text of rules says of it: what stops it from loading, which checks fail, what differs (I04)."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, gettext_noop

from evenhand.casework.phrases_words import in_force_words
from evenhand.rulebook.calendar import Calendar
from evenhand.rulebook.checking import check
from evenhand.rulebook.differing import Difference, differences
from evenhand.rulebook.loading import loads
from evenhand.rulebook.malformed import Malformed
from evenhand.rulebook.model import Rulebook
from evenhand.rulebook.verdicts import Verdict
from evenhand.store import books
from evenhand.web import clock

PARTS = {
    "clause": gettext_noop("Clauses of the code"),
    "act": gettext_noop("Acts"),
    "limit": gettext_noop("Limits"),
    "stage": gettext_noop("Stages"),
    "role": gettext_noop("Roles"),
    "letter": gettext_noop("Letters"),
    "sanction": gettext_noop("Sanctions"),
    "conflict": gettext_noop("Conflicts of interest"),
    "apart": gettext_noop("Who holds two parts at once"),
    "calendar": gettext_noop("The calendar"),
    "promises": gettext_noop("Promises"),
    "retention": gettext_noop("How long things are kept"),
    "fact": gettext_noop("Facts"),
    "requirement": gettext_noop("Requirements"),
    "book": gettext_noop("Procedures"),
}
"""The headings, by the part of the rules; whatever else differs stands under the last one."""
REST = gettext_noop("Other sections")
AROUND = 3
"""Lines shown before and after the one in which something is wrong."""
MOST_SHOWN = 4_000
"""Lines of a text that are shown again with their numbers; no rulebook that people read has more."""
WIDEST = 400


def findings(text: str) -> dict[str, Any]:
    """Everything that can be said of a text without entering anything; for `desk/rules_findings.html`."""
    try:
        rules = loads(text, "text")
    except Malformed as wrong:
        return {
            "wrong": wrong,
            "around": _around(text, wrong.line),
            "lines": _lines(text, {wrong.line: wrong.sentence}),
        }
    found = check(rules)
    failing = [_failing(rules, one) for one in found.checks if not one.holds]
    present = books.in_force(clock.now())
    differ = differences(books.text_of(present.digest), text)
    said = {one["line"]: f"{one['id']}: {one['says']}" for one in failing if one["line"]}
    return {
        "rules": rules,
        "failing": failing,
        "held": len({one.id for one in found.checks} - {one["id"] for one in failing}),
        "warnings": found.warnings,
        "present": present,
        "differ": list(_grouped(differ)),
        "differ_n": len(differ),
        "lines": _lines(text, said),
        "from": _from(rules),
    }


def _from(rules: Rulebook) -> str:
    if rules.in_force is None:
        return ""
    now = clock.now()
    today = Calendar(books.in_force(now).calendar).local_day(now)
    return in_force_words(rules.in_force, today, translate=gettext)


def _failing(rules: Rulebook, one: Verdict) -> dict[str, Any]:
    book = rules.books.get(one.book)
    acts = [book.acts[step.act] for step in one.run if book is not None and step.act in book.acts]
    title = (book.title or book.id) if book is not None else ""
    return {"id": one.id, "book": title, "says": one.says, "run": one.run, "line": acts[-1].line if acts else 0}


def _grouped(found: Iterable[Difference]) -> Iterator[tuple[str, list[Mapping[str, str]]]]:
    for title, group in groupby(found, lambda one: gettext(PARTS.get(one.part, REST))):
        yield title, [_row(one) for one in group]


def _row(one: Difference) -> Mapping[str, str]:
    where = [one.book if one.book != one.name else "", one.name, one.key]
    if one.part not in PARTS:
        where.insert(0, one.part)
    name = ", ".join(part.replace("_", " ") for part in dict.fromkeys(where) if part)
    how = gettext("new") if not one.was else gettext("gone") if not one.becomes else gettext("altered")
    return {"name": name or gettext("the whole"), "was": one.was, "becomes": one.becomes, "how": how}


def _around(text: str, line: int) -> list[tuple[int, str]]:
    lines = text.split("\n")
    first = max(line - AROUND, 1)
    return [(number, lines[number - 1][:WIDEST]) for number in range(first, min(line + AROUND, len(lines)) + 1)]


def _lines(text: str, said: Mapping[int, str]) -> list[tuple[int, str, str]]:
    shown = text.split("\n", MOST_SHOWN)[:MOST_SHOWN]
    return [(number, line[:WIDEST], said.get(number, "")) for number, line in enumerate(shown, 1)]
