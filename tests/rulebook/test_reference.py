# SPDX-License-Identifier: Apache-2.0
"""The manual explains every key of the language, and what it says of a key is what the loader does."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evenhand.rulebook.carries import CARRIES
from evenhand.rulebook.loading_keys import RULEBOOK
from evenhand.rulebook.loading_keys_people import CAPACITIES, PATTERNS
from evenhand.rulebook.loading_shapes import Key, Record, read_at
from evenhand.rulebook.loading_values import Place
from evenhand.rulebook.model import FACT_KINDS
from evenhand.rulebook.reading import Entries, read

PAGE = (Path(__file__).resolve().parents[2] / "docs/rulebook.md").read_text("utf-8")


def keys(shape: Any) -> Iterator[tuple[str, Key]]:
    """Every key of the language with its path, from the tables that the loader reads with."""
    if isinstance(shape, Record):
        for key in shape.keys:
            yield f"{shape.path}.{key.name}".removeprefix("."), key
            yield from keys(key.shape)
    else:
        for inner in ("shape", "record", "value", "mapping"):
            if hasattr(shape, inner):
                yield from keys(getattr(shape, inner))


KEYS = dict(keys(RULEBOOK))
every_key = pytest.mark.parametrize("path", KEYS)


def section(path: str) -> str:
    """What the manual says under the heading of a key."""
    found = re.search(rf"^### `{re.escape(path)}`\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/rulebook.md has no heading “### `{path}`”"
    return found[1]


def line(path: str, word: str) -> str:
    """What stands after this word in the list of a key."""
    found = re.findall(rf"^- {word}: (.+)$", section(path), re.MULTILINE)
    assert 1 == len(found)
    return str(found[0])


def default(key: Key) -> str:
    """The default of a key as the manual writes it."""
    if key.required:
        return "none, it must stand"
    if isinstance(key.default, bool):
        return f"`{str(key.default).lower()}`"
    if isinstance(key.default, tuple) and key.default:
        return f"`[{', '.join(key.default)}]`"
    if key.default is None:
        return "left out"
    return f"`{key.default}`" if key.default else "nothing"


@every_key
def test_every_key_is_explained(path: str):
    """Whoever meets a key in a rulebook could not find out what it means."""
    assert section(path).strip().startswith(KEYS[path].says)
    assert line(path, "Type")


@every_key
def test_the_default_in_the_manual_is_the_default(path: str):
    """A drafter would leave a key out and get another rule than they read."""
    assert default(KEYS[path]) == line(path, "Default")


@every_key
def test_the_example_of_a_key_is_one(path: str):
    """A drafter would copy what the loader refuses."""
    example = read(line(path, "Example").strip("`"), "docs/rulebook.md")
    assert isinstance(example, Entries)
    assert [path.rpartition(".")[2]] == list(example.keys)
    ((at, value),) = example.keys.values()
    assert read_at(KEYS[path].shape, value, at, Place("docs/rulebook.md", path), "NAME") not in ("", (), {}, None)


def test_the_manual_explains_no_key_that_is_not_there():
    """A drafter would write it, and be refused."""
    assert sorted(KEYS) == sorted(re.findall(r"^### `(.+)`$", PAGE, re.MULTILINE))


def table(heading: str) -> list[tuple[str, ...]]:
    """The rows of the table below this heading."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return [tuple(row.strip("| ").split(" | ")) for row in found[1].splitlines() if row.startswith("| `")]


def test_every_thing_that_an_act_can_carry_is_explained():
    """Which of it tells a party who complained could not be looked up (M14)."""
    expected = [(f"`{name}`", item.says, "yes" if item.discloses else "no") for name, item in CARRIES.items()]
    assert expected == table("What an act can carry")


def test_every_kind_of_fact_is_explained():
    """The checks go by the kind: a drafter must know what follows from it."""
    assert [f"`{kind}`" for kind in FACT_KINDS] == [row[0] for row in table("Kinds of facts")]


def test_every_pattern_of_conflict_is_explained():
    """An organisation could not say who is barred (D01)."""
    assert [f"`{pattern}`" for pattern in PATTERNS] == [row[0] for row in table("Patterns of conflict")]
    capacities = ", ".join(f"`{capacity}`" for capacity in CAPACITIES)
    assert f"What `for` can name: {capacities}." in PAGE


def test_every_reference_within_the_page_leads_somewhere():
    """A reader who follows a word to its keys would end at the top of the page."""
    headings = {
        re.sub(r"[^a-z0-9 -]", "", text.lower()).replace(" ", "-") for text in re.findall(r"^#+ (.+)$", PAGE, re.M)
    }
    anchors = headings | set(re.findall(r'<a id="(.+?)">', PAGE))
    assert set() == set(re.findall(r"\]\(#(.+?)\)", PAGE)) - anchors
