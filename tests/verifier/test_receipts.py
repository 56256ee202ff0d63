# SPDX-License-Identifier: Apache-2.0
"""Receipts, alone, in bundles, and held against an export."""

import json

import pytest

from tests.verifier.matters import QUAY, Story
from tests.verifier.writing import ORIGIN, Signer, genesis, jcs, receipt, write_log


@pytest.fixture
def case(story, signer, tmp_path):
    """An export of a matter of three acts, its entries, and a receipt for each act."""
    story.does("complainant", "flag_danger", "2026-04-01T11:00:00Z").does("welfare", "protect", "2026-04-01T12:00:00Z")
    folder = story.export(tmp_path / "export", signer)
    held = [receipt(n, story.entries, [signer], story.disclosures(n)) for n in (1, 2, 3)]
    return folder, story.entries, held


def put(tmp_path, *receipts, name="mine"):
    """A folder of receipts."""
    folder = tmp_path / name
    folder.mkdir()
    for n, data in enumerate(receipts):
        (folder / f"{n}.tlog-proof").write_bytes(data)
    return folder


def test_a_receipt_holds_under_the_pinned_key(verify, case, tmp_path):
    """Whoever it concerns could not check it."""
    said = verify(put(tmp_path, case[2][0]) / "0.tlog-proof")
    assert (0, True) == (said.code, f"entry 1 of {ORIGIN}" in said.out)


def test_every_flipped_byte_of_a_receipt_is_found(verify, case, tmp_path):
    """A word could be changed in what somebody holds in their hands."""
    path, data = tmp_path / "one.tlog-proof", case[2][1]
    for at in range(len(data)):
        for bit in (1, 128):
            path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
            assert verify(path).code, f"byte {at}"


def test_a_cut_receipt_is_found(verify, case, tmp_path):
    """A receipt could lose its end."""
    path, data = tmp_path / "one.tlog-proof", case[2][0]
    for at in range(0, len(data), 7):
        path.write_bytes(data[:at])
        assert verify(path).code


def test_a_receipt_with_somebody_elses_disclosure_is_found(verify, story, case, signer, tmp_path):
    """What was never entered could be read into a receipt."""
    wrong = receipt(1, case[1], [signer], story.disclosures(2))
    assert "does not belong to the entry" in verify(put(tmp_path, wrong)).findings


def test_a_receipt_under_another_key_does_not_hold(verify, case, tmp_path):
    """Anybody could make receipts."""
    assert 1 == verify(put(tmp_path, case[2][0]), key=Signer(ORIGIN, seed="other").vkey).code


def test_a_bundle_numbered_without_a_gap_holds(verify, case, tmp_path):
    """A party could not tell that it has everything."""
    assert 0 == verify(put(tmp_path, *case[2])).code
    one_file = tmp_path / "all.tlog-proofs"
    one_file.write_bytes(b"".join(case[2]))
    said = verify(one_file)
    assert (0, True) == (said.code, "receipts 1 to 3, none missing up to" in said.out)


def test_a_gap_in_a_bundle_is_found(verify, case, tmp_path):
    """A party would not learn that something was not handed out."""
    said = verify(put(tmp_path, case[2][0], case[2][2]))
    assert (1, True) == (said.code, "number 2 is missing" in said.findings)


def test_one_number_on_two_entries_is_found(verify, story, signer, tmp_path):
    """Two parties could hold different third acts."""
    story.does("complainant", "flag_danger", "2026-04-01T11:00:00Z", n=1)
    story.export(tmp_path / "export", signer)
    said = verify(put(tmp_path, *(receipt(n, story.entries, [signer], story.disclosures(n)) for n in (1, 2))))
    assert (1, True) == (said.code, "Number 1 of the matter" in said.findings)


def test_a_receipt_that_was_completed_later_may_lie_beside_the_first(verify, story, case, signer, tmp_path):
    """Whoever keeps both copies of a receipt would be alarmed."""
    again = receipt(1, case[1], [signer], story.disclosures(1), size=2)
    assert 0 == verify(put(tmp_path, *case[2], again)).code


def policy_of(tmp_path, cosigners, k):
    """A file for --cosigners."""
    path = tmp_path / "policy.json"
    path.write_text(json.dumps({"k": k, "of": [one.vkey for one in cosigners]}, indent=1))
    return path


def test_a_quorum_that_is_asked_for_must_be_met(verify, case, signer, cosigners, tmp_path):
    """A log could be shown to one person alone."""
    policy = policy_of(tmp_path, cosigners, 2)
    once = put(tmp_path, receipt(1, case[1], [signer, cosigners[0]]), name="once")
    twice = put(tmp_path, receipt(1, case[1], [signer, *cosigners[:2]]), name="twice")
    said = verify(once, cosigners=policy)
    assert (1, True) == (said.code, "is not cosigned yet" in said.findings)
    assert 0 == verify(twice, cosigners=policy).code
    assert 0 == verify(once).code


