# SPDX-License-Identifier: Apache-2.0
"""Reads what was typed into an act's form; every fault gets a sentence at its field that says what to do."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from evenhand.casework.acts import Request
from evenhand.casework.carried import fault
from evenhand.casework.form_days import day_problems
from evenhand.casework.form_fields import Field, Problem, Read
from evenhand.casework.lengths import held_against
from evenhand.casework.matter import Matter
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.calendar import FIRST, LAST

LONGEST = 100_000
"""Characters of one field at most; what is longer belongs into a file."""
LINE, LINES = 500, 200
"""Characters of one line, and lines of a list, at most."""
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Signs that nobody sees and that can turn a line around or break a letter. The marks of right-to-left script are none."""
ENDS = re.compile("\r\n|[\r\u2028\u2029]")
UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
SAYS = {
    "missing": "Fill this in.",
    "choose": "Choose one.",
    "choose_any": "Choose at least one.",
    "unknown": "Choose one of those that are shown.",
    "shut": "This cannot be chosen: {why}",
    "yes_no": "Answer yes or no.",
    "long": "This is too long by {over} characters. Shorten it, or send it as a file.",
    "date": "Write a day such as 2026-04-01.",
    "far": "Give a day from {first} to {last}.",
    "lines": "Give at most {most} lines, each of at most {line} characters.",
    "number": "Write a whole number in digits, such as 3.",
    "count": "Write each line as a word and a whole number, such as: for 12",
    "twice": "{name} stands here twice. Give one number for it.",
    "tariff": "The tariff of {clause} does not have this sanction. Choose another, or give a reason here.",
    "longer": "The rulebook says: at most {most}. Shorten it, or give a reason for going beyond.",
    "unread": "Write a number and a unit, such as 6 months, so that it can be held against the most that the rulebook allows, "
    "{most}; or give a reason.",
    "not_found": "You say that no breach of {clause} was found. A sanction needs a rule that was broken.",
}
"""Every sentence about what was typed."""


