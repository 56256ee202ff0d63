# SPDX-License-Identifier: Apache-2.0
"""Reads a log folder of ours with aics-tlog; run by the Python of its own environment and never imported by a test.

    python check_aics.py FOLDER VERIFIER_KEY PROOFS COSIGNER_KEY

The checkpoint, its cosignature, every tile, every entry, and the proofs that we made. Exit 0 and one line, or 1 and the reason.
"""

import json
import sys
from base64 import b64decode
from pathlib import Path

import aics_tlog as tlog


class Refused(Exception):
    """What aics-tlog does not accept, as a sentence."""


def tree(folder: Path, key: str, cosigner: str) -> tlog.Checkpoint:
    """The checkpoint, if the log signed it and the cosigner cosigned it."""
    note = tlog.parse_note((folder / "checkpoint").read_bytes())
    policy = tlog.WitnessPolicy(quorum=1, witnesses=(tlog.parse_vkey(cosigner),))
    verdict = tlog.verify_checkpoint(note, tlog.parse_vkey(key), policy=policy)
    if not verdict.ok:
        raise Refused(f"checkpoint: {verdict.error}")
    return tlog.parse_checkpoint(note.text)


def hashes(claim: dict) -> list[bytes]:
    """The hashes of one proof, as bytes."""
    return [b64decode(text, validate=True) for text in claim["hashes"]]


def check(folder: Path, key: str, claims: dict, cosigner: str) -> str:
    """Everything that aics-tlog can check about the folder; a line that says how much it was."""
    checkpoint = tree(folder, key, cosigner)
    reader = tlog.VerifiedTileReader(tlog.FileSystemTileReader(folder), checkpoint.size, checkpoint.root)
    report = tlog.audit_tiles(tlog.FileSystemTileReader(folder), checkpoint.size, checkpoint.root)
    if tlog.tree_root_from_tiles(reader, checkpoint.size) != checkpoint.root:
        raise Refused("the tiles do not give the root of the checkpoint")
    for claim in claims["inclusion"]:
        index, size = claim["index"], claim["size"]
        root = tlog.tree_root_from_tiles(reader, size, checkpoint.size)
        if not tlog.verify_leaf_inclusion(reader.entry(index), index, size, hashes(claim), root):
            raise Refused(f"our proof of entry {index} in {size} does not hold")
        if tlog.inclusion_proof_from_tiles(reader, index, size, checkpoint.size) != hashes(claim):
            raise Refused(f"our proof of entry {index} in {size} is another one")
    for claim in claims["consistency"]:
        old, new = claim["old"], claim["new"]
        roots = [tlog.tree_root_from_tiles(reader, size, checkpoint.size) for size in (old, new)]
        if not tlog.verify_consistency(old, new, *roots, hashes(claim)):
            raise Refused(f"our proof of size {old} in {new} does not hold")
    return f"ok: {report.size} entries, {report.tiles} tiles, {report.bundles} bundles, one cosignature"


if __name__ == "__main__":
    FOLDER, KEY, PROOFS, COSIGNER = sys.argv[1:]
    try:
        print(check(Path(FOLDER), KEY, json.loads(Path(PROOFS).read_text("utf-8")), COSIGNER))
    except (Refused, ValueError, OSError) as refused:
        sys.exit(f"{type(refused).__name__}: {refused}")
