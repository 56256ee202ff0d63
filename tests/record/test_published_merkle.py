# SPDX-License-Identifier: Apache-2.0
"""The published Merkle vectors: 196 proofs, a reference tree, and roots at the edges of tiles."""

import random
from typing import Any

import pytest

from evenhand.record import proofs, tiles
from evenhand.record.errors import HashListError
from evenhand.record.tree import CompactRange, leaf_hash
from tests.record import published
from tests.record.trees import mth, node_over, tile_reader, tiles_of

INDEX = published.rows("merkle/index.json")
ROOT_OF_TWELVE_BYTES = "consistency/additional/sizes-are-equal-one-and-proof-is-empty.json"


def verdict_on(kind: str, value: dict[str, Any]) -> str:
    """What `record` says to one published proof."""
    try:
        if kind == "inclusion":
            proofs.verify_inclusion(
                index=value["leafIdx"],
                size=value["treeSize"],
                leaf=published.b64([value["leafHash"]])[0],
                hashes=published.b64(value["proof"]),
                root=published.b64([value["root"]])[0],
            )
        else:
            proofs.verify_consistency(
                old=value["size1"],
                new=value["size2"],
                old_root=published.b64([value["root1"]])[0],
                new_root=published.b64([value["root2"]])[0],
                hashes=published.b64(value["proof"]),
            )
    except HashListError:
        return "refuse"
    return "accept"


@pytest.mark.parametrize("row", INDEX, ids=lambda row: row["file"])
def test_each_published_proof_gets_its_verdict(row: dict[str, Any]):
    """A mutation that others know of would pass, or an honest proof be refused."""
    value = published.data(f"merkle/{row['file']}")
    assert row["sha256_verifier"] == verdict_on(row["file"].split("/")[0], value)


def test_the_published_proof_with_a_root_of_twelve_bytes_is_refused():
    """A root is 32 bytes of SHA-256 here: one that compares anything lets an empty leaf stand for an empty tree.

    The source accepts this one vector, because its library takes roots of any hash; the other 195 agree with us.
    """
    value = published.data(f"merkle/{ROOT_OF_TWELVE_BYTES}")
    row = next(row for row in INDEX if row["file"] == ROOT_OF_TWELVE_BYTES)
    assert (12, False) == (len(published.b64([value["root1"]])[0]), value["wantErr"])
    assert ("refuse", "refuse") == (row["sha256_verifier"], verdict_on("consistency", value))


def test_all_published_proofs_are_there():
    """A set that shrank would look like success."""
    if not INDEX:
        published.folder("merkle")
    assert 196 == len(INDEX)


def test_the_reference_tree_is_built_with_its_roots_and_nodes():
    """Our tree would be a tree of our own."""
    known = published.data("merkle/reference-tree.json")
    hashes = [leaf_hash(bytes.fromhex(text)) for text in known["leaf_inputs_hex"]]
    grown, roots = CompactRange(), [CompactRange().root().hex()]
    for leaf in hashes:
        grown.append(leaf)
        roots.append(grown.root().hex())
    node = tiles.node_of(tile_reader(tiles_of(hashes)), len(hashes))
    nodes = [
        [node(level, index).hex() for index in range(len(row))]
        for level, row in enumerate(known["node_hashes_hex_by_level"])
    ]
    assert known["roots_hex_by_size"] == roots
    assert known["node_hashes_hex_by_level"] == nodes


def test_every_proof_of_the_reference_tree_verifies():
    """A maker and a verifier that agree with each other alone prove nothing; this tree is other people's."""
    known = published.data("merkle/reference-tree.json")
    hashes = [leaf_hash(bytes.fromhex(text)) for text in known["leaf_inputs_hex"]]
    roots = [bytes.fromhex(text) for text in known["roots_hex_by_size"]]
    for size in range(1, len(hashes) + 1):
        node = node_over(hashes[:size])
        for index in range(size):
            way = proofs.inclusion(index, size, node)
            proofs.verify_inclusion(index=index, size=size, leaf=hashes[index], hashes=way, root=roots[size])
        for old in range(1, size + 1):
            way = proofs.consistency(old, size, node)
            proofs.verify_consistency(old=old, new=size, old_root=roots[old], new_root=roots[size], hashes=way)


def numbers(count: int) -> list[bytes]:
    """The leaf hashes of the published entries 0, 1, 2 and so on in decimal."""
    return [leaf_hash(str(number).encode()) for number in range(count)]


def test_seventy_thousand_entries_in_batches_show_each_published_root():
    """What a batch costs in correctness shows only across the edges of tiles."""
    known = published.data("tree-roots/roots.json")["roots_hex_by_size"]
    chance, grown, hashes = random.Random(70_000), CompactRange(), numbers(70_000)
    shown, wanted = {"0": grown.root().hex()}, sorted(map(int, known))
    while grown.size < len(hashes):
        ahead = min(size for size in wanted if size > grown.size)
        end = min(ahead, grown.size + chance.randrange(1, 3_000))
        # A batch takes up the stored peaks, as a log does that was opened again.
        grown = CompactRange(grown.size, grown.peaks)
        for leaf in hashes[grown.size : end]:
            grown.append(leaf)
        if str(grown.size) in known:
            shown[str(grown.size)] = grown.root().hex()
    assert known == shown


def test_the_published_roots_follow_from_tiles_and_so_do_their_proofs():
    """Tiles that rebuild another tree would break each proof made from them."""
    known = published.data("tree-roots/roots.json")
    hashes = numbers(70_000)
    readers = {}
    for size in sorted(map(int, known["roots_hex_by_size"])):
        node = readers[size] = tiles.node_of(tile_reader(tiles_of(hashes[:size])), size)
        assert known["roots_hex_by_size"][str(size)] == CompactRange.read(size, node).root().hex()
    for row in known["inclusion"]:
        size = row["tree_size"]
        node = readers.get(size) or tiles.node_of(tile_reader(tiles_of(hashes[:size])), size)
        assert row["proof_hex"] == [each.hex() for each in proofs.inclusion(row["index"], size, node)]
    for row in known["consistency"]:
        size = row["new_size"]
        node = readers.get(size) or tiles.node_of(tile_reader(tiles_of(hashes[:size])), size)
        assert row["proof_hex"] == [each.hex() for each in proofs.consistency(row["old_size"], size, node)]


def test_the_published_positive_proofs_verify():
    """A proof that everybody accepts would be refused here."""
    known, hashes = published.data("tree-roots/roots.json"), numbers(70_000)
    roots = {int(size): bytes.fromhex(text) for size, text in known["roots_hex_by_size"].items()}
    for row in known["inclusion"]:
        proofs.verify_inclusion(
            index=row["index"],
            size=row["tree_size"],
            leaf=bytes.fromhex(row["leaf_hash_hex"]),
            hashes=[bytes.fromhex(text) for text in row["proof_hex"]],
            root=roots.get(row["tree_size"]) or mth(hashes[: row["tree_size"]]),
        )
    for row in known["consistency"]:
        proofs.verify_consistency(
            old=row["old_size"],
            new=row["new_size"],
            old_root=roots.get(row["old_size"]) or mth(hashes[: row["old_size"]]),
            new_root=roots.get(row["new_size"]) or mth(hashes[: row["new_size"]]),
            hashes=[bytes.fromhex(text) for text in row["proof_hex"]],
        )
