# SPDX-License-Identifier: Apache-2.0
"""What contradicts each other is found although no whole log is at hand, and what could not be compared is listed."""

import json

import pytest

from tests.verifier.writing import genesis, receipt


@pytest.fixture
def told(signer, tmp_path):
    """`told("dismissed", 3)`: the receipt of entry 1, which says this, in a log of so many entries."""

    def made(outcome: str, size: int, index: int = 1):
        entries = [genesis(signer), b'{"outcome":"%s"}' % outcome.encode(), *(b'{"n":%d}' % n for n in range(2, size))]
        path = tmp_path / f"{outcome}-{size}-{index}.tlog-proof"
        path.write_bytes(receipt(index, entries, [signer]))
        return path

    return made


def test_one_entry_that_is_another_on_two_receipts_is_found(verify, told):
    """Two people who compare what they were told would be told that both are right."""
    said = verify(told("dismissed", 3), told("upheld", 4))
    assert (1, True) == (said.code, "the log showed two histories" in said.findings)


def test_checkpoints_that_only_the_log_can_compare_are_listed(verify, told):
    """Receipts of different days would seem to have been held against each other."""
    said = verify(told("dismissed", 3), told("dismissed", 5, index=2))
    assert (0, True) == (said.code, "2 checkpoints, signed at sizes 3 to 5" in said.not_checked)


def test_a_fork_given_with_the_log_that_it_is_about_is_a_finding(verify, told, tmp_path):
    """A log that is known to have shown two histories would verify."""
    file = tmp_path / "fork.json"
    one, other = told("dismissed", 3), told("upheld", 3)
    verify(one, other, fork=file)
    alone, beside = verify(file), verify(file, one)
    assert (0, 1) == (alone.code, beside.code)
    assert "can be relied on" in beside.findings


def test_a_fork_alone_is_not_said_to_hold(verify, told, tmp_path):
    """Whoever reads the last line would think that all is well."""
    file = tmp_path / "fork.json"
    verify(told("dismissed", 3), told("upheld", 3), fork=file)
    said = verify(file, form="text")
    assert "What was given shows two histories" in said.out
    assert "Everything that was checked holds" not in said.out


def test_files_that_are_no_receipts_by_their_name_are_listed(verify, told, tmp_path):
    """A receipt saved under another name would be taken for verified."""
    told("dismissed", 3)
    (tmp_path / "second.txt").write_bytes(b"x")
    said = verify(tmp_path)
    assert (0, True) == (said.code, "second.txt" in said.not_checked)


def test_a_false_line_of_an_earlier_key_is_a_finding(verify, signer, tmp_path):
    """One bad line would stop the whole check."""
    from tests.verifier.writing import ORIGIN, Signer, jcs, note, write_log

    new = Signer(ORIGIN, seed="new")
    entries = [genesis(signer), jcs({"v": 1, "type": "key.rotated", "key": new.vkey, "replaces": signer.vkey})]
    folder = write_log(tmp_path / "log", entries, [new])
    text, lines = note(ORIGIN, entries, [signer, new]).rsplit("\n\n", 1)
    old, rest = lines.split("\n", 1)
    false = note(ORIGIN, [*entries, b"{}"], [signer]).rsplit("\n\n", 1)[1]
    assert old != false.strip()
    (folder / "checkpoint").write_text(f"{text}\n\n{false}{rest}")
    (folder / "vkey").write_text(new.vkey + "\n")
    said = verify(folder, key=new.vkey)
    assert (1, True) == (said.code, "A line of an earlier key" in said.findings)


def test_the_report_for_programs_stays_readable(verify, told):
    """A script would stop at the first contradiction."""
    said = verify(told("dismissed", 3), told("upheld", 4))
    assert False is json.loads(said.out)["holds"]
