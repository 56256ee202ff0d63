# SPDX-License-Identifier: Apache-2.0
"""Node's own `crypto` re-hashes our logs and verifies the signature of their checkpoints (issue 3, item 9); no package of npm."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.peers.conftest import skipped_where_absent
from tests.peers.environments import HERE, program, run
from tests.peers.exports import IN_CHECKPOINT, SIZES, Export, altered


@pytest.fixture(scope="session")
def check() -> Callable[[Export], CompletedProcess[str]]:
    """Runs check.js on an export."""
    with skipped_where_absent():
        node = program("node", "nodejs")
    return lambda export: run([node, HERE / "check.js", export.folder, export.key])


@pytest.mark.parametrize("size", SIZES)
def test_node_comes_to_the_signed_root_from_the_entries(check, export, size: int):
    """The page that checks a receipt in a browser stands on the same arithmetic; here it is tried on whole logs."""
    said = check(export(size))
    assert (0, f"ok: {size} entries\n") == (said.returncode, said.stdout)


@pytest.mark.parametrize(
    ("size", "name"),
    [
        (1, "tile/entries/000.p/1"),
        (257, "tile/entries/000"),
        (257, "tile/entries/001.p/1"),
        (70_000, "tile/entries/273.p/112"),
    ],
)
def test_node_refuses_one_flipped_bit_in_an_entry(check, export, tmp_path: Path, size: int, name: str):
    """A checker that passes whatever it is given would have passed above as well."""
    said = check(altered(export(size), tmp_path, name))
    assert (1, "the entries do not give the root of the checkpoint\n") == (said.returncode, said.stdout)


@pytest.mark.parametrize("part", IN_CHECKPOINT)
def test_node_refuses_one_flipped_bit_in_the_checkpoint(check, export, tmp_path: Path, part: str):
    """Whoever can change size or root unseen can cut the log off at any entry."""
    said = check(altered(export(257), tmp_path, "checkpoint", at=IN_CHECKPOINT[part]))
    assert (1, "the signature does not verify\n") == (said.returncode, said.stdout)
