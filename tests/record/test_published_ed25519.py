# SPDX-License-Identifier: Apache-2.0
"""Ed25519: the answers of RFC 8032, and 914 cases about which verifiers disagree."""

from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from evenhand.record.errors import KeyTextError
from evenhand.record.keys import LOW_ORDER, SIGNS, SigningKey, VerifierKey
from tests.record import published

EDGES = "ed25519-edge-cases/ed25519vectors.json"


def loaded(public: bytes) -> VerifierKey:
    """The key as a person pins it: written as a text and read again, which refuses keys of low order."""
    return VerifierKey.parse(VerifierKey("example.org/edge", SIGNS, public).text)


@pytest.mark.parametrize("row", published.rows("ed25519-rfc8032/vectors.json", "verify"), ids=lambda row: row["name"])
def test_signing_and_verifying_give_the_known_answer(row: dict[str, Any]):
    """A signature that differs in a byte is refused by everybody else."""
    key = SigningKey.of_seed("example.org/rfc", bytes.fromhex(row["secret_key_hex"]))
    message, signature = bytes.fromhex(row["message_hex"]), bytes.fromhex(row["signature_hex"])
    assert row["public_key_hex"] == key.verifier.public.hex()
    assert row["signature_hex"] == key.sign(message).hex()
    assert loaded(key.verifier.public).verifies(message, signature)


@pytest.mark.parametrize(
    "row", published.rows("ed25519-rfc8032/vectors.json", "refuse_derived"), ids=lambda row: row["why"]
)
def test_a_signature_that_does_not_hold_is_refused(row: dict[str, Any]):
    """S beyond the order, a flipped bit or a missing byte would pass."""
    key = loaded(bytes.fromhex(row["public_key_hex"]))
    assert not key.verifies(bytes.fromhex(row["message_hex"]), bytes.fromhex(row["signature_hex"]))


def test_the_fourteen_keys_of_low_order_are_those_published():
    """A missing one would let two verifiers disagree about a checkpoint."""
    known = published.data("ed25519-edge-cases/expected.json")["low_order_key_encodings_hex"]
    assert sorted(known) == sorted(key.hex() for key in LOW_ORDER)


def test_a_key_of_low_order_is_refused_when_it_is_read():
    """Its owner could have signed anything without a secret."""
    for public in LOW_ORDER:
        with pytest.raises(KeyTextError, match="low order"):
            loaded(public)


def test_of_all_edge_cases_exactly_the_expected_are_accepted():
    """A checkpoint that one of our two programs accepts and the other refuses is a false alarm."""
    accepted = []
    for row in published.data(EDGES):
        try:
            key = loaded(bytes.fromhex(row["key"]))
        except KeyTextError:
            continue
        if key.verifies(row["msg"].encode(), bytes.fromhex(row["sig"])):
            accepted.append(row["number"])
    assert published.data("ed25519-edge-cases/expected.json")["evenhand"]["accept_numbers"] == accepted


def test_the_bare_library_accepts_what_it_accepted_when_the_rule_was_chosen():
    """A new version of `cryptography` that judges otherwise would move our verdicts unseen."""
    accepted = []
    for row in published.data(EDGES):
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(row["key"])).verify(
                bytes.fromhex(row["sig"]), row["msg"].encode()
            )
        except (InvalidSignature, ValueError):
            continue
        accepted.append(row["number"])
    assert published.data("ed25519-edge-cases/expected.json")["openssl"]["accept_numbers"] == accepted
