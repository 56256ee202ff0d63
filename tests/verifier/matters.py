# SPDX-License-Identifier: Apache-2.0
"""Matters of invented clubs as sealed and opened entries, and the canonical text of the rulebooks they run under."""

from pathlib import Path
from typing import Any

from evenhand.rulebook.canonical import canonical
from evenhand.rulebook.loading import sections_of
from tests.verifier.writing import Signer, disclosure, genesis, noise, opening, sealed, sha, write_log

BOOKS = Path(__file__).resolve().parents[2] / "rulebooks"
QUAY = canonical(sections_of((BOOKS / "quay_club.yaml").read_text()))

Fields = dict[str, Any]


class Story:
    """Entries in order, each with the fields that are sealed in it; `export` writes the whole as an auditor gets it."""

    def __init__(self, rulebook: bytes, book: str = "discipline") -> None:
        self.rulebook, self.book, self.hash = rulebook, book, sha(rulebook).hex()
        self.fields: list[Fields] = []
        self.versions: dict[int, str] = {}  # entries that cite another version
        self.matter = noise("matter").hex()[:32]

    def does(self, role: str, act: str, at: str, *, matter: str | None = None, **more: Any) -> "Story":
        """Add an act; `body` holds what it carries in coded fields."""
        matter = matter or self.matter
        n = 1 + sum(one.get("matter") == matter for one in self.fields)
        body = {"notice": {}, **more.pop("body", {})}
        fields = {
            "type": "act", "day": at[:10], "at": at, "matter": matter, "n": more.pop("n", n), "by": noise(role, matter).hex()[:32],
            "as": role, "rule": f"{self.book}.{act}", **{f"body.{item}": value for item, value in body.items()}, **more,
        }  # fmt: skip
        if role == "clock":
            del fields["by"]
        self.fields.append(fields)
        return self

    def clock(self, act: str, at: str, day: str, **more: Any) -> "Story":
        """Add what the clock did."""
        return self.does("clock", act, at, day=day, **more)

    def export(self, folder: Path, signer: Signer, **more: Any) -> Path:
        """An export with everything opened (`opened=False`: nothing), the rulebook, and a genesis before it."""
        entries, lines = [genesis(signer, **more.get("genesis", {}))], []
        for index, fields in enumerate(self.fields, 1):
            disclosures = [disclosure(name, value, index) for name, value in fields.items()]
            entries.append(sealed(self.versions.get(index, self.hash), disclosures, index))
            lines.append(opening(index, disclosures))
        self.entries = entries
        write_log(folder, entries, [signer, *more.get("cosigners", [])])
        (folder / "rulebooks").mkdir(exist_ok=True)
        (folder / "rulebooks" / f"{self.hash}.json").write_bytes(self.rulebook)
        if more.get("opened", True):
            (folder / "disclosures.jsonl").write_bytes(b"".join(lines))
        return folder

    def disclosures(self, index: int) -> list[str]:
        """The disclosures of an entry (entry 1 is the first act)."""
        return [disclosure(name, value, index) for name, value in self.fields[index - 1].items()]
