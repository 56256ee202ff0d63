# SPDX-License-Identifier: Apache-2.0
"""A log of aics-tlog asks a cosigner of ours with the client of aics-witness; run by the Python of its own environment.

    python partner_asks.py URL VERIFIER_KEY ORIGIN SEED_IN_HEX

It prints what came of each step, one a line. Nothing of ours is imported here.
"""

import sys

import aics_tlog as tlog
import aics_witness as partner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

URL, KEY, ORIGIN, SEED = sys.argv[1:]
OURS = tlog.parse_vkey(KEY)
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(SEED))


def tree(size: int, other: int = 10**9) -> tlog.MerkleTree:
    """A tree whose entries differ from `other` on."""
    return tlog.MerkleTree([f"{'b' if at >= other else 'a'}{at}".encode() for at in range(size)])


def step(grown: tlog.MerkleTree, client: partner.WitnessClient, old: int | None = None) -> str:
    """Submits the tree; "cosigned" if aics-tlog accepts the checkpoint with our line, else the kind of refusal."""
    checkpoint = tlog.Checkpoint(ORIGIN, grown.size, grown.root())
    note = tlog.sign_checkpoint(checkpoint, SIGNER, ORIGIN).to_bytes()
    try:
        line = client.submit(note, grown.consistency_proof, old_size=old)
    except partner.WitnessAhead as ahead:
        return f"knows {ahead.known_size}"
    except partner.WitnessRejected as rejected:
        return f"refused {rejected.status}"
    merged = tlog.parse_note(partner.merge_cosignatures(note, line))
    policy = tlog.WitnessPolicy(quorum=1, witnesses=(OURS,))
    verdict = tlog.verify_checkpoint(merged, tlog.vkey_from_ed25519(ORIGIN, SIGNER.public_key()), policy=policy)
    return "cosigned" if verdict.ok else f"not accepted: {verdict.error}"


def fresh() -> partner.WitnessClient:
    """A client that remembers nothing."""
    return partner.WitnessClient(URL, OURS)


keeps = fresh()
print("first", step(tree(5), keeps))
print("grown", step(tree(300), keeps))
print("heartbeat", step(tree(300), keeps))
print("grown, from nothing remembered", step(tree(301), fresh()))
print("older", step(tree(5), fresh()))
print("other root", step(tree(301, other=2), fresh()))
print("other beginning", step(tree(305, other=2), fresh()))
