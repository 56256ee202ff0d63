# SPDX-License-Identifier: Apache-2.0
"""Nothing but `procedure` writes entries, read tables or the outbox: a door that did could decide a case (house.md)."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src/evenhand"
WRITES = {
    "create", "save", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "executemany",
}  # fmt: skip
MAY = (
    "store/write",  # the functions that write, which procedure alone may import
    "store/sealing.py",  # gives entries their place
    "store/migrations",
    "procedure",
    "web/accounts",  # accounts and sessions are no part of the record
)
HARMLESS = {
    "harbour/tour.py",  # opens accounts by which one signs in to an invented organisation
    "web/portal/complaining.py",  # binds the account of a receipt code to its person
    "web/desk/entering.py",  # keeps its session in the transaction in which the code is made
    "web/errors.py", "web/looks/fields.py",
}  # fmt: skip


def modules():
    """Every module that may not write, and stands above the tables."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        above = name.startswith(("store/", "letters/", "evidence/", "web/", "harbour/", "cli/organisation/"))
        if above and not name.startswith(MAY) and name not in HARMLESS:
            yield pytest.param(path, id=name)


def writes_in(text: str) -> list[str]:
    """What in a module writes, if it knows the tables by whatever import."""
    tree = ast.parse(text)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    tables = any(
        node.module == "evenhand.store.models"
        or (node.module == "evenhand.store" and any(name.name == "models" for name in node.names))
        for node in imports
    )
    calls = [
        f"{node.func.attr} in line {node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]
    return calls if tables else []


@pytest.mark.parametrize("path", list(modules()))
def test_no_door_and_no_reader_writes_a_table(path):
    """`objects.create`, `row.save`, `rows.update` and their like, wherever the tables are imported."""
    assert [] == writes_in(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "from evenhand.store import models\nmodels.Entry.objects.create(n=1)",
        "from evenhand.store.models import Matter\nMatter.objects.filter(over=True).update(over=False)",
        "from evenhand.store import books, models\nrow = models.Part.objects.get()\nrow.save()",
    ],
)
def test_a_door_that_wrote_would_be_found(text):
    """A check that finds nothing must be one that could."""
    assert 1 == len(writes_in(text))
