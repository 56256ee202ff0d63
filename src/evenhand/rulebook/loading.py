# SPDX-License-Identifier: Apache-2.0
"""Loads a rulebook: text in, the values of `model` out, or `Malformed` with file, line and what to do.

Four steps: `reading` turns the text into nodes, the tables of keys (`loading_keys`) turn nodes into sections,
`loading_links` looks up every name, `loading_building` makes the values. What is refused here is no rulebook of the
language; whether a rulebook is a good one is judged by the checks.
"""

from pathlib import Path

from evenhand.rulebook.canonical import canonical, digest_of
from evenhand.rulebook.loading_building import rulebook_of
from evenhand.rulebook.loading_keys import RULEBOOK
from evenhand.rulebook.loading_links import check_links
from evenhand.rulebook.loading_shapes import Section
from evenhand.rulebook.loading_values import Place
from evenhand.rulebook.model import Rulebook
from evenhand.rulebook.reading import decoded, read, read_bytes


def load(path: Path) -> Rulebook:
    """The rulebook in this file; `Malformed` where it cannot be read or is none."""
    return loads(decoded(read_bytes(path), str(path)), str(path))


def loads(text: str, file: str = "rulebook.yaml") -> Rulebook:
    """The rulebook of this text; `file` is only named in errors and in `source`."""
    whole = sections_of(text, file)
    return rulebook_of(whole, source=file, digest=digest_of(whole))


def canonical_text(path: Path) -> bytes:
    """The canonical JSON of the rulebook in this file, whose SHA-256 is its identity; `Malformed` as `load` raises it."""
    return canonical(sections_of(decoded(read_bytes(path), str(path)), str(path)))


def sections_of(text: str, file: str = "rulebook.yaml") -> Section:
    """What the text says, key by key, every name looked up: the plain data of which the digest is taken."""
    place = Place(file)
    whole = RULEBOOK.read(read(text, file), place)
    check_links(whole, [key.name for key in RULEBOOK.keys], place)
    return whole
