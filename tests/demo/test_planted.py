# SPDX-License-Identifier: Apache-2.0
"""The invented federation is lawful until faults are planted, and the examination finds each of them and no other."""

import json
from pathlib import Path
from random import Random

import duckdb
import pytest

from demo.cases import World, invent
from demo.faults import is_lawful
from demo.habits import HABITS
from demo.harbour import FIRST, UNTIL, earlier_version, make
from demo.members import Offices, members_of
from evenhand.casework.running_book import RunningBook
from evenhand.examine.running import run
from evenhand.rulebook.loading import loads

CASES = 2500
EXACTLY = ("skipped_step", "own_cause", "two_roles", "unlike", "backwards", "own_case_open")


@pytest.fixture(scope="module")
def federation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented federation, examined: a folder with source, mapping, planted.json and report."""
    folder = tmp_path_factory.mktemp("harbour")
    make(folder, cases=CASES, seed=7)
    run(folder / "mapping", folder / "source", folder / "report")
    return folder


@pytest.fixture(scope="module")
def planted(federation: Path) -> dict[str, dict]:
    """What was planted, by kind."""
    return {one["kind"]: one for one in json.loads((federation / "planted.json").read_text("utf-8"))}


def found(federation: Path, table: str, where: str = "true") -> set[str]:
    """The cases that a table of the examination holds."""
    path = federation / "report/tables" / f"{table}.parquet"
    return {row[0] for row in duckdb.sql(f"SELECT \"case\" FROM read_parquet('{path}') WHERE {where}").fetchall()}


@pytest.mark.parametrize("kind", EXACTLY)
def test_what_was_planted_is_found_and_nothing_else(federation: Path, planted: dict[str, dict], kind: str):
    """An inquiry would miss a fault that is there, or accuse where there is none."""
    one = planted[kind]
    assert one["cases"]
    assert set(one["cases"]) == found(federation, one["table"])


def test_an_overruled_recommendation_without_reasons_is_found(federation: Path, planted: dict[str, dict]):
    """A decision softer than recommended, unexplained, would hide among the explained ones."""
    assert set(planted["overruled"]["cases"]) == found(federation, "softer", "trim(coalesce(reasons, '')) = ''")


def test_a_late_notice_is_found(federation: Path, planted: dict[str, dict]):
    """B01: who was told weeks too late would not be seen."""
    late = set(planted["late_notice"]["cases"])
    assert late
    assert late <= found(federation, planted["late_notice"]["table"], "late_by > 10")


@pytest.mark.parametrize(("kind", "reason"), [("unread_date", "%cannot be read as a date%"), ("doubled", "%twice%")])
def test_a_damaged_line_is_listed(federation: Path, planted: dict[str, dict], kind: str, reason: str):
    """A row would be dropped, or corrected, without anybody knowing."""
    assert set(planted[kind]["cases"]) == found(federation, "doubtful", f"reason LIKE '{reason}'")


def test_the_slate_the_panel_leaned_to_stands_lower(federation: Path):
    """The difference that was planted would drown in the figures, or appear on the wrong side."""
    triple = json.loads((federation / "report/findings.json").read_text("utf-8"))["equal_treatment"][0]
    assert ("slate", "Anchor", "Compass") == (triple["attribute"], triple["group"], triple["reference"])
    assert triple["stratified"]["high"] < 1


def test_every_case_is_lawful_before_anything_is_planted(root: Path):
    """What the demo calls a planted fault would be a fault of its own making."""
    rules = earlier_version((root / "rulebooks/harbour.yaml").read_text("utf-8"))
    book = RunningBook(loads(rules), "discipline")
    members = members_of(book.rulebook, Random("members"))
    world = World(book, members, Offices(book.rulebook, members), HABITS, UNTIL)
    assert [] == [case.id for case in invent(world, 150, FIRST, Random("cases")) if not is_lawful(world, case)]


def test_the_same_seed_invents_the_same_federation(tmp_path: Path):
    """A figure quoted from the demo could not be reproduced by anybody."""
    for name in ("one", "two"):
        make(tmp_path / name, cases=400, seed=3)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
