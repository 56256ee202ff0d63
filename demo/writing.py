# SPDX-License-Identifier: Apache-2.0
"""Writes the invented history as a foreign system would export it: four CSV files, some lines damaged on purpose."""

import csv
from pathlib import Path
from random import Random

from demo.cases import Case, World
from demo.faults import Planted
from demo.members import Member


def write_source(folder: Path, world: World, cases: list[Case], chance: Random) -> list[Planted]:
    """Write complaints.csv, acts.csv, answers.csv and members.csv; returns the faults planted in single lines."""
    folder.mkdir(parents=True, exist_ok=True)
    complaints = [_complaint(case) for case in cases]
    broken = chance.sample(range(len(complaints)), 10)
    unread = sorted(broken[:4])
    for place in unread:
        complaints[place][2] = "31/02/2023"
    doubled = sorted(broken[4:7])
    complaints += [list(complaints[place]) for place in doubled]
    _write(folder / "complaints.csv", ("case", "received", "closed", "channel", "severity", "complainant"), complaints)
    _write(folder / "acts.csv", ("case", "seq", "act", "at", "actor", "role"), _acts(world, cases))
    _write(
        folder / "answers.csv",
        ("case", "member", "clause", "recommended", "finding", "sanction", "reasons"),
        [
            (case.id, answer.person, case.clause, answer.recommended, answer.finding, answer.sanction, answer.reasons)
            for case in cases
            for answer in case.answers
        ],
    )
    _write(folder / "members.csv", ("member", "branch", "slate", "joined", "office"), _members(world.members))
    ids = [case.id for case in cases]
    return [
        Planted("unread_date", "The day it ended does not exist.", "doubtful", tuple(ids[place] for place in unread)),
        Planted(
            "doubled", "The complaint stands twice in the file.", "doubtful", tuple(ids[place] for place in doubled)
        ),
    ]


def _complaint(case: Case) -> list[object]:
    closed = case.course.closed
    return [
        case.id,
        case.received.isoformat(),
        closed.isoformat() if closed else "",
        case.channel,
        case.severity,
        case.complainant,
    ]


def _acts(world: World, cases: list[Case]) -> list[tuple[object, ...]]:
    roles, rows = world.book.rulebook.roles, list[tuple[object, ...]]()
    for case in cases:
        for place, done in enumerate(case.course.acts):
            role = roles.get(done.role)
            if role is None or role.kind == "machine":
                actor = ""
            elif role.kind == "party":
                actor = case.respondent if role.side == "respondent" else case.complainant
            else:
                actor = case.actors.get(place, case.seats.get(done.role, ""))
            rows.append(
                (case.id, place + 1, done.act, done.at.isoformat(sep=" ", timespec="minutes"), actor, done.role)
            )
    return rows


def _members(members: list[Member]) -> list[tuple[object, ...]]:
    return [(member.id, member.branch, member.slate, member.joined, member.office) for member in members]


def _write(path: Path, head: tuple[str, ...], rows: list[tuple[object, ...]] | list[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head)
        out.writerows(["" if value is None else value for value in row] for row in rows)
