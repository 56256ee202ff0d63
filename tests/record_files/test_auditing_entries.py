# SPDX-License-Identifier: Apache-2.0
"""What an audit says of entries that are each in order and together are not, and of files that hold more than they should."""

import os
from pathlib import Path

import pytest

from evenhand.record import entries
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.errors import LogError
from evenhand.record.files.auditing import audit
from evenhand.record.files.log import Log
from evenhand.record.files.rotating import rotate
from evenhand.record.files.shelf import Shelf
from evenhand.record.keys import SigningKey
from evenhand.record.notes import Note, Signature
from evenhand.record.tiles import bundle, tile_path
from evenhand.record.tree import leaf_hash, root_of
from tests.record.making import BOOK, ORIGIN, counted, key
from tests.record_files.making import NEXT, faults, made


def appended(folder: Path, *group: bytes) -> Path:
    """A log of seven entries and these."""
    made(folder, 7)
    with Log.open(folder) as log:
        log.append(group)
    return folder


def foreign(folder: Path) -> None:
    """A log whose entries are no JSON."""
    held = [b"", b"no JSON at all", b"\xff"]
    leaves = [leaf_hash(each) for each in held]
    for path, data in ((tile_path(0, 0, 3), b"".join(leaves)), (tile_path("entries", 0, 3), bundle(held))):
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_bytes(data)
    (folder / "checkpoint").write_text(str(Checkpoint(ORIGIN, 3, root_of(leaves)).signed([key()])), "utf-8")


def test_an_id_that_stands_twice_is_found(tmp_path: Path) -> None:
    """One act would be counted as two."""
    one = entries.padding(book=BOOK, chance=counted())[0]
    other = entries.padding(book=BOOK, chance=counted("other"))[0]
    folder = appended(tmp_path / "quay", one, other, one)
    assert ["Entry 9: it has the id of entry 7; one of the two is a copy."] == faults(folder)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (NEXT, NEXT, "Entry 7: it replaces a key that was not in force."),
        (key(), key(), "Entry 7: its new key is not a new signing key of this log."),
        (key(), key("example.org/pier"), "Entry 7: its new key is not a new signing key of this log."),
    ],
)
def test_a_chain_of_keys_that_is_broken_is_found(tmp_path: Path, old: SigningKey, new: SigningKey, says: str) -> None:
    """A key could be slipped in beside the one that was handed over to."""
    entry = entries.key_rotated(old=old.verifier.text, new=new.verifier.text)
    assert [says] == faults(appended(tmp_path / "quay", entry))


def test_a_genesis_that_names_another_key_than_the_one_pinned_is_found(tmp_path: Path) -> None:
    """A log could be begun anew under an old genesis."""
    folder = made(tmp_path / "quay", 7)
    note = Shelf(folder).checkpoint().signed([NEXT])
    (folder / "checkpoint").write_text(str(note), "utf-8")
    found = audit(Shelf(folder), [NEXT.verifier]).faults
    assert ["The log names other keys in its genesis and its rotations than the one you trust."] == found


def test_a_false_line_of_an_earlier_key_is_found(tmp_path: Path) -> None:
    """What looks like the old key's word would be nobody's."""
    folder = made(tmp_path / "quay", 7)
    with Log.open(folder) as log:
        rotate(log, NEXT)
    note = Shelf(folder).note()
    lines = [
        Signature(each.name, each.id, bytes(64) if each.id == key().verifier.id else each.blob)
        for each in note.signatures
    ]
    (folder / "checkpoint").write_text(str(Note(note.text, tuple(lines))), "utf-8")
    found = audit(Shelf(folder), [NEXT.verifier]).faults
    assert [f"checkpoint: the line of the key {ORIGIN}+{key().verifier.id.hex()} does not hold."] == found


def test_the_log_of_somebody_else_is_said_to_be_one(tmp_path: Path) -> None:
    """Its entries may be anything, and nobody may think that they were read."""
    foreign(folder := tmp_path / "quay")
    found = audit(Shelf(folder), [key().verifier])
    assert ([], {}) == (found.faults, found.kinds)
    assert ["It has no genesis of this format: its entries are somebody else's, whatever they mean."] == found.notes


def test_what_holds_more_than_the_checkpoint_covers_must_still_be_whole(tmp_path: Path) -> None:
    """Anything at all could be handed round in the files of a log that verifies."""
    folder = made(tmp_path / "quay", 7)
    whole = (folder / "tile/entries/000.p/7").read_bytes()
    for name, more, expected in (("8", b"\0\1x", 0), ("9", b"\0\1x", 1), ("20", b"rubbish", 1)):
        wider = folder / "tile/entries/000.p" / name
        wider.write_bytes(whole + more)
        found = audit(Shelf(folder), [key().verifier])
        assert (expected, 1) == (len(found.faults), len(found.notes))
        wider.unlink()


@pytest.mark.parametrize(
    "name", ["checkpoint", "tile/0/000.p/7", "tile/entries/000.p/7", "tile/0/000.p/3", "rotated/8"]
)
def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(tmp_path: Path, name: str) -> None:
    """A log that hangs whoever reads it is a log that nobody reads."""
    folder = made(tmp_path / "quay", 7)
    (folder / name).unlink(missing_ok=True)
    (folder / name).parent.mkdir(exist_ok=True)
    os.mkfifo(folder / name)
    if name == "checkpoint":
        with pytest.raises(LogError, match="checkpoint"):
            faults(folder)
    else:
        assert faults(folder)


def test_what_the_format_does_not_know_is_told(tmp_path: Path) -> None:
    """A reader would take the whole folder for verified."""
    folder = made(tmp_path / "quay", 7)
    (folder / "minutes.docx").write_bytes(b"x")
    found = audit(Shelf(folder), [key().verifier])
    assert ([], ["Not part of the format, and not looked at: minutes.docx."]) == (found.faults, found.notes)


def test_a_link_to_a_folder_under_the_tiles_is_found(tmp_path: Path) -> None:
    """What lies behind it can be changed without the folder."""
    folder = made(tmp_path / "quay", 7)
    (folder / "tile" / "7").symlink_to(tmp_path)
    assert ["tile/7: this is neither a tile nor a bundle; take it away."] == faults(folder)
