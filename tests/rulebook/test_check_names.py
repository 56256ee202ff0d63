# SPDX-License-Identifier: Apache-2.0
"""The checks know the language of rulebooks and none of the names that an organisation gives."""

import ast
from pathlib import Path

import pytest

from evenhand.rulebook.carries import CARRIES
from evenhand.rulebook.checking import check
from evenhand.rulebook.loading import load
from evenhand.rulebook.model import FACT_KINDS
from tests.rulebook.breaking import FIXTURES, broken
from tests.rulebook.renaming import called, renamed

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "src" / "evenhand" / "rulebook"
OURS = (
    "appeals", "burying", "checking", "circling", "graph", "harm", "meaning", "numbers", "officials", "pools", "runs",
    "table", "verdicts",
)  # fmt: skip
# Words of the language: kinds of facts, what an act can carry, the sides of parties and the kinds of roles.
LANGUAGE = {*FACT_KINDS, *CARRIES, "complainant", "respondent", "both", "person", "party", "machine"}


def names_given() -> set[str]:
    """Every name that a shipped rulebook gives to a book, a stage, a fact, an act, a limit or a role."""
    names: set[str] = set()
    for path in sorted((ROOT / "rulebooks").glob("*.yaml")):
        rulebook = load(path)
        names |= set(rulebook.roles)
        for book in rulebook.books.values():
            names |= {book.id, *book.stages, *book.facts, *book.acts, *book.limits}
    return names


def words_in(path: Path) -> set[str]:
    """Every string of a module that is data of its code: not a docstring, not a piece of a sentence."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    sentences = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in sentences
    }


def test_no_check_knows_a_name_of_a_rulebook():
    """A check that knew a stage by its name would be passed by calling the stage something else."""
    modules = sorted({*MODULES.glob("checks_*.py"), *(MODULES / f"{name}.py" for name in OURS)})
    assert len(modules) > 20
    given = names_given() - LANGUAGE
    assert len(given) > 200
    known = {(path.name, word) for path in modules for word in words_in(path) if word in given}
    assert set() == known


FAULTY = (
    "suspension_by_one_officer", "apology_that_closes", "filing_away_before_an_appeal", "charge_by_the_clock",
    "appeal_that_lapses",
)  # fmt: skip


@pytest.mark.parametrize("fixture", FAULTY)
def test_what_is_found_does_not_turn_on_names(fixture):
    """The same faults under other names are the same faults, with the same runs."""
    rulebook = broken((FIXTURES / f"{fixture}.yaml").read_text(encoding="utf-8"))
    before, after = check(rulebook), check(renamed(rulebook))
    assert [(one.id, one.holds) for one in before.checks] == [(one.id, one.holds) for one in after.checks]
    runs = [[called(step.act) for step in one.run] for one in before.checks]
    assert runs == [[step.act for step in one.run] for one in after.checks]
    assert before.numbers.fewest_to_bury == after.numbers.fewest_to_bury


@pytest.mark.parametrize("name", ["harbour", "quay_club", "lantern_foundation"])
def test_a_shipped_rulebook_holds_under_other_names(name):
    """No shipped rulebook passes because its stages happen to be called what a check expects."""
    report = check(renamed(load(ROOT / "rulebooks" / f"{name}.yaml")))
    assert [] == [(one.id, one.book, one.says) for one in report.checks if not one.holds]
