# SPDX-License-Identifier: Apache-2.0
"""The signer remembers apart from the log, so that no copy, no second writer and no full disk makes two histories."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.record.checkpoints import Checkpoint
from evenhand.record.errors import LogError
from evenhand.record.files.durable import Lock
from evenhand.record.files.log import Log
from evenhand.record.files.signer import MOST_LINES, Signer
from evenhand.record.tree import CompactRange, leaf_hash
from tests.record.making import ORIGIN, key
from tests.record_files.disks import Disk
from tests.record_files.making import entry_bytes, files, genesis, held, made, plain, signed


def grown(folder: Path, end: int) -> None:
    """Appends up to `end` entries."""
    with Log.open(folder) as log:
        log.append(plain(log.size, end))


def root(number: int) -> bytes:
    """The root of the first entries."""
    found = CompactRange()
    for entry in entry_bytes(number):
        found.append(leaf_hash(entry))
    return found.root()


def test_an_older_copy_of_the_folder_is_noticed_and_nothing_is_signed(tmp_path: Path) -> None:
    """Restoring a backup is the likeliest way in which a log forks without anybody meaning it."""
    folder = made(tmp_path / "quay", 10)
    shutil.copytree(folder, tmp_path / "backup")
    grown(folder, 20)
    shutil.rmtree(folder)
    (tmp_path / "backup").rename(folder)
    before, secret = files(folder), (tmp_path / "quay.signer").read_bytes()
    with pytest.raises(LogError) as told:
        Log.open(folder)
    assert "ends at 10 entries, but its signer has signed 20" in told.value.sentence
    assert "entries 10 to 19 are missing" in told.value.sentence
    assert (before, secret) == (files(folder), (tmp_path / "quay.signer").read_bytes())


def test_another_history_of_the_same_size_is_refused(tmp_path: Path) -> None:
    """Two roots of one size under one key are what a fork is."""
    folder = made(tmp_path / "quay", 10)
    shutil.copytree(folder, tmp_path / "copy")
    shutil.copy(tmp_path / "quay.signer", tmp_path / "copy.signer")
    grown(folder, 12)
    with Log.open(tmp_path / "copy") as log:
        log.append(plain(50, 52))
    shutil.copy(tmp_path / "quay.signer", tmp_path / "copy.signer")
    with pytest.raises(LogError, match="two histories"):
        Log.open(tmp_path / "copy")


def test_two_copies_that_are_open_at_once_under_one_signer_sign_one_history(tmp_path: Path) -> None:
    """Each has read the file before the other signed; only reading it again at the moment of signing keeps them apart."""
    folder = made(tmp_path / "quay", 10)
    shutil.copytree(folder, tmp_path / "copy")
    first, second = Log.open(folder), Log.open(tmp_path / "copy", signer=tmp_path / "quay.signer")
    first.append(plain(10, 12))
    second.append(plain(60, 62))
    first.close()
    with pytest.raises(LogError, match="two histories"):
        second.close()
    assert (12, root(12)) == signed(folder)
    assert 10 == held(tmp_path / "copy")


def test_an_older_copy_of_the_signer_beside_a_newer_log_goes_on(tmp_path: Path) -> None:
    """It has forgotten something and contradicts nothing."""
    folder = made(tmp_path / "quay", 10)
    shutil.copy(tmp_path / "quay.signer", tmp_path / "older")
    grown(folder, 20)
    shutil.copy(tmp_path / "older", tmp_path / "quay.signer")
    grown(folder, 21)
    assert (21, root(21)) == signed(folder)


def test_a_signer_signs_neither_less_nor_a_wrong_root_nor_another_log(tmp_path: Path) -> None:
    """It is the last who can refuse."""
    with Log.open(made(tmp_path / "quay", 10)) as log:
        for checkpoint in (
            Checkpoint(ORIGIN, 9, root(9)),
            Checkpoint(ORIGIN, 10, root(9)),
            Checkpoint("example.org/pier", 10, root(10)),
        ):
            with pytest.raises(LogError):
                log.signer.sign(checkpoint, root)
    assert (10, root(10)) == signed(tmp_path / "quay")


def test_the_memory_of_a_signer_stays_short_and_outlives_every_line(tmp_path: Path) -> None:
    """A heartbeat each second for a year would make a file that nobody can read."""
    made(tmp_path / "quay", 2)
    signer = Signer.open(tmp_path / "quay.signer")
    roots = CompactRange()
    sizes = {}
    for size in range(1, MOST_LINES + 20):
        roots.append(leaf_hash(entry_bytes(2)[size - 1] if size < 3 else b"%d" % size))
        sizes[size] = roots.root()
        if size > 2:
            signer.sign(Checkpoint(ORIGIN, size, sizes[size]), sizes.__getitem__)
    assert MOST_LINES + 19 == Signer.open(tmp_path / "quay.signer").size
    assert 100 > len((tmp_path / "quay.signer").read_bytes().splitlines())
    assert 0o600 == (tmp_path / "quay.signer").stat().st_mode & 0o777


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"not a signer\n",
        lambda data: data.replace(b"PRIVATE", b"PRIVATF"),
        lambda data: data.replace(b'"root"', b'"rood"'),
        lambda data: data + b'{"size": 9, "root": "00"}\n',
        lambda data: data + b'{"size": true, "root": "' + b"0" * 64 + b'"}\n',
        lambda data: data.replace(b'"keys": [', b'"keys": [5, '),
        lambda data: data.replace(b'"keys": [', b'"keys": [], "old": ['),
        lambda data: data.replace(ORIGIN.encode(), b"example.org/pier", 1),
        lambda data: b"\xff" + data,
    ],
)
def test_a_damaged_signer_file_is_told_and_left_alone(tmp_path: Path, damage: object) -> None:
    """Guessing what it had signed would be guessing whether this is a fork."""
    folder = made(tmp_path / "quay", 3)
    path = tmp_path / "quay.signer"
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(LogError, match=r"bring it back from a copy"):
        Log.open(folder)
    assert before == path.read_bytes()


def test_a_missing_signer_and_that_of_another_log_are_told(tmp_path: Path) -> None:
    """The sentence has to say what to bring."""
    folder = made(tmp_path / "quay", 3)
    (tmp_path / "quay.signer").rename(tmp_path / "away")
    with pytest.raises(LogError, match="cannot be read"):
        Log.open(folder)
    other = key("example.org/pier")
    Signer.create(tmp_path / "quay.signer", other.name, other)
    with pytest.raises(LogError, match=r"is of the log example\.org/pier, not of example\.org/quay"):
        Log.open(folder)


def test_a_line_that_was_cut_off_in_the_signer_file_was_never_acted_upon(tmp_path: Path) -> None:
    """It is taken away before the next line, or the two would be one unreadable line."""
    folder = made(tmp_path / "quay", 3)
    path = tmp_path / "quay.signer"
    path.write_bytes(path.read_bytes() + b'{"size": 4, "ro')
    grown(folder, 5)
    assert (5, root(5)) == signed(folder)
    assert all(json.loads(line) for line in path.read_bytes().splitlines())


def test_a_second_writer_is_told_that_the_first_is_at_work(tmp_path: Path) -> None:
    """Two writers in one journal would tear each other's entries; the lock ends with the process that held it."""
    folder = made(tmp_path / "quay", 3)
    says = "import sys; from pathlib import Path; from evenhand.record.files.log import Log\n"
    says += "log = Log.open(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", says, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert b"open\n" == process.stdout.readline()
        with pytest.raises(LogError, match="Another process is writing"):
            Log.open(folder)
        process.kill()
    grown(folder, 4)


