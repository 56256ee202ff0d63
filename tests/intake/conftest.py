# SPDX-License-Identifier: Apache-2.0
"""An organisation on each database, behind a server in a process of its own."""

from collections.abc import Callable

import pytest

from tests.calling import Said, calling
from tests.databases import made, postgres_server, postgres_template, sqlite_template

__all__ = ["made", "postgres_server", "postgres_template", "sqlite_template"]


@pytest.fixture
def evenhand(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """`evenhand("backup", path)` runs the command in this process."""
    return calling(capsys)
