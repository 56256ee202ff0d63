# SPDX-License-Identifier: Apache-2.0
"""A log hands over to its next key, and, after a theft, to another log (section 7 of the format)."""

from hashlib import sha256
from pathlib import Path

import pytest

from evenhand.record import checkpoints, entries
from evenhand.record.cosigning import cosign
from evenhand.record.errors import LogError, RecordError
from evenhand.record.files import durable
from evenhand.record.files.auditing import audit
from evenhand.record.files.handed_over import followed
from evenhand.record.files.log import Log
from evenhand.record.files.rotating import last_of, retire, rotate
from evenhand.record.files.shelf import Shelf
from evenhand.record.files.signer import Signer
from evenhand.record.keys import SigningKey
from evenhand.record.notes import Note
from tests.record.making import COSIGNERS, ORIGIN, POLICY, key
from tests.record_files.making import NEXT, files, genesis, held, made, plain

THIRD = SigningKey.of_seed(ORIGIN, bytes(31) + b"\3")


def names(note: Note) -> list[bytes]:
    """The IDs of the keys under a note."""
    return [each.id for each in note.signatures]


def test_both_keys_sign_the_handing_over_and_the_note_is_kept(tmp_path: Path) -> None:
    """Whoever pinned the old key has nothing else by which to trust the new one."""
    folder = made(tmp_path / "quay", 7)
    with Log.open(folder) as log:
        note = rotate(log, NEXT)
        assert entries.key_rotated(old=key().verifier.text, new=NEXT.verifier.text) == log.entry(7)
        log.append(plain(8, 12))
    assert [key().verifier.id, NEXT.verifier.id] == names(note)
    assert str(note).encode() == files(folder)["rotated/8"]
    assert f"{NEXT.verifier.text}\n".encode() == files(folder)["vkey"]
    assert [key().verifier.id, NEXT.verifier.id] == names(Shelf(folder).note())
    assert 12 == held(folder) == held(folder, NEXT)


def test_the_old_key_is_retired_and_is_gone_from_the_signer(tmp_path: Path) -> None:
    """A key that still lies there can still be stolen."""
    folder = made(tmp_path / "quay", 7)
    with Log.open(folder) as log:
        with pytest.raises(LogError, match="begin with “record rotate”"):
            retire(log)
        rotate(log, NEXT)
        with pytest.raises(LogError, match="end that first"):
            rotate(log, THIRD)
        assert [NEXT.verifier.id] == names(retire(log))
    assert key().text not in (tmp_path / "quay.signer").read_text()
    assert 8 == held(folder, key()) == held(folder, NEXT)


