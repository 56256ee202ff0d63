# SPDX-License-Identifier: Apache-2.0
"""The code that checks Go's module log reads ours (issue 3, item 9): golang.org/x/mod/sumdb/note and sumdb/tlog."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.peers.conftest import skipped_where_absent
from tests.peers.environments import built_go, run
from tests.peers.exports import IN_CHECKPOINT, SIZES, Export, altered, misproved


@pytest.fixture(scope="session")
def check(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Export], CompletedProcess[str]]:
    """Runs the Go program, compiled once, on an export."""
    with skipped_where_absent():
        program = built_go(tmp_path_factory.mktemp("go"))
    return lambda export: run([program, export.folder, export.key, export.proofs])


@pytest.mark.parametrize("size", SIZES)
def test_go_reads_signature_tiles_entries_and_both_kinds_of_proof(check, export, size: int):
    """A record that only its own software accepts is a claim, not a proof."""
    said = check(export(size))
    assert (0, f"ok: {size} entries") == (said.returncode, said.stdout.partition(",")[0])


@pytest.mark.parametrize(
    ("size", "name", "why"),
    [
        (3, "tile/0/000.p/3", "inconsistent tile"),
        (257, "tile/0/000", "does not hold what the tree says"),
        (257, "tile/0/001.p/1", "inconsistent tile"),
        (257, "tile/1/000.p/1", "inconsistent tile"),
        (1_000, "tile/0/003.p/231", "does not hold what the tree says"),
        (1_000, "tile/entries/003.p/231", "does not hold what the tree says"),
        (70_000, "tile/0/100", "does not hold what the tree says"),
        (70_000, "tile/1/000", "does not hold what the tree says"),
        (70_000, "tile/2/000.p/1", "inconsistent tile"),
        (3, "tile/entries/000.p/3", "the entries do not give the root"),
        (257, "tile/entries/000", "the entries do not give the root"),
        (70_000, "tile/entries/100", "the entries do not give the root"),
        (70_000, "tile/entries/273.p/112", "the entries do not give the root"),
    ],
)
def test_go_refuses_one_flipped_bit_in_a_tile_or_an_entry(
    check, export, tmp_path: Path, size: int, name: str, why: str
):
    """A checker that passes whatever it is given would have passed above as well."""
    said = check(altered(export(size), tmp_path, name))
    assert (1, True) == (said.returncode, why in said.stdout), said.stdout


@pytest.mark.parametrize("part", IN_CHECKPOINT)
def test_go_refuses_one_flipped_bit_in_the_checkpoint(check, export, tmp_path: Path, part: str):
    """Whoever can change size or root unseen can cut the log off at any entry."""
    said = check(altered(export(257), tmp_path, "checkpoint", at=IN_CHECKPOINT[part]))
    assert (1, True) == (said.returncode, "invalid signature for key" in said.stdout), said.stdout


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_go_refuses_one_flipped_bit_in_a_proof_of_ours(check, export, tmp_path: Path, kind: str):
    """It would have taken any list of hashes, and our proofs would have been tried by nobody."""
    said = check(misproved(export(1_000), tmp_path, kind))
    assert (1, True) == (said.returncode, "invalid transparency proof" in said.stdout), said.stdout
