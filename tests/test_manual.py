# SPDX-License-Identifier: Apache-2.0
"""What the program can do, its manual explains."""

import re
import shlex
from argparse import SUPPRESS, Action, ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest

from evenhand.cli.asking import Command
from evenhand.cli.commands import COMMANDS
from evenhand.cli.parser import Parser, build
from evenhand.rulebook.checking import CHECKS, WHOLE

ROOT = Path(__file__).resolve().parent.parent
MANUAL = (ROOT / "docs/cli.md").read_text("utf-8")
PAGES = (*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md")))


def called(command: Command) -> str:
    """How a command is called."""
    return " ".join(("evenhand", *command.words))


def section(command: Command) -> str:
    """What the manual says under the heading of a command."""
    found = re.search(rf"^## {re.escape(called(command))}\n(.*?)(?=^## |\Z)", MANUAL, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/cli.md has no heading “## {called(command)}”"
    return found[1]


def asked(command: Command) -> Iterator[Action]:
    """Every argument and option of a command."""
    parser = ArgumentParser(add_help=False)
    command.ask(parser)
    yield from (action for action in parser._actions if action.help != SUPPRESS)


def written(action: Action) -> str:
    """An argument as the manual writes it: `FILE`, `--out PATH`, `--format text|json`."""
    value = "\\|".join(map(str, action.choices)) if action.choices else action.metavar
    return " ".join(str(part) for part in (*action.option_strings, value) if part)


@pytest.mark.parametrize("command", COMMANDS, ids=called)
def test_every_command_and_option_is_explained(command: Command):
    """Whoever has a command in front of them could not find out what it asks for."""
    rows = re.findall(r"^\| `(.+?)` \|", section(command), re.MULTILINE)
    assert [written(action) for action in asked(command)] == rows


@pytest.mark.parametrize("command", COMMANDS, ids=called)
def test_the_manual_shows_the_example_of_the_help(command: Command):
    """Two examples of one command would drift apart, and one of them would fail."""
    assert f"```text\n{command.example}\n```" in section(command)


def test_the_manual_explains_no_command_that_is_not_there():
    """A reader would type it."""
    assert [called(command) for command in COMMANDS] == re.findall(r"^## (evenhand .+)$", MANUAL, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_line_in_the_documents_is_one(page: Path, parser: Parser):
    """A page would teach a command that is refused."""
    for line in re.findall(r"^(?:\$ )?evenhand ((?:rules|examine) .+)$", page.read_text("utf-8"), re.MULTILINE):
        words = shlex.split(line.replace("...", ""), comments=True)
        assert parser.parse_args(words).command is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_between_documents_leads_somewhere(page: Path):
    """A reader would end at nothing."""
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


def test_every_check_is_explained_in_its_order(root: Path):
    """Whoever reads that C11 does not hold could not find out what was asked."""
    known = {check.id for check in (*CHECKS, *WHOLE)}
    headings = re.findall(r"^## (C\d+) \S", (root / "docs/checks.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(known, key=lambda check: int(check[1:])) == headings


def test_every_recipe_is_told_by_make_help(root: Path):
    """A recipe without a sentence is known to nobody but its author."""
    text = (root / "Makefile").read_text("utf-8")
    listed = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert listed is not None
    assert listed[1].split() == re.findall(r"^([a-z-]+):.*## .+$", text, re.MULTILINE)


@pytest.fixture
def parser() -> Parser:
    """The parser of the program."""
    return build()
