# SPDX-License-Identifier: Apache-2.0
"""`evenhand record`: a log in files from its first entry to a receipt, and what is told when something is wrong."""

import json
import stat
from pathlib import Path

import pytest

from evenhand.cli.record.asking import CLOSING
from evenhand.record.errors import LogError
from evenhand.record.files.log import Log
from evenhand.record.files.shelf import Shelf
from evenhand.record.files.signer import Signer
from evenhand.record.keys import COSIGNS, SigningKey, VerifierKey
from evenhand.record.receipts import Receipt


@pytest.fixture
def minutes(evenhand, tmp_path) -> Path:
    """A log that holds its genesis alone."""
    folder = tmp_path / "minutes"
    assert 0 == evenhand("record", "new", folder, "--origin", "example.org/minutes").code
    return folder


@pytest.fixture
def lines(tmp_path):
    """`lines('{"a":1}', ...)` writes a file of these lines."""

    def written(*each: str) -> Path:
        path = tmp_path / "lines.jsonl"
        path.write_text("".join(f"{line}\n" for line in each), "utf-8")
        return path

    return written


def test_a_new_log_is_published_with_its_genesis_and_keeps_its_key_beside_it(evenhand, tmp_path):
    """A log whose key lay in it would be handed out with its key."""
    folder = tmp_path / "minutes"
    said = evenhand("record", "new", folder, "--origin", "example.org/minutes", "--format", "json").json
    assert ("example.org/minutes", 1, str(folder) + ".signer") == (said["origin"], said["size"], said["signer"])
    assert {"checkpoint", "vkey", "tile"} == {path.name for path in folder.iterdir()}
    assert 0o600 == stat.S_IMODE((tmp_path / "minutes.signer").stat().st_mode)
    assert said["key"] == (folder / "vkey").read_text("utf-8").strip()
    assert not [path for path in folder.rglob("*") if path.is_file() and b"PRIVATE" in path.read_bytes()]


def test_each_line_of_a_file_becomes_one_entry_with_nothing_added(evenhand, minutes, lines):
    """N lines make size N+1, or a reader could not say which line an entry is."""
    said = evenhand("record", "append", minutes, lines('{"b": 2, "a": "é"}', '{"b":  [true]}'), "--format", "json").json
    assert (3, 2) == (said["size"], said["added"])
    shelf = Shelf(minutes)
    assert ['{"a":"é","b":2}', '{"b":[true]}'] == [shelf.entry(index, 3).decode() for index in (1, 2)]


def test_append_says_size_and_root(evenhand, minutes, lines):
    """Whoever writes them into the minutes of a meeting has to see them."""
    said = evenhand("record", "append", minutes, lines('{"a":1}'))
    assert 0 == said.code
    assert ["entries  2", f"root     {Shelf(minutes).note().text.splitlines()[2]}"] == said.out.splitlines()[1:3]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"a": 1.5}', "is a fraction or too large a number; write it as text."),
        ('{"a": null}', "is null; leave the key out instead."),
        ('{"ä": 1}', "keys are ASCII."),
        ('{"a": "e\u0301"}', "is text outside NFC; normalise it before it is entered."),
        ('{"a": 1, "a": 2}', "a key stands twice in one object"),
        ('{"a": 9007199254740992}', "is a number beyond 2^53 - 1; write it as text."),
        ('{"a": "\\ud800"}', "holds half of a surrogate pair; it is no Unicode text."),
        ("[1]", "An entry is a JSON object, in braces."),
        ("{", "This is not one JSON object (Expecting property name"),
        ('{"a": ' + "[" * 40 + "]" * 40 + "}", "is nested more than 32 levels deep."),
        ('{"a": ' + "[" * 200_000, "This is not one JSON object (it is nested too deep)."),
        ('{"a": ' + "1" * 5_000 + "}", "This is not one JSON object (a number is too long; write it as text)."),
        ('{"a": "' + "x" * 17_000 + '"}', "at most 16,384 are taken."),
        ('{"type": "genesis", "v": 1}', "is made by “record new” and “record rotate” alone."),
        ('{"_sd": [], "v": 1}', "A sealed entry has the keys _sd, book, id and v"),
    ],
)
def test_a_line_that_is_no_entry_is_named_and_nothing_is_entered(evenhand, minutes, lines, line, told):
    """Half a file in the record could neither be taken out nor be entered again."""
    said = evenhand("record", "append", minutes, lines('{"a":1}', line))
    assert 2 == said.code
    assert "lines.jsonl, line 2: nothing was entered." in said.err
    assert told in said.err
    assert 1 == Shelf(minutes).checkpoint().size
    assert 2 == evenhand("record", "append", minutes, lines('{"a":1}'), "--format", "json").json["size"]


