# SPDX-License-Identifier: Apache-2.0
"""What differs between two versions of a rulebook, provision by provision and key by key (I04).

Only what the language gives a meaning is compared: layout, comments and shorthands are no difference. That something
differs is said; whether it narrows anybody's rights is for people to judge.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evenhand.rulebook.canonical import plain
from evenhand.rulebook.explain_words import free
from evenhand.rulebook.loading import sections_of

NAMED = {"code": "clause", "sanctions": "sanction", "roles": "role", "texts": "letter"}
"""Top-level sections that hold provisions by name, and what one of them is called."""
IN_A_BOOK = {
    "acts": "act", "stages": "stage", "facts": "fact", "limits": "limit", "requirements": "requirement",
}  # fmt: skip
ORDER = (
    "clause", "act", "limit", "stage", "role", "letter", "sanction", "conflict", "apart", "calendar", "promises",
    "retention", "fact", "requirement",
)  # fmt: skip
"""The parts in the order in which people ask for them; whatever else differs comes after these."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One of them. `part` is what kind of provision it is, `book` where it stands in one, `name` its own name.

    `key` is what differs in it, or empty where the whole provision is new (`was` is empty) or gone (`becomes` is empty).
    """

    part: str
    name: str
    book: str = ""
    key: str = ""
    was: str = ""
    becomes: str = ""


def differences(old: str, new: str) -> list[Difference]:
    """What differs from the text `old` to the text `new`, both of which load. The head (version, days) is left out."""
    one, other = (plain(sections_of(text)) for text in (old, new))
    found = list(_sections(one, other))
    place = {part: number for number, part in enumerate(ORDER)}
    return sorted(found, key=lambda each: place.get(each.part, len(place)))  # stable: the rest stays as it was found


def _sections(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Difference]:
    for section in dict.fromkeys((*one, *other)):
        was, becomes = one.get(section), other.get(section)
        if section in ("rulebook", "language") or was == becomes:
            continue
        if section in NAMED:
            yield from _named(NAMED[section], "", was, becomes)
        elif section == "books":
            for book in dict.fromkeys((*(was or {}), *(becomes or {}))):
                yield from _book(book, (was or {}).get(book), (becomes or {}).get(book))
        elif section == "conflicts":
            before, after = dict(was or {}), dict(becomes or {})
            yield from _named("conflict", "", before.pop("grounds", None), after.pop("grounds", None))
            yield from _keys("conflict", "", "", before, after)
        elif section == "apart":
            yield from _lists(was or [], becomes or [])
        else:
            yield from _keys(section, "", "", was or {}, becomes or {})


def _book(book: str, was: Mapping[str, Any] | None, becomes: Mapping[str, Any] | None) -> Iterator[Difference]:
    if was is None or becomes is None:
        title = {"was": _title(book, was), "becomes": _title(book, becomes)}
        yield Difference(part="book", name=book, **title)
        return
    before, after = dict(was), dict(becomes)
    for section, part in IN_A_BOOK.items():
        yield from _named(part, book, before.pop(section, None), after.pop(section, None))
    yield from _keys("book", book, "", before, after)


def _title(book: str, said: Mapping[str, Any] | None) -> str:
    return "" if said is None else str(said.get("title") or book)


def _by_name(section: Any) -> dict[str, Any]:
    if isinstance(section, list):
        return {str(one["id"]): {key: value for key, value in one.items() if key != "id"} for one in section}
    return dict(section or {})


def _named(part: str, book: str, was: Any, becomes: Any) -> Iterator[Difference]:
    before, after = _by_name(was), _by_name(becomes)
    for name in dict.fromkeys((*before, *after)):
        if name not in after:
            yield Difference(part=part, name=name, book=book, was=free(before[name]) or name)
        elif name not in before:
            yield Difference(part=part, name=name, book=book, becomes=free(after[name]) or name)
        elif before[name] != after[name]:
            yield from _keys(part, book, name, before[name], after[name])


def _keys(part: str, book: str, name: str, was: Any, becomes: Any) -> Iterator[Difference]:
    if not isinstance(was, Mapping) or not isinstance(becomes, Mapping):
        yield Difference(part=part, name=name, book=book, key=name or part, was=free(was), becomes=free(becomes))
        return
    for key in dict.fromkeys((*was, *becomes)):
        if was.get(key) != becomes.get(key):
            before, after = (free(side[key]) if key in side else "" for side in (was, becomes))
            yield Difference(part=part, name=name, book=book, key=str(key), was=before, becomes=after)


def _lists(was: list[Any], becomes: list[Any]) -> Iterator[Difference]:
    yield from (Difference(part="apart", name=free(one), was=free(one)) for one in was if one not in becomes)
    yield from (Difference(part="apart", name=free(one), becomes=free(one)) for one in becomes if one not in was)
