# SPDX-License-Identifier: Apache-2.0
"""Shapes of single values: what may stand after a key, how it is read, and what the JSON Schema says of it.

A shape is used twice, by the loader and by the schema, so that an editor and the program cannot disagree about a key.
`read` gives plain values (`str`, `int`, `bool`, `date`, `Span`, `Fraction`, tuples) or raises `Malformed`.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, Protocol

from evenhand.rulebook.malformed import Malformed
from evenhand.rulebook.model import Span
from evenhand.rulebook.reading import Entries, Items, Node, Scalar, shown, taken_for

Schema = dict[str, Any]
NAME = r"[a-z][a-z0-9_]{0,63}"
LABEL = r"[a-z][a-z0-9_-]{0,63}"
CLAUSE = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"
DOTTED = rf"{NAME}(\.{NAME})?"


class Word(str):
    """A name that remembers the line on which it stands, for whoever finds that it names nothing."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, text: str, line: int) -> "Word":
        """The name as it stands on this line."""
        word = super().__new__(cls, text)
        word.line = line
        return word


@dataclass(frozen=True)
class Place:
    """Where the reader is: the file and the path of keys, as in books.discipline.acts.lodge."""

    file: str
    path: str = ""

    def at(self, key: str) -> "Place":
        """The place below this key."""
        return Place(self.file, f"{self.path}.{key}" if self.path else key)

    @property
    def name(self) -> str:
        """The place as a sentence names it."""
        return self.path or "the rulebook"

    def refuse(self, line: int, sentence: str) -> Malformed:
        """The error to raise for this line; sentences begin with a capital whatever the place is called."""
        return Malformed(file=self.file, line=line, sentence=sentence)


class Shape(Protocol):
    """What may stand at one place of the language."""

    def read(self, node: Node, place: Place) -> Any:
        """The value of this node; `Malformed` where it does not fit."""

    def schema(self) -> Schema:
        """The same in JSON Schema, draft 2020-12; it may allow more than `read`, never less."""


def near(word: str, known: Any) -> str | None:
    """The known word that this one was probably meant to be."""
    found = get_close_matches(word[:100], [str(k) for k in known], n=1, cutoff=0.7)
    return found[0] if found else None


def kind_of(node: Node) -> str:
    """What stands there, in the words of a sentence."""
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Entries):
        return "a mapping (key: value)"
    if node.plain and node.text in ("", "~", "null"):
        return "nothing"
    return shown(node.text)


def scalar(node: Node, place: Place, wanted: str) -> Scalar:
    """The node as a single value; lists, mappings and empty places are refused with what is wanted."""
    if not isinstance(node, Scalar):
        raise place.refuse(node.line, f"{place.name} must be {wanted}; here stands {kind_of(node)}.")
    if node.plain and node.text in ("", "~", "null", "Null", "NULL"):
        raise place.refuse(node.line, f"{place.name} is left empty; write {wanted}, or leave the key out.")
    return node


def words(node: Node, place: Place, wanted: str) -> str:
    """The node as text; what YAML takes for something else must stand in quotes."""
    found = scalar(node, place, wanted)
    if found.plain and (kind := taken_for(found.text)):
        says = f"{place.name}: YAML takes {shown(found.text)} for {kind}; put it in quotes if it is meant as text."
        raise place.refuse(node.line, says)
    return found.text


@dataclass(frozen=True)
class Text:
    """Words for people; spaces at the ends of lines do not count, and equal letters are stored alike (NFC)."""

    most: int = 4_000
    pattern: str | None = None
    wanted: str = "a text"

    def read(self, node: Node, place: Place) -> str:
        """The text; empty, over-long or ill-formed ones are refused."""
        raw = words(node, place, self.wanted)
        if self.pattern is not None and not re.fullmatch(self.pattern, raw):
            raise place.refuse(node.line, f"{place.name} must be {self.wanted}; here stands {shown(raw)}.")
        text = unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in raw.strip().split("\n")))
        if not text:
            raise place.refuse(node.line, f"{place.name} is left empty; write {self.wanted}, or leave the key out.")
        if len(text) > self.most:
            says = f"{place.name} has {len(text):,} characters; at most {self.most:,} are allowed."
            raise place.refuse(node.line, says)
        return text

    def schema(self) -> Schema:
        """A string."""
        found: Schema = {"type": "string", "minLength": 1}
        if self.pattern is not None:
            found["pattern"] = f"^(?:{self.pattern})$"
        return found


@dataclass(frozen=True)
class Name:
    """The name of a thing, or of one declared elsewhere; with `known`, one of a closed list."""

    pattern: str = NAME
    wanted: str = "a name in lower-case letters, digits and _"
    known: tuple[str, ...] = ()

    def read(self, node: Node, place: Place) -> Word:
        """The name with its line."""
        text = words(node, place, self.wanted)
        if self.known and text not in self.known:
            guess = near(text, self.known)
            if guess is not None:
                raise place.refuse(node.line, f"{place.name} cannot be {shown(text)}; did you mean {guess}?")
            choices = ", ".join(self.known)
            raise place.refuse(node.line, f"{place.name} cannot be {shown(text)}; choose one of {choices}.")
        if not self.known and not re.fullmatch(self.pattern, text):
            raise place.refuse(node.line, f"{place.name} must be {self.wanted}; here stands {shown(text)}.")
        return Word(text, node.line)

    def schema(self) -> Schema:
        """A string of this pattern, or one of the list."""
        if self.known:
            return {"enum": list(self.known)}
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


