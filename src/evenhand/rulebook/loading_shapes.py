# SPDX-License-Identifier: Apache-2.0
"""Shapes of lists and mappings, and `Record`: a table of keys with their meaning.

A record is the one place where a key of the language is written down; the loader, the JSON Schema and the test of the
manual all read it there. What is read becomes a `Section`: a dict of what the text says, without the keys that only
repeat their default, that knows the lines of its keys.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evenhand.rulebook.loading_values import NAME, Name, Place, Schema, Shape, kind_of, near
from evenhand.rulebook.reading import Entries, Items, Node, Scalar, shown


class Section(dict[str, Any]):
    """The keys of one record as read. `line` is where it begins; `lines` has the line of each key."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """The line of this key, or of the record where the key was left out."""
        return self.lines.get(key, self.line)


class Ordered(dict[str, Any]):
    """A mapping whose order has a meaning and belongs to the identity of the rulebook."""


MOST_ITEMS = 1_000  # far above any list that people read, and few enough to compare each with each
NAMES = Name()
Settle = Callable[[str, Section, Place], None]


@dataclass(frozen=True)
class Key:
    """One key of a record: its name, what may stand there, what it means, and the default where it may be left out."""

    name: str
    shape: Shape
    says: str
    required: bool = field(default=False, kw_only=True)
    default: Any = field(default=None, kw_only=True)


@dataclass(frozen=True, kw_only=True)
class Record:
    """A mapping with known keys. `path` is its place in the manual, as in books.BOOK.acts.ACT.

    `exactly_one` names keys of which one and only one stands; `not_both` keys of which at most one does.
    `further` is the shape of keys that the organisation may add, unless they look like a slip. `settle` looks at the
    record as a whole, with the name it stands under, and may rewrite shorthand into the long form.
    """

    path: str
    says: str
    keys: tuple[Key, ...]
    exactly_one: tuple[str, ...] = ()
    not_both: tuple[str, ...] = ()
    further: Shape | None = None
    settle: Settle | None = None

    def read(self, node: Node, place: Place) -> Section:
        """The section; unknown and missing keys are refused with the nearest known one."""
        return self.named("", node, node.line, place)

    def named(self, name: str, node: Node, line: int, place: Place) -> Section:
        """The section that stands under this name, whose key is on this line."""
        known = {key.name: key for key in self.keys}
        section = Section(line)
        for word, (at, value) in mapping(node, place, f"keys such as {', '.join(list(known)[:3])}").items():
            key = known.get(word)
            if key is not None:
                found = read_at(key.shape, value, at, place.at(word))
                if found != key.default:
                    section[word] = found
                section.lines[word] = at
            elif self.further is not None and re.fullmatch(NAME, word) and near(word, known) is None:
                section[word] = self.further.read(value, place.at(word))
            else:
                raise self._unknown(word, value, known, at, place)
        self._complete(section, place)
        if self.settle is not None:
            self.settle(name, section, place)
        return section

    def _unknown(self, word: str, value: Node, known: Mapping[str, Key], line: int, place: Place) -> Exception:
        if " " in word and isinstance(value, Scalar) and not value.text:
            says = f"In {place.name} the comma before {shown(word)} ends the text before it; put that text in quotes."
            return place.refuse(line, says)
        guess = near(word, known)
        if guess is not None:
            return place.refuse(line, f"There is no key {shown(word)} in {place.name}; did you mean {guess}?")
        keys = ", ".join(known)
        return place.refuse(line, f"There is no key {shown(word)} in {place.name}; its keys are {keys}.")

    def _complete(self, section: Section, place: Place) -> None:
        for key in self.keys:
            if key.required and key.name not in section.lines:
                raise place.refuse(section.line, f"The key {key.name} is missing in {place.name}; add it.")
        given = [word for word in self.exactly_one if word in section.lines]
        if self.exactly_one and not given:
            says = f"One of {', '.join(self.exactly_one)} is missing in {place.name}; add it."
            raise place.refuse(section.line, says)
        for group in (given, [word for word in self.not_both if word in section.lines]):
            if len(group) > 1:
                says = f"The keys {group[0]} and {group[1]} exclude each other in {place.name}; take out one."
                raise place.refuse(section.line_of(group[1]), says)

    def schema(self) -> Schema:
        """An object with these properties and no others."""
        found: Schema = {
            "type": "object",
            "description": self.says,
            "properties": {key.name: described(key) for key in self.keys},
            "additionalProperties": False if self.further is None else self.further.schema(),
        }
        if required := [key.name for key in self.keys if key.required]:
            found["required"] = required
        if self.exactly_one:
            found["oneOf"] = [{"required": [word]} for word in self.exactly_one]
        if self.not_both:
            found["not"] = {"required": list(self.not_both)}
        return found


def described(key: Key) -> Schema:
    """The schema of a key with its meaning, for completion in editors."""
    shape = key.shape.schema()
    found = {"description": key.says, **{k: v for k, v in shape.items() if k != "description"}}
    if isinstance(key.default, bool | int | str):
        found["default"] = key.default
    return found


def mapping(node: Node, place: Place, wanted: str) -> dict[str, tuple[int, Node]]:
    """The keys of a mapping; anything else is refused with what is wanted."""
    if isinstance(node, Entries):
        return node.keys
    if isinstance(node, Scalar) and node.plain and node.text in ("", "~", "null"):
        says = f"{place.name} is left empty; write {wanted}, or leave the key out."
        raise place.refuse(node.line, says)
    raise place.refuse(node.line, f"{place.name} must have {wanted}; here stands {kind_of(node)}.")


def read_at(shape: Shape, node: Node, line: int, place: Place, name: str = "") -> Any:
    """Reads a value; a record begins on the line of its key and not where its first key stands."""
    if isinstance(shape, Record | Shorthand):
        return shape.named(name, node, line, place)
    return shape.read(node, place)


@dataclass(frozen=True)
class Shorthand:
    """A record that may be written as the value of one of its keys alone: `told: step` for `told: {kind: step}`."""

    key: str
    record: Record

    def named(self, name: str, node: Node, line: int, place: Place) -> Section:
        """The section, in its long form."""
        if isinstance(node, Scalar):
            node = Entries(node.line, {self.key: (node.line, node)})
        return self.record.named(name, node, line, place)

    def read(self, node: Node, place: Place) -> Section:
        """The section, in its long form."""
        return self.named("", node, node.line, place)

    def schema(self) -> Schema:
        """Either form."""
        short = next(key.shape for key in self.record.keys if key.name == self.key)
        return {"anyOf": [short.schema(), self.record.schema()]}


@dataclass(frozen=True)
class Named:
    """A mapping from names to values of one shape. `ordered` where the order of the text has a meaning."""

    shape: Shape
    names: Name = NAMES
    ordered: bool = False
    reserved: tuple[str, ...] = ()
    least: int = 0

    def read(self, node: Node, place: Place) -> dict[str, Any]:
        """The values by name."""
        found: dict[str, Any] = Ordered() if self.ordered else {}
        for word, (line, value) in mapping(node, place, "names as keys, each with what it means").items():
            if word in self.reserved:
                raise place.refuse(line, f"The name {word} in {place.name} is reserved; choose another.")
            if not re.fullmatch(self.names.pattern, word):
                raise place.refuse(line, f"{place.name}: {shown(word)} must be {self.names.wanted}; rename it.")
            found[word] = read_at(self.shape, value, line, place.at(word), word)
        if len(found) < self.least:
            raise place.refuse(node.line, f"{place.name} is empty; add at least one entry.")
        return found

    def schema(self) -> Schema:
        """An object with free property names of this pattern."""
        names = self.names.schema()
        if self.reserved:
            names["not"] = {"enum": list(self.reserved)}
        found: Schema = {"type": "object", "additionalProperties": self.shape.schema(), "propertyNames": names}
        return {**found, "minProperties": self.least} if self.least else found


@dataclass(frozen=True)
class Listed:
    """A list of values of one shape, none of them twice; with `single`, one value may stand without brackets."""

    shape: Shape
    single: bool = False
    least: int = 0

    def read(self, node: Node, place: Place) -> tuple[Any, ...]:
        """The values in the order of the text."""
        if self.single and not isinstance(node, Items):
            return (read_at(self.shape, node, node.line, place),)
        if not isinstance(node, Items):
            raise place.refuse(node.line, f"{place.name} must be a list in brackets, such as [one, two].")
        if len(node.items) > MOST_ITEMS:
            says = f"{place.name} has {len(node.items):,} entries; at most {MOST_ITEMS:,} are allowed."
            raise place.refuse(node.line, says)
        found: list[Any] = []
        for item in node.items:
            value = read_at(self.shape, item, item.line, place)
            if value in found:
                says = f"{place.name} names the same thing twice ({shown(str(value))}); keep one."
                raise place.refuse(item.line, says)
            found.append(value)
        if len(found) < self.least:
            raise place.refuse(node.line, f"{place.name} must have at least {self.least} entries.")
        return tuple(found)

    def schema(self) -> Schema:
        """An array, or one value alone."""
        array: Schema = {"type": "array", "items": self.shape.schema(), "uniqueItems": True}
        if self.least:
            array["minItems"] = self.least
        return {"anyOf": [self.shape.schema(), array]} if self.single else array


@dataclass(frozen=True)
class Either:
    """A single value of one shape, or a mapping of another."""

    value: Shape
    mapping: Shape

    def read(self, node: Node, place: Place) -> Any:
        """Whichever stands there."""
        return (self.mapping if isinstance(node, Entries) else self.value).read(node, place)

    def schema(self) -> Schema:
        """Either of the two."""
        return {"anyOf": [self.value.schema(), self.mapping.schema()]}
