# SPDX-License-Identifier: Apache-2.0
"""The verifier, loaded from its one file, and a small export of an invented rowing union to play with."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.conftest import SHARED
from tests.verifier.matters import QUAY, Story
from tests.verifier.writing import ORIGIN, Signer, genesis, write_log

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "verifier" / "evenhand_verify.py"


def load() -> ModuleType:
    """The verifier as a module, from its file and not from wherever it is installed."""
    spec = importlib.util.spec_from_file_location("evenhand_verify_under_test", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def verifier() -> ModuleType:
    """The verifier."""
    return load()


@pytest.fixture(scope="session")
def vectors() -> Callable[[str], Path]:
    """`vectors("merkle")`: a folder of published vectors, or a skip that says what is missing."""

    def folder(name: str) -> Path:
        path = SHARED / "vectors" / name
        if not path.is_dir():
            pytest.skip(f"the folder shared/vectors/{name} does not lie beside the project")
        return path

    return folder


class Said:
    """What the command answered: exit code, the report as data, and everything it printed."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def report(self) -> dict[str, Any]:
        """The report as data."""
        return json.loads(self.out)

    @property
    def rules(self) -> list[tuple[int | None, str]]:
        """Entry and rule of each finding that has a rule."""
        return [(one["entry"], one["rule"]) for one in self.report["findings"] if one["rule"]]

    @property
    def findings(self) -> str:
        """Every finding in one text."""
        return "\n".join(f"{one['where']} {one['entry']} {one['says']}" for one in self.report["findings"])

    @property
    def not_checked(self) -> str:
        """Everything that was not checked in one text."""
        return "\n".join(f"{one['where']} {one['says']}" for one in self.report["not_checked"])


@pytest.fixture
def verify(verifier: ModuleType, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """`verify(path, ..., key=...)`: run the command; the report as JSON unless told otherwise."""

    def run(*paths: Any, key: str | None = Signer(ORIGIN).vkey, form: str = "json", **options: Any) -> Said:
        arguments = [str(path) for path in paths] + (["--key", key] if key else []) + ["--format", form]
        for name, value in options.items():
            arguments += [f"--{name}", str(value)]
        capsys.readouterr()
        code = verifier.main(arguments)
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return run


@pytest.fixture
def signer() -> Signer:
    """The key of the union's log."""
    return Signer(ORIGIN)


@pytest.fixture
def cosigners() -> list[Signer]:
    """Three parties with opposed interests."""
    return [Signer(f"cosigner{n}.example", 4) for n in range(3)]


@pytest.fixture
def plain_log(tmp_path: Path, signer: Signer) -> tuple[Path, list[bytes]]:
    """A log of a genesis and nine plain entries."""
    entries = [genesis(signer), *(b'{"note":%d}' % n for n in range(9))]
    return write_log(tmp_path / "log", entries, [signer]), entries


@pytest.fixture
def story() -> Story:
    """A matter of the Quay Rowing Club: lodged on Wednesday, 1 April 2026, and nothing yet done."""
    return Story(QUAY).does("complainant", "lodge", "2026-04-01T10:00:00Z")
