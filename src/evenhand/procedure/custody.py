# SPDX-License-Identifier: Apache-2.0
"""Who had an item of evidence and when: received, given, withheld, superseded and every reading, in their order (E02, L02)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from evenhand.casework.standing import BOOK
from evenhand.procedure.relying import relying_on
from evenhand.store import models
from evenhand.store.opened import Erased, entries_of, said
from evenhand.store.organisation import Organisation

What = Literal["received", "served", "restricted", "superseded", "took its place", "read"]
HANDLED: dict[str, What] = {
    "evidence_received": "received",
    "evidence_served": "served",
    "evidence_restricted": "restricted",
    "evidence_superseded": "superseded",
    "content_read": "read",
}


@dataclass(frozen=True)
class Handling:
    """One thing that was done with an item. `by` and `to` are pseudonyms of the matter; `role` that of who did it.

    `ground`, `until` and `reasons` stand where it was withheld, `reasons` also where it was superseded.
    """

    n: int
    at: datetime
    what: What
    by: str
    role: str
    to: str = ""
    ground: str = ""
    until: str = ""
    reasons: str = ""


def chain_of(organisation: Organisation, item: models.Item) -> list[Handling]:
    """Everything that was done with an item, the first first. What an erasure took is left out; its number stays."""
    rules = [f"{BOOK}.{name}" for name in HANDLED]
    found = []
    for entry in entries_of(item.matter_id).filter(rule__in=rules):
        try:
            fields = said(entry, organisation.keyring)
        except Erased:
            continue
        found += list(_handling(entry, dict(fields), item.ident))
    return found


def _handling(entry: models.Entry, fields: dict[str, object], item: str) -> Iterator[Handling]:
    what = HANDLED[entry.rule.removeprefix(f"{BOOK}.")]
    about = (
        _mapping(fields.get("body.item")) or _mapping(fields.get("body.handed")) or _mapping(fields.get("body.reading"))
    )
    named = about.get("ident") if "body.item" in fields else about.get("item")
    if what == "superseded" and about.get("by") == item:
        named, what = item, "took its place"
    if named != item:
        return
    yield Handling(
        n=entry.n or 0, at=entry.at, what=what, by=entry.by, role=entry.role, to=about.get("to", ""),
        ground=about.get("ground", ""), until=about.get("until", ""), reasons=str(fields.get("text.reasons", "")),
    )  # fmt: skip


def _mapping(value: object) -> dict[str, str]:
    return value if isinstance(value, dict) else {}


def readers_of(chain: list[Handling]) -> int:
    """How many people have read an item: what every party can learn (L02)."""
    return len({one.by for one in chain if one.what == "read"})


def rested_on(organisation: Organisation, row: models.Matter, item: models.Item) -> list[models.Entry]:
    """The acts that rest on an item, to be looked at when it is superseded; nothing reopens by itself (E04, E05)."""
    return list(models.Entry.objects.filter(id__in=relying_on(organisation, row, item.label)).order_by("n"))
