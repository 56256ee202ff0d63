# SPDX-License-Identifier: Apache-2.0
"""The public copy moves at the instants of its schedule and shows nothing of when anything happened (section 8)."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evenhand.record import entries
from evenhand.record.canonical import decode
from evenhand.record.cosigning import cosign
from evenhand.record.errors import LogError
from evenhand.record.files.log import Log
from evenhand.record.files.publishing import disclosures_beside, publish
from evenhand.record.files.rotating import rotate
from evenhand.record.files.shelf import Shelf
from evenhand.record.notes import Note
from evenhand.record.receipts import Receipt
from tests.record.making import BOOK, COSIGNERS, counted, key
from tests.record_files.making import NEXT, files, genesis, held, made, plain

START = datetime(2026, 1, 1, 3, tzinfo=UTC)
DAY = timedelta(days=1)
SCHEDULE = {"every": 86400, "from": "2026-01-01T03:00:00Z", "multiple": 16}


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """A sealed log with a daily schedule, open."""
    made(tmp_path / "quay", 1, first=genesis(rulebook=BOOK, publication=SCHEDULE))
    return Log.open(tmp_path / "quay")


def test_nothing_moves_before_its_instant_and_once_at_each(log: Log, tmp_path: Path) -> None:
    """A checkpoint that moves when something happens tells that it happened."""
    to, chance = tmp_path / "public", counted()
    assert publish(log, to, now=START - timedelta(seconds=1), chance=chance) is None
    assert not to.exists()
    assert START == publish(log, to, now=START, chance=chance)
    log.append(plain(1, 4))
    assert publish(log, to, now=START + DAY - timedelta(seconds=1), chance=chance) is None
    assert 16 == held(to)
    assert START + DAY == publish(log, to, now=START + DAY + timedelta(hours=5), chance=chance)
    assert publish(log, to, now=START + DAY + timedelta(hours=6), chance=chance) is None
    assert 32 == held(to)


def test_it_grows_by_a_whole_multiple_whether_or_not_anything_happened(log: Log, tmp_path: Path) -> None:
    """Days on which nothing was done would be the ones without growth."""
    to, chance, sizes = tmp_path / "public", counted(), []
    for day, entered in enumerate((0, 3, 0, 16, 17, 0)):
        log.append(plain(100 * day, 100 * day + entered))
        publish(log, to, now=START + day * DAY, chance=chance)
        sizes.append(held(to))
    assert [16, 32, 48, 64, 96, 112] == sizes


def test_missed_instants_are_not_made_up(log: Log, tmp_path: Path) -> None:
    """What the log would have shown on those days is no longer known."""
    publish(log, tmp_path / "public", now=START, chance=counted())
    assert START + 9 * DAY == publish(log, tmp_path / "public", now=START + 9.5 * DAY, chance=counted("later"))
    assert 32 == held(tmp_path / "public")


def test_every_file_and_folder_of_the_public_copy_carries_the_time_of_the_instant(log: Log, tmp_path: Path) -> None:
    """The time of a tile would be the time of an act."""
    to, chance = tmp_path / "public", counted()
    publish(log, to, now=START + timedelta(hours=2), chance=chance)
    log.append(plain(1, 300))
    publish(log, to, now=START + DAY + timedelta(hours=2), chance=chance)
    times = {path.stat().st_mtime for path in (to, *to.rglob("*"))}
    assert times <= {START.timestamp(), (START + DAY).timestamp()}
    assert (START + DAY).timestamp() == (to / "tile/0").stat().st_mtime == to.stat().st_mtime
    assert {"checkpoint", "vkey", "published", "tile"} == {path.name for path in to.iterdir()}


def test_what_opens_the_padding_is_kept_beside_the_log_for_an_auditor(log: Log, tmp_path: Path) -> None:
    """Without it nobody could ever show that padding is padding; with it in the copy, anybody could tell it apart."""
    to, chance = tmp_path / "public", counted()
    publish(log, to, now=START, chance=chance)
    log.append(plain(1, 4))
    publish(log, to, now=START + DAY, chance=chance)
    path = disclosures_beside(log.folder)
    assert tmp_path / "quay.disclosures.jsonl" == path
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    lines = [decode(line) for line in path.read_bytes().splitlines()]
    assert [*range(1, 16), *range(19, 32)] == [line["index"] for line in lines]
    for line in lines:
        opened = Receipt.parse(str(log.receipt(line["index"], line["disclosures"]))).opened()
        assert [("type", "padding")] == [(each.name, each.value) for each in opened]


def test_disclosures_of_padding_that_was_never_entered_are_dropped_though_others_took_its_place(
    log: Log, tmp_path: Path
) -> None:
    """A call killed between the two would leave lines that open nothing, and the export would not hold."""
    publish(log, tmp_path / "public", now=START, chance=counted())
    path = disclosures_beside(log.folder)
    good = path.read_bytes()
    stray = entries.padding(book=BOOK, chance=counted("stray"))[1]
    path.write_bytes(good + b"".join(b'{"disclosures":["%s"],"index":%d}\n' % (stray[0].encode(), n) for n in (16, 17)))
    log.append(plain(1, 4))
    publish(log, tmp_path / "public", now=START + DAY, chance=counted("second"))
    indexes = [decode(line)["index"] for line in path.read_bytes().splitlines()]
    assert [*range(1, 16), *range(19, 32)] == indexes


def test_a_log_without_a_rulebook_moves_without_padding(tmp_path: Path) -> None:
    """Its entries are in clear; there is nothing to hide them among."""
    folder = made(tmp_path / "quay", 3, first=genesis(publication=SCHEDULE))

    def cosigned(log: Log, note: Note) -> Note:
        return note.with_lines([cosign(note.text, COSIGNERS[0], seconds=next(seconds))])

    seconds = iter((10, 20))
    with Log.open(folder) as log:
        publish(log, tmp_path / "public", now=START, chance=counted(), cosign=cosigned)
        before = files(tmp_path / "public")
        assert START + DAY == publish(log, tmp_path / "public", now=START + DAY, chance=counted(), cosign=cosigned)
    after = files(tmp_path / "public")
    assert 3 == held(tmp_path / "public")
    assert {"checkpoint", "published"} == {name for name in after if before[name] != after[name]}
    assert not disclosures_beside(folder).exists()


def test_a_publication_that_was_cut_off_before_its_checkpoint_is_repeated(tmp_path: Path) -> None:
    """Where nothing was entered, only the cosignatures tell that the heartbeat was missed."""
    folder = made(tmp_path / "quay", 3, first=genesis(publication=SCHEDULE))
    seconds = iter((10, 20, 30))

    def cosigned(log: Log, note: Note) -> Note:
        return note.with_lines([cosign(note.text, COSIGNERS[0], seconds=next(seconds))])

    with Log.open(folder) as log:
        publish(log, tmp_path / "public", now=START, chance=counted(), cosign=cosigned)
        first = (tmp_path / "public" / "checkpoint").read_bytes()
        publish(log, tmp_path / "public", now=START + DAY, chance=counted(), cosign=cosigned)
        (tmp_path / "public" / "checkpoint").write_bytes(first)
        assert START + DAY == publish(log, tmp_path / "public", now=START + DAY, chance=counted(), cosign=cosigned)
    assert first != (tmp_path / "public" / "checkpoint").read_bytes()


def test_a_folder_of_something_else_is_refused_and_left_alone(log: Log, tmp_path: Path) -> None:
    """The public copy of another log would be overwritten."""
    with Log.open(
        made(tmp_path / "pier", 1, first=genesis(charter="pier", rulebook=BOOK, publication=SCHEDULE))
    ) as pier:
        publish(pier, tmp_path / "other", now=START, chance=counted())
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one").write_bytes(b"x")
    (tmp_path / "file").write_bytes(b"x")
    before = files(tmp_path / "other")
    for name, says in (("other", "another history"), ("photos", "something else"), ("file", "something else")):
        with pytest.raises(LogError, match=says):
            publish(log, tmp_path / name, now=START + DAY, chance=counted())
    for name in (log.folder, log.folder / "public", log.folder.parent):
        with pytest.raises(LogError, match="lie within each other"):
            publish(log, name, now=START + DAY, chance=counted())
    assert before == files(tmp_path / "other")
    assert 1 == log.size


def test_a_log_without_a_schedule_says_how_it_gets_one(tmp_path: Path) -> None:
    """Publishing at a whim is what the schedule is there to prevent."""
    with Log.open(made(tmp_path / "quay", 3)) as log, pytest.raises(LogError, match="has no schedule"):
        publish(log, tmp_path / "public", now=START, chance=counted())


def test_the_public_copy_lets_its_readers_follow_to_the_next_key(log: Log, tmp_path: Path) -> None:
    """They see nothing else of the log."""
    rotate(log, NEXT)
    publish(log, tmp_path / "public", now=START, chance=counted())
    assert "rotated/2" in files(tmp_path / "public")
    assert 16 == held(tmp_path / "public", key())
    assert Shelf(tmp_path / "public").note().text == log.shelf.note().text
