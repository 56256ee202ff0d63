# SPDX-License-Identifier: Apache-2.0
"""What a cosigner answers, over sockets, status by status (C2SP tlog-witness; docs/record-format.md, section 9)."""

import pytest

from evenhand.cosign.wire import LARGEST_BODY, Request, read_lines
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import cosigned_by
from evenhand.record.notes import Note
from evenhand.record.tree import EMPTY_ROOT
from tests.cosign.a_log import History, a_key, asked
from tests.cosign.conftest import NOON, Cosigner

LOG = History()


def times(one: Cosigner, answer: bytes, note: Note) -> list[int]:
    """The times of the valid cosignatures in an answer."""
    return [each.seconds for each in cosigned_by(Note(note.text, read_lines(answer)), [one.key.verifier])]


def test_a_first_checkpoint_is_cosigned(one: Cosigner):
    """Nobody could begin."""
    told = one.asked(LOG.request(0, 5))
    assert (200, [NOON]) == (told.status, times(one, told.body, LOG.note(5)))


def test_a_log_that_grew_is_cosigned_again(one: Cosigner):
    """A cosigner that knew one size would be of no use after a day."""
    one.asked(LOG.request(0, 5))
    assert [200, 200, 200] == [one.asked(LOG.request(*sizes)).status for sizes in ((5, 6), (6, 8), (8, 300))]


def test_a_heartbeat_has_a_new_time(one: Cosigner):
    """A log without acts would look like one that is withheld."""
    one.asked(LOG.request(0, 5))
    one.now[0] += 86_400
    told = one.asked(LOG.request(5, 5))
    assert (200, [NOON + 86_400]) == (told.status, times(one, told.body, LOG.note(5)))


def test_a_clock_that_is_set_back_does_not_take_a_cosignature_back(one: Cosigner):
    """Whoever compares two cosignatures would hold the newer for the older."""
    one.asked(LOG.request(0, 5))
    one.now[0] -= 3_600
    assert [NOON] == times(one, one.asked(LOG.request(5, 9)).body, LOG.note(9))
    assert NOON == one.memory.latest(LOG.key.name).last


def test_an_empty_log_is_cosigned(one: Cosigner):
    """The size before the first checkpoint is 0, with an empty list; RFC 6962 libraries refuse that case."""
    assert 200 == one.asked(LOG.request(0, 0)).status
    assert 200 == one.asked(LOG.request(0, 3)).status


def test_an_empty_log_with_another_root_is_refused(one: Cosigner):
    """Something would be cosigned that is the tree of nothing."""
    note = Checkpoint(LOG.key.name, 0, b"\1" * 32).signed([LOG.key])
    assert (409, 0) == (one.asked(Request(0, (), note).body()).status, one.asked(Request(0, (), note).body()).size)
    assert EMPTY_ROOT == LOG.checkpoint(0).root


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0\n",
        LOG.request(0, 5).replace(b"old 0", b"old 00"),
        LOG.request(0, 5).replace(b"old 0", b"old -1"),
        LOG.request(0, 5).replace(b"old 0", b"new 0"),
        LOG.request(0, 5).replace(b"old 0", b"old 9223372036854775808"),
        LOG.request(0, 5).replace(b"old 0\n", b"old 0\nAAAA\n"),
        LOG.request(0, 5).replace(b"old 0\n", b"old 0\n" + b"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n" * 64),
        LOG.request(0, 5).rstrip(b"\n"),
        LOG.request(0, 5).replace(b"\n5\n", b"\n05\n"),
        LOG.request(0, 5).replace(b"\n5\n", b"\n5\nextension\n"),
        LOG.request(0, 5).replace(b"\n", b"\r\n"),
    ],
    ids=["empty", "no gap", "zero first", "sign", "word", "too large", "short hash", "64 hashes", "no end", "size",
         "extension", "line ends"],
)  # fmt: skip
def test_what_is_not_written_as_the_protocol_says_is_400(one: Cosigner, body: bytes):
    """Two readers of one request would read two requests."""
    assert 400 == one.asked(body).status
    assert one.memory.latest(LOG.key.name) is None


def test_an_old_size_above_the_checkpoint_is_400(one: Cosigner):
    """A log would be taken back by its own request."""
    one.asked(LOG.request(0, 9))
    assert 400 == one.asked(Request(9, (), LOG.note(5)).body()).status


def test_an_unknown_log_is_404(one: Cosigner):
    """Anybody could fill the memory of a cosigner."""
    assert 404 == one.asked(History(key=a_key("stranger.example")).request(0, 5)).status


