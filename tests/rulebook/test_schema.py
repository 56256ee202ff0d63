# SPDX-License-Identifier: Apache-2.0
"""The published schema: editors complete and validate with it what the loader will take."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from evenhand.rulebook.loading import loads
from evenhand.rulebook.loading_keys import RULEBOOK
from evenhand.rulebook.malformed import Malformed
from evenhand.rulebook.reading import Entries, Items, Node, read
from evenhand.rulebook.schema import schema
from tests.rulebook.conftest import GOOD
from tests.rulebook.layouts import edited, written

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted([*ROOT.glob("rulebooks/*.yaml"), *ROOT.glob("mappings/*/rulebook.yaml")])
VALIDATOR = Draft202012Validator(schema())
TREE = read(GOOD, "rulebook.yaml")
FAULTS = {
    fault["fault"]: fault
    for path in sorted((Path(__file__).parent / "faults").glob("*.yaml"))
    for fault in yaml.safe_load(path.read_text("utf-8"))
}
# What an editor marks while it is being typed. Names that name nothing and contradictions only the loader sees.
MARKED = [
    "an unknown key", "an unknown section", "a key of nowhere", "a missing key", "a comma in a text in braces",
    "a list for a text", "a text for a list", "a text for a mapping", "nothing for a mapping",
    "nothing for a text", "two quotes for a text", "a number for a text", "yes for a truth value",
    "a quoted truth value", "an impossible time", "a quoted number", "a number too large",
    "a date in another order", "a span in words", "a span of nothing", "a share in decimals", "an upper-case name",
    "a name with a space", "an unknown kind of fact", "an unknown pattern", "an unknown severity",
    "an unknown thing carried", "an unknown day of the week", "the same thing twice in a list",
    "a list of one apart", "a stage called start", "once and max", "a limit with two spans",
    "a limit without a span", "a requirement of nothing",
]  # fmt: skip


def as_an_editor_sees(node: Node) -> Any:
    """The nodes as values, by the rules of YAML 1.2 that editors go by."""
    if isinstance(node, Items):
        return [as_an_editor_sees(item) for item in node.items]
    if isinstance(node, Entries):
        return {key: as_an_editor_sees(inner) for key, (_, inner) in node.keys.items()}
    if node.plain and re.fullmatch(r"|~|null|true|false|-?(0|[1-9][0-9]*)(\.[0-9]+)?", node.text):
        return None if node.text == "~" else json.loads(node.text or "null")
    return node.text


def complaints(text: str) -> list[str]:
    """What an editor would mark in this text."""
    found = VALIDATOR.iter_errors(as_an_editor_sees(read(text, "rulebook.yaml")))
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


def test_the_schema_is_one():
    """Editors would ignore it without a word."""
    Draft202012Validator.check_schema(schema())
    assert "https://json-schema.org/draft/2020-12/schema" == schema()["$schema"]


def test_the_published_schema_is_that_of_the_program():
    """Editors would accept what the loader refuses; `python -m evenhand.rulebook.schema` writes the file anew."""
    assert schema() == json.loads((ROOT / "docs/rulebook.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_we_ship_is_valid(path: Path):
    """The examples from which people learn would be underlined in red."""
    assert [] == complaints(path.read_text("utf-8"))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32).map(Random))
def test_whatever_loads_is_valid(rng: Random):
    """An editor would mark as wrong what the loader takes."""
    text = written(edited(TREE, rng) if rng.random() < 0.8 else TREE, rng)
    try:
        loads(text)
    except Malformed:
        return
    assert [] == complaints(text), text


@pytest.mark.parametrize("fault", MARKED)
def test_a_fault_is_marked_while_it_is_typed(fault: str, changed: Callable[[str, str], str]):
    """The drafter would learn of a slip only when the whole is handed in."""
    assert complaints(changed(FAULTS[fault]["old"], FAULTS[fault]["new"]))


def test_every_key_explains_itself():
    """An editor would offer words without saying what they mean."""
    silent: list[str] = []

    def look(found: Any, path: str) -> None:
        if isinstance(found, dict):
            for key, inner in found.get("properties", {}).items():
                silent.extend([f"{path}.{key}"] if not inner.get("description") else [])
            for key, inner in found.items():
                look(inner, f"{path}.{key}")
        elif isinstance(found, list):
            for inner in found:
                look(inner, path)

    look(schema(), "")
    assert [] == silent
    assert [key.name for key in RULEBOOK.keys] == list(schema()["properties"])
