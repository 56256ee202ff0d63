# SPDX-License-Identifier: Apache-2.0
"""sigstore checks proofs and checkpoints of ours with the code that checks those of Rekor, its own log (issue 3, item 9)."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.peers.environments import HERE, run
from tests.peers.exports import IN_CHECKPOINT, SIZES, Export, altered, misproved


@pytest.fixture(scope="session")
def check(peer_python) -> Callable[[Export], CompletedProcess[str]]:
    """Runs check_sigstore.py on an export."""
    python = peer_python("sigstore", least=(3, 11))
    return lambda export: run([python, HERE / "check_sigstore.py", export.folder, export.key, export.proofs])


@pytest.mark.parametrize("size", SIZES)
def test_sigstore_verifies_our_proofs_of_inclusion_and_our_checkpoint(check, export, size: int):
    """What a receipt holds would convince nobody who has only the tools that software is signed with."""
    said = check(export(size))
    assert (0, f"in a tree of {size}, and its checkpoint\n") == (
        said.returncode,
        said.stdout[said.stdout.find("in a") :],
    )


def test_sigstore_refuses_one_flipped_bit_in_an_entry(check, export, tmp_path: Path):
    """A checker that passes whatever it is given would have passed above as well."""
    said = check(altered(export(3), tmp_path, "tile/entries/000.p/3"))
    assert (1, True) == (said.returncode, "inclusion proof contains invalid root hash" in said.stderr), said.stderr


def test_sigstore_refuses_one_flipped_bit_in_a_proof_of_ours(check, export, tmp_path: Path):
    """It would have taken any list of hashes."""
    said = check(misproved(export(1_000), tmp_path, "inclusion"))
    assert (1, True) == (said.returncode, "inclusion proof contains invalid root hash" in said.stderr), said.stderr


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("origin", "checkpoint: invalid signature"),
        ("root", "inclusion proof contains invalid root hash"),
        ("signature", "checkpoint: invalid signature"),
    ],
)
def test_sigstore_refuses_one_flipped_bit_in_the_checkpoint(check, export, tmp_path: Path, part: str, why: str):
    """A proof leads to a root, and only the signature says whose root it is."""
    said = check(altered(export(257), tmp_path, "checkpoint", at=IN_CHECKPOINT[part]))
    assert (1, True) == (said.returncode, why in said.stderr), said.stderr
