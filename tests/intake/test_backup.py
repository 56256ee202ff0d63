# SPDX-License-Identifier: Apache-2.0
"""Backup, restore and move: the same record on the other database, nothing silently given away, and no second history."""

import threading
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from evenhand.procedure.auditing import audit
from evenhand.procedure.backing_up import back_up
from evenhand.procedure.restoring import Older, restore
from evenhand.procedure.working import work
from evenhand.record.errors import LogError
from evenhand.record.files.shelf import Shelf
from evenhand.store import models
from evenhand.store.archive import NoBackup
from evenhand.store.connecting import connect
from evenhand.store.opened import forget_everything, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal
from tests.databases import _on_server
from tests.intake.crowd import at_once, served
from tests.procedure.a_case import Case


def lodged(made, number=1):
    """So many complaints, sealed; when the last of them came."""
    for _ in range(number):
        case = Case(made)
        case.lodge()
    seal(made.organisation)
    return case


def backed_up(made, tmp_path, name="b"):
    """A backup with its keys in a file beside it."""
    found = back_up(made.organisation, tmp_path / name, at=made.at, keys=tmp_path / f"{name}.keys")
    return SimpleNamespace(file=tmp_path / name, keys=tmp_path / f"{name}.keys", made=found)


@pytest.fixture
def elsewhere(request):
    """An empty PostgreSQL database."""
    server = request.getfixturevalue("postgres_server")
    _on_server(server, "DROP DATABASE IF EXISTS elsewhere_ WITH (FORCE)", "CREATE DATABASE elsewhere_")
    yield f"{server}/elsewhere_"
    connect("sqlite:////nowhere/at.all")
    _on_server(server, "DROP DATABASE elsewhere_ WITH (FORCE)")


@contextmanager
def at_work(made):
    """Somebody complains again and again while the block lasts."""
    stop, trouble = threading.Event(), []
    with served(made.organisation.folder) as address:

        def go_on():
            while not stop.is_set():
                trouble.extend(status for one in at_once(address, 1) for status in one.statuses if status >= 400)

        thread = threading.Thread(target=go_on)
        thread.start()
        try:
            yield trouble
        finally:
            stop.set()
            thread.join()


def test_what_is_restored_is_the_same_record(made, tmp_path):
    """T11: every table, every root, every key as it was, and the audit holds."""
    case = lodged(made, 2)
    held = backed_up(made, tmp_path)
    before = sorted(models.Entry.objects.values_list("id", "leaf", "position"))
    parts = sorted(models.Part.objects.values_list("pseudonym", "person", "role"))
    words = said(models.Entry.objects.get(matter=case.ident, n=1), made.organisation.keyring)["text.account"]
    restored = restore(held.file, tmp_path / "again", keys=held.keys, known=[made.organisation.folder])
    assert (held.made.root, held.made.size) == (restored.root, restored.size)
    assert before == sorted(models.Entry.objects.values_list("id", "leaf", "position"))
    assert parts == sorted(models.Part.objects.values_list("pseudonym", "person", "role"))
    entry = models.Entry.objects.get(matter=case.ident, n=1)
    assert words == said(entry, restored.organisation.keyring)["text.account"]
    assert audit(restored.organisation, at=case.at).holds


def test_it_moves_to_postgresql_and_back_with_the_same_root(made, tmp_path, elsewhere):
    """T12: asked of the peer for ten years; whoever begins small is not held there."""
    case = lodged(made)
    held = backed_up(made, tmp_path)
    there = restore(held.file, tmp_path / "there", keys=held.keys, database=elsewhere, known=[made.organisation.folder])
    again = back_up(there.organisation, tmp_path / "c", at=case.at, keys=None, within=True)
    back = restore(tmp_path / "c", tmp_path / "back", known=[tmp_path / "there"])
    assert {held.made.root} == {there.root, again.root, back.root}
    assert elsewhere in (tmp_path / "there/evenhand.toml").read_text("utf-8")
    assert audit(back.organisation, at=case.at).holds
    made.organisation = back.organisation
    lodged(made)  # and it goes on: the numbers of the database count on from where they were
    assert audit(back.organisation, at=case.at).holds


