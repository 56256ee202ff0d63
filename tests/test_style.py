# SPDX-License-Identifier: Apache-2.0
"""The tools that read the code find nothing: format, simple faults, types, the arrows between packages."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(sys.executable).parent
TOOLS = {
    "format": [str(SCRIPTS / "ruff"), "format", "--check", "--diff", "."],
    "faults": [str(SCRIPTS / "ruff"), "check", "--output-format", "concise", "."],
    "types": [sys.executable, "-m", "mypy", "--no-error-summary"],
    "arrows": [str(SCRIPTS / "lint-imports"), "--no-cache"],
}


@pytest.mark.parametrize("command", TOOLS.values(), ids=TOOLS.keys())
def test_the_tools_find_nothing(command: list[str], root: Path):
    """What a machine can see would be left to the eyes of the reviewer."""
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout + done.stderr
