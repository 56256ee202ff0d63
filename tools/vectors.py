# SPDX-License-Identifier: Apache-2.0
"""Writes tests/vectors/: what `docs/record-format.md` says, as bytes that every implementation must accept or refuse.

`python tools/vectors.py` rewrites the folder; a test asserts that it is what this program writes. Nothing in it depends
on time or chance. Its keys are test keys that everybody has: never trust one.
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests/vectors"
ABOUT = (
    "Made by tools/vectors.py from docs/record-format.md. Every key here is a test key that everybody has: trust none."
)


def made() -> dict[str, bytes]:
    """Every file of the folder by its path."""
    # Run as a script, Python looks for modules in tools/; ROOT is put on its path below, before these.
    from tools import vectors_entries, vectors_log, vectors_shown, vectors_signed

    files = {
        "entries.json": vectors_entries.entries_json(),
        "disclosures.json": vectors_entries.disclosures_json(),
        "trees.json": vectors_shown.trees_json(),
        "keys.json": vectors_signed.keys_json(),
        "notes.json": vectors_signed.notes_json(),
        "checkpoints.json": vectors_signed.checkpoints_json(),
        "cosignatures.json": vectors_signed.cosignatures_json(),
        "policies.json": vectors_signed.policies_json(),
        "receipts.json": vectors_shown.receipts_json(),
        "forks.json": vectors_shown.forks_json(),
    }
    return {name: written(value) for name, value in files.items()} | vectors_log.files(ROOT, written)


def written(value: dict[str, Any]) -> bytes:
    """A file of vectors: JSON in ASCII, so that no editor and no checkout changes what it says."""
    return (json.dumps({"about": ABOUT, **value}, indent=1) + "\n").encode("ascii")


def main() -> int:
    """Rewrites the folder; the exit code."""
    files = made()
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name, data in files.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{len(files)} files are in tests/vectors.")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
