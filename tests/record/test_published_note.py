# SPDX-License-Identifier: Apache-2.0
"""The published notes, keys, tile paths and layouts of C2SP, and a whole small log of other people's."""

from typing import Any

import pytest

from evenhand.record import checkpoints, cosigning, proofs, tiles
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.encodings import to_base64
from evenhand.record.errors import RecordError
from evenhand.record.keys import SigningKey, VerifierKey
from evenhand.record.notes import Note, Signature
from evenhand.record.tree import CompactRange, leaf_hash
from tests.record import published
from tests.record.trees import node_over, tile_reader, tiles_of

EXAMPLES = "signed-note/examples.json"


@pytest.mark.parametrize("row", published.rows(EXAMPLES, "verify"), ids=lambda row: row["source"])
def test_the_published_note_verifies(row: dict[str, Any]):
    """A reader that refuses the specification's own example reads another format."""
    key, note = VerifierKey.parse(row["vkey"]), Note.parse(row["note"])
    assert (row["key_name"], row["key_id_hex"], row["signature_type"]) == (key.name, key.id.hex(), key.type)
    assert (row["public_key_hex"], row["vkey"]) == (key.public.hex(), key.text)
    assert (row["text"], (key,), row["note"]) == (note.text, note.signed_by([key]), str(note))


@pytest.mark.parametrize("row", published.rows(EXAMPLES, "refuse_derived"), ids=lambda row: row["why"])
def test_a_note_that_was_changed_is_refused(row: dict[str, Any]):
    """A changed text, name or line end would pass for the original."""
    with pytest.raises(RecordError):
        Note.parse(row["note"]).signed_by([VerifierKey.parse(row["vkey"])])


def test_a_cosigned_checkpoint_is_read_without_its_keys():
    """Lines of keys that are unknown here would make a good note unreadable."""
    row = published.data(EXAMPLES)["parse_only"][0]
    note = Note.parse(row["note"])
    checkpoint = Checkpoint.parse(note.text)
    log, cosigner = note.signatures
    assert (row["origin"], row["tree_size"], row["root_base64"]) == (
        checkpoint.origin, checkpoint.size, to_base64(checkpoint.root),
    )  # fmt: skip
    assert (row["log_signature"]["key_id_hex"], 64) == (log.id.hex(), len(log.blob))
    assert (row["cosignature"]["key_id_hex"], 72) == (cosigner.id.hex(), len(cosigner.blob))
    seconds = int.from_bytes(cosigner.blob[:8], "big")
    assert row["cosignature"]["timestamp"] == seconds
    assert row["cosigned_message"] == f"cosignature/v1\ntime {seconds}\n{note.text}"
    assert () == cosigning.cosigned_by(note, [])


def test_two_lines_of_one_name_and_two_keys_are_read():
    """A log in the middle of a rotation signs with both."""
    row = published.data(EXAMPLES)["parse_only"][1]
    head, _, note = row["request_body"].partition("\n\n")
    assert row["signature_lines"] == len(Note.parse(note).signatures)
    assert (row["old_size"], row["proof_hashes"]) == (int(head.split()[1]), len(head.split("\n")) - 1)


def test_three_cosignature_lines_of_two_names_are_read():
    """A cosigner answers with lines alone, and may hold several keys."""
    row = published.data(EXAMPLES)["parse_only"][2]
    lines = [Signature.parse(line) for line in row["response_body"].splitlines()]
    assert row["lines"] == [
        {"name": each.name, "key_id_hex": each.id.hex(), "bytes_after_key_id": len(each.blob)} for each in lines
    ]


@pytest.mark.parametrize("group", ["published", "derived_same_rule"])
def test_a_tile_lies_where_the_specification_says(group: str):
    """Other software would look for it elsewhere."""
    known = published.data(EXAMPLES)["tile_paths"][group]
    assert known == {number: tiles.index_path(int(number)) for number in known}
    assert "tile/3/x001/x234/067" == tiles.tile_path(3, 1_234_067)
    assert "tile/entries/x001/x234/067.p/8" == tiles.tile_path("entries", 1_234_067, 8)


def test_a_log_of_each_published_size_has_the_published_tiles():
    """A tile too many or too few and the copy of a log is not whole."""
    known = published.data(EXAMPLES)["tile_layout"]["by_tree_size"]
    assert known == {
        size: [
            {"level": level, "full": full, "partial_width": partial}
            for level, full, partial in tiles.layout(int(size))
        ]
        for size in known
    }  # fmt: skip


def test_the_same_key_and_entries_give_the_published_log_byte_for_byte():
    """Tiles, bundles and checkpoints would be almost those of the others."""
    facts, log = published.data("tessera-log/facts.json"), published.folder("tessera-log") / "log"
    key = SigningKey.of_seed(facts["origin"], bytes.fromhex(facts["published_test_seed_hex"]))
    assert facts["vkey"] == key.verifier.text
    entries = [text.encode() for text in facts["entries_utf8"]]
    made, grown = {}, CompactRange()
    for size in range(len(entries) + 1):
        if size:
            grown.append(leaf_hash(entries[size - 1]))
            made |= tiles_of([leaf_hash(entry) for entry in entries[:size]])
            made[tiles.tile_path("entries", 0, size)] = tiles.bundle(entries[:size])
        note = Checkpoint(facts["origin"], size, grown.root()).signed([key])
        made[f"checkpoint.{size}"] = made["checkpoint"] = str(note).encode()
    there = {path.relative_to(log).as_posix(): path.read_bytes() for path in log.rglob("*") if path.is_file()}
    assert there == made


def test_the_published_log_is_read_and_each_checkpoint_continues_each_older_one():
    """A reader would take a log that was changed, or refuse one that was not."""
    facts, log = published.data("tessera-log/facts.json"), published.folder("tessera-log") / "log"
    key, known = VerifierKey.parse(facts["vkey"]), {}
    for row in facts["checkpoints"]:
        checkpoint = checkpoints.read((log.parent / row["file"]).read_bytes(), [key])
        assert (row["size"], row["root_hex"]) == (checkpoint.size, checkpoint.root.hex())
        known[checkpoint.size] = checkpoint
    for size in range(1, 16):
        entries = tiles.unbundle((log / tiles.tile_path("entries", 0, size)).read_bytes())
        hashes = [leaf_hash(entry) for entry in entries]
        assert (log / tiles.tile_path(0, 0, size)).read_bytes() == b"".join(hashes)
        node = tiles.node_of(tile_reader(tiles_of(hashes)), size)
        assert known[size].root == CompactRange.read(size, node).root()
        for old in range(1, size + 1):
            proofs.verify_consistency(
                old=old,
                new=size,
                old_root=known[old].root,
                new_root=known[size].root,
                hashes=proofs.consistency(old, size, node_over(hashes)),
            )
