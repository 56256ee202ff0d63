# SPDX-License-Identifier: Apache-2.0
"""A small invented club whose files the tests damage: matters.csv, members.csv and a mapping for them."""

import runpy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import duckdb
import pytest

from evenhand.examine.history import History
from evenhand.examine.opening import open_history
from evenhand.examine.running import run

HEAD = b"id,received,closed,note\n"
TOML = '[source]\nname = "Quay Club"\nzone = "Europe/London"\n'
CASES = 'SELECT id AS "case", received, closed, note, _line FROM matters'
PEOPLE = "SELECT member AS person, branch, _line FROM members"
MEMBERS = b"member,branch\nm1,north\nm2,south\n"


@pytest.fixture
def a_source(tmp_path: Path) -> Callable[..., Path]:
    """`a_source({"matters.csv": b"..."})`: a folder with these files."""

    def build(files: Mapping[str, bytes], folder: str = "source") -> Path:
        path = tmp_path / folder
        path.mkdir()
        for name, content in files.items():
            (path / name).write_bytes(content)
        return path

    return build


@pytest.fixture
def a_mapping(tmp_path: Path) -> Callable[..., Path]:
    """`a_mapping(cases="SELECT ...")`: a mapping folder; without arguments the one for matters.csv and members.csv."""

    def build(toml: str = TOML, folder: str = "mapping", **sql: str) -> Path:
        path = tmp_path / folder
        path.mkdir()
        (path / "mapping.toml").write_text(toml, "utf-8")
        for table, select in (sql or {"cases": CASES, "people": PEOPLE}).items():
            (path / f"{table}.sql").write_text(select, "utf-8")
        return path

    return build


@pytest.fixture
def opened(a_source: Callable[..., Path], a_mapping: Callable[..., Path]) -> Callable[..., History]:
    """`opened(b"c1,2020-01-01,,\\n")`: the history of these lines of matters.csv, closed after the test."""
    open_ones: list[History] = []

    def build(lines: bytes = b"", *, files: Mapping[str, bytes] | None = None, toml: str = TOML, **sql: str) -> History:
        source = a_source(files if files is not None else {"matters.csv": HEAD + lines, "members.csv": MEMBERS})
        history = open_history(a_mapping(toml, **sql), source)
        open_ones.append(history)
        return history

    yield build
    for history in open_ones:
        history.close()


@pytest.fixture
def rows() -> Callable[[History, str], list[tuple[object, ...]]]:
    """`rows(history, "SELECT ...")`: what the history answers."""
    return lambda history, sql: history.con.execute(sql).fetchall()


@dataclass(frozen=True)
class Examined:
    """What a run left: the findings, and the folder with the tables."""

    findings: dict[str, Any]
    out: Path

    def table(self, name: str, columns: str = "*", order: str = "ALL") -> list[tuple[object, ...]]:
        """The rows of a table of the run."""
        path = str(self.out / "tables" / f"{name}.parquet").replace("'", "''")
        return duckdb.sql(f"SELECT {columns} FROM '{path}' ORDER BY {order}").fetchall()


@pytest.fixture
def examined(a_source: Callable[..., Path], a_mapping: Callable[..., Path], tmp_path: Path) -> Callable[..., Examined]:
    """`examined({"matters.csv": b"..."}, cases="SELECT ...", rulebook="...")`: these files, examined through `run`."""

    def build(files: Mapping[str, bytes], toml: str = TOML, rulebook: str | None = None, **sql: str) -> Examined:
        if rulebook is not None:
            toml = toml.replace("[source]\n", '[source]\nrulebook = "rulebook.yaml"\n', 1)
        folder = a_mapping(toml, **sql)
        if rulebook is not None:
            (folder / "rulebook.yaml").write_text(rulebook, "utf-8")
        out = tmp_path / "out"
        findings = run(folder, a_source(files), out)
        return Examined(findings, out)

    return build


QUAY_RULEBOOK = """
rulebook: {id: quay-club, title: Rules of the Quay Club, version: 1}
calendar: {zone: Europe/London, holidays: [2021-01-01]}
roles:
  member: {kind: party, side: complainant}
  respondent: {kind: party, side: respondent}
  secretary: {pool: 2}
  investigator: {pool: 4}
  panel: {pool: 5, seats: 3, majority: 2}
  clock: {kind: machine}
apart: [[investigator, panel]]
books:
  discipline:
    facts: {answered: step}
    stages:
      lodged: {clock: {within: 5wd, then: pass_on}}
      open: {clock: {within: 10wd, then: close_file}}
      decided: {end: true}
      filed: {end: true}
    acts:
      lodge: {in: start, to: lodged, by: member, says: A complaint begins with being lodged.}
      assign: {in: lodged, to: open, by: secretary}
      pass_on: {in: lodged, to: open, by: clock}
      more_time: {in: open, by: secretary, days: 5wd, once: true}
      answer: {in: open, by: respondent, sets: [answered]}
      decide: {in: open, to: decided, by: panel, needs: [answered]}
      close_file: {in: open, to: filed, by: clock}
    limits:
      decision: {from: lodge, to: decide, within: 30d, says: A complaint is decided within thirty days.}
    requirements:
      heard: {says: Nobody is judged unheard., when: [decide], must: [answer]}
      not-filed: {says: A complaint that was answered is not filed away., when: [answer], never: [close_file]}
"""


class QuayClub:
    """The invented Quay Club: its rulebook, its log as files, and the SQL that reads them."""

    rulebook = QUAY_RULEBOOK
    sql: ClassVar = {
        "cases": 'SELECT id AS "case", received, closed, _line FROM matters',
        "acts": 'SELECT id AS "case", act, "at", who AS actor, role, _line FROM log',
    }

    @staticmethod
    def files(matters: str, log: str = "") -> dict[str, bytes]:
        """The files from lines without their heads: id, received, closed; and id, act, at, who, role."""
        return {
            "matters.csv": f"id,received,closed\n{matters}".encode(),
            "log.csv": f"id,act,at,who,role\n{log}".encode(),
        }

    @classmethod
    def log(cls, **cases: str) -> dict[str, bytes]:
        """Files from cases such as `c1="lodge 2021-03-01, decide 2021-03-05 m1 panel"`: act, day, who, in which role.

        A case is received with its first act, and never closed.
        """
        matters, log = "", ""
        for case, acts in cases.items():
            done = [(*part.split(), "", "", "")[:4] for part in acts.split(",")]
            matters += f"{case},{done[0][1]},\n"
            log += "".join(f"{case},{','.join(act)}\n" for act in done)
        return cls.files(matters, log)


@pytest.fixture
def quay() -> type[QuayClub]:
    """The Quay Club."""
    return QuayClub


@pytest.fixture(scope="session")
def invented() -> SimpleNamespace:
    """`invented.full()`, `invented.no_case()`: findings for a report to be made of, from `a_findings.py`."""
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("a_findings.py"))))


@pytest.fixture(scope="session")
def read_page() -> Callable[[str], Any]:
    """`read_page(html)`: the page taken apart, from `a_page.py`."""
    return runpy.run_path(str(Path(__file__).with_name("a_page.py")))["Page"]