def test_a_signature_of_nobody_trusted_is_403(one: Cosigner):
    """Anybody could speak for the log."""
    assert 403 == one.asked(History(key=a_key(LOG.key.name, seed="other")).request(0, 5)).status


def test_a_trusted_key_with_a_signature_that_does_not_hold_is_403(one: Cosigner):
    """The text could be changed under a signature."""
    note = Note(LOG.checkpoint(6).text, LOG.note(5).signatures)
    assert 403 == one.asked(Request(0, (), note).body()).status


def test_lines_of_unknown_keys_are_ignored(one: Cosigner):
    """A log that rotates its key, or was cosigned by others, would be refused."""
    stranger = LOG.checkpoint(5).signed([a_key(LOG.key.name, seed="other")])
    note = LOG.note(5).with_lines(stranger.signatures)
    assert 200 == one.asked(Request(0, (), note).body()).status


def test_either_key_of_a_log_that_rotates_is_trusted(one: Cosigner):
    """A rotation would need every cosigner at the same hour."""
    new = History(key=a_key(LOG.key.name, seed="new"))
    one.memory.add(new.key.verifier, seconds=NOON)
    assert [200, 200] == [one.asked(LOG.request(0, 5)).status, one.asked(new.request(5, 6)).status]


@pytest.mark.parametrize("old", [0, 3, 6])
def test_an_old_size_that_is_not_known_is_409_with_the_known_size(one: Cosigner, old: int):
    """The log could not find out from where to show its growth."""
    one.asked(LOG.request(0, 5))
    told = one.asked(LOG.request(old, 9))
    assert (409, b"5\n", "text/x.tlog.size") == told


def test_a_smaller_checkpoint_is_409(one: Cosigner):
    """The newest entries could be deleted and the rest cosigned."""
    one.asked(LOG.request(0, 9))
    assert (409, 9) == (one.asked(LOG.request(5, 5)).status, one.asked(LOG.request(5, 5)).size)


def test_another_root_of_the_same_size_is_409(one: Cosigner):
    """A log could show two versions of one day."""
    one.asked(LOG.request(0, 5))
    told = one.asked(History(other=2).request(5, 5))
    assert (409, b"5\n", "text/x.tlog.size") == told


def test_a_list_that_does_not_hold_is_422(one: Cosigner):
    """Any tree could be made to follow any other."""
    one.asked(LOG.request(0, 5))
    honest = Request.parse(LOG.request(5, 9))
    for hashes in ((), honest.hashes[:-1], honest.hashes[::-1], (*honest.hashes, b"\0" * 32)):
        assert 422 == one.asked(Request(5, hashes, honest.note).body()).status
    assert 422 == one.asked(Request(5, honest.hashes, LOG.note(5)).body()).status
    assert 5 == one.memory.latest(LOG.key.name).size


def test_a_list_from_nothing_is_422(one: Cosigner):
    """From size 0 there is nothing to show, so a list there means that somebody is mistaken."""
    assert 422 == one.asked(Request(0, (b"\0" * 32,), LOG.note(5)).body()).status


def test_a_body_without_end_is_refused(one: Cosigner):
    """A stranger could fill the memory of the machine."""
    assert 413 == one.asked(b"old 0\n" * (LARGEST_BODY // 6 + 1)).status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/add-checkpoint", 405), ("PUT", "/add-checkpoint", 405), ("POST", "/", 405), ("GET", "/nothing", 404),
     ("GET", "/", 200), ("HEAD", "/", 200), ("GET", "/healthz", 200)],
)  # fmt: skip
def test_other_methods_and_paths(one: Cosigner, method: str, path: str, status: int):
    """Somebody who looks with a browser would see an error of the server, or nothing at all."""
    told = asked(one.url, path, method=method)
    assert status == told.status
    assert (method == "HEAD") == (told.body == b"")


def test_the_page_shows_a_frozen_log(one: Cosigner):
    """A log that is withheld, or to which nothing is entered any more, would look like one that goes on."""
    one.asked(LOG.request(0, 1_000))
    one.now[0] += 9 * 86_400
    one.asked(LOG.request(1_000, 1_000))
    page = asked(one.url, "/", method="GET").body.decode()
    assert one.key.verifier.text in page
    assert "1,000 entries since 2026-04-01 12:00:00Z (9 days ago)" in page
    assert "last cosigned 2026-04-10 12:00:00Z (less than a minute ago)" in page
