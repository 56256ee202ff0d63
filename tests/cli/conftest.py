# SPDX-License-Identifier: Apache-2.0
"""The command as a person calls it, rulebooks that hold and do not, and a small export of an invented union."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.calling import Said, calling

GOOD = Path(__file__).resolve().parent.parent / "rulebook/fixtures/good.yaml"


@pytest.fixture
def evenhand(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """`evenhand("rules", "check", path)` runs the command in this process."""

    return calling(capsys)


@pytest.fixture
def good() -> Path:
    """The rulebook of an invented club that passes every check."""
    return GOOD


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The same rulebook, in which one member of the committee is enough to refuse a complaint."""
    text = GOOD.read_text("utf-8")
    promised = "committee: {pool: 6, seats: 2, majority: 2}"
    assert promised in text
    path = tmp_path / "alone.yaml"
    path.write_text(text.replace(promised, "committee: {pool: 6, seats: 1, majority: 1}"), "utf-8")
    return path


@pytest.fixture
def history(tmp_path: Path) -> tuple[Path, Path]:
    """A mapping and its source: three cases of an invented union, one of which ends before it begins."""
    source, mapping = tmp_path / "source", tmp_path / "mapping"
    source.mkdir()
    mapping.mkdir()
    (source / "cases.csv").write_text(
        "number,received,closed\n1,2024-01-02,2024-02-01\n2,2024-01-03,\n3,2024-01-04,2023-12-31\n", "utf-8"
    )
    (mapping / "mapping.toml").write_text('[source]\nname = "Saltmarsh Rowing Union"\nas_of = 2024-06-30\n', "utf-8")
    (mapping / "cases.sql").write_text('SELECT number AS "case", received, closed, _line FROM cases\n', "utf-8")
    return mapping, source


@pytest.fixture
def editions(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A mapping and two editions of one published file: a row added, one removed, one altered."""
    mapping = tmp_path / "list"
    mapping.mkdir()
    (mapping / "mapping.toml").write_text(
        '[source]\nname = "Saltmarsh penalties"\n[snapshots]\nkey = ["id"]\noutcome_columns = ["penalty"]\n', "utf-8"
    )
    old, new = tmp_path / "2023-01-01.csv", tmp_path / "2024-01-01.csv"
    old.write_text("id,penalty\n1,warning\n2,warning\n3,\n", "utf-8")
    new.write_text("id,penalty\n2,reprimand\n3,\n4,warning\n", "utf-8")
    return mapping, old, new
