# SPDX-License-Identifier: Apache-2.0
"""The record of an examination: what it was given, how it read it, under which rules, and what it found.

Every input, the mapping, the rulebook and every result stand in it by their hash, so whoever holds its verifier key and
root can show later which files led to which findings. The log is complete when it is written: its key is not kept, so
nobody can add to it or sign another history in its name.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from evenhand.record import entries
from evenhand.record.encodings import to_base64
from evenhand.record.files.log import Log, receipt
from evenhand.record.files.shelf import Shelf
from evenhand.record.keys import SigningKey
from evenhand.rulebook.loading import canonical_text

FOLDER = "record"
RECEIPTS = "receipts.tlog-proofs"
BLOCK = 1 << 20


def record_examination(
    part: Path, findings: dict[str, Any], rulebooks: Iterable[Path], *, chance: Callable[[int], bytes]
) -> dict[str, Any]:
    """Writes `record/` and a receipt for each of its entries into a folder that holds all results of an examination.

    The canonical text of each version of the `rulebooks` that the mapping names comes with it.

    Returns origin, key, size and root (base64). `chance` gives 32 random bytes for a key that is used here and nowhere
    else. Raises `OSError` where the folder cannot be written.
    """
    seed = chance(32)
    origin = f"examination/{hashlib.sha256(b'origin' + seed).hexdigest()[:16]}"
    key = SigningKey.of_seed(origin, seed)
    charter = f"Examination of {findings['source']['name']}"
    rulebook = (findings["rulebook"] or {}).get("digest")
    genesis = entries.genesis(origin=origin, key=key.verifier.text, charter=_nfc(charter), rulebook=rulebook)
    signer = part / ".signer"
    try:
        with Log.new(part / FOLDER, key, genesis, signer=signer) as log:
            log.append([entries.plain(entry) for entry in _entries(part, findings)])
    finally:
        signer.unlink(missing_ok=True)
    for text in map(canonical_text, rulebooks):
        path = part / FOLDER / "rulebooks" / f"{hashlib.sha256(text).hexdigest()}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)
    shelf = Shelf(part / FOLDER)
    checkpoint = shelf.checkpoint()
    texts = "".join(str(receipt(shelf, index)) for index in range(checkpoint.size))
    (part / RECEIPTS).write_text(texts, "utf-8")
    return {
        "origin": origin,
        "key": key.verifier.text,
        "size": checkpoint.size,
        "root": to_base64(checkpoint.root),
    }


def _entries(part: Path, findings: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for file in findings["source"]["files"]:
        known = {name: file[name] for name in ("bytes", "sha256", "rows", "rejected") if file.get(name) is not None}
        yield {"type": "examination.source", "name": _nfc(file["name"]), **known}
    for file in findings["mapping"]["files"]:
        yield {"type": "examination.mapping", "name": _nfc(file["name"]), "sha256": file["sha256"]}
    if findings["rulebook"]:
        known = {name: str(findings["rulebook"][name]) for name in ("id", "version", "digest", "book")}
        yield {"type": "examination.rulebook", **{name: _nfc(value) for name, value in known.items()}}
    for path in sorted(
        path for path in part.rglob("*") if path.is_file() and FOLDER not in path.relative_to(part).parts
    ):
        name = path.relative_to(part).as_posix()
        if not name.startswith("."):
            yield {"type": "examination.result", "name": _nfc(name), **_measured(path)}


def _measured(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def _nfc(text: str) -> str:
    """Names of files come in any form; the profile takes one."""
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
