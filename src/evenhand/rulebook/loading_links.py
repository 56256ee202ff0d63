# SPDX-License-Identifier: Apache-2.0
"""Whether every name outside the books names something: roles, sanctions, groups of people, acts of letters."""

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evenhand.rulebook.loading_book_links import check_book
from evenhand.rulebook.loading_names import known
from evenhand.rulebook.loading_shapes import Section
from evenhand.rulebook.loading_values import NAME, Place, Word
from evenhand.rulebook.reading import shown


def check_links(whole: Section, sections: Sequence[str], place: Place) -> None:
    """Refuses the first name that names nothing, with its line and the name that was probably meant."""
    roles = whole["roles"]
    _roles(whole, place)
    for name, clause in whole.get("code", {}).items():
        known(clause.get("sanctions", ()), whole.get("sanctions", {}), "sanction", place.at("code").at(name))
    for group in whole.get("apart", ()):
        known(group, roles, "role", place.at("apart"))
    _conflicts(whole.get("conflicts", {}), roles, place.at("conflicts"))
    for name, book in whole["books"].items():
        check_book(book, whole, place.at("books").at(name))
        _entrenched(book, whole, sections, place.at("books").at(name).at("rules"))
    for name, letter in whole.get("texts", {}).items():
        _letter(letter, whole, place.at("texts").at(name))


def _one(section: Mapping[str, Any], key: str) -> Iterator[Word]:
    if key in section:
        yield section[key]


def _roles(whole: Section, place: Place) -> None:
    roles: Mapping[str, Section] = whole["roles"]
    sizes: dict[str, tuple[int, str]] = {}
    for name, role in roles.items():
        here = place.at("roles").at(name)
        known(_one(role, "substitutes"), roles, "role", here)
        if role.get("substitutes") == name:
            raise here.refuse(
                role.line_of("substitutes"), f"The role {name} cannot be its own substitute; name another."
            )
        for group, size in role.get("pool", {}).items():
            first, other = sizes.setdefault(group, (size, name))
            if first != size:
                says = f"The group {group} has {size} people in the role {name} and {first} in {other}; mend one."
                raise here.refuse(role.line_of("pool"), says)


def _conflicts(conflicts: Mapping[str, Any], roles: Mapping[str, Section], place: Place) -> None:
    seen: set[str] = set()
    for ground in conflicts.get("grounds", ()):
        if ground["id"] in seen:
            raise place.refuse(ground.line, f"The ground {ground['id']} stands twice in {place.name}; rename one.")
        seen.add(ground["id"])
        known(_one(ground, "waivable_by"), roles, "role", place.at("grounds"))
    known(conflicts.get("applies_to", ()), roles, "role", place.at("applies_to"))
    known(_one(conflicts, "whole_body"), roles, "role", place)
    challenge = conflicts.get("challenge", {})
    known(challenge.get("by", ()), roles, "role", place.at("challenge"))
    known(_one(challenge, "decided_by"), roles, "role", place.at("challenge"))


def _entrenched(book: Section, whole: Section, sections: Sequence[str], place: Place) -> None:
    books = whole["books"]
    for entry in book.get("rules", {}).get("entrenched", ()):
        section, _, rest = entry.partition(".")
        known([Word(section, entry.line)], [*sections, *books], "section or book", place)
        if section == "books" and rest:
            known([Word(rest.partition(".")[0], entry.line)], books, "book", place)


def _letter(letter: Section, whole: Section, place: Place) -> None:
    known(letter["to"], whole["roles"], "role", place)
    for name in letter["acts"]:
        book, _, act = name.partition(".")
        known([Word(book, name.line)], whole["books"], "book", place)
        kind, _, limit = act.partition(".")
        if limit and kind == "missed":
            known([Word(limit, name.line)], whole["books"][book].get("limits", {}), "limit", place)
        else:
            known([Word(act, name.line)], whole["books"][book]["acts"], "act", place)
    for key in ("subject", "body"):
        _blanks(letter[key], letter.line_of(key), place.at(key))


def _blanks(text: str, line: int, place: Place) -> None:
    try:
        blanks = [(name, spec, how) for _, name, spec, how in string.Formatter().parse(text) if name is not None]
    except ValueError:
        raise place.refuse(
            line, f"In {place.name} a curly bracket stands alone; write blanks as {{respondent}}."
        ) from None
    for name, spec, how in blanks:
        if spec or how or not re.fullmatch(NAME, name):
            says = f"In {place.name} the blank {shown(name)} must be a plain name, such as {{respondent}}."
            raise place.refuse(line, says)