def read_fields(
    book: RunningBook,
    act: str,
    matter: Matter,
    at: datetime,
    fields: Sequence[Field],
    data: Mapping[str, Sequence[str]],
    *,
    supplied: Mapping[str, Any],
    by: str,
    translate: Callable[[str], str] = str,
) -> Read:
    """What the act carries; or the problems, those of the kernel included, each at the field of its item."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for field in fields:
        if field.kind != "supplied":
            value, sentence = read_one(field, data.get(field.name, ()), translate)
            if sentence:
                problems.append(Problem(item=field.item, name=field.name, sentence=sentence))
            values[field.name] = value
    items = dict.fromkeys(field.item for field in fields)
    made = {item: _item(item, fields, values, supplied) for item in items}
    carries = {item: value for item, value in made.items() if value is not None}
    awaited = tuple(field.item for field in fields if field.kind == "supplied" and field.item not in carries)
    problems += _sanction(book, act, values, translate)
    # A day that cannot be read would stop the counting of the others.
    readable = {item: value for item, value in carries.items() if item != "receipt" or values.get("received")}
    problems += day_problems(book, matter, act, by, at, fields, values, readable, translate)
    if not problems:
        said = fault(book, matter, Request(act=act, by=by, carries={**carries, **_stand_in(awaited)}), at)
        if said is not None:
            item = said.rule.rpartition("/")[2]
            name = next((field.name for field in fields if field.item == item), "")
            problems.append(Problem(item=item, name=name, sentence=translate(said.sentence)))
    order = {field.name: place for place, field in enumerate(fields)}
    problems.sort(key=lambda problem: order.get(problem.name, -1))
    return Read(carries=carries, problems=tuple(problems), awaited=awaited)


def _sanction(book: RunningBook, act: str, values: Mapping[str, Any], say: Callable[[str], str]) -> list[Problem]:
    """What is wrong with a sanction beside the finding and the tariff of the code (F03)."""
    clause, sanction, found = values.get("sanction_clause"), values.get("sanction"), []
    if "tariff" not in book.book.acts[act].carries or not clause or not sanction:
        return []
    if values.get(f"finding_{clause}") == "not found":
        sentence = say(SAYS["not_found"]).format(clause=clause)
        found.append(Problem(item="tariff", name="sanction_clause", sentence=sentence))
    if values.get("sanction_reason"):
        return found
    if sanction not in book.rulebook.code[clause].sanctions:
        sentence = say(SAYS["tariff"]).format(clause=clause)
        found.append(Problem(item="tariff", name="sanction_reason", sentence=sentence))
    most = book.rulebook.sanctions[sanction].max
    held = held_against(values.get("sanction_length") or "", most)
    if held:
        sentence = say(SAYS[held]).format(most=most)
        found.append(Problem(item="tariff", name="sanction_length", sentence=sentence))
    return found


def _stand_in(awaited: Sequence[str]) -> dict[str, Any]:
    return {"vote": {"for": 1, "against": 0}} if "vote" in awaited else {}


def _item(item: str, fields: Sequence[Field], values: Mapping[str, Any], supplied: Mapping[str, Any]) -> Any:
    if any(field.item == item and field.kind == "supplied" for field in fields):
        return supplied.get(item)
    match item:
        case "finding":
            names = [field.name for field in fields if field.item == item]
            return {name.removeprefix("finding_"): values[name] for name in names if values.get(name)}
        case "tariff":
            named = {
                "sanction": "sanction",
                "clause": "sanction_clause",
                "length": "sanction_length",
                "reason": "sanction_reason",
            }
            return {part: values[name] for part, name in named.items() if values.get(name)}
        case "danger":
            return {name: values.get(name) for name in ("danger", "unsafe_to_tell")}
        case "vote":
            parts = ("for", "against", "abstaining")
            return {part: values[f"vote_{part}"] for part in parts if values.get(f"vote_{part}") is not None}
        case "hearing":
            return {"date": values.get("hearing_date") or "", "place": values.get("hearing_place") or ""}
        case "receipt":
            return {"received": values.get("received") or ""}
    return values.get(item)


def clean(text: str) -> str:
    """The text in normal form, with plain line ends and without signs that nobody sees; empty if nothing is left to see."""
    # In this order: a mark that a hidden sign kept apart from its letter joins it once that sign is gone.
    plain = unicodedata.normalize("NFC", ENDS.sub("\n", HIDDEN.sub("", text))).strip()
    return "" if all(unicodedata.category(sign) in UNSEEN for sign in plain) else plain


def read_one(field: Field, typed: Sequence[str], translate: Callable[[str], str] = str) -> tuple[Any, str]:
    """What was typed into one field, and what is wrong with it in a sentence, or an empty one."""
    texts = [one for one in map(clean, typed) if one]
    if not texts:
        if not field.required:
            return None, ""
        missing = {"choice": "choose", "choices": "choose_any", "yes_no": "yes_no"}.get(field.kind, "missing")
        return None, translate(SAYS[missing])
    most = LINE if field.kind in ("line", "date", "number") else LONGEST
    over = max(len(text) for text in texts) - most
    if over > 0:
        return None, translate(SAYS["long"]).format(over=over)
    match field.kind:
        case "choice" | "choices":
            return _chosen(field, texts, translate)
        case "yes_no":
            return (texts[0] == "yes", "") if texts[0] in ("yes", "no") else (None, translate(SAYS["yes_no"]))
        case "date":
            return _day(texts, translate)
        case "number":
            return _number(texts[0], translate)
        case "lines":
            return _lines(field, texts[0], translate)
        case "line":
            return " ".join(texts[0].split()), ""
    return texts[0], ""


def _lines(field: Field, text: str, say: Callable[[str], str]) -> tuple[Any, str]:
    lines = [line for one in text.split("\n") if (line := clean(one))]
    if len(lines) > LINES or any(len(line) > LINE for line in lines):
        return None, say(SAYS["lines"]).format(most=LINES, line=LINE)
    return _counted(lines, say) if field.item == "count" else (list(dict.fromkeys(lines)), "")


def _number(text: str, say: Callable[[str], str]) -> tuple[Any, str]:
    whole = text.isascii() and text.isdigit() and len(text) <= 9
    return (int(text), "") if whole else (None, say(SAYS["number"]))


def _chosen(field: Field, texts: Sequence[str], say: Callable[[str], str]) -> tuple[Any, str]:
    known = {choice.value: choice for choice in field.choices}
    for text in texts:
        if text not in known:
            return None, say(SAYS["unknown"])
        if known[text].why_not:
            return None, say(SAYS["shut"]).format(why=known[text].why_not)
    return (list(dict.fromkeys(texts)) if field.kind == "choices" else texts[0]), ""


def _day(texts: Sequence[str], say: Callable[[str], str]) -> tuple[Any, str]:
    try:
        day = date.fromisoformat(texts[0])
    except ValueError:
        return None, say(SAYS["date"])
    if not FIRST <= day <= LAST:
        return None, say(SAYS["far"]).format(first=FIRST, last=LAST)
    return day.isoformat(), ""


def _counted(lines: Sequence[str], say: Callable[[str], str]) -> tuple[Any, str]:
    found: dict[str, int] = {}
    for line in lines:
        name, _, number = line.rpartition(" ")
        if not name.strip() or not number.isascii() or not number.isdigit() or len(number) > 9:
            return None, say(SAYS["count"])
        name = name.strip().rstrip(":").rstrip()
        if not name:
            return None, say(SAYS["count"])
        if name in found:
            return None, say(SAYS["twice"]).format(name=name)
        found[name] = int(number)
    return found, ""
