# SPDX-License-Identifier: Apache-2.0
"""Hands the record out: the whole of it to an auditor, and to a party the receipts of their matter (A02, E10)."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from evenhand.casework.fields import SHARED
from evenhand.procedure.confiding import BARE, concerns, reads_as
from evenhand.record.canonical import encode
from evenhand.record.disclosures import read
from evenhand.record.files.log import receipt
from evenhand.record.files.shelf import Shelf
from evenhand.record.receipts import Receipt
from evenhand.rulebook.canonical import canonical
from evenhand.rulebook.loading import sections_of
from evenhand.store import models
from evenhand.store.opened import Erased, disclosed, entries_of
from evenhand.store.organisation import Organisation
from evenhand.store.trouble import Trouble

IN_A_BODY = frozenset(("proposal_made", "vote_cast", "vote_closed", "proposal_fell"))
SEALED_DETAIL = frozenset(("declaration_made", "recused", "ruling_asked"))
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Taken(Trouble):
    """The folder to export into is there already."""


def export(organisation: Organisation, to: Path) -> int:
    """Writes the auditor's export: log, rulebooks and everything that opens an entry; returns how many were opened.

    `Taken` if the folder is there: an export is never mixed with another.
    """
    if to.exists():
        raise Taken(f"{to} is there already; name a folder that is not.")
    shutil.copytree(organisation.log, to, ignore=shutil.ignore_patterns("journal", ".part"))
    folder = to / "rulebooks"
    folder.mkdir(exist_ok=True)
    for rules in models.Rulebook.objects.all():
        text = canonical(sections_of(rules.source, rules.name))
        (folder / f"{rules.digest.removeprefix('sha256:')}.json").write_bytes(text)
    size = Shelf(to).checkpoint().size
    opened = 0
    with (to / "disclosures.jsonl").open("wb") as file:
        for position, texts in _opened(organisation, size):
            file.write(encode({"index": position, "disclosures": texts}) + b"\n")
            opened += 1
    return opened


def _opened(organisation: Organisation, size: int) -> Iterator[tuple[int, list[str]]]:
    sealed = models.Entry.objects.filter(position__gt=0, position__lt=size).order_by("position")
    for entry in sealed.iterator(chunk_size=500):
        try:
            yield entry.position or 0, disclosed(entry, organisation.keyring)
        except Erased:
            continue


def receipts_of(organisation: Organisation, part: models.Part) -> Iterator[tuple[models.Entry, Receipt]]:
    """The receipt that a party holds for each entry of their matter, numbered without a gap (B07).

    What tells who somebody else is stays closed, and so does what was withheld from them; a respondent gets receipts once
    they were told, from the first entry on.
    """
    shelf, part = Shelf(organisation.log), reads_as(part)
    for entry in entries_of(part.matter_id).exclude(position=None):
        yield entry, receipt(shelf, entry.position or 0, _readable(organisation, entry, part))


def _readable(organisation: Organisation, entry: models.Entry, part: models.Part) -> list[str]:
    try:
        texts = disclosed(entry, organisation.keyring)
    except Erased:
        return []
    fields = [read(text) for text in texts]
    said = {field.name: field.value for field in fields}
    return [text for text, field in zip(texts, fields, strict=True) if may_read(entry, part, field.name, said)]


def may_read(entry: models.Entry, part: models.Part, field: str, said: Mapping[str, Any] = NOTHING) -> bool:
    """Whether somebody with a part in the matter reads a field of an entry of it; `said` is all that the entry says.

    A companion is asked about by the party whom they accompany (`confiding.reads_as`). What is between one side and the
    seats tells the other not even of which kind it is.

    Both sides read the same of what was done and said, with these exceptions. Nobody reads somebody else's letters, nor
    what tells who somebody is: names stand on pages that can be taken down (M24). A body's proposals and votes are its own
    until it has acted; then the act itself says who voted how (F01). The detail of a declaration stays sealed (D05). What
    was said about danger is not for the person who is complained about (M14).
    """
    if not concerns(entry, part, said):
        return field in BARE
    if field in SHARED:
        return True
    name = entry.rule.partition(".")[2]
    if field.startswith("person."):
        return field == "person.person" and entry.type == "act"
    if name == "letter_sent":
        return models.Letter.objects.filter(to=part.pseudonym, entry=entry.id).exists()
    if name in IN_A_BODY:
        return entry.role == part.role
    if part.kind == "seat":
        return True
    if name == "identity_departed" and field.startswith("text."):
        return bool(said.get("body.identity", {}).get("whose") == part.pseudonym)  # reasons would tell whose name it is
    if part.kind == "party" and field in ("body.hash", "body.item") and name.startswith("evidence_"):
        return False  # whether an item was given to a party stands in the entry by which it was served on them
    if part.role == "respondent" and "body.danger" in said and field != "text.account":
        return field == "body.notice"
    return not (name in SEALED_DETAIL and field.startswith("text."))