def test_it_goes_on_where_it_was_moved_to(made, tmp_path, elsewhere):
    """PostgreSQL gives numbers by itself, and would begin with 1 again."""
    lodged(made)
    held = backed_up(made, tmp_path)
    made.organisation = restore(
        held.file, tmp_path / "there", keys=held.keys, database=elsewhere, known=()
    ).organisation
    case = lodged(made)
    assert audit(made.organisation, at=case.at).holds


def test_a_backup_is_made_while_others_complain(made, tmp_path):
    """T11: whoever has to stop the server for a backup makes none."""
    with at_work(made) as trouble:
        held = [backed_up(made, tmp_path, f"b{number}") for number in range(3)]
    assert [] == trouble
    newest = made.organisation.folder
    for number, one in enumerate(held):
        restored = restore(one.file, tmp_path / f"again{number}", keys=one.keys, older=True, known=[newest])
        assert restored.entries >= restored.size - 1
        log = Shelf(restored.organisation.log)
        assert restored.size == log.checkpoint().size


def test_an_older_backup_is_refused_where_the_public_copy_knows_more(made, tmp_path):
    """Record: restoring is the likeliest way in which a log forks without anybody meaning it."""
    lodged(made)
    held = backed_up(made, tmp_path)
    case = lodged(made)
    work(made.organisation, at=case.at, chance=made.chance)
    with pytest.raises(Older, match="entries are missing"):
        restore(held.file, tmp_path / "again", keys=held.keys, known=[made.organisation.folder / "public"])
    assert not (tmp_path / "again").exists()
    assert not (tmp_path / "again.restoring").exists()


def test_a_receipt_that_somebody_holds_is_enough(made, tmp_path):
    """A party that was told of an act can keep the organisation from forgetting it."""
    lodged(made)
    held = backed_up(made, tmp_path)
    lodged(made)
    checkpoint = tmp_path / "checkpoint"
    checkpoint.write_bytes((made.organisation.log / "checkpoint").read_bytes())
    with pytest.raises(Older, match="two histories"):
        restore(held.file, tmp_path / "again", keys=held.keys, known=[checkpoint])


def test_an_older_backup_can_be_read_and_signs_nothing(made, tmp_path):
    """Told that it is older: everything can be read, and there is still one history."""
    lodged(made)
    held = backed_up(made, tmp_path)
    lodged(made)
    old = made.organisation.folder
    restored = restore(held.file, tmp_path / "again", keys=held.keys, known=[old], older=True)
    assert restored.missing == Shelf(old / "record").checkpoint().size - restored.size > 0
    made.organisation = restored.organisation
    Case(made).lodge()
    with pytest.raises(LogError, match="is an older copy"):
        seal(restored.organisation)


def test_another_history_is_refused_whatever_is_said(made, tmp_path):
    """Two checkpoints over one size are the evidence of a fork: restoring would hide it."""
    lodged(made)
    held = backed_up(made, tmp_path)
    one = restore(held.file, tmp_path / "one", keys=held.keys, known=())
    made.organisation = one.organisation
    lodged(made)
    other = backed_up(made, tmp_path, "other")
    two = restore(held.file, tmp_path / "two", keys=held.keys, known=())
    made.organisation = two.organisation
    lodged(made)
    with pytest.raises(NoBackup, match="not of this history"):
        restore(other.file, tmp_path / "three", keys=other.keys, known=[tmp_path / "two"], older=True)


def test_without_its_keys_it_shows_nothing_and_is_not_restored(made, tmp_path):
    """L04, L06: a backup that is lost must not be a list of who complained."""
    lodged(made)
    held = backed_up(made, tmp_path)
    data = held.file.read_bytes()
    secret = (made.organisation.folder / "keys/wrapping").read_bytes().strip()
    assert [] == [word for word in (b"Ada Wynd", b"ada@harbour", b"quay", secret, b"PRIVATE") if word in data]
    with pytest.raises(NoBackup, match="name their file with --keys"):
        restore(held.file, tmp_path / "again", known=())
    assert 0o600 == held.file.stat().st_mode & 0o777 == held.keys.stat().st_mode & 0o777