def test_a_receipt_is_printed_and_holds_under_the_key(evenhand, minutes, lines):
    """The receipt is what a member takes home."""
    evenhand("record", "append", minutes, lines(*(f'{{"a":{number}}}' for number in range(300))))
    printed = evenhand("record", "prove", minutes, 217).out
    receipt = Receipt.parse(printed)
    receipt.verify([VerifierKey.parse((minutes / "vkey").read_text("utf-8").strip())])
    assert (217, b'{"a":216}') == (receipt.index, receipt.entry)


def test_there_is_no_receipt_for_an_entry_that_is_not_there(evenhand, minutes):
    """A made-up receipt would be worse than none."""
    said = evenhand("record", "prove", minutes, 1)
    assert (2, "evenhand: There is no entry 1; this log has 1, numbered from 0.\n") == (said.code, said.err)


def test_verifying_says_last_what_it_does_not_mean(evenhand, minutes, lines):
    """M26: a green answer would be read as a judgement about the case."""
    evenhand("record", "append", minutes, lines('{"a":1}'))
    key = (minutes / "vkey").read_text("utf-8").strip()
    good = evenhand("record", "verify", minutes, "--key", key)
    assert (0, True) == (good.code, " ".join(good.out.split()).endswith(CLOSING))
    bundle = minutes / "tile/entries/000.p/2"
    bundle.write_bytes(bundle.read_bytes().replace(b'"a":1', b'"a":2'))
    bad = evenhand("record", "verify", minutes, "--key", key)
    assert (1, True) == (bad.code, " ".join(bad.out.split()).endswith(CLOSING))
    assert "hash 1 is not that of entry 1" in " ".join(bad.out.split())


def test_a_key_taken_from_the_log_itself_is_said_to_show_nothing(evenhand, minutes):
    """Anybody who writes a folder writes a key into it."""
    said = evenhand("record", "verify", minutes)
    assert (0, True) == (said.code, "The key was taken from the log itself" in said.out)


def test_an_older_copy_put_back_is_refused(evenhand, minutes, lines, tmp_path):
    """Restoring a backup is the likeliest way to sign two histories without meaning it."""
    import shutil

    shutil.copytree(minutes, tmp_path / "copy")
    evenhand("record", "append", minutes, lines('{"a":1}'))
    shutil.rmtree(minutes)
    shutil.copytree(tmp_path / "copy", minutes)
    said = evenhand("record", "append", minutes, lines('{"a":2}'))
    assert 2 == said.code
    assert "it is an older copy, and entries 1 to 1 are missing" in said.err
    assert 1 == Shelf(minutes).checkpoint().size


def test_a_rotation_is_begun_and_ended(evenhand, minutes):
    """A key that can never be changed is a key that is never safe."""
    old = (minutes / "vkey").read_text("utf-8").strip()
    new = evenhand("record", "rotate", minutes, "--format", "json").json["key"]
    assert [True, True] == [
        VerifierKey.parse(key).id in {s.id for s in Shelf(minutes).note().signatures} for key in (old, new)
    ]
    assert 0 == evenhand("record", "rotate", minutes, "--retire").code
    assert [VerifierKey.parse(new).id] == [signature.id for signature in Shelf(minutes).note().signatures]


def test_a_new_log_takes_up_one_that_has_ended(evenhand, minutes, tmp_path):
    """After a theft nobody may trust the old key again, and what it signed before has to stay."""
    note = (minutes / "checkpoint").read_text("utf-8")
    done = evenhand(
        "record", "new", tmp_path / "next", "--origin", "example.org/next", "--after", minutes / "checkpoint"
    )
    assert 0 == done.code
    assert {"checkpoint": note} == json.loads(Shelf(tmp_path / "next").entry(0, 1))["after"]


