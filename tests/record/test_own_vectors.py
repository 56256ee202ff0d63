# SPDX-License-Identifier: Apache-2.0
"""`evenhand.record` and the vectors of this repository, which are made from `docs/record-format.md`."""

import json
from collections import Counter
from typing import Any

import pytest

from evenhand.record import checkpoints, cosigning, disclosures, entries, proofs
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.encodings import from_base64, to_base64
from evenhand.record.errors import RecordError
from evenhand.record.files.auditing import audit
from evenhand.record.files.shelf import Shelf
from evenhand.record.forks import Fork
from evenhand.record.keys import VerifierKey
from evenhand.record.notes import Note
from evenhand.record.receipts import Receipt, bundle
from evenhand.record.tree import leaf_hash, root_of
from tests.own_vectors import FOLDER, bytes_of, each, rows
from tools import vectors


def keys(texts: list[str]) -> list[VerifierKey]:
    """Verifier keys of their texts."""
    return [VerifierKey.parse(text) for text in texts]


def hashes(texts: list[str]) -> list[bytes]:
    """Hashes in hex."""
    return [bytes.fromhex(text) for text in texts]


def test_the_vectors_are_what_the_tool_writes():
    """The files would say something else than the format; run `python tools/vectors.py` and read what changed."""
    there = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in sorted(FOLDER.rglob("*")) if path.is_file()
    }
    made = vectors.made()
    assert sorted(made) == sorted(there)
    assert [] == [name for name, data in made.items() if data != there[name]]


@each("entries", "accept")
def test_an_entry_is_accepted(row: dict[str, Any]):
    """An entry that every other implementation reads could not be read here."""
    found = entries.read(bytes_of(row))
    assert (row["kind"], row["leaf"]) == (found.kind, leaf_hash(found.data).hex())


@each("entries", "refuse")
def test_an_entry_is_refused(row: dict[str, Any]):
    """Bytes that break the format would stand in a record."""
    with pytest.raises(RecordError):
        entries.read(bytes_of(row))


@each("disclosures", "accept")
def test_a_disclosure_is_accepted(row: dict[str, Any]):
    """A field could not be opened."""
    found = disclosures.read(row["text"])
    assert (row["name"], row["value"], row["digest"]) == (
        found.name, found.value, disclosures.digest(row["text"]),
    )  # fmt: skip


@each("disclosures", "refuse")
def test_a_disclosure_is_refused(row: dict[str, Any]):
    """A field without a meaning would be read as one with."""
    with pytest.raises(RecordError):
        disclosures.read(row["text"])


def opened(row: dict[str, Any]) -> dict[str, Any]:
    """What the disclosures open of their entry."""
    digests = entries.read(row["entry"].encode()).value.get("_sd", ())
    return {one.name: one.value for one in disclosures.opened(row["disclosures"], digests)}


@each("disclosures", "with_entry", "accept")
def test_disclosures_open_their_entry(row: dict[str, Any]):
    """A holder could not show what was entered."""
    assert row["opens"] == opened(row)


@each("disclosures", "with_entry", "refuse")
def test_disclosures_that_do_not_belong_together_are_refused(row: dict[str, Any]):
    """A field could be shown that the entry does not hold, or with two values."""
    with pytest.raises(RecordError):
        opened(row)


def test_the_roots_are_those_of_the_tree():
    """Two implementations would grow two trees."""
    leaves = [leaf_hash(text.encode()) for text in rows("trees", "entries")]
    assert rows("trees", "roots") == [root_of(leaves[:size]).hex() for size in range(len(leaves) + 1)]


def included(row: dict[str, Any]) -> None:
    """Verifies one inclusion list."""
    proofs.verify_inclusion(
        index=row["index"],
        size=row["size"],
        leaf=bytes.fromhex(row["leaf"]),
        hashes=hashes(row["hashes"]),
        root=bytes.fromhex(row["root"]),
    )


def continued(row: dict[str, Any]) -> None:
    """Verifies one consistency list."""
    proofs.verify_consistency(
        old=row["old"],
        new=row["new"],
        old_root=bytes.fromhex(row["old_root"]),
        new_root=bytes.fromhex(row["new_root"]),
        hashes=hashes(row["hashes"]),
    )


def test_each_inclusion_and_consistency_list_holds():
    """What others show could not be checked here."""
    for row in rows("trees", "inclusion", "accept"):
        included(row)
    for row in rows("trees", "consistency", "accept"):
        continued(row)


@each("trees", "inclusion", "refuse")
def test_an_inclusion_list_is_refused(row: dict[str, Any]):
    """Something would be shown in a log that is not there."""
    with pytest.raises(RecordError):
        included(row)


@each("trees", "consistency", "refuse")
def test_a_consistency_list_is_refused(row: dict[str, Any]):
    """A log could change and look as if it had only grown."""
    with pytest.raises(RecordError):
        continued(row)


@each("keys", "accept")
def test_a_key_is_accepted(row: dict[str, Any]):
    """A key that others pin could not be pinned here."""
    key = VerifierKey.parse(row["vkey"])
    assert row == {"vkey": key.text, "name": key.name, "id": key.id.hex(), "type": key.type, "public": key.public.hex()}


@each("keys", "refuse")
def test_a_key_is_refused(row: dict[str, Any]):
    """A key would be pinned that nobody has, or that everybody has."""
    with pytest.raises(RecordError):
        VerifierKey.parse(row["vkey"])


@each("notes", "accept")
def test_a_note_is_accepted(row: dict[str, Any]):
    """A note that others read could not be read here."""
    note = Note.parse(row["note"].encode())
    assert (row["text"], row["note"]) == (note.text, str(note))
    assert row["signed"] == [key.text for key in note.signed_by(keys(row["keys"]))]


