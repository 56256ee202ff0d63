# SPDX-License-Identifier: Apache-2.0
"""A log in a folder: signature, tiles, root, entries, and everything that can be wrong with them."""

from hashlib import sha256

import pytest

from tests.verifier.writing import ORIGIN, Signer, genesis, jcs, noise, note, sealed, write_log


def test_a_plain_log_holds_and_is_called_entries_only(verify, plain_log):
    """An examination could not be verified, or would seem to say more than it does."""
    said = verify(plain_log[0])
    assert 0 == said.code, said.out
    assert "entries without book: 9" in said.not_checked


def test_every_flipped_byte_of_every_file_is_found(verify, story, signer, cosigners, tmp_path):
    """One letter of one file could be changed unseen."""
    folder = story.export(tmp_path / "x", signer, cosigners=cosigners)
    policy = tmp_path / "policy.json"
    policy.write_bytes(jcs({"k": 3, "of": [one.vkey for one in cosigners]}))
    assert 0 == verify(folder, cosigners=policy).code
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        for at in range(0, len(data), 1 if len(data) < 1500 else 997):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            assert verify(folder, cosigners=policy).code, f"{path} byte {at}"
        path.write_bytes(data)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 700])
def test_logs_around_a_full_tile_hold(verify, signer, tmp_path, size):
    """A log would be called altered on the day on which it fills a tile."""
    entries = [genesis(signer), *(b'{"note":%d}' % n for n in range(size - 1))]
    assert 0 == verify(write_log(tmp_path / "log", entries, [signer])).code


@pytest.mark.parametrize("change", ["dropped", "reordered", "doubled", "added"])
def test_entries_that_were_moved_about_are_found(verify, plain_log, signer, change):
    """The history could be told differently than it was signed."""
    folder, entries = plain_log
    checkpoint = (folder / "checkpoint").read_text()
    changed = {
        "dropped": entries[:4] + entries[5:],
        "reordered": [*entries[:4], entries[5], entries[4], *entries[6:]],
        "doubled": [*entries[:5], *entries[4:-1]],
        "added": [*entries, b'{"note":9}'],
    }[change]
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    write_log(folder, changed, [signer])
    (folder / "checkpoint").write_text(checkpoint if change != "added" else note(ORIGIN, entries[:-1], [signer], 9))
    said = verify(folder)
    # A bundle that reaches beyond the checkpoint is what a log looks like between writing and signing.
    assert (0 if change == "added" else 1) == said.code, said.out


def test_a_wrong_entry_is_named_by_its_number(verify, plain_log):
    """Whoever is told that something is wrong would not know where to look."""
    bundle = plain_log[0] / "tile" / "entries" / "000.p" / "10"
    bundle.write_bytes(bundle.read_bytes().replace(b'"note":6', b'"note":7'))
    assert 7 in [one["entry"] for one in verify(plain_log[0]).report["findings"]]


def test_an_older_partial_tile_has_to_agree(verify, plain_log):
    """An older history could stay lying about and be shown to some."""
    tile = plain_log[0] / "tile" / "0" / "000.p" / "10"
    older = tile.with_name("4")
    older.write_bytes(tile.read_bytes()[:128])
    assert 0 == verify(plain_log[0]).code
    older.write_bytes(tile.read_bytes()[32:160])
    assert "shows an older history" in verify(plain_log[0]).findings


def test_nothing_else_lies_among_the_tiles(verify, plain_log):
    """Files could be smuggled into what is published."""
    (plain_log[0] / "tile" / "0" / "notes.txt").write_text("hello")
    assert "neither a tile nor a bundle" in verify(plain_log[0]).findings


def test_a_missing_bundle_is_named(verify, plain_log):
    """What was withheld would look as if it had been checked."""
    (plain_log[0] / "tile" / "entries" / "000.p" / "10").unlink()
    said = verify(plain_log[0])
    assert (1, True) == (said.code, "This file is missing" in said.findings)


def test_another_key_than_the_pinned_one_is_not_trusted(verify, plain_log):
    """Anybody could sign a log under this name."""
    assert 1 == verify(plain_log[0], key=Signer(ORIGIN, seed="other").vkey).code
    assert 1 == verify(plain_log[0], key=Signer("other.example").vkey).code


