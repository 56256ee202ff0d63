# SPDX-License-Identifier: Apache-2.0
"""Reads the registers of an organisation from CSV files and enters them (M16), and what was open before (M12).

A file is read whole before anything is entered; what is wrong is told with file, line and what to do.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from evenhand.conflicts.facts import bounds
from evenhand.procedure.pen import Pen
from evenhand.procedure.registering import MEMBER, Newcomer, fact, record_facts, record_newcomer
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal
from evenhand.store.trouble import Trouble

TIES = {
    "slate": "slate:",
    "branch": "branch:",
    "employed_by": "employer:",
    "reports_to": "",
    "family": "",
    "business": "",
}
"""Kinds of ties, and what stands before the name of the other end; without that, it is a member's number."""
Row = Mapping[str, str]


class Misread(Trouble):
    """A register cannot be read; says in which file and line, and what to do."""


@dataclass(frozen=True)
class Registers:
    """What was read, and nothing entered yet."""

    members: tuple[Row, ...] = ()
    offices: tuple[Row, ...] = ()
    ties: tuple[Row, ...] = ()
    before: tuple[Row, ...] = ()


def read_registers(members: Path | None, offices: Path | None, ties: Path | None, before: Path | None) -> Registers:
    """Reads every file that is named. `Misread` names the first line that cannot be used."""
    read = Registers(
        members=tuple(_rows(members, ("number", "name"), ("address", "since", "until"))),
        offices=tuple(_rows(offices, ("number", "office", "since"), ("until",))),
        ties=tuple(_rows(ties, ("number", "kind", "with", "since"), ("until",))),
        before=tuple(_rows(before, ("reference", "received", "what", "source"), ())),
    )
    known = {row["number"] for row in read.members}
    for path, rows in ((offices, read.offices), (ties, read.ties)):
        for row in rows:
            if row["number"] not in known:
                raise Misread(
                    f"{path}, line {row['line']}: no member has the number {row['number']!r}; add them to --members."
                )
    for row in read.ties:
        if row["kind"] not in TIES:
            raise Misread(f"{ties}, line {row['line']}: the kind is {row['kind']!r}; take one of {', '.join(TIES)}.")
        if not TIES[row["kind"]] and row["with"] not in known:
            raise Misread(f"{ties}, line {row['line']}: no member has the number {row['with']!r}.")
    return read


def _rows(path: Path | None, needed: tuple[str, ...], optional: tuple[str, ...]) -> Iterator[Row]:
    if path is None:
        return
    seen: set[str] = set()
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Misread(f"{path} is not UTF-8; save it again in that encoding.") from None
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        raise Misread(f"{path} has no column {missing[0]!r}; its first line names {', '.join((*needed, *optional))}.")
    for line, row in enumerate(reader, 2):
        found = {name: (row.get(name) or "").strip() for name in (*needed, *optional)} | {"line": str(line)}
        for name in needed:
            if not found[name]:
                raise Misread(f"{path}, line {line}: {name} is empty.")
        for name in ("since", "until", "received"):
            if found.get(name):
                try:
                    bounds(found[name])
                except ValueError as error:
                    raise Misread(f"{path}, line {line}: {error}") from None
        if needed == ("number", "name"):
            if found["number"] in seen:
                raise Misread(f"{path}, line {line}: the number {found['number']!r} stands twice.")
            seen.add(found["number"])
        yield found


@transaction.atomic
def _enter(organisation: Organisation, registers: Registers, at: datetime, chance: Chance) -> dict[str, int]:
    pen = Pen(organisation, at.astimezone(UTC), chance)
    handles: dict[str, str] = {}
    for row in registers.members:
        about = {name: row.get(name, "") for name in ("number", "name", "address", "since", "until")}
        handles[row["number"]] = record_newcomer(pen, Newcomer(kind=MEMBER, **about))
    facts: dict[str, list[dict[str, str]]] = {}
    for row in registers.offices:
        facts.setdefault(row["number"], []).append(
            fact(
                pen, kind="holds", a=handles[row["number"]], b=f"office:{row['office']}", since=row["since"],
                until=row.get("until", ""), source="register of offices",
            )
        )  # fmt: skip
    for row in registers.ties:
        other = f"{TIES[row['kind']]}{row['with']}" if TIES[row["kind"]] else handles[row["with"]]
        facts.setdefault(row["number"], []).append(
            fact(
                pen, kind=row["kind"], a=handles[row["number"]], b=other, since=row["since"],
                until=row.get("until", ""), source="register",
            )
        )  # fmt: skip
    for number, those in facts.items():
        record_facts(pen, handles[number], those)
    for row in registers.before:
        opens = {"kind": "discipline", "before": True, "raised": "before the record"}
        known = {"received": row["received"], "source": row["source"]}
        fields = {
            "body.opens": opens,
            "body.before": known,
            "text.reference": row["reference"],
            "text.what": row["what"],
        }
        pen.note(pen.open(), "matter_imported", fields)
    return {
        "members": len(registers.members),
        "offices": len(registers.offices),
        "ties": len(registers.ties),
        "matters from before": len(registers.before),
    }


def import_into(organisation: Organisation, registers: Registers, *, at: datetime, chance: Chance) -> dict[str, int]:
    """Enters what was read, all or nothing, and seals it; how many of each."""
    counts = _enter(organisation, registers, at, chance)
    seal(organisation)
    return counts
