# SPDX-License-Identifier: Apache-2.0
"""Turns the text of a rulebook into nodes that know their line, and refuses whatever could mislead a reader.

The text is read event by event and never built into objects of somebody else's choosing. Refused before anything is
expanded: files over a megabyte, bytes that are not UTF-8, tabs and characters that hide or reorder text, tags, merge
keys, directives, several documents, keys given twice, aliases that contain themselves or unfold into too much, deep
nesting.
`MOST_BYTES`, `MOST_NODES` and `MOST_DEPTH` are far above any rulebook that a person could read.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.resolver import Resolver

from evenhand.rulebook.malformed import Malformed

MOST_BYTES = 1_000_000
MOST_NODES = 50_000
MOST_DEPTH = 20
MOST_KEY = 100
_TOO_DEEP = f"Nothing in a rulebook nests deeper than {MOST_DEPTH} levels; look for a bracket too many."


@dataclass(frozen=True, eq=False, slots=True)
class Scalar:
    """One word, number or text; `plain` when it stands without quotes, so that YAML may take it for something else."""

    line: int
    text: str
    plain: bool


@dataclass(frozen=True, eq=False, slots=True)
class Items:
    """A list."""

    line: int
    items: list["Node"]


@dataclass(frozen=True, eq=False, slots=True)
class Entries:
    """A mapping; each key with the line it stands on."""

    line: int
    keys: dict[str, tuple[int, "Node"]]


Node = Scalar | Items | Entries

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where it can be: ten times faster
_RESOLVER = Resolver()
_SURPRISES = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false"})
_SIXTY = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_OCTAL = re.compile(r"[-+]?0[0-9_]+|[-+]?0o[0-7]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
# Besides control characters: line breaks that editors do not count, and marks that show a text in another order than
# the one in which it is read.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)


def shown(text: str) -> str:
    """A piece of the file as a sentence may quote it: short, on one line, in quotes."""
    flat = " ".join(_UNFIT.sub("?", text).split())
    return f'"{flat[:57]}..."' if len(flat) > 60 else f'"{flat}"'


def taken_for(text: str) -> str | None:
    """What YAML takes this unquoted word for, if not for a text: "a truth value", "a number" ..."""
    if text[:1].isalpha() and text.lower() != "null":  # the usual case first: a rulebook has thousands of words
        return "a truth value" if text.lower() in _SURPRISES else None
    if _SIXTY.fullmatch(text):
        return "a number in base 60"
    if _OCTAL.fullmatch(text):
        return "an octal number"
    if _FLOAT.fullmatch(text):
        return "a number"
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    kind = tag.rpartition(":")[2]
    names = {"bool": "a truth value", "int": "a number", "float": "a number", "null": "nothing", "timestamp": "a date"}
    return None if kind == "str" else names.get(kind, "something other than text")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, never more than fit; `Malformed` where there is no such file or it is too large."""
    file = str(path)
    try:
        with path.open("rb") as handle:
            data = handle.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no name of a file"
        raise Malformed(file=file, line=1, sentence=f"The file cannot be read: {reason}.") from None
    if len(data) > MOST_BYTES:
        raise _too_large(file)
    return data


def _too_large(file: str) -> Malformed:
    sentence = f"The file is larger than {MOST_BYTES:,} bytes; a rulebook is a text that people can read, so divide it."
    return Malformed(file=file, line=1, sentence=sentence)


def decoded(data: bytes, file: str) -> str:
    """The text of these bytes; `Malformed` with the line of the first byte that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        says = "This line is not UTF-8; save the file in that encoding."
        raise Malformed(file=file, line=line, sentence=says) from None


def read(text: str, file: str) -> Node:
    """The node tree of a rulebook's text; `Malformed` says what to mend first."""
    if len(text) > MOST_BYTES:
        raise _too_large(file)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.count("\n") + (not text.endswith("\n")) or 1
    _fit(text, file)
    try:
        return _Composer(file, lines, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line + 1, lines) if mark is not None else 1
        says = f"This is not YAML ({error.problem or error.context}); look at quotes, colons, brackets and indentation."
        says = _TOO_DEEP if "nesting" in says else says  # the parser in C reads ahead and may give up first
        raise Malformed(file=file, line=line, sentence=says) from None
    except yaml.YAMLError:
        raise Malformed(file=file, line=1, sentence="This is not YAML; save the file as UTF-8 text.") from None


def _fit(text: str, file: str) -> None:
    tab = text.find("\t")
    unfit = _UNFIT.search(text)
    if unfit is not None and (tab < 0 or unfit.start() < tab):
        line = text.count("\n", 0, unfit.start()) + 1
        says = f"This line holds the character U+{ord(unfit.group()):04X}, which hides or reorders text; take it out."
        raise Malformed(file=file, line=line, sentence=says)
    if tab >= 0:
        line = text.count("\n", 0, tab) + 1
        raise Malformed(file=file, line=line, sentence="This line holds a tab; write spaces.")


