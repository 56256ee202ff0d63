# SPDX-License-Identifier: Apache-2.0
"""Reads the registers of an organisation from CSV files (M16), and what was open before (M12).

A file is read whole before anything is entered; what is wrong is told with file, line and what to do. What the files say
is compared with the register in `comparing`, and only what changed is entered.
"""

import csv
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from evenhand.conflicts.facts import bounds
from evenhand.letters.languages import LANGUAGES
from evenhand.procedure.before_the_record import references
from evenhand.procedure.comparing import Counts, enter_changes
from evenhand.procedure.pen import Pen
from evenhand.store import models
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
WITHDRAWN = ("yes", "no", "")


class Misread(Trouble):
    """A register cannot be read; says in which file and line, and what to do."""


@dataclass(frozen=True)
class Registers:
    """What was read, and nothing entered yet. A row has only the columns that its file has, and its `line`."""

    members: tuple[Row, ...] = ()
    offices: tuple[Row, ...] = ()
    ties: tuple[Row, ...] = ()
    before: tuple[Row, ...] = ()


def read_registers(
    members: Path | None,
    offices: Path | None,
    ties: Path | None,
    before: Path | None,
    *,
    named: Collection[str] = (),
    known: Callable[[str], bool] = lambda number: False,
    began: str = "",
) -> Registers:
    """Reads every file that is given. `Misread` names the first line that cannot be used.

    `named` are the offices that some role of the rulebook draws on; where it is empty, any is taken. `known` says of a number
    whether it stands in the register already, beside those of the file of members. `began` is the day on which the record
    began: what was received later was never open before it.
    """
    read = Registers(
        members=tuple(_rows(members, ("number", "name"), ("address", "since", "until", "language"), ("number",))),
        offices=tuple(
            _rows(offices, ("number", "office", "since"), ("until", "withdrawn"), ("number", "office", "since"))
        ),
        ties=tuple(
            _rows(
                ties, ("number", "kind", "with", "since"), ("until", "withdrawn"), ("number", "kind", "with", "since")
            )
        ),
        before=tuple(_rows(before, ("reference", "received", "what", "source"), (), ("reference",))),
    )
    of_file = {row["number"] for row in read.members}

    def stands(number: str) -> bool:
        return number in of_file or known(number)

    for path, rows in ((offices, read.offices), (ties, read.ties)):
        for row in rows:
            _is_known(path, row, row["number"], stands)
    for row in read.before:
        if began and bounds(row["received"])[0] > began:
            raise Misread(
                f"{before}, line {row['line']}: it was received on {row['received']}, and this record began on {began}; "
                "enter it as a complaint."
            )
    for row in read.offices:
        if named and row["office"] not in named:
            raise Misread(
                f"{offices}, line {row['line']}: no role of the rulebook draws on an office {row['office']!r}; "
                f"it names: {', '.join(sorted(named))}."
            )
    for row in read.members:
        if row.get("language", "") not in ("", *LANGUAGES):
            raise Misread(
                f"{members}, line {row['line']}: letters cannot be written in {row['language']!r}; "
                f"take one of {', '.join(LANGUAGES)}, or leave it empty."
            )
    for row in read.ties:
        if row["kind"] not in TIES:
            raise Misread(f"{ties}, line {row['line']}: the kind is {row['kind']!r}; take one of {', '.join(TIES)}.")
        if not TIES[row["kind"]]:
            _is_known(ties, row, row["with"], stands)
            if row["with"] == row["number"]:
                raise Misread(f"{ties}, line {row['line']}: nobody has a tie with themselves; take the line out.")
    return read


def _is_known(path: Path | None, row: Row, number: str, stands: Callable[[str], bool]) -> None:
    if not stands(number):
        raise Misread(f"{path}, line {row['line']}: no member has the number {number!r}; add them to --members.")


