# SPDX-License-Identifier: Apache-2.0
"""A log in a folder asks two cosigners over sockets: who cosigns is put under its checkpoint, and k of n are counted."""

import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from evenhand.cosign.asking import posted
from evenhand.cosign.errors import CosignError
from evenhand.cosign.gathering import cosigned_for, gather, standing_of
from evenhand.cosign.named import Cosigners, file_beside
from evenhand.record.cosigning import Policy, cosigned_by
from evenhand.record.files import durable
from evenhand.record.files.log import Log
from evenhand.record.files.publishing import publish
from evenhand.record.notes import Note
from evenhand.record.publication import Publication
from tests.cosign.a_log import History, a_cosigner_key, a_folder, grow, named
from tests.cosign.conftest import NOON, Cosigner

gathered = partial(gather, send=partial(posted, patience=5))


@pytest.fixture
def two(cosigner: Callable[..., Cosigner]) -> tuple[Cosigner, Cosigner]:
    """Two cosigners with opposed interests."""
    return cosigner("rival.example"), cosigner("ombudsman.example")


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """A log of 12 entries."""
    made = a_folder(tmp_path, more=11)
    made.close()
    return made


def both(log: Log, k: int, two: tuple[Cosigner, Cosigner]) -> None:
    """Names both for the log."""
    named(log.folder, k, *((each.key.verifier.text, each.url) for each in two))


def continued(log: Log, count: int) -> None:
    """So many entries more, by another process."""
    with Log.open(log.folder) as opened:
        grow(opened, count)


def test_two_of_two_cosign_a_log_as_it_grows(log: Log, two: tuple[Cosigner, Cosigner]):
    """The policy would be met on the first day and never again."""
    both(log, 2, two)
    for count in (0, 1, 300):
        if count:
            continued(log, count)
        found, asked = gathered(log.folder)
        assert ([NOON, NOON], True) == ([each.seconds for each in found.cosigned], found.holds)
        assert ["Cosigned.", "Cosigned."] == [each.says for each in asked]
    note = log.shelf.note()
    assert 2 == len(cosigned_by(note, [each.key.verifier for each in two]))
    assert found == standing_of(log.folder)


def test_a_cosigned_log_can_be_continued(log: Log, two: tuple[Cosigner, Cosigner]):
    """The lines of others under a checkpoint would end the log."""
    both(log, 2, two)
    gathered(log.folder)
    continued(log, 5)
    assert ((), False) == (standing_of(log.folder).cosigned, standing_of(log.folder).holds)


@pytest.mark.parametrize(("k", "holds"), [(1, True), (2, False)])
def test_one_that_cannot_be_reached_does_not_hold_up_the_other(
    log: Log, two: tuple[Cosigner, Cosigner], k: int, holds: bool
):
    """One cosigner that is switched off could stop a log that needs only the other."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
    named(log.folder, k, (two[0].key.verifier.text, nowhere), (two[1].key.verifier.text, two[1].url))
    found, asked = gathered(log.folder)
    assert (holds, 1) == (found.holds, len(found.cosigned))
    assert asked[0].says.startswith("It could not be reached")


def test_one_that_is_silent_is_given_up(log: Log, two: tuple[Cosigner, Cosigner]):
    """A cosigner that accepts and never answers, or answers for ever, could hold up the publication."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"http://127.0.0.1:{silent.getsockname()[1]}"
        named(log.folder, 1, (two[0].key.verifier.text, place), (two[1].key.verifier.text, two[1].url))
        found, asked = gather(log.folder, send=partial(posted, patience=0.3))
    assert found.holds
    assert "0.3 seconds" in asked[0].says or "timed out" in asked[0].says


def test_a_cosigner_is_asked_again_from_the_size_that_it_names(log: Log, two: tuple[Cosigner, Cosigner]):
    """A log that was brought back without the file beside it could never be cosigned again."""
    both(log, 2, two)
    gathered(log.folder)
    continued(log, 30)
    both(log, 2, two)  # the sizes are forgotten
    found, _ = gathered(log.folder)
    assert found.holds
    assert [42, 42] == [each.size for each in Cosigners.parse(file_beside(log.folder).read_text()).of]


def test_a_heartbeat_replaces_the_earlier_line(log: Log, two: tuple[Cosigner, Cosigner]):
    """Two lines of one key make a note that nobody accepts."""
    both(log, 2, two)
    gathered(log.folder)
    for each in two:
        each.now[0] += 3_600
    found, _ = gathered(log.folder)
    assert [NOON + 3_600] * 2 == [each.seconds for each in found.cosigned]
    assert 3 == len(log.shelf.note().signatures)


