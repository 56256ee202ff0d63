# SPDX-License-Identifier: Apache-2.0
"""Keys that are handed over, logs that follow another, erasures and references: what only a whole export shows."""

import pytest

from tests.verifier.matters import Story
from tests.verifier.writing import ORIGIN, Signer, b64url, genesis, jcs, noise, note, sha, write_log


@pytest.fixture
def new() -> Signer:
    """The key to which the log hands over."""
    return Signer(ORIGIN, seed="new")


@pytest.fixture
def rotated(signer, new, tmp_path):
    """A log that handed over at size 3 and goes on under the new key."""
    rotation = jcs({"v": 1, "type": "key.rotated", "key": new.vkey, "replaces": signer.vkey})
    entries = [genesis(signer), b'{"note":1}', rotation, b'{"note":3}', b'{"note":4}']
    folder = write_log(tmp_path / "log", entries, [new])
    (folder / "rotated").mkdir()
    (folder / "rotated" / "3").write_text(note(ORIGIN, entries, [signer, new], 3))
    return folder, entries


def test_whoever_pinned_the_old_key_trusts_the_new_one(verify, rotated, signer, new):
    """Everybody would have to be given a new key by hand, or would stop checking."""
    assert (0, 0) == (verify(rotated[0], key=signer.vkey).code, verify(rotated[0], key=new.vkey).code)


def test_a_handing_over_that_only_the_new_key_signed_is_none(verify, rotated, signer, new):
    """Whoever steals a name could hand the log over to themselves."""
    (rotated[0] / "rotated" / "3").write_text(note(ORIGIN, rotated[1], [new], 3))
    assert 1 == verify(rotated[0], key=signer.vkey).code


def test_a_handing_over_of_another_history_is_none(verify, rotated, signer, new):
    """A key could be handed over in a history that nobody else has."""
    (rotated[0] / "rotated" / "3").write_text(note(ORIGIN, [*rotated[1][1:], b"{}"], [signer, new], 3))
    assert "its root is not that" in verify(rotated[0], key=signer.vkey).findings


def test_without_the_note_that_hands_over_the_old_key_says_nothing(verify, rotated, signer):
    """An entry alone, which the new key signed, would make the new key trusted."""
    (rotated[0] / "rotated" / "3").unlink()
    assert 1 == verify(rotated[0], key=signer.vkey).code


def test_the_vkey_file_is_the_newest_key(verify, rotated, signer, new):
    """An old key, perhaps a stolen one, would go on being handed out."""
    (rotated[0] / "vkey").write_text(signer.vkey + "\n")
    assert "not the key in force" in verify(rotated[0], key=new.vkey).findings


def test_an_earlier_key_in_vkey_is_no_finding_while_it_still_signs(verify, rotated, signer, new):
    """A rotation that was cut off by a power failure would look like a forgery."""
    (rotated[0] / "vkey").write_text(signer.vkey + "\n")
    (rotated[0] / "checkpoint").write_text(note(ORIGIN, rotated[1], [signer, new], 5))
    said = verify(rotated[0], key=new.vkey)
    assert (0, True) == (said.code, "which still signs" in said.out)


def test_a_key_that_replaces_none_in_force_is_found(verify, signer, new, tmp_path):
    """A key could be slipped in beside the chain."""
    rotation = jcs({"v": 1, "type": "key.rotated", "key": Signer(ORIGIN, seed="x").vkey, "replaces": new.vkey})
    said = verify(write_log(tmp_path / "log", [genesis(signer), rotation], [signer]))
    assert "was not in force" in said.findings


def test_a_genesis_with_another_key_is_found(verify, signer, new, tmp_path):
    """A log could begin under a key that nobody was told of."""
    said = verify(write_log(tmp_path / "log", [genesis(new)], [signer]))
    assert "another key in its genesis" in said.findings


def successor(plain_log, tmp_path, size, entries=None):
    """A new log that takes up the old one at a size."""
    old = Signer(ORIGIN)
    after = {"checkpoint": note(ORIGIN, entries or plain_log[1], [old], size)}
    new = Signer("saltmarsh.example/record2")
    return write_log(tmp_path / "new", [genesis(new, after=after)], [new], "saltmarsh.example/record2"), new