def test_one_altered_byte_is_found_before_anything_is_restored(made, tmp_path):
    """A backup that rotted would be noticed when it is needed."""
    lodged(made)
    held = backed_up(made, tmp_path)
    data = bytearray(held.file.read_bytes())
    data[data.index(b'"leaf":"') + 12] ^= 1
    held.file.write_bytes(data)
    with pytest.raises(NoBackup, match="was altered"):
        restore(held.file, tmp_path / "again", keys=held.keys, known=())


@pytest.mark.parametrize("cut", [1, 600, 5000, 100_000])
def test_a_backup_whose_end_is_missing_is_refused(made, tmp_path, cut):
    """The copy was cut off by a full disk."""
    lodged(made)
    held = backed_up(made, tmp_path)
    held.file.write_bytes(held.file.read_bytes()[: -cut - 10_240])
    with pytest.raises(NoBackup):
        restore(held.file, tmp_path / "again", keys=held.keys, known=())
    assert not (tmp_path / "again").exists()


def test_evidence_and_letters_are_in_it(made, tmp_path):
    """What is served on a party and cannot be shown any more has never been served."""
    case = lodged(made)
    work(made.organisation, at=case.at, chance=made.chance)
    kept = made.organisation.evidence / "ab/abc"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"sealed bytes")
    held = backed_up(made, tmp_path)
    restored = restore(held.file, tmp_path / "again", keys=held.keys, known=())
    assert b"sealed bytes" == (restored.organisation.evidence / "ab/abc").read_bytes()
    letters = sorted(path.name for path in made.organisation.outgoing.iterdir())
    assert letters == sorted(path.name for path in restored.organisation.outgoing.iterdir()) != []


def test_a_folder_that_is_not_empty_is_left_alone(made, tmp_path):
    """Whoever restores over what is there loses what the backup does not have."""
    lodged(made)
    held = backed_up(made, tmp_path)
    with pytest.raises(NoBackup, match="is not empty"):
        restore(held.file, made.organisation.folder, keys=held.keys, known=())
    forget_everything()
    connect(Organisation.open(made.organisation.folder).database)
    assert audit(made.organisation, at=made.at).holds


def test_the_commands_say_what_became_of_the_keys_and_audit_what_came_back(made, tmp_path, evenhand):
    """Nobody gives the keys away, or loses them, without having said so."""
    with served(made.organisation.folder) as address:
        at_once(address, 1)
    folder, file, keys = made.organisation.folder, tmp_path / "monday.backup", tmp_path / "monday.keys"
    unsaid = evenhand("backup", file, "--dir", folder)
    assert (2, False) == (unsaid.code, file.exists())
    told = evenhand("backup", file, "--keys", keys, "--dir", folder)
    assert (0, True) == (told.code, "who has both can read everything" in " ".join(told.out.split()))
    assert 2 == evenhand("restore", file, tmp_path / "again", "--keys", keys).code
    back = evenhand("restore", file, tmp_path / "again", "--keys", keys, "--newest", "--format", "json")
    assert (0, True, 0) == (back.code, back.json["audit"]["holds"], back.json["missing"])


def test_the_command_explains_why_it_refuses(made, tmp_path, evenhand):
    """Whoever restores at night must read what two histories would mean, and not a fault."""
    lodged(made)
    held = backed_up(made, tmp_path)
    lodged(made)
    told = evenhand("restore", held.file, tmp_path / "again", "--keys", held.keys, "--known", made.organisation.folder)
    assert (2, True) == (told.code, "could show two histories" in " ".join(told.err.split()))
    older = evenhand(
        "restore", held.file, tmp_path / "again", "--keys", held.keys, "--known", made.organisation.folder, "--older"
    )
    assert "are missing" in " ".join(older.out.split())