def test_a_log_that_shows_each_cosigner_another_version_gets_no_quorum(tmp_path: Path, two: tuple[Cosigner, Cosigner]):
    """What cosigners are for: two versions of one log, and each keeper is told."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = a_folder(tmp_path / "a", more=5), a_folder(tmp_path / "b")
    grow(second, 5, "entered otherwise")
    first.close()
    second.close()
    both(first, 2, two)
    assert gathered(first.folder)[0].holds
    both(second, 2, two)
    found, asked = gathered(second.folder)
    assert ((), False) == (found.cosigned, found.holds)
    assert all("what it cosigned before is not how this log begins" in each.says for each in asked)
    assert [1, 1] == [len(each.memory.forks()) for each in two]


def test_an_older_copy_is_told(log: Log, two: tuple[Cosigner, Cosigner]):
    """Restoring a backup is the likeliest fork; the cosigner knows more than the folder."""
    both(log, 2, two)
    two[0].asked(History(key=log.signer.keys[0]).request(0, 90))
    found, asked = gathered(log.folder)
    assert (1, False) == (len(found.cosigned), found.holds)
    assert "It knows 90 entries of this log, and this folder ends at 12" in asked[0].says


def test_a_cosigner_that_forgot_is_told(log: Log, two: tuple[Cosigner, Cosigner], cosigner: Callable[..., Cosigner]):
    """A cosigner whose memory was lost can be led to cosign another history; its keeper has to know."""
    both(log, 2, two)
    gathered(log.folder)
    for path in two[0].folder.iterdir():
        path.unlink()
    again = cosigner("rival.example")
    text = file_beside(log.folder).read_text("utf-8")
    file_beside(log.folder).write_text(text.replace(two[0].url, again.url), "utf-8")
    _, asked = gathered(log.folder)
    assert "had forgotten all but 0" in asked[0].says


def test_the_policy_of_the_genesis_decides(tmp_path: Path, two: tuple[Cosigner, Cosigner]):
    """Whoever keeps the log could name friends, or ask for fewer."""
    log = a_folder(tmp_path, policy=Policy(2, (two[0].key.verifier, a_cosigner_key("third.example").verifier)))
    log.close()
    named(log.folder, 1, *((each.key.verifier.text, each.url) for each in two))
    found, asked = gathered(log.folder)
    assert (False, 2, [two[0].key.verifier]) == (found.holds, found.policy.k, [each.key for each in found.cosigned])
    assert 1 == len(asked)


def test_nothing_is_put_under_a_newer_checkpoint(log: Log, two: tuple[Cosigner, Cosigner]):
    """A cosignature of the old text under the new one makes a note that nobody accepts."""
    both(log, 2, two)

    def slow(url: str, body: bytes):
        answer = posted(url, body)
        continued(log, 1)
        return answer

    with pytest.raises(CosignError, match="The log grew"):
        gather(log.folder, send=slow)
    assert 1 == len(log.shelf.note().signatures)


def test_cosignatures_wait_for_a_writer(log: Log, two: tuple[Cosigner, Cosigner]):
    """Two writers of one checkpoint: one of them would be lost."""
    both(log, 2, two)
    lock = durable.Lock(log.folder)
    threading.Timer(0.3, lock.release).start()
    assert gathered(log.folder)[0].holds


def test_the_copy_that_moves_on_a_schedule_is_cosigned(tmp_path: Path, two: tuple[Cosigner, Cosigner]):
    """The public checkpoint would be the only one that nobody has cosigned."""
    start = datetime(2026, 4, 1, 3, tzinfo=UTC)
    with a_folder(tmp_path, schedule=Publication(start), more=3) as log:
        both(log, 2, two)
        done = publish(
            log, tmp_path / "public", now=start, chance=lambda n: b"\1" * n, cosign=partial(cosigned_for, send=posted)
        )
    assert start == done
    note = Note.parse((tmp_path / "public/checkpoint").read_bytes())
    assert 2 == len(cosigned_by(note, [each.key.verifier for each in two]))


def test_a_log_without_cosigners_is_published_as_it_is(log: Log):
    """Nobody could publish before a cosigner was found."""
    assert log.shelf.note() == cosigned_for(log, log.shelf.note(), send=posted)


def test_without_cosigners_a_sentence_says_how_to_name_one(log: Log):
    """Somebody would look for a file whose name they do not know."""
    with pytest.raises(CosignError, match="evenhand cosign add"):
        gathered(log.folder)