class _Composer:
    """Builds nodes from events. An alias shares its anchor's node, and counts as many nodes as it stands for."""

    def __init__(self, file: str, lines: int, events: Iterator[Any]) -> None:
        self.file, self.lines, self.events = file, lines, events
        self.anchors: dict[str, tuple[Node, int, int]] = {}  # the node, how many nodes it stands for, how deep it goes
        self.open: set[str] = set()
        self.nodes = 0
        self.deepest = 0

    def line(self, event: Any) -> int:
        return min(
            int(event.start_mark.line) + 1, self.lines
        )  # the mark of an empty value may lie behind the last line

    def refuse(self, event: Any, sentence: str) -> Malformed:
        return Malformed(file=self.file, line=self.line(event), sentence=sentence)

    def document(self) -> Node:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise self.refuse(event, "A second document begins here; a rulebook is one document in one file.")
                if event.version or event.tags:
                    raise self.refuse(
                        event, "Directives (lines that begin with %) are not part of the language; take it out."
                    )
            elif isinstance(event, yaml.NodeEvent):
                root = self.node(event, 0)
        if root is None:
            raise Malformed(file=self.file, line=1, sentence="The file is empty; begin with the section rulebook.")
        return root

    def node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, depth)
        if event.tag is not None:
            raise self.refuse(event, f"Tags such as {shown(event.tag)} are not part of the language; take it out.")
        self.count(event, 1, depth)
        if event.anchor is None:
            return self.content(event, depth)
        if event.anchor in self.anchors or event.anchor in self.open:
            raise self.refuse(event, f"The anchor {shown(event.anchor)} is given twice; give each its own name.")
        before, above = self.nodes, self.deepest
        self.open.add(event.anchor)
        self.deepest = depth
        node = self.content(event, depth)
        self.open.remove(event.anchor)
        self.anchors[event.anchor] = (node, self.nodes - before + 1, self.deepest - depth)
        self.deepest = max(above, self.deepest)
        return node

    def count(self, event: Any, more: int, depth: int) -> None:
        self.nodes += more
        self.deepest = max(self.deepest, depth)
        if self.nodes > MOST_NODES:
            says = f"The text has more than {MOST_NODES:,} values when its aliases are written out; write it shorter."
            raise self.refuse(event, says)
        if depth > MOST_DEPTH:
            raise self.refuse(event, _TOO_DEEP)

    def alias(self, event: Any, depth: int) -> Node:
        name = shown(event.anchor)
        if event.anchor in self.open:
            raise self.refuse(
                event, f"The alias {name} stands inside its own anchor and would never end; write it out."
            )
        if event.anchor not in self.anchors:
            raise self.refuse(event, f"The alias {name} has no anchor of that name before it; write it out.")
        node, size, height = self.anchors[event.anchor]
        self.count(event, size, depth + height)
        return node

    def content(self, event: Any, depth: int) -> Node:
        line = self.line(event)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(line, event.value, event.style in (None, ""))
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
                items.append(self.node(inner, depth + 1))
            return Items(line, items)
        keys: dict[str, tuple[int, Node]] = {}
        while not isinstance(inner := next(self.events), yaml.MappingEndEvent):
            key = self.key(inner, depth + 1)
            if key in keys:
                says = (
                    f"The key {shown(key)} stands here a second time (first on line {keys[key][0]}); keep one of them."
                )
                raise self.refuse(inner, says)
            keys[key] = (self.line(inner), self.node(next(self.events), depth + 1))
        return Entries(line, keys)

    def key(self, event: Any, depth: int) -> str:
        self.count(event, 1, depth)
        if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None:
            raise self.refuse(
                event, "A key is a plain word here, without anchors, aliases or brackets; write the word."
            )
        if event.tag is not None:
            raise self.refuse(event, f"Tags such as {shown(event.tag)} are not part of the language; take it out.")
        key = unicodedata.normalize("NFC", event.value)
        if event.style in (None, ""):
            if key == "<<":
                raise self.refuse(event, "Merge keys (<<) are not part of the language; write the keys out.")
            if kind := taken_for(key):
                raise self.refuse(
                    event, f"YAML takes the key {shown(key)} for {kind}; choose another word or put it in quotes."
                )
        if not key.strip() or len(key) > MOST_KEY or "\n" in key:
            raise self.refuse(event, f"A key is one line of 1 to {MOST_KEY} characters; shorten {shown(key)}.")
        return key