def test_a_rotation_cut_off_and_completed_after_others_entered_something_can_be_retired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log that can never change its key again is a log that ends with the next theft."""
    folder = made(tmp_path / "quay", 7)
    put = durable.put

    def dying(path: Path, *rest: object, **more: object) -> None:
        if path.name == "vkey":
            raise KeyboardInterrupt
        put(path, *rest, **more)

    monkeypatch.setattr(durable, "put", dying)
    with pytest.raises(KeyboardInterrupt), Log.open(folder) as log:
        rotate(log, NEXT)
    monkeypatch.undo()
    with Log.open(folder) as log:
        log.append(plain(8, 10))
    with Log.open(folder) as log, pytest.raises(LogError, match="The handing over was cut off"):
        retire(log)
    with Log.open(folder) as log:
        rotate(log, THIRD)
        assert [NEXT.verifier.id] == names(retire(log))
    assert ["rotated/10"] == [name for name in files(folder) if name.startswith("rotated/")]
    assert 10 == held(folder, key()) == held(folder, NEXT)


def test_a_reader_with_the_first_key_follows_to_the_third(tmp_path: Path) -> None:
    """Members pin a key once, on paper, and not after each rotation."""
    folder = made(tmp_path / "quay", 7)
    with Log.open(folder) as log:
        for new in (NEXT, THIRD):
            rotate(log, new)
            retire(log)
            log.append(plain(log.size, log.size + 300))
    trusted, faults = followed(Shelf(folder), [key().verifier])
    assert ([key().verifier, NEXT.verifier, THIRD.verifier], []) == (list(trusted), faults)
    assert 609 == held(folder, key()) == held(folder, THIRD)
    with Log.open(folder) as log:
        assert [THIRD.verifier] == list(log.signer.verifiers)


@pytest.mark.parametrize(
    "note",
    [
        lambda old: old.replace("\n8\n", "\n7\n"),
        lambda old: "\n".join(old.split("\n")[:-2]) + "\n",
        lambda old: old[:60],
        lambda old: "",
    ],
)
def test_a_handing_over_that_does_not_hold_is_told_and_not_followed(tmp_path: Path, note: object) -> None:
    """A thief would hand the log over to himself."""
    folder = made(tmp_path / "quay", 7)
    with Log.open(folder) as log:
        rotate(log, NEXT)
        retire(log)
    kept = folder / "rotated" / "8"
    kept.write_text(note(kept.read_text("utf-8")), "utf-8")
    assert [key().verifier] == list(followed(Shelf(folder), [key().verifier])[0])
    with pytest.raises(RecordError):
        audit(Shelf(folder), [key().verifier])
    found = audit(Shelf(folder), [NEXT.verifier])
    assert found.faults[0].startswith("rotated/8: this handing over of the key does not hold.")


def test_a_handing_over_is_entered_once_though_others_entered_something_since_it_was_cut_off(tmp_path: Path) -> None:
    """A second key.rotated would replace a key that is no longer in force."""
    folder = made(tmp_path / "quay", 7)
    with Log.open(folder) as log:
        log.signer.add_key(NEXT)
        log.append([entries.key_rotated(old=key().verifier.text, new=NEXT.verifier.text), *plain(8, 10)])
    with Log.open(folder) as log:
        rotate(log, THIRD)
        assert [key().verifier, NEXT.verifier] == list(log.signer.verifiers)
        assert 10 == log.size
    assert "rotated/10" in files(folder)
    assert 10 == held(folder)


def test_a_key_of_another_name_and_the_key_of_today_are_refused(tmp_path: Path) -> None:
    """Nobody could follow to them."""
    folder = made(tmp_path / "quay", 7)
    with Log.open(folder) as log:
        with pytest.raises(LogError, match="is called"):
            rotate(log, key("example.org/pier"))
        with pytest.raises(LogError, match="signs the log already"):
            rotate(log, key())
    assert 7 == held(folder)


def test_a_copy_from_before_the_old_key_was_retired_is_noticed_as_an_older_copy(tmp_path: Path) -> None:
    """“No trusted key has signed” would send somebody looking for a thief."""
    folder = made(tmp_path / "quay", 7)
    before = files(folder)
    with Log.open(folder) as log:
        rotate(log, NEXT)
        retire(log)
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        path.unlink()
    for name, data in before.items():
        (folder / name).write_bytes(data)
    with pytest.raises(LogError, match="older copy"):
        Log.open(folder)


def test_a_log_after_a_theft_takes_up_the_last_cosigned_checkpoint_of_the_old_one(tmp_path: Path) -> None:
    """What was cosigned before the theft stays; what the thief signs after it is of no log (section 7)."""
    old = made(tmp_path / "quay", 7, first=genesis(cosigners=POLICY.as_data()))
    note = Shelf(old).note()
    last = note.with_lines(cosign(note.text, each, seconds=1_800_000_000) for each in COSIGNERS[:2])
    new = SigningKey.of_seed("example.org/quay-2", bytes(32))
    first = entries.genesis(origin=new.name, key=new.verifier.text, after=last_of(last))
    with Log.new(tmp_path / "quay-2", new, first) as log:
        log.append(plain(1, 4))
    assert 4 == held(tmp_path / "quay-2", new)
    taken = Note.parse(entries.read(Shelf(tmp_path / "quay-2").entry(0, 4)).value["after"]["checkpoint"])
    assert (7, 2) == (checkpoints.read(taken, [key().verifier]).size, len(POLICY.met_by(taken)))
    with Log.open(old) as log:
        assert log.root_at(7) == checkpoints.read(taken, [key().verifier]).root
    with pytest.raises(LogError, match="is of the log"):
        Log.open(tmp_path / "quay-2", signer=tmp_path / "quay.signer")
    assert 4 == Signer.open(tmp_path / "quay-2.signer").size


def test_a_log_that_was_begun_with_another_key_is_not_signed(tmp_path: Path) -> None:
    """A signer made anew for the same name would sign a genesis that names somebody else's key."""
    folder = made(tmp_path / "quay", 1)
    (folder / "checkpoint").unlink()
    (folder / "journal").write_bytes(journal_of(genesis()))
    (tmp_path / "quay.signer").unlink()
    Signer.create(tmp_path / "quay.signer", ORIGIN, NEXT)
    with pytest.raises(LogError, match="begun with another key"):
        Log.open(folder)
    assert 0 == Signer.open(tmp_path / "quay.signer").size


def journal_of(entry: bytes) -> bytes:
    """The journal of a log that was begun and never published."""
    group = len(entry).to_bytes(2, "big") + entry
    return b"evenhand-journal-1 0\n" + len(group).to_bytes(4, "big") + b"\1" + group + sha256(group).digest()
