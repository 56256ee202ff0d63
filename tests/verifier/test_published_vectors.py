# SPDX-License-Identifier: Apache-2.0
"""The published vectors: what other people's verifiers accept and refuse, this one accepts and refuses."""

import base64
import json

import pytest


def b64(texts):
    """The bytes of base64, or of a list of them; null is the empty list."""
    return base64.b64decode(texts) if isinstance(texts, str) else [base64.b64decode(text) for text in texts or []]


def rows(vectors, kind):
    """Every proof of one kind, with the verdict of a SHA-256 verifier."""
    index = json.loads((vectors("merkle") / "index.json").read_text())
    return [
        (json.loads((vectors("merkle") / row["file"]).read_text()), row)
        for row in index
        if row["file"].startswith(kind)
    ]


def test_every_inclusion_proof_of_the_vectors_is_judged_as_published(verifier, vectors):
    """A receipt that others refuse would be accepted here, or the other way round."""
    found = rows(vectors, "inclusion")
    assert 98 == len(found)
    for vector, row in found:
        proof = [vector["leafIdx"], vector["treeSize"], *(b64(vector[name]) for name in ("leafHash", "proof", "root"))]
        assert (row["sha256_verifier"] == "accept") == verifier.inclusion_holds(*proof), row["file"]


def test_every_consistency_proof_of_the_vectors_is_judged_as_published(verifier, vectors):
    """A fork would be shown by hashes that show nothing."""
    found = rows(vectors, "consistency")
    assert 98 == len(found)
    for vector, row in found:
        proof = [vector["size1"], vector["size2"], *(b64(vector[name]) for name in ("root1", "root2", "proof"))]
        assert (row["sha256_verifier"] == "accept") == verifier.consistency_holds(*proof), row["file"]


def test_signatures_of_rfc_8032_verify_and_their_mutations_do_not(verifier, vectors):
    """Everything else rests on this."""
    known = json.loads((vectors("ed25519-rfc8032") / "vectors.json").read_text())
    for group, holds in (("verify", True), ("refuse_derived", False)):
        for one in known[group]:
            parts = [bytes.fromhex(one[name]) for name in ("public_key_hex", "message_hex", "signature_hex")]
            assert holds == verifier.ed25519_verify(*parts), one


def test_all_914_edge_cases_are_judged_as_evenhand_judges_them(verifier, vectors):
    """A checkpoint that one of our programs accepts and the other refuses would be a false alarm."""
    expected = json.loads((vectors("ed25519-edge-cases") / "expected.json").read_text())
    accepted = []
    for case in json.loads((vectors("ed25519-edge-cases") / "ed25519vectors.json").read_text()):
        key, signature = bytes.fromhex(case["key"]), bytes.fromhex(case["sig"])
        if key not in verifier.LOW_ORDER_KEYS and verifier.ed25519_verify(key, case["msg"].encode(), signature):
            accepted.append(case["number"])
    assert expected["evenhand"]["accept_numbers"] == accepted
    assert set(expected["low_order_key_encodings_hex"]) == {key.hex() for key in verifier.LOW_ORDER_KEYS}


def test_the_example_of_signed_note_verifies_and_its_mutations_do_not(verifier, vectors):
    """Notes that every other reader refuses would pass."""
    known = json.loads((vectors("signed-note") / "examples.json").read_text())
    for one in known["verify"]:
        key = verifier.Key(one["vkey"])
        assert [key] == verifier.Note(one["note"].encode()).signed_by([key])
    for one in known["refuse_derived"]:
        try:
            signed = verifier.Note(one["note"].encode()).signed_by([verifier.Key(one["vkey"])])
        except verifier.Wrong:
            signed = []
        assert [] == signed, one["why"]


def test_unknown_signature_lines_are_no_error(verifier, vectors):
    """A cosigner of somebody else would spoil a checkpoint."""
    known = json.loads((vectors("signed-note") / "examples.json").read_text())
    checkpoint = verifier.Checkpoint(known["parse_only"][0]["note"].encode())
    assert (20852163, 2) == (checkpoint.size, len(checkpoint.note.signatures))


def test_tile_paths_are_those_of_tlog_tiles(verifier, vectors):
    """Tiles beyond the thousandth would not be found."""
    known = json.loads((vectors("signed-note") / "examples.json").read_text())["tile_paths"]
    for number, path in {**known["published"], **known["derived_same_rule"]}.items():
        assert f"tile/entries/{path}" == verifier.tile_name("entries", int(number))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("arrays", "null"),
        ("french", "ASCII"),
        ("structures", "not an integer"),
        ("unicode", "NFC"),
        ("values", "null|integer"),
        ("weird", "ASCII|NFC"),
    ],
)
def test_what_lies_outside_the_profile_is_refused_for_its_reason(verifier, vectors, name, reason):
    """An entry could be read differently by two programs."""
    with pytest.raises(verifier.Wrong, match=reason):
        verifier.profile_read((vectors("jcs") / "input" / f"{name}.json").read_bytes())


def test_canonical_bytes_inside_the_profile_are_taken(verifier, vectors):
    """What Evenhand writes would be refused."""
    data = (vectors("jcs") / "output" / "structures.json").read_bytes()
    assert data == verifier.profile_write(verifier.profile_read(data))


@pytest.mark.parametrize("name", ["arrays", "structures", "unicode"])
def test_strings_and_orders_are_written_as_rfc_8785_writes_them(verifier, vectors, name):
    """Bytes in order would be refused as altered."""
    data = (vectors("jcs") / "outhex" / f"{name}.txt").read_text()
    assert bytes.fromhex(data) == verifier.profile_write(json.loads(bytes.fromhex(data)))


def test_roots_and_proofs_around_full_tiles_hold(verifier, vectors):
    """A log would fail on the day on which it fills a tile."""
    known = json.loads((vectors("tree-roots") / "roots.json").read_text())
    roots = {int(size): bytes.fromhex(root) for size, root in known["roots_hex_by_size"].items()}
    for one in known["inclusion"]:
        path, leaf = [bytes.fromhex(text) for text in one["proof_hex"]], verifier.leaf_hash(b"%d" % one["index"])
        assert verifier.inclusion_holds(one["index"], one["tree_size"], leaf, path, roots[one["tree_size"]])
    for one in known["consistency"]:
        old, new = one["old_size"], one["new_size"]
        path = [bytes.fromhex(text) for text in one["proof_hex"]]
        assert verifier.consistency_holds(old, new, roots[old], roots[new], path)
