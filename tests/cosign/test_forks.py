# SPDX-License-Identifier: Apache-2.0
"""A log that shows two versions is refused, and what it signed is kept so that anybody can check it alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.cosign import evidence
from evenhand.cosign.evidence import file_name
from evenhand.cosign.memory import MOST
from evenhand.cosign.wire import Request
from evenhand.record.forks import Fork
from tests.cosign.a_log import History, a_key
from tests.cosign.conftest import Cosigner

LOG = History()
OTHER = History(other=2)


def files(one: Cosigner) -> list[Path]:
    """The fork files of a cosigner."""
    return sorted((one.folder / "forks").glob("*"))


@pytest.mark.parametrize(
    ("status", "request_"),
    [(409, OTHER.request(7, 7)), (422, OTHER.request(7, 12)), (409, OTHER.request(3, 7))],
    ids=["same size", "larger", "same size, old size not known"],
)
def test_two_versions_are_refused_and_kept(one: Cosigner, status: int, request_: bytes):
    """The refusal alone would be the cosigner's word against that of the log."""
    one.asked(LOG.request(0, 7))
    assert status == one.asked(request_).status
    (path,) = files(one)
    first, second = Fork.parse(path.read_bytes()).verify([LOG.key.verifier])
    assert (LOG.checkpoint(7), Request.parse(request_).checkpoint) == (first, second)
    assert 7 == one.memory.latest(LOG.key.name).size


def test_a_version_that_contradicts_an_old_checkpoint_is_kept(one: Cosigner):
    """A log would only have to wait until the cosigner had seen something newer."""
    one.asked(LOG.request(0, 7))
    one.asked(LOG.request(7, 20))
    assert [409, 409] == [one.asked(OTHER.request(7, 7)).status, one.asked(OTHER.request(7, 30)).status]
    assert [7, 30] == [fork.size for fork in one.memory.forks(LOG.key.name)]


@pytest.mark.parametrize("size", [7, 12])
def test_the_file_is_confirmed_by_the_separate_verifier(one: Cosigner, root: Path, size: int):
    """What only our own program can confirm convinces nobody who distrusts it."""
    one.asked(LOG.request(0, 7))
    one.asked(OTHER.request(7, size))
    (path,) = files(one)
    command = [sys.executable, str(root / "verifier/evenhand_verify.py"), str(path), "--key"]
    keys = LOG.key.verifier, a_key(LOG.key.name, seed="other").verifier
    confirmed, not_confirmed = (
        subprocess.run([*command, key.text], capture_output=True, text=True, check=False) for key in keys
    )
    assert "signed two histories" in confirmed.stdout, confirmed.stdout + confirmed.stderr
    assert "does not show a fork" in not_confirmed.stdout, not_confirmed.stdout + not_confirmed.stderr


def test_two_notes_that_no_one_key_signed_are_no_fork_file(one: Cosigner):
    """Whoever pins one key could not check the file; it is counted, and the note is kept."""
    one.asked(LOG.request(0, 7))
    new = History(other=2, key=a_key(LOG.key.name, seed="new"))
    one.memory.add(new.key.verifier, seconds=0)
    assert [409, 422] == [one.asked(new.request(7, 7)).status, one.asked(new.request(7, 9)).status]
    assert ((), 2) == (one.memory.forks(), one.memory.refused(LOG.key.name).times)


def test_a_list_that_leads_nowhere_is_counted_and_no_fork(one: Cosigner):
    """Anybody can send a list that does not hold; to call that a fork would accuse a log of what it did not do."""
    one.asked(LOG.request(0, 7))
    for _ in range(2):
        one.now[0] += 60
        one.asked(Request(7, (b"\0" * 32,) * 4, LOG.note(12)).body())
    refused = one.memory.refused(LOG.key.name)
    assert (2, one.now[0], str(LOG.note(12))) == (refused.times, refused.last, refused.note)
    assert ((), []) == (one.memory.forks(), files(one))


def test_a_power_of_two_hides_the_other_beginning_and_is_only_counted(one: Cosigner):
    """From 8 entries a list leaves out the root of those 8: it does not say with what the other version begins.

    The note is kept; whoever holds the entries of the other version can make the fork file from it.
    """
    one.asked(LOG.request(0, 8))
    assert 422 == one.asked(OTHER.request(8, 12)).status
    assert (str(OTHER.note(12)), ()) == (one.memory.refused(LOG.key.name).note, one.memory.forks())


def test_a_fork_file_is_never_overwritten(one: Cosigner):
    """A log could replace the evidence against it by sending another."""
    one.asked(LOG.request(0, 7))
    one.asked(OTHER.request(7, 7))
    (path,) = files(one)
    before = path.read_bytes()
    one.asked(History(other=4).request(7, 7))
    assert ([path], before) == (files(one), path.read_bytes())
    assert [2] == [fork.times for fork in one.memory.forks()]


def test_forks_without_end_are_counted(one: Cosigner):
    """Whoever has the key of a log could fill the disk of its cosigners with evidence against himself."""
    one.asked(LOG.request(0, 7))
    for size in range(8, 8 + MOST + 5):
        assert 422 == one.asked(OTHER.request(7, size)).status
    kept = one.memory.forks()
    assert (MOST, MOST, MOST + 5) == (len(files(one)), len(kept), sum(fork.times for fork in kept))


def test_a_file_that_was_lost_is_written_again_from_the_memory(one: Cosigner):
    """A crash between the two would lose the evidence."""
    one.asked(LOG.request(0, 7))
    one.asked(OTHER.request(7, 7))
    (path,) = files(one)
    before = path.read_bytes()
    path.unlink()
    assert [path] == evidence.write_all(one.folder, one.memory)
    assert before == path.read_bytes()


def test_lines_of_strangers_are_not_kept(one: Cosigner):
    """Whoever sends a note could put what they like into the evidence."""
    one.asked(LOG.request(0, 7))
    note = OTHER.note(7).with_lines(OTHER.checkpoint(7).signed([a_key("stranger.example")]).signatures)
    one.asked(Request(7, (), note).body())
    assert b"stranger" not in files(one)[0].read_bytes()


@pytest.mark.parametrize("origin", ["../../outside", "a/b", ".hidden", "ä" * 300, "a\\b", "CON:", "plain.example"])
def test_the_name_of_a_file_stays_in_its_folder(origin: str):
    """A log could choose a name that writes somewhere else, or over the evidence against another log."""
    name = file_name(origin, 7)
    assert set() == set(name) & set("/\\:")
    assert not name.startswith(".")
    assert len(name) < 130
    assert name != file_name(origin + "x", 7)
    assert (name == "plain.example-7.json") == (origin == "plain.example")
