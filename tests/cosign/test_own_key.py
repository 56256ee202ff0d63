# SPDX-License-Identifier: Apache-2.0
"""A cosigner's key and its memory belong together: without either, it must not begin again as if nothing had been."""

import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.cosign.errors import CosignError
from evenhand.cosign.memory import NAME, Memory
from evenhand.cosign.own_key import FILE, memory_of, opened
from evenhand.record.keys import COSIGNS
from tests.cosign.a_log import History, a_key

CHANCE = bytes(range(32))


def started(folder: Path, name: str | None = "rival.example", chance: Callable[[int], bytes] = lambda n: CHANCE[:n]):
    """The key with which a cosigner starts in a folder."""
    memory = memory_of(folder, create=True)
    try:
        return opened(folder, memory, name=name, chance=chance)
    finally:
        memory.close()


def test_the_first_start_makes_a_key_that_only_its_owner_may_read(tmp_path: Path):
    """Whoever can read the key can cosign anything."""
    key = started(tmp_path / "new")
    path = tmp_path / "new" / FILE
    assert ("rival.example", COSIGNS, CHANCE) == (key.name, key.type, key.seed)
    assert (0o600, f"{key.text}\n") == (stat.S_IMODE(path.stat().st_mode), path.read_text("utf-8"))
    assert {FILE, NAME} == {each.name for each in path.parent.iterdir()} - {f"{NAME}-wal", f"{NAME}-shm"}


def test_every_later_start_has_the_same_key(tmp_path: Path):
    """A new key each time: nobody's policy would be met."""
    assert started(tmp_path) == started(tmp_path, None, lambda n: b"\1" * n)


@pytest.mark.parametrize(
    ("name", "says"), [(None, "--name"), ("two words", "holds a space"), ("a+b", "a plus"), ("", "1 to 256")]
)
def test_a_first_start_needs_a_name(tmp_path: Path, name: str | None, says: str):
    """A key without a name could stand in no note."""
    with pytest.raises(CosignError, match=says):
        started(tmp_path, name)
    assert not (tmp_path / FILE).exists()


def test_another_name_is_refused(tmp_path: Path):
    """A name is part of the key: somebody would think that it was changed."""
    started(tmp_path)
    with pytest.raises(CosignError, match=r"is called rival\.example, not other\.example"):
        started(tmp_path, "other.example")


def test_a_key_without_its_memory_is_refused(tmp_path: Path):
    """With an empty memory a known cosigner would cosign a second history."""
    started(tmp_path)
    for path in tmp_path.glob(f"{NAME}*"):
        path.unlink()
    with pytest.raises(CosignError, match="could cosign a second history"):
        started(tmp_path)
    assert not (tmp_path / NAME).exists()


def test_a_memory_without_its_key_is_refused(tmp_path: Path):
    """Two cosigners would share one memory, and each would answer for what the other signed."""
    started(tmp_path)
    (tmp_path / FILE).unlink()
    with pytest.raises(CosignError, match="bring the key back"):
        started(tmp_path)


def test_the_memory_of_another_is_refused(tmp_path: Path):
    """A copy from the wrong machine would forget what this cosigner signed."""
    started(tmp_path / "a")
    started(tmp_path / "b", "other.example", lambda n: b"\1" * n)
    (tmp_path / "b" / FILE).replace(tmp_path / "a" / FILE)
    with pytest.raises(CosignError, match=r"is that of the cosigner rival\.example"):
        started(tmp_path / "a", None)


def test_a_key_that_others_may_read_is_refused(tmp_path: Path):
    """It may have been read, and nobody would know."""
    started(tmp_path)
    (tmp_path / FILE).chmod(0o640)
    with pytest.raises(CosignError, match="chmod 600"):
        started(tmp_path)


@pytest.mark.parametrize("text", ["", "PRIVATE+KEY+rival.example", a_key("rival.example").text, "\0" * 9_000])
def test_a_key_file_that_cannot_be_used_is_a_sentence(tmp_path: Path, text: str):
    """A traceback could show the key."""
    started(tmp_path)
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(CosignError) as caught:
        started(tmp_path)
    assert "PRIVATE+KEY+rival.example+" not in caught.value.sentence


def test_a_memory_that_is_none_is_a_sentence(tmp_path: Path):
    """Somebody else's database would be taken for an empty memory."""
    (tmp_path / NAME).write_text("no database, but a file of some length" * 100, "utf-8")
    with pytest.raises(CosignError, match="is not the memory of a cosigner"):
        Memory(tmp_path / NAME)
    (tmp_path / NAME).unlink()
    other = sqlite3.connect(tmp_path / NAME)
    other.execute("CREATE TABLE members (name)")
    other.close()
    with pytest.raises(CosignError, match="another version of Evenhand"):
        Memory(tmp_path / NAME)


def test_an_answer_is_on_the_disk_before_it_is_given(tmp_path: Path):
    """With NORMAL a power cut takes back what a log was told, and a second history could follow."""
    connection = Memory(tmp_path / NAME, create=True)._connection()
    assert ("wal", 2) == (
        connection.execute("PRAGMA journal_mode").fetchone()[0],
        connection.execute("PRAGMA synchronous").fetchone()[0],
    )


def test_a_log_is_added_once(tmp_path: Path):
    """Each call would add a key that is there already."""
    memory = Memory(tmp_path / NAME, create=True)
    key = History().key.verifier
    assert [True, False] == [memory.add(key, seconds=1), memory.add(key, seconds=2)]
    assert ((key,), (key.name,)) == (memory.keys(key.name), memory.origins())
