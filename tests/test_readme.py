# SPDX-License-Identifier: Apache-2.0
"""What the README shows is what a newcomer gets: its commands are run, and what they print is compared."""

import os
import re
import subprocess
import sys
from pathlib import Path

from demo.harbour import make

BLOCK = re.compile(r"^```text\n(\$ .*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = "..."
"""A line that stands for any number of lines."""


def shown(readme: str) -> list[tuple[str, str]]:
    """The commands of each block, and what the README says they print."""
    found = []
    for block in BLOCK.findall(readme):
        lines = block.splitlines()
        commands = [line[2:] for line in lines if line.startswith("$ ")]
        found.append(("\n".join(commands), "\n".join(line for line in lines if not line.startswith("$ "))))
    return found


def pattern(text: str) -> str:
    """What a block shows, with any number of lines where some are left out."""
    return "\n".join(r"(?:.*\n)*?.*" if line == LEFT_OUT else re.escape(line) for line in text.splitlines())


def test_the_examples_of_the_readme_print_what_it_shows(root: Path, tmp_path: Path):
    """A newcomer's first command would answer something else than the first page says."""
    (tmp_path / "rulebooks").symlink_to(root / "rulebooks")
    make(tmp_path / ".demo", cases=5000, seed=2026)
    surroundings = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    surroundings.pop("COLUMNS", None)
    blocks = shown((root / "README.md").read_text("utf-8"))
    assert 3 == len(blocks)
    for commands, expected in blocks:
        done = subprocess.run(
            ["bash", "-c", commands], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False
        )
        printed = done.stdout.strip("\n")
        assert (True, "") == (bool(re.fullmatch(pattern(expected), printed)), done.stderr), printed
