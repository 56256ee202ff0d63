# SPDX-License-Identifier: Apache-2.0
"""A small whole log for tests/vectors/log: a genesis, a matter of an invented club, a rotation, an erasure, padding."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from evenhand.record import disclosures, entries, tiles
from evenhand.record.canonical import encode
from evenhand.record.encodings import to_base64
from evenhand.record.notes import Note
from evenhand.record.receipts import Receipt
from evenhand.record.tree import leaf_hash, root_of
from evenhand.rulebook.canonical import canonical, digest_of
from evenhand.rulebook.loading import sections_of
from tools.vectors_chance import COSIGNERS, ORIGIN, POLICY, checkpoint, counted, key, leaves_of, receipt

MATTER = counted("matter")(16).hex()
PEOPLE = {name: counted(name)(16).hex() for name in ("complainant", "officer", "second_officer", "welfare")}
ROTATED = 8
"""The size of the checkpoint that hands over from one key to the next."""
SIZES = (1, 5, ROTATED, 13)
"""Those at which the log was published: their partial tiles stay."""

ACTS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("2026-04-01T08:30:00Z", "complainant", "lodge", {"text.account": "Das Boot lag bis Ostern quer über dem Steg."}),
    ("2026-04-02T09:00:00Z", "officer", "frame", {"body.clauses": ["Q2"], "text.reasons": "It kept the launch in."}),
    ("2026-04-02T09:10:00.25Z", "officer", "investigate", {"text.reasons": "There are witnesses."}),
    ("2026-04-07T10:00:00Z", "officer", "notify", {"person.respondent": "Ida Ågren", "body.clauses": ["Q2"]}),
]


def _fields(kind: str, n: int, at: str, role: str, rule: str, more: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": kind, "day": at[:10], "at": at, "matter": MATTER, "n": n, "by": PEOPLE[role], "as": role,
        "rule": f"discipline.{rule}", **more,
    }  # fmt: skip


def _entries(book: str) -> tuple[list[bytes], dict[int, tuple[str, ...]]]:
    chance, old, new = counted("the log"), key().verifier.text, key(number=2).verifier.text
    made = [
        entries.genesis(
            origin=ORIGIN,
            key=old,
            charter="The matters of an invented rowing club.",
            rulebook=book,
            cosigners=POLICY.as_data(),
        ),
        entries.plain({"input": "complaints.csv", "sha256": "0" * 64}),
    ]
    opened: dict[int, tuple[str, ...]] = {}

    def seal(fields: dict[str, Any]) -> None:
        data, texts = entries.seal(book=book, fields=fields, chance=chance)
        opened[len(made)] = texts
        made.append(data)

    notice = {"body.notice": {"how": "post"}}
    for n, (at, role, rule, more) in enumerate(ACTS[:2], start=1):
        seal(_fields("act", n, at, role, rule, {**more, **notice}))
    seal({"type": "padding"})
    seal(_fields("act.refused", 3, "2026-04-02T09:05:00Z", "officer", "notify", {"text.reasons": "Too early."}))
    at, role, rule, more = ACTS[2]
    seal(_fields("act", 4, at, role, rule, {**more, **notice}))
    made.append(entries.key_rotated(old=old, new=new))
    refs = {"refs": [leaf_hash(made[3]).hex()], "text.reasons": "It kept the launch and a four in."}
    seal(_fields("correction", 5, "2026-04-03T12:00:00Z", "officer", "frame", refs))
    at, role, rule, more = ACTS[3]
    seal(_fields("act", 6, at, role, rule, {**more, **notice}))
    gone = next(text for text in opened[2] if disclosures.read(text).name == "text.account")
    opened[2] = tuple(text for text in opened[2] if text != gone)
    erasure = {
        "approved": [PEOPLE["second_officer"], PEOPLE["welfare"]],
        "basis": "An invented request under an invented law.",
        "digests": [disclosures.digest(gone)],
    }
    at = "2026-04-08T09:00:00Z"
    seal(_fields("erasure.performed", 7, at, "second_officer", "notify", {"body.erasure": erasure}))
    for _ in range(2):
        seal({"type": "padding"})
    return made, opened


def _tiles(made: list[bytes]) -> dict[str, bytes]:
    """The tiles and bundles of a log of fewer than 256 entries, a partial one for each published size."""
    found = {}
    for size in SIZES:
        found[tiles.tile_path(0, 0, size)] = b"".join(leaves_of(made[:size]))
        found[tiles.tile_path("entries", 0, size)] = tiles.bundle(made[:size])
    return found


def _signed(made: list[bytes], *, cosigned: bool) -> Note:
    """The checkpoint of a log in the middle of a rotation: signed by both keys."""
    first = checkpoint(made, cosigners=COSIGNERS[:2] if cosigned else ())
    return Note(
        first.text, (*first.signatures[:1], *checkpoint(made, by=key(number=2)).signatures, *first.signatures[1:])
    )


def files(root: Path, written: Callable[[dict[str, Any]], bytes]) -> dict[str, bytes]:
    """The folder log/: public/ without anything opened, export/ with it, receipts/, and what is true of them."""
    whole = sections_of((root / "rulebooks/quay_club.yaml").read_text(encoding="utf-8"), "quay_club.yaml")
    book, text = digest_of(whole), canonical(whole)
    made, opened = _entries(book)
    public = {
        "checkpoint": str(_signed(made, cosigned=True)).encode(),
        "vkey": (key(number=2).verifier.text + "\n").encode(),
        f"rotated/{ROTATED}": str(_signed(made[:ROTATED], cosigned=False)).encode(),
        **_tiles(made),
    }
    shown = {
        "rulebooks/" + book.removeprefix("sha256:") + ".json": text,
        "disclosures.jsonl": b"".join(
            encode({"disclosures": list(texts), "index": index}) + b"\n" for index, texts in sorted(opened.items())
        ),
    }
    matter = [index for index, texts in opened.items() if len(texts) > 1]
    held = [_held(made, index, opened[index]) for index in matter]
    facts = {
        "origin": ORIGIN,
        "pinned": key().verifier.text,
        "keys": [key(number=number).verifier.text for number in (1, 2)],
        "policy": POLICY.as_data(),
        "sizes": list(SIZES),
        "roots": {str(size): to_base64(root_of(leaves_of(made[:size]))) for size in SIZES},
        "rotated": ROTATED,
        "rulebook": book,
        "entries": [{"kind": entries.read(data).kind, "leaf": leaf_hash(data).hex()} for data in made],
        "opened": {str(index): _values(texts) for index, texts in opened.items()},
        "matter": MATTER,
        "indexes": matter,
    }
    return {
        "log/expected.json": written(facts),
        **{f"log/public/{name}": data for name, data in public.items()},
        **{f"log/export/{name}": data for name, data in {**public, **shown}.items()},
        "log/matter.tlog-proofs": "".join(map(str, held)).encode(),
    }


def _held(made: list[bytes], index: int, texts: tuple[str, ...]) -> Receipt:
    one = receipt(made, index, texts)
    return one.completed(_signed(made, cosigned=True), one.hashes)


def _values(texts: tuple[str, ...]) -> dict[str, Any]:
    return {one.name: one.value for one in map(disclosures.read, texts)}