@each("notes", "refuse")
def test_a_note_is_refused(row: dict[str, Any]):
    """A changed note would pass for the original."""
    with pytest.raises(RecordError):
        Note.parse(row["note"].encode()).signed_by(keys(row["keys"]))


@each("checkpoints", "accept")
def test_a_checkpoint_is_accepted(row: dict[str, Any]):
    """A log that others follow could not be followed here."""
    found = checkpoints.read(row["checkpoint"].encode(), keys(row["keys"]))
    assert (row["origin"], row["size"], row["root"]) == (found.origin, found.size, to_base64(found.root))


@each("checkpoints", "refuse")
def test_a_checkpoint_is_refused(row: dict[str, Any]):
    """A size or root would be read that nobody signed."""
    with pytest.raises(RecordError):
        checkpoints.read(row["checkpoint"].encode(), keys(row["keys"]))


@each("cosignatures", "accept")
def test_cosignatures_are_accepted(row: dict[str, Any]):
    """A cosigner of another make would not count."""
    found = cosigning.cosigned_by(Note.parse(row["checkpoint"]), keys(row["cosigners"]))
    assert row["cosigned"] == {one.key.name: one.seconds for one in found}


@each("cosignatures", "refuse")
def test_a_cosignature_is_refused(row: dict[str, Any]):
    """Somebody would seem to have seen what they have not."""
    with pytest.raises(RecordError):
        cosigning.cosigned_by(Note.parse(row["checkpoint"]), keys(row["cosigners"]))


@each("policies", "accept")
def test_a_policy_is_met_or_not(row: dict[str, Any]):
    """Fewer cosigners than promised would be enough."""
    policy, note = cosigning.Policy.of_data(row["policy"]), Note.parse(row["checkpoint"])
    try:
        met = len(policy.met_by(note)) >= policy.k
    except RecordError:
        met = False
    assert row["met"] == met


@each("policies", "refuse")
def test_a_policy_is_refused(row: dict[str, Any]):
    """A quorum of nobody would be met by everybody."""
    with pytest.raises(RecordError):
        cosigning.Policy.of_data(row["policy"])


def shown(row: dict[str, Any]) -> tuple[Receipt, dict[str, Any]]:
    """A receipt that was verified, and what it opens."""
    policy = cosigning.Policy.of_data(row["policy"]) if row.get("policy") else None
    found = Receipt.parse(row["receipt"].encode())
    found.verify(keys(row["keys"]), policy)
    return found, {one.name: one.value for one in found.opened()}


@each("receipts", "accept")
def test_a_receipt_is_accepted(row: dict[str, Any]):
    """Whoever holds one could not use it here."""
    found, opens = shown(row)
    assert row["receipt"] == str(found)
    assert (row["index"], row["size"], row["entry"].encode(), row["opens"]) == (
        found.index, found.checkpoint.size, found.entry, opens,
    )  # fmt: skip


@each("receipts", "refuse")
def test_a_receipt_is_refused(row: dict[str, Any]):
    """Something that was never entered could be shown."""
    with pytest.raises(RecordError):
        shown(row)


@each("receipts", "bundles")
def test_a_bundle_holds_its_receipts(row: dict[str, Any]):
    """A party would miss an act of its own matter."""
    found = list(bundle(row["bundle"].encode()))
    for one in found:
        one.verify(keys(row["keys"]))
    assert row["indexes"] == [one.index for one in found]


@each("forks", "accept")
def test_a_fork_is_accepted(row: dict[str, Any]):
    """A log that signed two histories would go free."""
    fork = Fork.parse(row["fork"].encode())
    first, second = fork.verify(keys(row["keys"]))
    assert row["fork"].encode() == fork.data()
    assert (row["origin"], row["sizes"]) == (first.origin, [first.size, second.size])


@each("forks", "refuse")
def test_a_fork_is_refused(row: dict[str, Any]):
    """An honest log could be blamed."""
    with pytest.raises(RecordError):
        Fork.parse(row["fork"].encode()).verify(keys(row["keys"]))


def test_the_small_log_is_what_is_said_of_it():
    """The one whole log that both implementations read would mean two things."""
    facts = json.loads((FOLDER / "log/expected.json").read_text(encoding="ascii"))
    found = list(bundle((FOLDER / "log/matter.tlog-proofs").read_bytes()))
    policy = cosigning.Policy.of_data(facts["policy"])
    for one in found:
        assert 2 == len(one.verify(keys([facts["pinned"]]), policy))
    opens = [{field.name: field.value for field in one.opened()} for one in found]
    assert facts["indexes"] == [one.index for one in found]
    assert list(range(1, len(found) + 1)) == [fields["n"] for fields in opens]
    assert [facts["opened"][str(index)] for index in facts["indexes"]] == opens
    handed = Note.parse((FOLDER / f"log/export/rotated/{facts['rotated']}").read_bytes())
    assert facts["keys"] == [key.text for key in handed.signed_by(keys(facts["keys"]))]
    assert from_base64(facts["roots"][str(facts["rotated"])]) == Checkpoint.parse(handed.text).root


@pytest.mark.parametrize("folder", ["public", "export"])
def test_the_small_log_holds_in_its_folder(folder: str):
    """The folder that both implementations read would be whole for one of them alone."""
    facts = json.loads((FOLDER / "log/expected.json").read_text(encoding="ascii"))
    found = audit(Shelf(FOLDER / "log" / folder), keys([facts["pinned"]]))
    assert [] == found.faults
    assert (facts["sizes"][-1], 2) == (found.checkpoint.size, len(found.cosigned))
    assert {kind: number for kind, number in found.kinds.items() if number} == dict(
        Counter(entry["kind"] for entry in facts["entries"])
    )