def test_a_new_log_that_another_process_is_making_is_left_to_it(tmp_path: Path) -> None:
    """The key of one and the folder of the other would not belong together."""
    (part := tmp_path / ".quay.part").mkdir()
    lock = Lock(part)
    with pytest.raises(LogError, match="Another process is writing"):
        Log.new(tmp_path / "quay", key(), genesis())
    lock.release()


@pytest.mark.parametrize(("code", "step"), [(errno.ENOSPC, 1), (errno.EACCES, 5)])
def test_a_full_or_failing_disk_loses_nothing_that_was_acknowledged(tmp_path: Path, code: int, step: int) -> None:
    """A group that came back with an error is not in, those before it are, and the log goes on once there is room."""
    made(tmp_path / "first" / "quay", 5)
    at, failed = 0, True
    while failed:
        home = tmp_path / "home"
        shutil.copytree(tmp_path / "first", home)
        (vault := home / "vault").mkdir()
        told, failed = [], False
        disk = Disk(vault, at=at, middle=True, fails=lambda: OSError(code, os.strerror(code)))

        def act(told: list[int] = told, folder: Path = home / "quay") -> None:
            with Log.open(folder) as log:
                for start in (5, 100, 300):
                    log.append(plain(start, {5: 100, 100: 300, 300: 600}[start]))
                    told.append(log.size)
                    log.publish()

        try:
            disk.run(act)
        except LogError:
            failed = True
        assert held(home / "quay") >= 5
        with Log.open(home / "quay") as log:
            assert log.size >= max([5, *told])
            assert log.size in (5, 100, 300, 600)
            if len(told) < 3 and "journal" in files(home / "quay"):
                assert log.size == max([5, *told])
        assert held(home / "quay") == log.size
        shutil.rmtree(home)
        at += step
    assert at > 40


def test_after_a_failure_nothing_more_is_done_until_the_log_is_opened_again(tmp_path: Path) -> None:
    """A group after half a group in the journal would be acknowledged and lost."""
    folder = made(tmp_path / "quay", 5)
    (vault := tmp_path / "vault").mkdir()
    log = Log.open(folder)
    full = Disk(vault, at=1, middle=True, fails=lambda: OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(LogError, match="No space left on device"):
        full.run(lambda: log.append(plain(5, 8)))
    for again in (lambda: log.append(plain(5, 8)), log.publish, log.settle):
        with pytest.raises(LogError, match="Open it again"):
            again()
    log.close(publish=False)
    with pytest.raises(LogError, match="was closed"):
        log.append(plain(5, 8))
    grown(folder, 6)
    assert 6 == held(folder)


def test_a_folder_that_is_no_log_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    """Somebody's photographs would be taken for a damaged log."""
    made(tmp_path / "quay", 3)
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "photo").write_bytes(b"x")
    for name, says in (("else", "is not a log"), ("nowhere", "is not a folder"), ("else/photo", "is not a folder")):
        with pytest.raises(LogError, match=says):
            Log.open(tmp_path / name, signer=tmp_path / "quay.signer")
    assert {"photo": b"x"} == files(tmp_path / "else")
