# SPDX-License-Identifier: Apache-2.0
"""A small invented club whose files the tests damage: matters.csv, members.csv and a mapping for them."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from evenhand.examine.history import History
from evenhand.examine.opening import open_history

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
