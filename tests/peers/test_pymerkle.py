# SPDX-License-Identifier: Apache-2.0
"""pymerkle grows the same tree from our entries (issue 3, item 9); under the GPL, so it runs as a program of its own."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.peers.environments import HERE, run
from tests.peers.exports import SIZES, Export, altered


@pytest.fixture(scope="session")
def check(peer_python) -> Callable[[Export], CompletedProcess[str]]:
    """Runs check_pymerkle.py on an export."""
    python = peer_python("pymerkle", least=(3, 11))
    return lambda export: run([python, HERE / "check_pymerkle.py", export.folder, export.roots])


@pytest.mark.parametrize("size", SIZES)
def test_pymerkle_comes_to_equal_roots_at_all_sizes_on_the_way(check, export, size: int):
    """A root that is right at the sizes that we chose to publish could be wrong at the one that a receipt was made for."""
    said = check(export(size))
    assert (0, f"ok: {size} entries") == (said.returncode, said.stdout.partition(",")[0]), said.stderr


@pytest.mark.parametrize(("size", "name"), [(3, "tile/entries/000.p/3"), (257, "tile/entries/000")])
def test_pymerkle_comes_to_another_root_after_one_flipped_bit(check, export, tmp_path: Path, size: int, name: str):
    """A comparison that holds whatever it is given would have held above as well."""
    said = check(altered(export(size), tmp_path, name))
    assert (1, True) == (said.returncode, "is another one" in said.stderr), said.stderr