def test_without_a_policy_of_ones_own_a_receipt_waits_for_its_cosigners(verify, story, signer, cosigners, tmp_path):
    """A fresh receipt would be called false until the next day."""
    named = {"cosigners": {"k": 1, "of": [cosigners[0].vkey]}}
    folder = story.export(tmp_path / "export", signer, cosigners=cosigners[:1], genesis=named)
    said = verify(folder, put(tmp_path, receipt(1, story.entries, [signer], story.disclosures(1))))
    assert (0, True) == (said.code, "is not cosigned yet" in said.not_checked)


def test_the_policy_of_the_genesis_is_held_against_its_own_log(verify, plain_log, signer, cosigners, tmp_path):
    """A log could promise cosigners and have none."""
    entries = [genesis(signer, cosigners={"k": 1, "of": [cosigners[0].vkey]})]
    said = verify(write_log(tmp_path / "alone", entries, [signer]))
    assert (1, True) == (said.code, "0 of the 1 cosigners" in said.findings)
    said = verify(write_log(tmp_path / "seen", entries, [signer, cosigners[0]]))
    assert (0, True) == (said.code, "its own genesis names" in said.out)


def test_an_export_older_than_a_receipt_is_said_to_be(verify, story, case, signer, tmp_path):
    """The newest entries could be taken away."""
    old = write_log(tmp_path / "old", case[1][:3], [signer])
    said = verify(old, put(tmp_path, case[2][0]))
    assert (1, True) == (said.code, "the folder is older" in said.findings)


def fork_of(case, signer, tmp_path, size):
    """A receipt of another history, at a size."""
    other = Story(QUAY).does("complainant", "raise", "2026-04-01T10:00:00Z")
    other.export(tmp_path / "other", signer)
    entries = [*other.entries[:2], *case[1][2:]]
    return put(tmp_path, receipt(1, entries, [signer], size=size), name="forked")


@pytest.mark.parametrize("size", [2, 3, 4])
def test_a_receipt_of_another_history_becomes_a_file_that_shows_the_fork(verify, case, signer, tmp_path, size):
    """Two versions of the record could be shown, and nobody could show it to others."""
    file = tmp_path / "fork.json"
    said = verify(case[0], fork_of(case, signer, tmp_path, size), fork=file)
    assert (1, [str(file)]) == (said.code, said.report["forks"])
    assert ("prefix" in json.loads(file.read_bytes())) == (size < 4)
    confirmed = verify(file)
    assert (0, True) == (confirmed.code, f"shows that the log {ORIGIN} signed two histories" in confirmed.out)
    assert 1 == verify(file, key=Signer(ORIGIN, seed="other").vkey).code


def test_two_receipts_of_one_size_and_two_roots_are_a_fork(verify, case, signer, tmp_path):
    """Two parties who meet without an export could not show what was done to them."""
    folder, file = fork_of(case, signer, tmp_path, 4), tmp_path / "fork.json"
    said = verify(folder, put(tmp_path, case[2][2]), fork=file)
    assert (1, True) == (said.code, file.exists())
    assert 0 == verify(file).code


def test_a_fork_file_never_overwrites(verify, case, signer, tmp_path, monkeypatch):
    """Evidence could be lost by checking it again."""
    monkeypatch.chdir(tmp_path)
    folder = fork_of(case, signer, tmp_path, 3)
    first = verify(case[0], folder).report["forks"]
    second = verify(case[0], folder).report["forks"]
    assert (["fork-saltmarsh.example_record-3.json"], True) == (first, first != second)


def test_every_flipped_byte_of_a_fork_is_found(verify, case, signer, tmp_path):
    """Somebody could be accused by an altered file."""
    file = tmp_path / "fork.json"
    verify(case[0], fork_of(case, signer, tmp_path, 3), fork=file)
    data = file.read_bytes()
    for at in range(len(data)):
        file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert verify(file).code, f"byte {at}"


def test_two_checkpoints_of_one_history_are_no_fork(verify, case, signer, tmp_path):
    """An honest log could be accused."""
    file = tmp_path / "fork.json"
    verify(case[0], fork_of(case, signer, tmp_path, 3), fork=file)
    fork = json.loads(file.read_bytes())
    held = receipt(1, case[1], [signer], size=3).split(b"\n\n", 1)[1].decode()
    file.write_bytes(jcs({**fork, "first": held}) + b"\n")
    said = verify(file)
    assert (1, True) == (said.code, "can both be true" in said.findings)