def test_a_differing_vkey_file_is_a_finding(verify, plain_log):
    """Whoever takes the key from the folder would trust somebody else."""
    (plain_log[0] / "vkey").write_text(Signer(ORIGIN, seed="other").vkey + "\n")
    assert "not the key in force" in verify(plain_log[0]).findings


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (b'{"a":1.5}', "not an integer"),
        (b'{"a":1,"a":1}', "twice"),
        (b'{ "a":1}', "RFC 8785"),
        (b'{"a":null}', "null"),
        ('{"a":"e\u0301"}'.encode(), "NFC"),
        (b'{"a":"\\ud800"}', "surrogate"),
        ('{"\u00e9":1}'.encode(), "ASCII"),
        (b'{"a":9007199254740992}', "2\\^53"),
        (b'{"a":"' + b"x" * 16_384 + b'"}', "limit"),
        (b"[" * 16_000, "deeper"),
        (b'{"a":"\xff"}', "UTF-8"),
        (b"[1]", "not a JSON object"),
        (b'{"book":"sha256:1"}', "sealed"),
        (b'{"_sd":[]}', "sealed"),
    ],
)
def test_an_entry_outside_the_profile_is_found(verify, signer, tmp_path, entry, says):
    """An entry could mean one thing to one reader and another to the next."""
    said = verify(write_log(tmp_path / "log", [genesis(signer), entry], [signer]))
    assert 1 == said.code
    assert says.replace("\\", "") in said.findings


def test_a_second_genesis_is_found(verify, signer, tmp_path):
    """A log could begin twice."""
    said = verify(write_log(tmp_path / "log", [genesis(signer), genesis(signer)], [signer]))
    assert "the genesis is entry 0" in said.findings


def test_two_entries_with_one_id_are_found_by_number(verify, signer, tmp_path):
    """An entry could be copied under other digests."""
    entries = [sealed("0" * 64, [], n) for n in range(3)]
    copy = sealed("0" * 64, ["other"], 1).replace(
        noise("id", 1).hex()[:32].encode(), noise("id", 0).hex()[:32].encode()
    )
    said = verify(write_log(tmp_path / "log", [genesis(signer), *entries, copy], [signer]))
    assert (1, True) == (said.code, "the same id as entry 1" in said.findings)


def test_a_sealed_entry_has_sixteen_digests_or_a_multiple(verify, signer, tmp_path):
    """The number of digests would tell what kind of entry it is."""
    short = jcs({**__import__("json").loads(sealed("0" * 64, [])), "_sd": [], "v": 1})
    said = verify(write_log(tmp_path / "log", [genesis(signer), short], [signer]))
    assert 1 == said.code


def test_a_rulebook_that_is_cited_and_not_there_is_listed(verify, story, signer, tmp_path):
    """It would look as if every act had been held against the rules."""
    folder = story.export(tmp_path / "x", signer)
    next((folder / "rulebooks").iterdir()).unlink()
    said = verify(folder)
    assert (0, True) == (said.code, "is cited (entries: 1) and is not here" in said.not_checked)


def test_a_public_export_with_nothing_opened_holds_and_says_so(verify, story, signer, tmp_path):
    """A public copy could not be verified, or would seem to have been read."""
    said = verify(story.export(tmp_path / "x", signer, opened=False))
    assert (0, True) == (said.code, "not opened (entries: 1)" in said.not_checked)


def test_the_stamp_of_a_public_copy_belongs_to_its_checkpoint(verify, plain_log):
    """Half a copy, or another day written over its own, would pass for a whole one."""
    log = plain_log[0]
    checkpoint = (log / "checkpoint").read_bytes()
    said = b"2026-01-02T03:00:00Z " + checkpoint.split(b"\n")[1]
    stamp = said + b" " + sha256(said + b"\n" + checkpoint).hexdigest().encode() + b"\n"
    (log / "published").write_bytes(stamp)
    assert 0 == verify(log).code
    for place in range(len(stamp)):
        (log / "published").write_bytes(stamp[:place] + bytes([stamp[place] ^ 1]) + stamp[place + 1 :])
        assert "published" in verify(log).findings