def test_a_log_with_a_schedule_publishes_and_then_has_nothing_due(evenhand, tmp_path, good):
    """A copy that moved whenever something happened would tell when it did."""
    folder, public = tmp_path / "club", tmp_path / "public"
    options = ("--rulebook", good, "--every", "1d", "--from", "2026-01-01T03:00:00Z")
    assert 0 == evenhand("record", "new", folder, "--origin", "example.org/club", *options).code
    first = evenhand("record", "publish", folder, "--to", public, "--format", "json").json
    assert (16, True) == (first["size"], first["instant"].endswith("T03:00:00Z"))
    assert None is evenhand("record", "publish", folder, "--to", public, "--format", "json").json["instant"]
    assert 16 == Shelf(public).checkpoint().size


def test_a_second_writer_is_told_to_wait(evenhand, minutes, lines):
    """Two writers would write over each other's tiles."""
    with Log.open(minutes):
        said = evenhand("record", "append", minutes, lines('{"a":1}'))
    assert (2, True) == (said.code, "Another process is writing to" in said.err)


@pytest.mark.parametrize("origin", ["two words", "a+b", ""])
def test_a_name_that_no_checkpoint_can_carry_is_refused(evenhand, tmp_path, origin):
    """The first line of every checkpoint is the name."""
    said = evenhand("record", "new", tmp_path / "log", "--origin", origin)
    assert (2, False, False) == (said.code, (tmp_path / "log").exists(), (tmp_path / "log.signer").exists())


def test_what_is_there_already_is_never_replaced(evenhand, minutes):
    """A second “new” would throw the first log's key away."""
    before = (minutes.parent / "minutes.signer").read_bytes()
    said = evenhand("record", "new", minutes, "--origin", "example.org/minutes")
    assert (2, True) == (said.code, "is there already" in said.err)
    assert before == (minutes.parent / "minutes.signer").read_bytes()


def test_a_file_that_is_not_utf_8_is_told_so(evenhand, minutes, tmp_path):
    """An office program saves as it likes."""
    (tmp_path / "wide.jsonl").write_bytes('{"a":1}'.encode("utf-16"))
    said = evenhand("record", "append", minutes, tmp_path / "wide.jsonl")
    assert (2, True) == (said.code, "save the file as UTF-8" in said.err)


@pytest.mark.parametrize("policy", ['{"k":0,"of":[]}', "[]", "{", '{"k":1,"k":1,"of":["x"]}'])
def test_a_policy_that_cannot_be_read_is_a_wrong_argument(evenhand, minutes, tmp_path, policy):
    """It would be told as a fault of the log."""
    (tmp_path / "policy.json").write_text(policy, "utf-8")
    said = evenhand("record", "verify", minutes, "--key", minutes / "vkey", "--cosigners", tmp_path / "policy.json")
    assert (2, "") == (said.code, said.out)


def test_a_cosigners_key_is_not_the_key_of_a_log(evenhand, minutes):
    """Whoever mistakes one for the other has pinned nothing."""
    cosigner = SigningKey.of_seed("example.org/minutes", bytes(32), type=COSIGNS).verifier.text
    said = evenhand("record", "verify", minutes, "--key", cosigner)
    assert (2, True) == (said.code, "is a cosigner's key" in said.err)


def test_entries_that_could_not_be_signed_are_said_to_be_kept(evenhand, minutes, lines, monkeypatch):
    """Whoever is told of a failure tries again, and would enter everything twice."""

    def full(*_: object) -> None:
        raise LogError("The signer file cannot be written, so nothing was signed.")

    with monkeypatch.context() as patch:
        patch.setattr(Signer, "sign", full)
        said = evenhand("record", "append", minutes, lines('{"a":1}', '{"a":2}'))
    assert (2, True) == (said.code, "The entries (2) are kept" in said.err)
    assert 4 == evenhand("record", "append", minutes, lines('{"a":3}'), "--format", "json").json["size"]


def test_a_multiple_without_a_schedule_is_refused(evenhand, tmp_path):
    """It would be taken and never do anything."""
    said = evenhand("record", "new", tmp_path / "log", "--origin", "example.org/log", "--multiple", "4")
    assert (2, False) == (said.code, (tmp_path / "log").exists())
