# SPDX-License-Identifier: Apache-2.0
"""Reads what was typed into an act's form; every fault gets a sentence at its field that says what to do."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from evenhand.casework.acts import Request
from evenhand.casework.carried import fault
from evenhand.casework.form_fields import Field, Problem, Read
from evenhand.casework.matter import Matter
from evenhand.casework.running_book import RunningBook

LONGEST = 100_000
"""Characters of one field at most; what is longer belongs into a file."""
LINE = 500
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
SAYS = {
    "missing": "Fill this in.",
    "choose": "Choose one.",
    "choose_any": "Choose at least one.",
    "unknown": "Choose one of those that are shown.",
    "shut": "This cannot be chosen: {why}",
    "yes_no": "Answer yes or no.",
    "long": "This is too long by {over} characters. Shorten it, or send it as a file.",
    "date": "Write a day such as 2026-04-01.",
    "count": "Write each line as a word and a whole number, such as: for 12",
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
    carries = {
        item: made
        for item in dict.fromkeys(field.item for field in fields)
        if (made := _item(item, fields, values, supplied))
    }
    awaited = tuple(field.item for field in fields if field.kind == "supplied" and field.item not in carries)
    if not problems:
        said = fault(book, matter, Request(act=act, by=by, carries={**carries, **_stand_in(awaited)}), at)
        if said is not None:
            item = said.rule.rpartition("/")[2]
            name = next((field.name for field in fields if field.item == item), "")
            problems.append(Problem(item=item, name=name, sentence=translate(said.sentence)))
    return Read(carries=carries, problems=tuple(problems), awaited=awaited)


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
            parts = {
                "sanction": "sanction",
                "clause": "sanction_clause",
                "length": "sanction_length",
                "reason": "sanction_reason",
            }
            return {part: values[name] for part, name in parts.items() if values.get(name)}
        case "danger":
            return {name: values.get(name) for name in ("danger", "unsafe_to_tell")}
        case "hearing":
            return {"date": values.get("hearing_date") or "", "place": values.get("hearing_place") or ""}
        case "receipt":
            return {"received": values.get("received") or ""}
    return values.get(item)


def clean(text: str) -> str:
    """The text in normal form, with plain line ends and without signs that nobody sees."""
    return HIDDEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


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
        case "lines":
            lines = list(dict.fromkeys(line.strip() for line in texts[0].split("\n") if line.strip()))
            return _counted(lines, translate) if field.item == "count" else (lines, "")
    return texts[0], ""


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
        return date.fromisoformat(texts[0]).isoformat(), ""
    except ValueError:
        return None, say(SAYS["date"])


def _counted(lines: Sequence[str], say: Callable[[str], str]) -> tuple[Any, str]:
    found: dict[str, int] = {}
    for line in lines:
        name, _, number = line.rpartition(" ")
        if not name.strip() or not number.isascii() or not number.isdigit() or len(number) > 9:
            return None, say(SAYS["count"])
        found[name.strip().rstrip(":")] = int(number)
    return found, ""
