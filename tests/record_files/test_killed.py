# SPDX-License-Identifier: Apache-2.0
"""Killed at any byte, or without power at any moment, a log recovers to what was published last or further (issue 3, 4).

Each scenario is played once to count the calls that change the disk, and then once for each of them, dying there.
"""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evenhand.record.checkpoints import Checkpoint
from evenhand.record.files.log import Log
from evenhand.record.files.publishing import publish
from evenhand.record.files.rotating import retire, rotate
from evenhand.record.files.shelf import Shelf
from evenhand.record.notes import Note
from tests.record.making import BOOK, counted, key
from tests.record_files.disks import Disk
from tests.record_files.making import NEXT, files, genesis, held, made, plain, signed

START = datetime(2026, 1, 1, 3, tzinfo=UTC)
SCHEDULE = {"every": 86400, "from": "2026-01-01T03:00:00Z", "multiple": 16}
Told = list[int]
"""Sizes that were acknowledged before the process died."""
Act = Callable[[Path, Told], None]


def begin(folder: Path, told: Told) -> None:
    """A new log."""
    with Log.new(folder, key(), genesis()) as log:
        told.append(log.size)


def few(folder: Path, told: Told) -> None:
    """Three entries, published."""
    with Log.open(folder) as log:
        log.append(plain(7, 10))
        told.append(log.size)
        log.publish()


def many(folder: Path, told: Told) -> None:
    """Three hundred entries in two groups of one append, and one more after they were published."""
    with Log.open(folder) as log:
        log.append(plain(7, 200), last=False)
        log.append(plain(200, 307))
        told.append(log.size)
        log.publish()
        log.append(plain(307, 308))
        told.append(log.size)


def scheduled(folder: Path, told: Told) -> None:
    """The public copy moves."""
    with Log.open(folder) as log:
        publish(log, folder.with_name("public"), now=START + timedelta(days=1), chance=counted("padding"))
        told.append(log.size)


def hand_over_and_retire(folder: Path, told: Told) -> None:
    """A new key takes over and the old one goes."""
    with Log.open(folder) as log:
        rotate(log, NEXT)
        told.append(log.size)
        retire(log)
        log.append(plain(8, 9))
        log.publish()


def prepared(home: Path, act: Act) -> Path:
    """What lies there before a scenario: nothing, a log of seven entries, or one that was published on its schedule."""
    folder = home / "quay"
    if act is scheduled:
        made(folder, 20, first=genesis(rulebook=BOOK, publication=SCHEDULE))
        with Log.open(folder) as log:
            publish(log, home / "public", now=START, chance=counted("first"))
            log.append(plain(32, 40))
    elif act is not begin:
        made(folder, 7)
    return folder


def lying(folder: Path) -> Note | None:
    """The checkpoint that a reader finds."""
    return Shelf(folder).note() if (folder / "checkpoint").exists() else None


def recovered(folder: Path, told: Told, seen: Note | None) -> None:
    """Opens the log and holds it to what was acknowledged, what a reader saw, and what its signer signed."""
    size, root = signed(folder)
    with Log.open(folder) as log:
        assert log.size >= max([size, *told, 1])
        assert size == 0 or root == log.root_at(size)
        if seen:
            earlier = Checkpoint.parse(seen.text)
            assert earlier.root == log.root_at(earlier.size)
    assert (log.size, log.root_at(log.size)) == signed(folder)
    assert log.size == held(folder, key(), NEXT)
    assert {"journal", ".part"}.isdisjoint(files(folder))


ACTS = [begin, few, many, scheduled, hand_over_and_retire]
RUIN = pytest.mark.parametrize(
    "ruin",
    [
        {"names": False, "data": False},
        {"names": True, "data": True},
        {"names": True, "data": False},
        {"names": False, "data": True},
    ],
    ids=["killed", "all lost", "names lost", "bytes lost"],
)


@pytest.fixture(autouse=True)
def _swift(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recovering is judged by what it leaves, not by how long the real disk takes to flush it."""
    monkeypatch.setattr("os.fsync", lambda handle: None)


@RUIN
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_a_log_whose_writer_dies_at_any_call_goes_on_with_one_history(
    tmp_path: Path, act: Act, ruin: dict[str, bool]
) -> None:
    """Otherwise a crash would fork the log, lose what was acknowledged, or leave it unusable."""
    (first := tmp_path / "first").mkdir()
    prepared(first, act)
    calls = played(first, tmp_path / "home", act, {}).calls
    for at, call in enumerate(calls):
        for middle in (False, True) if call == "write" else (False,):
            assert played(first, tmp_path / "home", act, ruin, at=at, middle=middle).dead


def played(
    first: Path, home: Path, act: Act, ruin: dict[str, bool], *, at: int | None = None, middle: bool = False
) -> Disk:
    """Plays a scenario on a copy of what lies there, dies in it, and holds what stands afterwards to what was told."""
    shutil.copytree(first, home)
    (home / "vault").mkdir()
    folder, told = home / "quay", []
    before = lying(folder)
    disk = Disk(home / "vault", at=at, middle=middle)
    disk.run(lambda: act(folder, told))
    if disk.dead:
        seen = lying(folder)
        if not any(ruin.values()) and seen:
            # Before anybody recovers it, a reader finds a log that holds.
            assert held(folder, key(), NEXT) >= (Checkpoint.parse(before.text).size if before else 1)
        disk.lose(**ruin)
        finish(folder, act, told, lying(folder))
    shutil.rmtree(home)
    return disk


def finish(folder: Path, act: Act, told: Told, seen: Note | None) -> None:
    """Recovers, asks for the same again where that completes it, and looks at what stands then."""
    if act is begin:
        Log.new(folder, key(), genesis()).close() if not seen else recovered(folder, told, seen)
    recovered(folder, told, seen)
    if act is scheduled:
        scheduled(folder, [])
        assert 48 == held(folder) == held(folder.with_name("public"))
    if act is hand_over_and_retire:
        with Log.open(folder) as log:
            texts = [each.text for each in log.signer.verifiers]
            if not (folder / "rotated").is_dir() or not list((folder / "rotated").iterdir()):
                rotate(log, NEXT)
            elif len(texts) > 1:
                retire(log)
        assert held(folder, key()) >= 8
        assert f"{NEXT.verifier.text}\n" == (folder / "vkey").read_text()
        assert 1 == sum(b"key.rotated" in entry for entry in Shelf(folder).bundle(0, held(folder)))
