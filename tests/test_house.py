# SPDX-License-Identifier: Apache-2.0
"""The habits of the house: short modules, licence lines, names that say something, nothing of anybody's machine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("src", "verifier", "tests", "tools", "bench", "demo", "docs", "mappings", "rulebooks", "changelog.d", ".ci")
CODE = {".py", ".css", ".js", ".html", ".go"}
COMMENTED = CODE | {".md", ".sql", ".yaml", ".toml"}
LONGEST = 300
ONE_FILE = {"verifier/evenhand_verify.py", "verifier/verify.html"}
"""What somebody who trusts nobody reads from top to bottom, in one file whatever its length (ADR 11)."""
NO_NAME = {"utils", "helpers", "common", "core", "base", "manager", "misc"}
MACHINES = re.compile(r"/(?:root|home|Users|work|opt|mnt)/[A-Za-z0-9._-]+|[A-Z]:\\\\Users")


def files() -> Iterator[Path]:
    """Every file of the repository that people wrote, without what recipes made."""
    for folder in OURS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not {"__pycache__", ".venv"} & set(path.parts) and path.suffix != ".pyc":
                yield path
    yield from sorted(path for path in ROOT.iterdir() if path.is_file() and path.name != "uv.lock")


FILES = tuple(files())
# The tiles of tests/vectors/log have no suffix and are bytes.
TEXTS = tuple(
    path for path in FILES if path.suffix not in {".png", ".svg", ".parquet", ".gz", ".mo"} and "tile" not in path.parts
)


def named(path: Path) -> str:
    """How a failing test calls a file."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix in CODE], ids=named)
def test_a_module_fits_on_a_few_screens(path: Path):
    """A page that nobody reads to its end cannot be checked by reading it."""
    assert LONGEST >= len(path.read_text("utf-8").splitlines()) or named(path) in ONE_FILE


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix in COMMENTED], ids=named)
def test_a_licence_line_heads_each_file(path: Path):
    """Whoever takes one file with them would not know on what terms."""
    assert any("SPDX-License-Identifier: " in line for line in path.read_text("utf-8").splitlines()[:3])


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".py"], ids=named)
def test_a_module_is_named_after_something(path: Path):
    """A thing without a name would get a home in which everything is lost."""
    assert path.stem not in NO_NAME
    assert not NO_NAME & set(path.relative_to(ROOT).parts)


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("__init__.py")), ids=named)
def test_a_package_says_what_it_offers_and_nothing_more(path: Path):
    """Code in the file that everybody imports is paid for by everybody."""
    body = ast.parse(path.read_text("utf-8")).body
    assert [ast.Expr] == [type(node) for node in body]


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_no_file_names_a_place_on_somebodys_machine(path: Path):
    """It would work there and nowhere else, and tell where it was written."""
    assert [] == MACHINES.findall(path.read_text("utf-8"))


@pytest.mark.parametrize("path", [path for path in TEXTS if path.suffix == ".py"], ids=named)
def test_nothing_is_left_unfinished(path: Path):
    """A mark without an issue is a promise to nobody."""
    marks = re.findall(r"\b(?:TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))", path.read_text("utf-8"))
    assert [] == marks or path == Path(__file__)


def test_the_lock_holds_each_package_once():
    """Developers and deployments would run different versions and call them the same."""
    packages = re.findall(r'^name = "(.+)"$', (ROOT / "uv.lock").read_text("utf-8"), re.MULTILINE)
    assert sorted(set(packages)) == sorted(packages)


def test_the_lock_keeps_viral_licences_out():
    """pm4py is an outside referee in the bench: as a dependency its licence would reach everybody's copy."""
    assert "pm4py" not in (ROOT / "uv.lock").read_text("utf-8")


@pytest.mark.parametrize("path", sorted((ROOT / "docs/adr").glob("*.md")), ids=named)
def test_a_decision_is_told_on_a_page(path: Path):
    """Whoever comes later would undo it without knowing what it was for."""
    text = path.read_text("utf-8")
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name)
    assert 60 >= len(text.splitlines())
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert ["Question", "Decision", "Why", "We give up", "We were wrong if"] == headings


def test_decisions_are_numbered_without_gap_or_double():
    """Two pages with one number: a citation would lead to either."""
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    assert list(range(1, len(numbers) + 1)) == numbers
