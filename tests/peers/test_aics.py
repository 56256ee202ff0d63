# SPDX-License-Identifier: Apache-2.0
"""aics-tlog, another implementation of the formats of C2SP, reads our logs (issue 3, item 9). It needs Python 3.12."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.peers.environments import HERE, run
from tests.peers.exports import IN_CHECKPOINT, SIZES, Export, altered, misproved


@pytest.fixture(scope="session")
def check(peer_python) -> Callable[[Export], CompletedProcess[str]]:
    """Runs check_aics.py on an export."""
    python = peer_python("aics", least=(3, 12))
    return lambda export: run(
        [python, HERE / "check_aics.py", export.folder, export.key, export.proofs, export.cosigner]
    )


@pytest.mark.parametrize("size", SIZES)
def test_aics_reads_checkpoint_cosignature_tiles_entries_and_proofs(check, export, size: int):
    """Go knows no cosignatures: nobody but ourselves would have read ours."""
    said = check(export(size))
    assert (0, f"ok: {size} entries") == (said.returncode, said.stdout.partition(",")[0]), said.stderr


@pytest.mark.parametrize(
    ("size", "name", "why"),
    [
        (3, "tile/0/000.p/3", "the right-edge tiles do not match the root"),
        (257, "tile/0/000", "tile/0/000 does not match its parent tile"),
        (257, "tile/1/000.p/1", "the right-edge tiles do not match the root"),
        (70_000, "tile/0/100", "tile/0/100 does not match its parent tile"),
        (70_000, "tile/1/000", "tile/1/000 does not match its parent tile"),
        (70_000, "tile/2/000.p/1", "the right-edge tiles do not match the root"),
        (3, "tile/entries/000.p/3", "tile/entries/000.p/3 does not match its level 0 tile"),
        (257, "tile/entries/000", "tile/entries/000 does not match its level 0 tile"),
        (70_000, "tile/entries/273.p/112", "tile/entries/273.p/112 does not match its level 0 tile"),
    ],
)
def test_aics_names_the_file_with_one_flipped_bit(check, export, tmp_path: Path, size: int, name: str, why: str):
    """A checker that passes whatever it is given would have passed above as well."""
    said = check(altered(export(size), tmp_path, name))
    assert (1, True) == (said.returncode, why in said.stderr), said.stderr


@pytest.mark.parametrize("part", IN_CHECKPOINT)
def test_aics_refuses_one_flipped_bit_in_the_checkpoint(check, export, tmp_path: Path, part: str):
    """Whoever can change size or root unseen can cut the log off at any entry."""
    said = check(altered(export(257), tmp_path, "checkpoint", at=IN_CHECKPOINT[part]))
    assert (1, True) == (said.returncode, "log signature" in said.stderr), said.stderr


def test_aics_refuses_one_flipped_bit_in_the_cosignature(check, export, tmp_path: Path):
    """A cosigner's word that anybody can write is worth nothing against an organisation that shows two histories."""
    said = check(altered(export(257), tmp_path, "checkpoint", at=-20))
    assert (1, True) == (said.returncode, "cosignature from members-ombudsman.example/cosigner failed" in said.stderr)


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_aics_refuses_one_flipped_bit_in_a_proof_of_ours(check, export, tmp_path: Path, kind: str):
    """It would have taken any list of hashes, and our proofs would have been tried by nobody."""
    said = check(misproved(export(1_000), tmp_path, kind))
    assert (1, True) == (said.returncode, "our proof of" in said.stderr and "does not hold" in said.stderr), said.stderr
