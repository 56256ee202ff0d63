# SPDX-License-Identifier: Apache-2.0
"""Where the Python of a tool is looked for: on PATH and among those of pyenv, and what is said where there is none."""

import sys
from pathlib import Path

import pytest

from tests.peers import environments


def a_python(path: Path, answer: str) -> Path:
    """A program of this name that answers as a Python would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{answer}\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose own Python is too old; `bin` is on PATH, `pyenv` is where pyenv keeps its versions."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(sys, "executable", str(a_python(tmp_path / "own" / "python", "exit 1")))
    return tmp_path


def test_a_name_on_path_that_does_not_run_is_passed_over_for_one_of_pyenv(bare: Path):
    """pyenv puts a name on PATH for every version it has, and most of these names only say that they are not chosen."""
    a_python(bare / "bin" / "python3.12", "echo not chosen >&2; exit 127")
    found = a_python(bare / "pyenv" / "versions" / "3.13.0" / "bin" / "python", f"echo {bare}/found")
    assert bare / "found" == environments.python(least=(3, 12))
    assert found.exists()


def test_where_no_python_is_new_enough_it_is_said_in_a_sentence(bare: Path):
    """This is the one thing that CI may lack: a skip without the reason would look like a test that was forgotten."""
    a_python(bare / "bin" / "python3.12", "exit 1")
    with pytest.raises(
        environments.NoPython, match=r"^no Python 3\.12 or later stands on PATH or among those of pyenv$"
    ):
        environments.python(least=(3, 12))


def test_a_program_that_is_missing_is_named_with_its_package(bare: Path):
    """Whoever reads the skip would have to search for what to install."""
    with pytest.raises(environments.Absent, match="go is not on PATH; on Debian: apt-get install golang-go"):
        environments.program("go", "golang-go")
