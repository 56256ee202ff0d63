# SPDX-License-Identifier: Apache-2.0
"""The files of a log are those of section 6 of the format, however it was appended to."""

import shutil
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.record.checkpoints import read
from evenhand.record.errors import EntryError, LogError
from evenhand.record.files.log import Log, signer_beside
from evenhand.record.files.shelf import Shelf
from evenhand.record.files.signer import Signer
from evenhand.record.tree import leaf_hash
from tests.record.making import key
from tests.record.trees import mth
from tests.record_files.making import entry_bytes, files, genesis, held, made, plain


def expected_files(entries: list[bytes]) -> dict[str, bytes]:
    """The tiles and bundles that the format asks for, built from the leaves by the recursive definition alone."""
    found, level, size = {}, 0, len(entries)
    while size >> 8 * level:
        count = size >> 8 * level
        hashes = [mth([leaf_hash(e) for e in entries[n << 8 * level : (n + 1) << 8 * level]]) for n in range(count)]
        for number in range((count + 255) // 256):
            held = hashes[256 * number : 256 * number + 256]
            digits = f"{number:03d}" + (f".p/{len(held)}" if len(held) < 256 else "")
            found[f"tile/{level}/{digits}"] = b"".join(held)
            if level == 0:
                bundle = entries[256 * number : 256 * number + 256]
                found[f"tile/entries/{digits}"] = b"".join(len(e).to_bytes(2, "big") + e for e in bundle)
        level += 1
    return found


def tiles(folder: Path) -> dict[str, bytes]:
    """What lies under `tile/`."""
    return {path: data for path, data in files(folder).items() if path.startswith("tile/")}


def test_a_new_log_has_its_genesis_its_key_and_a_secret_beside_it(tmp_path: Path) -> None:
    """A signing key that others can read would sign for them."""
    with Log.new(tmp_path / "quay", key(), genesis()) as log:
        assert (1, 1) == (log.size, log.published)
        assert genesis() == log.entry(0)
    assert {"checkpoint", "vkey", *expected_files([genesis()])} == set(files(tmp_path / "quay"))
    assert f"{key().verifier.text}\n" == (tmp_path / "quay" / "vkey").read_text()
    assert tmp_path / "quay.signer" == signer_beside(tmp_path / "quay")
    assert 0o600 == stat.S_IMODE((tmp_path / "quay.signer").stat().st_mode)
    assert ["quay", "quay.signer"] == sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize("size", [1, 3, 255, 256, 257, 1_000, 66_000])
def test_a_log_has_exactly_the_tiles_of_its_size(tmp_path: Path, size: int) -> None:
    """Other people's software looks for each of them, and a file too many would belong to another history."""
    folder = made(tmp_path / "quay", size)
    wanted = expected_files(entry_bytes(size))
    # The genesis was published alone, and a partial tile stays until its full tile is there.
    earlier = set() if size >= 256 else {"tile/0/000.p/1", "tile/entries/000.p/1"}
    assert set(wanted) | earlier == set(tiles(folder))
    assert wanted == {path: data for path, data in tiles(folder).items() if path in wanted}
    root = mth([leaf_hash(entry) for entry in entry_bytes(size)])
    seen = read(Shelf(folder).note(), [key().verifier])
    assert (size, root) == (seen.size, seen.root)
    assert size == held(folder)


@given(groups=st.lists(st.tuples(st.integers(0, 300), st.sampled_from("ncp")), min_size=1, max_size=6))
@settings(max_examples=25)
def test_a_log_appended_to_in_any_groups_has_the_files_of_one_append(groups: list[tuple[int, str]]) -> None:
    """Otherwise the files would tell how the entries came in, and two copies of one log would differ.

    After each group nothing happens, the log is closed and opened again, or it is published.
    """
    with TemporaryDirectory() as home:
        folder = Path(home, "quay")
        log, size = Log.new(folder, key(), genesis()), 1
        for count, then in groups:
            log.append(plain(size, size + count))
            size += count
            if then == "c":
                log.close()
                log = Log.open(folder)
            elif then == "p":
                log.publish()
        log.close()
        wanted, found = expected_files(entry_bytes(size)), tiles(folder)
        assert wanted == {path: data for path, data in found.items() if path in wanted}
        for path in set(found) - set(wanted):
            stem, _, width = path.partition(".p/")
            full = next(data for name, data in wanted.items() if name.partition(".p/")[0] == stem)
            assert width
            assert full.startswith(found[path])
        assert size == held(folder)


def test_a_partial_tile_stays_until_its_full_tile_is_there(tmp_path: Path) -> None:
    """A reader with yesterday's checkpoint would find its tile gone."""
    folder = made(tmp_path / "quay", 5)
    with Log.open(folder) as log:
        log.append(plain(5, 9))
    assert {"tile/0/000.p/5", "tile/0/000.p/9", "tile/entries/000.p/5"} < set(files(folder))
    with Log.open(folder) as log:
        log.append(plain(9, 256))
    assert {"tile/0/000", "tile/entries/000", "tile/1/000.p/1"} == set(tiles(folder))


def append_all(folder: Path, groups: list[list[bytes]]) -> None:
    """One append in several groups, the last of which never comes."""
    with Log.open(folder) as log:
        for group in groups:
            log.append(group, last=False)


def test_an_append_that_fails_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    """Half of a file would stand in a log that says “all or none”."""
    folder = made(tmp_path / "quay", 5)
    before = files(folder)
    with pytest.raises(EntryError):
        append_all(folder, [plain(5, 400), [b"x" * 20_000]])
    assert before == files(folder)
    with Log.open(folder) as log:
        log.append(plain(5, 6))
        before = log.size
        log.append(plain(6, 700), last=False)
        with pytest.raises(LogError, match="not finished"):
            log.publish()
        log.close(publish=False)
    assert before == 6
    with Log.open(folder):
        wanted = expected_files(entry_bytes(6))
        assert wanted == {path: data for path, data in tiles(folder).items() if not path.endswith(("p/1", "p/5"))}


def test_a_log_that_was_left_in_the_middle_of_an_append_says_so(tmp_path: Path) -> None:
    """A caller who forgets the last group would believe its entries to be in."""
    folder = made(tmp_path / "quay", 5)
    with pytest.raises(LogError, match="not finished"), Log.open(folder) as log:
        log.append(plain(5, 9), last=False)
    assert 5 == held(folder)


def test_an_entry_that_is_empty_or_too_long_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """The good entries of its group would stand without it."""
    folder = made(tmp_path / "quay", 5)
    with Log.open(folder) as log:
        for wrong in (b"", b"x" * 16_385):
            with pytest.raises(EntryError, match="16,384 bytes"):
                log.append([*plain(5, 7), wrong])
        assert 5 == log.size


def test_a_long_journal_is_settled_and_appending_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal of a log that is open for years would fill the disk."""
    monkeypatch.setattr("evenhand.record.files.log.SETTLE_BYTES", 4_096)
    with Log.new(tmp_path / "quay", key(), genesis()) as log:
        for start in range(1, 900, 100):
            log.append(plain(start, start + 100))
            assert 20_000 > (tmp_path / "quay" / "journal").stat().st_size
    assert 901 == held(tmp_path / "quay")


def test_a_new_log_takes_no_folder_and_no_signer_that_are_in_use(tmp_path: Path) -> None:
    """A key that was overwritten could never sign its log again."""
    made(tmp_path / "quay", 3)
    with pytest.raises(LogError, match="there already"):
        Log.new(tmp_path / "quay", key(), genesis())
    with pytest.raises(LogError, match="never overwritten"):
        Log.new(tmp_path / "other", key(), genesis(), signer=tmp_path / "quay.signer")
    with pytest.raises(LogError, match="not that of the log"):
        Log.new(tmp_path / "third", key("example.org/pier"), genesis())
    (tmp_path / "file").write_text("x")
    with pytest.raises(LogError, match="name another folder"):
        Log.new(tmp_path / "file" / "log", key(), genesis())


def test_an_empty_folder_may_become_a_log_and_its_signer_may_lie_elsewhere(tmp_path: Path) -> None:
    """Whoever keeps the key on another disk names it with --signer."""
    (tmp_path / "quay").mkdir()
    with Log.new(tmp_path / "quay", key(), genesis(), signer=tmp_path / "keys" / "quay") as log:
        log.append(plain(1, 4))
    assert 4 == Signer.open(tmp_path / "keys" / "quay").size
    with Log.open(tmp_path / "quay", signer=tmp_path / "keys" / "quay") as log:
        assert 4 == log.size


def test_a_call_that_was_killed_before_the_folder_appeared_is_finished_by_the_next(tmp_path: Path) -> None:
    """Two leftovers would make a name unusable for good."""
    Signer.create(tmp_path / "quay.signer", key().name, key())
    (tmp_path / ".quay.part").mkdir()
    (tmp_path / ".quay.part" / "journal").write_bytes(b"half")
    assert 2 == held(made(tmp_path / "quay", 2))
    shutil.rmtree(tmp_path / "quay")
    with pytest.raises(LogError, match="never overwritten"):
        Log.new(tmp_path / "quay", key(), genesis())