@dataclass(frozen=True)
class Whole:
    """A whole number in decimal digits."""

    least: int = 1
    most: int = 10_000_000

    def read(self, node: Node, place: Place) -> int:
        """The number."""
        wanted = f"a whole number from {self.least:,} to {self.most:,}"
        found = scalar(node, place, wanted)
        if not found.plain or not re.fullmatch(r"0|[1-9][0-9]{0,8}", found.text):
            raise place.refuse(
                node.line, f"{place.name} must be {wanted}, without quotes; here stands {shown(found.text)}."
            )
        if not self.least <= int(found.text) <= self.most:
            raise place.refuse(node.line, f"{place.name} must be {wanted}; here stands {found.text}.")
        return int(found.text)

    def schema(self) -> Schema:
        """An integer with its bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Truth:
    """`true` or `false`, in these words only."""

    def read(self, node: Node, place: Place) -> bool:
        """The truth value."""
        found = scalar(node, place, "true or false")
        if not found.plain or found.text not in ("true", "false"):
            raise place.refuse(node.line, f"{place.name} must be true or false; here stands {shown(found.text)}.")
        return found.text == "true"

    def schema(self) -> Schema:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class Day:
    """A date as 2026-04-01, with or without quotes."""

    def read(self, node: Node, place: Place) -> date:
        """The date; days that no calendar has are refused."""
        found = scalar(node, place, "a date such as 2026-04-01")
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", found.text):
                raise ValueError
            return date.fromisoformat(found.text)
        except ValueError:
            says = f"{place.name} must be a date that exists, written as 2026-04-01; here stands {shown(found.text)}."
            raise place.refuse(node.line, says) from None

    def schema(self) -> Schema:
        """A string in the form of a date."""
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


@dataclass(frozen=True)
class Length:
    """A span of time: `90d` are ninety days of the calendar, `20wd` twenty working days."""

    least: int = 1
    most: int = 9_999

    def read(self, node: Node, place: Place) -> Span:
        """The span."""
        found = scalar(node, place, "a span such as 90d (days) or 20wd (working days)")
        match = re.fullmatch(r"(0|[1-9][0-9]{0,3})(d|wd)", found.text)
        if match is not None and int(match[1]) >= self.least:
            return Span(int(match[1]), "d" if match[2] == "d" else "wd")
        guess = re.fullmatch(r"([0-9]{1,4}) *(?:d|days?|wd|bd|(?:working|business) days?)?", found.text)
        if match is None and guess is not None and int(guess[1]) >= self.least:
            n = int(guess[1])
            says = f"{place.name}: {shown(found.text)} is no span; write {n}d (days) or {n}wd (working days)."
            raise place.refuse(node.line, says)
        wanted = f"{self.least} to {self.most:,} days, such as 90d or 20wd"
        says = f"{place.name} must be {wanted}; here stands {shown(found.text)}."
        raise place.refuse(node.line, says)

    def schema(self) -> Schema:
        """A string of digits and a unit."""
        digits = "(?:0|[1-9][0-9]{0,3})" if self.least == 0 else "[1-9][0-9]{0,3}"
        return {"type": "string", "pattern": f"^{digits}(?:d|wd)$"}


@dataclass(frozen=True)
class Share:
    """A share above nothing and at most the whole: `2/3`, `20%`, or `1` for all."""

    def read(self, node: Node, place: Place) -> Fraction:
        """The share in lowest terms."""
        found = scalar(node, place, "a share such as 2/3 or 20%")
        match = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})|([0-9]{1,3})%|(1)", found.text)
        if match is not None:
            top, bottom = (match[1], match[2]) if match[1] else (match[3], "100") if match[3] else ("1", "1")
            if 0 < int(top) <= int(bottom):
                return Fraction(int(top), int(bottom))
        says = (
            f"{place.name} must be a share above 0 and at most 1, such as 2/3 or 20%; here stands {shown(found.text)}."
        )
        raise place.refuse(node.line, says)

    def schema(self) -> Schema:
        """A string with a fraction or a percentage, or the number 1."""
        return {"anyOf": [{"type": "string", "pattern": "^(?:[0-9]{1,6}/[0-9]{1,6}|[0-9]{1,3}%|1)$"}, {"const": 1}]}


@dataclass(frozen=True)
class Free:
    """What an organisation writes down for people: texts, whole numbers, true or false, lists and mappings of these."""

    def read(self, node: Node, place: Place) -> Any:
        """The values as plain data: str, int, bool, tuples and dicts."""
        if isinstance(node, Items):
            return tuple(self.read(item, place) for item in node.items)
        if isinstance(node, Entries):
            return {k: self.read(v, place.at(k)) for k, (_, v) in node.keys.items()}
        if node.plain and node.text in ("true", "false"):
            return node.text == "true"
        if node.plain and re.fullmatch(r"0|[1-9][0-9]{0,8}", node.text):
            return int(node.text)
        return Text().read(node, place)

    def schema(self) -> Schema:
        """Anything but numbers with a fraction and empty places."""
        return {"$ref": "#/$defs/free"}
