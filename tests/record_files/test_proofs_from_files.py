# SPDX-License-Identifier: Apache-2.0
"""Proofs come from stored tiles alone, and the files are those that other software of the family writes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.record.checkpoints import Checkpoint
from evenhand.record.errors import LogError, TileError
from evenhand.record.files.auditing import audit
from evenhand.record.files.growing import Edge
from evenhand.record.files.log import Log, receipt
from evenhand.record.files.shelf import Shelf
from evenhand.record.keys import SigningKey, VerifierKey
from evenhand.record.notes import Note
from evenhand.record.proofs import consistency, verify_consistency, verify_inclusion
from evenhand.record.receipts import Receipt
from evenhand.record.tiles import node_of
from evenhand.record.tree import leaf_hash
from tests.record.making import key
from tests.record_files.making import entry_bytes, files, made, plain


@pytest.mark.parametrize("size", [1, 2, 3, 7, 255, 256, 257, 301, 513])
def test_every_entry_and_every_earlier_size_is_proved(tmp_path: Path, size: int) -> None:
    """A receipt that does not verify is worth nothing to whoever holds it."""
    with Log.open(made(tmp_path / "quay", size)) as log:
        root = log.root_at(size)
        for index in range(size):
            leaf = leaf_hash(entry_bytes(size)[index]) if size < 50 else leaf_hash(log.entry(index))
            verify_inclusion(index=index, size=size, leaf=leaf, hashes=log.inclusion(index), root=root)
        for old in range(1, size + 1):
            old_root = log.root_at(old)
            verify_consistency(old=old, new=size, old_root=old_root, new_root=root, hashes=log.consistency(old))
    for index in range(size):
        receipt(Shelf(tmp_path / "quay"), index).verify([key().verifier])


def test_entries_that_are_not_published_yet_can_be_proved(tmp_path: Path) -> None:
    """Whoever enters something gets its place at once (issue 3: proof-ready and durable)."""
    with Log.open(made(tmp_path / "quay", 250)) as log:
        for start in range(250, 530, 70):
            log.append(plain(start, start + 70))
            root = log.root_at(log.size)
            for index in (0, start, log.size - 1):
                leaf, hashes = leaf_hash(log.entry(index)), log.inclusion(index)
                verify_inclusion(index=index, size=log.size, leaf=leaf, hashes=hashes, root=root)
        assert 250 == Shelf(log.folder).checkpoint().size


def test_a_receipt_needs_only_the_files_of_the_public_copy(tmp_path: Path) -> None:
    """No key, no lock, no journal: a mirror can give it."""
    folder = made(tmp_path / "quay", 300)
    with Log.open(folder) as log:
        log.append(plain(300, 600))
        text = str(receipt(Shelf(folder), 299))
        with pytest.raises(LogError, match="has 300, numbered from 0"):
            receipt(Shelf(folder), 300)
        with pytest.raises(LogError, match="There is no entry"):
            log.entry(600)
    Receipt.parse(text).verify([key().verifier])
    (folder / "tile/0/000").unlink()
    with pytest.raises(TileError, match="tile/0/000 is missing"):
        receipt(Shelf(folder), 3)


@pytest.fixture(scope="module")
def tessera(root: Path) -> Path:
    """The published log of sixteen checkpoints, or a skip that says what is missing."""
    folder = root.parent / "shared" / "vectors" / "tessera-log"
    if not folder.is_dir():
        pytest.skip("the folder shared/vectors/tessera-log does not lie beside the project")
    return folder


def facts(tessera: Path) -> tuple[dict, SigningKey]:
    """The published facts and the public test key."""
    found = json.loads((tessera / "facts.json").read_text("utf-8"))
    return found, SigningKey.of_seed(found["origin"], bytes.fromhex(found["published_test_seed_hex"]))


def test_the_published_log_is_written_byte_for_byte(tessera: Path) -> None:
    """Software by others reads what we write because we write what it writes."""
    found, signer = facts(tessera)
    edge, written = Edge(), {}
    for size, entry in enumerate(found["entries_utf8"], start=1):
        edge.append([entry.encode()], written.__setitem__)
        edge.write_partial(written.__setitem__)
        note = Checkpoint(signer.name, size, edge.root()).signed([signer])
        assert (tessera / "log" / f"checkpoint.{size}").read_text("utf-8") == str(note)
    assert {path: data for path, data in files(tessera / "log").items() if path.startswith("tile/")} == written


def test_the_published_log_holds_and_each_checkpoint_extends_the_earlier_ones(tessera: Path) -> None:
    """A foreign log is audited like one of ours, its entries apart."""
    found, _ = facts(tessera)
    trusted = [VerifierKey.parse(found["vkey"])]
    shelf = Shelf(tessera / "log")
    assert [] == audit(shelf, trusted, shapes=False).faults
    seen = [Checkpoint.parse(Note.parse((tessera / "log" / f"checkpoint.{n}").read_bytes()).text) for n in range(16)]
    node = node_of(shelf.tile, 15)
    for new in range(1, 16):
        for old in range(1, new + 1):
            hashes = consistency(old, new, node)
            roots = {"old_root": seen[old].root, "new_root": seen[new].root}
            verify_consistency(old=old, new=new, hashes=hashes, **roots)
    assert len(found["entries_utf8"]) == seen[15].size


def test_every_flipped_byte_of_the_published_log_is_found(tessera: Path, copied: Callable[[Path], Path]) -> None:
    """Older partial tiles included (section 6)."""
    folder = copied(tessera / "log")
    _, signer = facts(tessera)
    for name, good in files(folder).items():
        if not name.startswith("tile/"):
            continue
        for place in range(0, len(good), 7):
            (folder / name).write_bytes(good[:place] + bytes([good[place] ^ 4]) + good[place + 1 :])
            assert not audit(Shelf(folder), [signer.verifier], shapes=False).holds, (name, place)
        (folder / name).write_bytes(good)
    assert audit(Shelf(folder), [signer.verifier], shapes=False).holds


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[Path], Path]:
    """Copies a folder that must not be written to."""

    def copy(folder: Path) -> Path:
        for name, data in files(folder).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
        return tmp_path

    return copy
