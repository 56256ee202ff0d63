# SPDX-License-Identifier: Apache-2.0
"""A small log made by other people's software, audited as the foreign log that it is."""

import json
import shutil

import pytest


@pytest.fixture
def log(vectors, tmp_path):
    """A copy of the log, and what is known of it."""
    shutil.copytree(vectors("tessera-log") / "log", tmp_path / "log")
    return tmp_path / "log", json.loads((vectors("tessera-log") / "facts.json").read_text())


@pytest.mark.parametrize("size", range(16))
def test_each_size_of_the_log_holds(verify, log, size):
    """Logs that others wrote could not be checked."""
    folder, facts = log
    shutil.copy(folder / f"checkpoint.{size}", folder / "checkpoint")
    said = verify(folder, key=facts["vkey"])
    assert (0, size) == (said.code, said.report["logs"][0]["size"]), said.out
    assert size == 0 or "somebody else's" in said.not_checked


def test_each_size_is_the_beginning_of_each_larger_one(verifier, log):
    """An older checkpoint of an honest log would look like a fork."""
    folder, facts = log
    whole = verifier.Log(str(folder), verifier.Report())
    roots = [bytes.fromhex(one["root_hex"]) for one in facts["checkpoints"]]
    assert roots == [whole.root_at(size) for size in range(16)]
    pairs = [(old, new) for new in range(1, 16) for old in range(1, new + 1)]
    assert 120 == len(pairs)
    for old, new in pairs:
        path = verifier.consistency_list(old, new, whole.hash_of)
        assert verifier.consistency_holds(old, new, roots[old], roots[new], path)


def test_any_flipped_byte_of_a_tile_or_bundle_is_found(verifier, log):
    """A byte could be changed somewhere where nobody looks."""
    folder, _ = log
    files = [path for path in (folder / "tile").rglob("*") if path.is_file()]
    assert 30 == len(files)
    for path in files:
        data = path.read_bytes()
        for at in range(len(data)):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            report = verifier.Report()
            verifier.Log(str(folder), report).check_tiles()
            assert report.count, f"{path} byte {at}"
        path.write_bytes(data)
