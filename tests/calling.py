# SPDX-License-Identifier: Apache-2.0
"""The command as a person calls it, in this process."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from evenhand.cli.main import main


class Said(NamedTuple):
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed for programs."""
        return json.loads(self.out)


def calling(capsys: pytest.CaptureFixture[str], *first: str) -> Callable[..., Said]:
    """A function that runs `evenhand`, with these words first, and returns what it said."""

    def called(*words: object) -> Said:
        code = main([*first, *map(str, words)])
        return Said(code, *capsys.readouterr())

    return called