def test_a_log_that_takes_up_another_is_held_against_it(verify, plain_log, tmp_path, signer):
    """After a theft of the key the old entries could be replaced with the key."""
    folder, new = successor(plain_log, tmp_path, 7)
    both = ["--key", new.vkey]
    assert 0 == verify(folder, plain_log[0], *both).code
    said = verify(folder, key=new.vkey)
    assert (0, True) == (said.code, "no key is trusted" in said.not_checked)


def test_a_log_that_takes_up_another_history_is_found(verify, plain_log, tmp_path):
    """A new log could begin where the old one never was."""
    folder, new = successor(plain_log, tmp_path, 7, [*plain_log[1][:5], b'{"other":1}', b'{"other":2}'])
    said = verify(folder, plain_log[0], "--key", new.vkey)
    assert (1, True) == (said.code, "is not the log that it takes up" in said.findings)


@pytest.fixture
def erased(story: Story, signer, tmp_path):
    """A matter in which a name was erased."""
    name = {"person.name": "Mara Quill"}
    story.fields[0].update(name)
    digest = b64url(sha(story.disclosures(1)[-1].encode()))
    body = {"basis": "She asked for it.", "digests": [digest], "approved": [noise(n).hex()[:32] for n in "ab"]}
    story.does("officer", "erase", "2026-04-02T09:00:00Z", type="erasure.performed", body={"erasure": body})
    return story, body


def drop_name(folder):
    """Take the erased disclosure out of what is opened."""
    path = folder / "disclosures.jsonl"
    lines = path.read_bytes().split(b"\n")
    import json

    first = json.loads(lines[0])
    first["disclosures"] = first["disclosures"][:-1]
    path.write_bytes(b"\n".join([jcs(first), *lines[1:]]))


def test_an_erasure_by_two_people_holds(verify, erased, signer, tmp_path):
    """Whoever erases as the law asks would seem to have altered the record."""
    folder = erased[0].export(tmp_path / "x", signer)
    drop_name(folder)
    said = verify(folder)
    assert 0 == said.code, said.out


def test_what_is_called_erased_and_can_be_read_is_found(verify, erased, signer, tmp_path):
    """An erasure could be announced and not be done."""
    assert "can still be read" in verify(erased[0].export(tmp_path / "x", signer)).findings


def test_an_erasure_by_one_person_is_found(verify, erased, signer, tmp_path):
    """One insider could destroy evidence."""
    erased[1]["approved"][1] = erased[1]["approved"][0]
    assert "body.erasure does not have its form" in verify(erased[0].export(tmp_path / "x", signer)).findings


def test_an_erasure_of_what_was_never_there_is_found(verify, erased, signer, tmp_path):
    """An erasure could name something else than what it took."""
    erased[1]["digests"].append(b64url(noise("nothing")))
    folder = erased[0].export(tmp_path / "x", signer)
    drop_name(folder)
    assert "no entry has such a digest" in verify(folder).findings


@pytest.mark.parametrize(("right", "code"), [(True, 0), (False, 1)])
def test_a_correction_names_a_leaf_of_the_log(verify, story, signer, tmp_path, right, code):
    """A correction could correct nothing, or something that was taken away."""
    story.export(tmp_path / "before", signer)
    leaf = sha(b"\0" + story.entries[1]).hex() if right else noise("x").hex()
    story.does("officer", "lodge", "2026-04-02T09:00:00Z", type="correction", refs=[leaf])
    assert code == verify(story.export(tmp_path / "x", signer)).code


@pytest.mark.parametrize(
    "line", [b"{}\n", b'{"disclosures":["YQ"],"index":9}\n', b'{"index":1, "disclosures":["YQ"]}\n', b"x"]
)
def test_a_line_that_opens_nothing_is_found(verify, story, signer, tmp_path, line):
    """Something could stand among the disclosures that no entry has."""
    folder = story.export(tmp_path / "x", signer)
    with (folder / "disclosures.jsonl").open("ab") as file:
        file.write(line)
    assert 1 == verify(folder).code