def _rows(
    path: Path | None, needed: tuple[str, ...], optional: tuple[str, ...], key: tuple[str, ...]
) -> Iterator[dict[str, str]]:
    if path is None:
        return
    seen: set[tuple[str, ...]] = set()
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Misread(f"{path} is not UTF-8; save it again in that encoding.") from None
    reader = csv.DictReader(text.splitlines())
    names = reader.fieldnames or ()
    missing = [name for name in needed if name not in names]
    if missing:
        raise Misread(f"{path} has no column {missing[0]!r}; its first line names {', '.join((*needed, *optional))}.")
    columns = [name for name in (*needed, *optional) if name in names]
    for line, row in enumerate(reader, 2):
        if None in row:
            raise Misread(
                f"{path}, line {line}: there is more in it than the first line names; quote what holds a comma."
            )
        found = {name: (row.get(name) or "").strip() for name in columns} | {"line": str(line)}
        _checked(path, line, found, needed)
        mine = tuple(found[name] for name in key)
        if mine in seen:
            what = " ".join(mine[1:])
            raise Misread(
                f"{path}, line {line}: the {key[0]} {mine[0]!r} stands twice{f' with {what}' if what else ''}."
            )
        seen.add(mine)
        yield found


def _checked(path: Path, line: int, found: dict[str, str], needed: tuple[str, ...]) -> None:
    for name in needed:
        if not found[name]:
            raise Misread(f"{path}, line {line}: {name} is empty.")
    if found.get("withdrawn", "") not in WITHDRAWN:
        raise Misread(f"{path}, line {line}: withdrawn is {found['withdrawn']!r}; write yes, or leave it empty.")
    days = {}
    for name in ("since", "until", "received"):
        if found.get(name):
            try:
                days[name] = bounds(found[name])
            except ValueError as error:
                raise Misread(f"{path}, line {line}: {error}") from None
    if {"since", "until"} <= days.keys() and days["until"][1] < days["since"][0]:
        raise Misread(f"{path}, line {line}: it ends on {found['until']}, before it begins on {found['since']}.")


@transaction.atomic
def _enter(organisation: Organisation, registers: Registers, at: datetime, chance: Chance) -> Counts:
    pen = Pen(organisation, at.astimezone(UTC), chance)
    counts = enter_changes(pen, registers.members, registers.offices, registers.ties, TIES)
    _enter_before(pen, registers.before, counts)
    return counts


def _enter_before(pen: Pen, rows: tuple[Row, ...], counts: Counts) -> None:
    """Enters what was open before this record began, each reference once (M12)."""
    known = references(pen.organisation) if rows else ()
    for row in rows:
        if row["reference"] in known:
            continue
        counts.before += 1
        counts.told.append(f"Open before the record: {row['reference']}.")
        fields = {
            "body.opens": {"kind": "discipline", "before": True, "raised": "before the record"},
            "body.before": {"received": row["received"], "source": row["source"]},
            "text.reference": row["reference"],
            "text.what": row["what"],
        }
        pen.note(pen.open(), "matter_imported", fields)


def in_register(organisation: Organisation) -> Callable[[str], bool]:
    """Says of a number whether somebody in the register has it."""
    numbers = set(models.Person.objects.exclude(number="").values_list("number", flat=True))
    return lambda number: organisation.keyring.index(number) in numbers


def import_into(organisation: Organisation, registers: Registers, *, at: datetime, chance: Chance) -> dict[str, int]:
    """Enters what was read, all or nothing, and seals it; how many of each."""
    counts = _enter(organisation, registers, at, chance)
    seal(organisation)
    return {
        "members": counts.people,
        "offices": counts.terms,
        "ties": counts.ties,
        "matters from before": counts.before,
    }


def keep_in_step(
    organisation: Organisation,
    registers: Registers,
    *,
    at: datetime,
    chance: Chance,
    withdraw: bool = False,
    dry: bool = False,
) -> Counts:
    """Enters what changed, all or nothing, and seals it; what is put in doubt by it is listed in the same transaction.

    With `withdraw`, facts that came from a register and stand in its file no more are withdrawn: they were never true.
    `dry` does all of it and takes it back, so that what it tells is what would be entered.
    """
    with transaction.atomic():
        pen = Pen(organisation, at.astimezone(UTC), chance)
        counts = enter_changes(
            pen, registers.members, registers.offices, registers.ties, TIES, withdraw=withdraw, consequences=True
        )
        _enter_before(pen, registers.before, counts)
        if dry:
            transaction.set_rollback(True)
    if not dry:
        seal(organisation)
    return counts
