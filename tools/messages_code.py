# SPDX-License-Identifier: Apache-2.0
"""The texts of the code: constants given to gettext, and the tables of phrases from which a sentence is chosen."""

import ast
import dataclasses
import importlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from evenhand.casework.phrases_words import title_of

SAID = frozenset({"gettext", "gettext_lazy", "gettext_noop", "_", "translate", "say"})
COUNTED = frozenset({"ngettext", "ngettext_lazy"})
WHERE = ("web", "casework", "conflicts", "evidence", "letters", "procedure", "ballots")
TABLES = (
    ("evenhand.casework.forms", "TEXTS"),
    ("evenhand.casework.forms", "PEOPLE"),
    ("evenhand.casework.form_reading", "SAYS"),
    ("evenhand.casework.phrases_words", "SPANS"),
    ("evenhand.casework.phrases_words", "NUMBERS"),
    *(
        ("evenhand.casework.phrases_words", name)
        for name in (
            "DAY",
            "DAY_OF_THIS_YEAR",
            "FIRST",
            "FIRST_OF_THIS_YEAR",
            "OR",
            "AND",
            "IN_FORCE_SINCE",
            "IN_FORCE_FROM",
            "MISSED_LIMIT",
            "SANCTION_FOR",
            "THE_ROLE",
            "ONE_OF",
            "MOMENT",
        )
    ),
    ("evenhand.casework.standing", "STANDING"),
    ("evenhand.letters.blanks", "PHRASES"),
    ("evenhand.letters.blanks", "NO_DAY"),
    ("evenhand.procedure.naming", "RAISED"),
    ("evenhand.procedure.before_the_record", "OLDER"),
    ("evenhand.evidence.kinds", "KINDS"),
)
"""Tables whose sentences reach gettext by a name that a reader of the code cannot follow."""
NAMES = (("evenhand.procedure.declaring", "CATEGORIES"), ("evenhand.procedure.waiving", "ACTS"))
"""Names that pages show as headings, and within a sentence in small letters."""
FIELD = re.compile(r'"text\.([a-z_]+)"')
"""A field of an entry that people wrote: its name is the heading above what they wrote."""


def texts(root: Path) -> Iterator[tuple[str | tuple[str, str], str]]:
    """Each text with the file that says it; a table is named by the file that says its sentences."""
    for package in WHERE:
        for path in sorted((root / "src/evenhand" / package).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            place = str(path.relative_to(root))
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                for text in _of(node, path, root):
                    yield text, place
    for module, name in TABLES:
        place = f"src/{module.replace('.', '/')}.py"
        for text in flat(getattr(importlib.import_module(module), name)):
            yield text, place
    for path in sorted((root / "src/evenhand/procedure").rglob("*.py")):
        for text in flat(getattr(_module(path, root), "SAYS", ())):
            if text.endswith("."):  # a table of the same name in `at_once` has what databases say
                yield text, str(path.relative_to(root))
    for module, name in NAMES:
        for text in getattr(importlib.import_module(module), name):
            yield title_of(text), f"src/{module.replace('.', '/')}.py"
    for path in sorted((root / "src/evenhand/procedure").rglob("*.py")):
        for field in FIELD.findall(path.read_text(encoding="utf-8")):
            yield title_of(field), str(path.relative_to(root))


def _of(node: ast.AST, path: Path, root: Path) -> Iterator[str | tuple[str, str]]:
    """The texts that one call says."""
    if not isinstance(node, ast.Call) or not node.args:
        return
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    words = [one.value if isinstance(one, ast.Constant) else None for one in node.args]
    if name in COUNTED and isinstance(words[0], str) and isinstance(words[1], str):
        yield words[0], words[1]
    elif name in SAID and isinstance(words[0], str):
        yield words[0]
    elif name in SAID:
        yield from _named(node.args[0], path, root)
    elif name == "Refused" and len(node.args) > 1:
        yield from flat(words[1]) if isinstance(words[1], str) else _named(node.args[1], path, root)


def _named(said: ast.expr, path: Path, root: Path) -> Iterator[str]:
    """The texts of a constant, of a table, or of one field of the things in a table."""
    field = ""
    if isinstance(said, ast.Call) and isinstance(said.func, ast.Attribute) and said.func.attr == "format":
        said = said.func.value
    if isinstance(said, ast.Call) and isinstance(said.func, ast.Attribute) and said.func.attr == "get":
        said = said.func.value
    if isinstance(said, ast.Attribute) and isinstance(said.value, ast.Subscript):
        said, field = said.value, said.attr
    if isinstance(said, ast.Subscript):
        said = said.value
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        yield said.value
    if isinstance(said, ast.Name) and said.id.isupper():
        table = getattr(_module(path, root), said.id)
        values = [getattr(one, field) for one in table.values()] if field else [table]
        yield from flat(values)


def _module(path: Path, root: Path) -> Any:
    return importlib.import_module(".".join(path.relative_to(root / "src").with_suffix("").parts))


def flat(table: Any) -> Iterator[str]:
    """Every text in a table; of a mapping its values, of a record its title and what it says."""
    if isinstance(table, str):
        yield from [table] if table else []
    elif isinstance(table, Mapping):
        for one in table.values():
            yield from flat(one)
    elif dataclasses.is_dataclass(table):
        for name in ("title", "says"):
            yield from flat(getattr(table, name, ""))
    elif isinstance(table, Iterable):
        for one in table:
            yield from flat(one)
    elif hasattr(table, "_proxy____args"):
        yield str(table)
