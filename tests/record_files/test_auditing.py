# SPDX-License-Identifier: Apache-2.0
"""An audit finds nothing in a good log, and every changed, cut, missing, swapped or added byte in any other."""

import random
import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.record import entries
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import cosign
from evenhand.record.errors import RecordError
from evenhand.record.files.auditing import MOST_NAMED, audit
from evenhand.record.files.log import Log
from evenhand.record.files.shelf import Shelf
from evenhand.record.files.signer import Signer
from tests.record.making import BOOK, COSIGNERS, ORIGIN, POLICY, counted, key
from tests.record_files.making import faults, files, genesis, held, made, plain

SIZE = 300


@pytest.fixture(scope="module")
def quay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of 300 entries whose first tile was published at 280 as well."""
    folder = made(tmp_path_factory.mktemp("audit") / "quay", 280)
    with Log.open(folder) as log:
        log.append(plain(280, SIZE))
    return folder


def covered(folder: Path) -> list[str]:
    """The tiles and bundles of a log."""
    return sorted(path for path in files(folder) if path.startswith("tile/"))


def test_every_flipped_byte_is_found_and_named_by_file_and_entry(quay: Path, tmp_path: Path) -> None:
    """One byte that may change unseen is one word of a decision that may."""
    shutil.copytree(quay, folder := tmp_path / "quay")
    assert [] == faults(folder)
    drawn = random.Random(7)
    for name in covered(folder):
        good = (folder / name).read_bytes()
        places = range(len(good)) if len(good) < 700 else drawn.sample(range(len(good)), 60)
        for place in places:
            bad = bytearray(good)
            bad[place] ^= 1 << drawn.randrange(8)
            (folder / name).write_bytes(bad)
            found = faults(folder)
            assert found, (name, place)
            stem = name.partition(".p/")[0]
            assert any(stem in each for each in found) or any("Entry" in each for each in found), (name, place, found)
            if name.startswith("tile/0/") and "280" not in name and "/24" not in name:
                entry = (256 if "001" in name else 0) + place // 32
                assert any(f"entry {entry:,} in" in each for each in found), (name, place, found)
        (folder / name).write_bytes(good)
    assert [] == faults(folder)


def test_every_flipped_byte_of_the_checkpoint_is_found(quay: Path, tmp_path: Path) -> None:
    """It is the one thing that everything else is held against."""
    shutil.copytree(quay, folder := tmp_path / "quay")
    good = (folder / "checkpoint").read_bytes()
    for place in range(len(good)):
        bad = bytearray(good)
        bad[place] ^= 1
        (folder / "checkpoint").write_bytes(bad)
        with pytest.raises(RecordError):
            audit(Shelf(folder), [key().verifier])


def swapped(folder: Path) -> None:
    """Two entries change places in their bundle."""
    bundle = folder / "tile/entries/000"
    held = Shelf(folder).bundle(0, 256)
    held[3], held[4] = held[4], held[3]
    bundle.write_bytes(b"".join(len(entry).to_bytes(2, "big") + entry for entry in held))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: (folder / "tile/0/000").unlink(), "tile/0/000 is missing"),
        (lambda folder: (folder / "tile/1/000.p/1").unlink(), "tile/1/000.p/1 is missing"),
        (lambda folder: (folder / "tile/entries/000").unlink(), "tile/entries/000 is missing"),
        (lambda folder: shutil.rmtree(folder / "tile/entries/001.p"), "tile/entries/001.p/44 is missing"),
        (lambda folder: (folder / "tile/0/000").write_bytes(bytes(8_160)), "tile/0/000 has 8160 bytes"),
        (lambda folder: (folder / "tile/0/000").write_bytes(bytes(8_224)), "is larger than a file of its kind"),
        (lambda folder: (folder / "tile/entries/001.p/44").write_bytes(b""), "tile/entries/001.p/44 has 0 entries"),
        (lambda folder: (folder / "tile/entries/000").write_bytes(b"\0\5a"), "tile/entries/000: The bundle ends"),
        (swapped, "tile/0/000: hash 3 is not that of entry 3 in tile/entries/000;"),
        (lambda folder: (folder / "tile/0/note.txt").write_text("x"), "tile/0/note.txt: this is neither"),
        (lambda folder: (folder / "tile/0/000.p").mkdir(), ""),
        (lambda folder: (folder / "tile/entries/001.p/044").write_text("x"), "001.p/044: this is neither"),
        (lambda folder: (folder / "tile/0/001.p/3").write_bytes(bytes(96)), "tile/0/001.p/3: this file does not agree"),
        (lambda folder: (folder / "tile/0/001.p/99").write_bytes(bytes(99 * 32)), "001.p/99: this file does not agree"),
        (
            lambda folder: (folder / "tile/0/001.p/44").open("ab").write(bytes(32)),
            "tile/0/001.p/44: this file does not agree",
        ),
        (lambda folder: (folder / "tile/0/001").write_bytes(bytes(8_192)), "tile/0/001: this file does not agree"),
    ],
)
def test_what_is_missing_cut_swapped_or_added_is_named(
    quay: Path, tmp_path: Path, spoil: Callable[[Path], object], says: str
) -> None:
    """Whoever restores the file has to know which."""
    shutil.copytree(quay, folder := tmp_path / "quay")
    spoil(folder)
    found = faults(folder)
    assert any(says in each for each in found) if says else not found


def test_a_reader_takes_a_wider_tile_where_the_narrow_one_is_gone(quay: Path, tmp_path: Path) -> None:
    """Mirrors drop partial tiles as soon as wider ones are there (section 6)."""
    shutil.copytree(quay, folder := tmp_path / "quay")
    old = (quay / "checkpoint").read_bytes()
    Signer.create(tmp_path / "quay.signer", ORIGIN, key())
    with Log.open(folder) as log:
        log.append(plain(SIZE, SIZE + 9))
    (folder / "checkpoint").write_bytes(old)
    for name in ("0", "entries"):
        (folder / f"tile/{name}/001.p/44").unlink()
    assert SIZE == held(folder)


def test_entries_outside_their_shape_are_named_though_the_tree_holds(tmp_path: Path) -> None:
    """A log can commit to nonsense; the root alone would not tell."""
    book = entries.sealed(book=BOOK, disclosures=[], chance=counted())
    with Log.new(tmp_path / "quay", key(), genesis()) as log:
        log.append([book, b'{"b":1, "a":2}', genesis(), b'{"_sd":[]}'])
    found = audit(Shelf(tmp_path / "quay"), [key().verifier])
    assert {"genesis": 2, "sealed": 1} == found.kinds
    assert ["Entry 2:", "Entry 3:", "Entry 4:"] == [each[:8] for each in found.faults]
    assert audit(Shelf(tmp_path / "quay"), [key().verifier], shapes=False).holds


def test_a_log_that_is_wholly_wrong_names_the_first_faults_and_says_that_there_are_more(tmp_path: Path) -> None:
    """A million sentences are no answer."""
    with Log.new(tmp_path / "quay", key(), genesis()) as log:
        log.append([b"x" * number for number in range(1, 60)])
    assert MOST_NAMED + 1 == len(faults(tmp_path / "quay"))
    assert "There are more" in faults(tmp_path / "quay")[-1]


def test_the_cosigners_of_the_genesis_are_asked_for(tmp_path: Path) -> None:
    """A log that stops being cosigned would look as good as one that never was."""
    folder = made(tmp_path / "quay", 3, first=genesis(cosigners=POLICY.as_data()))
    assert ["0 of 3 cosigners have cosigned this checkpoint; 2 are needed."] == faults(folder)
    with Log.open(folder) as log:
        note = log.shelf.note()
        log.replace_checkpoint(note.with_lines(cosign(note.text, each, seconds=9) for each in COSIGNERS[:2]))
    found = audit(Shelf(folder), [key().verifier])
    assert (True, 2) == (found.holds, len(found.cosigned))


def test_a_genesis_of_another_log_is_told(tmp_path: Path) -> None:
    """Its charter and policy would be taken for those of this one."""
    with Log.new(tmp_path / "quay", key(), genesis()) as log:
        note = Checkpoint("example.org/pier", 1, log.root_at(1)).signed([key("example.org/pier")])
    (tmp_path / "quay" / "checkpoint").write_text(str(note), "utf-8")
    found = audit(Shelf(tmp_path / "quay"), [key("example.org/pier").verifier])
    assert ["The genesis is of another log than the checkpoint."] == found.faults


def test_auditing_needs_no_more_memory_for_a_longer_log(tmp_path: Path) -> None:
    """A log of ten years must be read by a small machine (under 200 MB whatever the size)."""
    peaks = []
    for size in (5_000, 50_000):
        folder = made(tmp_path / str(size), size)
        tracemalloc.start()
        assert size == held(folder)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000
