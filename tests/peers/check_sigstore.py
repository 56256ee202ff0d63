# SPDX-License-Identifier: Apache-2.0
"""Checks proofs and the checkpoint of a log folder of ours as sigstore checks an entry of Rekor, its own log.

    python check_sigstore.py FOLDER VERIFIER_KEY PROOFS

Run by the Python of its own environment. The modules are not part of sigstore's promise, so its version is pinned.
Only proofs against the size of the checkpoint are taken: sigstore knows no other. Exit 0 and one line, or 1 and the reason.
"""

import hashlib
import json
import sys
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sigstore._internal.merkle import verify_merkle_inclusion
from sigstore._internal.rekor.checkpoint import LogCheckpoint, SignedNote, verify_checkpoint
from sigstore._internal.trust import Keyring, RekorKeyring
from sigstore.errors import VerificationError
from sigstore.models import TransparencyLogEntry
from sigstore_models.common.v1 import LogId, PublicKey, PublicKeyDetails
from sigstore_models.rekor.v1 import Checkpoint, InclusionProof, KindVersion
from sigstore_models.rekor.v1 import TransparencyLogEntry as Written


def keyring(key: str) -> tuple[RekorKeyring, bytes]:
    """Sigstore's ring with the log's key in it, and the whole hash whose first four bytes are the key's ID."""
    name, _, coded = key.split("+", 2)
    typed = b64decode(coded, validate=True)
    public = Ed25519PublicKey.from_public_bytes(typed[1:])
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ring = Keyring([PublicKey(raw_bytes=b64encode(der), key_details=PublicKeyDetails.PKIX_ED25519)])
    return RekorKeyring(ring), hashlib.sha256(name.encode() + b"\n" + typed).digest()


def entry_bytes(folder: Path, index: int, size: int) -> bytes:
    """The bytes of one entry from its bundle."""
    width = min(256, size - index // 256 * 256)
    name = f"{index // 256:03}" if width == 256 else f"{index // 256:03}.p/{width}"
    bundle, at = (folder / "tile" / "entries" / name).read_bytes(), 0
    for _ in range(index % 256):
        at += 2 + int.from_bytes(bundle[at : at + 2], "big")
    return bundle[at + 2 : at + 2 + int.from_bytes(bundle[at : at + 2], "big")]


def check(folder: Path, key: str, claims: dict) -> str:
    """Each inclusion proof with its entry and the checkpoint, as if it came from Rekor; a line that says how many."""
    ring, log = keyring(key)
    note = (folder / "checkpoint").read_text("utf-8")
    tree = LogCheckpoint.from_text(SignedNote.from_text(note).note)
    root, count = bytes.fromhex(tree.log_hash), 0
    for claim in claims["inclusion"]:
        if claim["size"] != tree.log_size:
            continue
        written = Written(
            log_index=str(claim["index"]),
            log_id=LogId(key_id=b64encode(log)),
            kind_version=KindVersion(kind="evenhand", version="1"),
            inclusion_proof=InclusionProof(
                log_index=str(claim["index"]),
                root_hash=b64encode(root),
                tree_size=str(claim["size"]),
                hashes=claim["hashes"],
                checkpoint=Checkpoint(envelope=note),
            ),
            canonicalized_body=b64encode(entry_bytes(folder, claim["index"], tree.log_size)),
        )
        entry = TransparencyLogEntry(written)
        verify_merkle_inclusion(entry)
        verify_checkpoint(ring, entry)
        count += 1
    if not count:
        raise ValueError("no proof against the size of the checkpoint")
    return f"ok: {count} proofs in a tree of {tree.log_size}, and its checkpoint"


if __name__ == "__main__":
    try:
        print(check(Path(sys.argv[1]), sys.argv[2], json.loads(Path(sys.argv[3]).read_text("utf-8"))))
    except (VerificationError, ValueError, OSError) as refused:
        sys.exit(f"{type(refused).__name__}: {refused}")
