# SPDX-License-Identifier: Apache-2.0
"""Turns what was read into the values of `model`: plain strings, tuples in the order of the text, lines kept."""

from collections.abc import Mapping
from typing import Any

from evenhand.rulebook.loading_building_book import book_of
from evenhand.rulebook.loading_shapes import Section
from evenhand.rulebook.model import (
    CalendarRule,
    Clause,
    Conflicts,
    Ground,
    Letter,
    Promises,
    Role,
    Rulebook,
    Sanction,
)


def names(value: Any) -> tuple[str, ...]:
    """Names without their lines."""
    return tuple(str(name) for name in value)


def name_or_none(value: Any) -> str | None:
    """A name without its line, if there is one."""
    return None if value is None else str(value)


def rulebook_of(whole: Section, *, source: str, digest: str) -> Rulebook:
    """The rulebook of a text that was read and whose names were checked; `source` is the file it was read from."""
    head, apart = whole["rulebook"], whole.get("apart", ())
    return Rulebook(
        id=head["id"],
        title=head.get("title", ""),
        version=head["version"],
        adopted=head.get("adopted"),
        in_force=head.get("in_force"),
        replaces=head.get("replaces"),
        applies=dict(whole.get("applies", {})),
        calendar=_calendar(whole["calendar"]),
        code={name: _clause(name, clause) for name, clause in whole.get("code", {}).items()},
        sanctions={name: _sanction(name, sanction) for name, sanction in whole.get("sanctions", {}).items()},
        roles={name: _role(name, role) for name, role in whole["roles"].items()},
        apart=tuple(names(group) for group in apart),
        apart_lines=tuple(group[0].line for group in apart),
        conflicts=_conflicts(whole.get("conflicts", Section(0))),
        promises=Promises(**whole.get("promises", {})),
        books={name: book_of(name, book) for name, book in whole["books"].items()},
        publication=whole.get("publication", {}),
        retention=whole.get("retention", {}),
        monitor=whole.get("monitor", {}),
        texts={name: _letter(name, letter) for name, letter in whole.get("texts", {}).items()},
        source=source,
        digest=digest,
    )


def _calendar(calendar: Section) -> CalendarRule:
    rule: dict[str, Any] = {key: calendar[key] for key in ("zone", "holidays", "service") if key in calendar}
    if "weekend" in calendar:
        rule["weekend"] = names(calendar["weekend"])
    counting = calendar.get("counting", {})
    if "day_one" in counting:
        rule["day_one"] = str(counting["day_one"])
    return CalendarRule(**rule, **{key: counting[key] for key in ("ends", "roll") if key in counting})


def _clause(name: str, clause: Section) -> Clause:
    return Clause(
        id=name,
        text=clause["text"],
        examples=clause.get("examples", ()),
        sanctions=names(clause.get("sanctions", ())),
        line=clause.line,
    )


def _sanction(name: str, sanction: Section) -> Sanction:
    own = ("rank", "max", "needs")
    return Sanction(
        id=name,
        rank=sanction["rank"],
        max=sanction.get("max", ""),
        needs=sanction.get("needs"),
        extra={key: value for key, value in sanction.items() if key not in own},
        line=sanction.line,
    )


def _role(name: str, role: Section) -> Role:
    same = ("seats", "majority", "chosen", "external", "share", "turnout", "term", "says")
    return Role(
        id=name,
        kind=_literal(role.get("kind", "person")),
        side=_literal(role.get("side")),
        groups=dict(role.get("pool", {})),
        substitutes=name_or_none(role.get("substitutes")),
        line=role.line,
        **{key: role[key] for key in same if key in role},
    )


def _literal(value: Any) -> Any:
    return name_or_none(value)


def _ground(ground: Section) -> Ground:
    return Ground(
        id=str(ground["id"]),
        pattern=str(ground["pattern"]),
        severity=_literal(ground["severity"]),
        acts=names(ground.get("for", ("all",))),
        waivable_by=name_or_none(ground.get("waivable_by")),
        window=ground.get("window", ""),
        max_distance=ground.get("max_distance"),
        group=str(ground.get("group", "")),
        line=ground.line,
    )


def _conflicts(conflicts: Section) -> Conflicts:
    challenge: Mapping[str, Any] = conflicts.get("challenge", {})
    return Conflicts(
        grounds=tuple(_ground(ground) for ground in conflicts.get("grounds", ())),
        applies_to=names(conflicts.get("applies_to", ())),
        challenge_by=names(challenge.get("by", ())),
        challenge_decided_by=name_or_none(challenge.get("decided_by")),
        challenge_within=challenge.get("within"),
        challenge_meanwhile=challenge.get("meanwhile", ""),
        whole_body=name_or_none(conflicts.get("whole_body")),
        declare=conflicts.get("declare", {}),
        declares_make_a_bar=conflicts.get("declares_make_a_bar"),
        reveal=str(conflicts.get("reveal", "never")),
        line=conflicts.line,
    )


def _letter(name: str, letter: Section) -> Letter:
    return Letter(
        id=name,
        acts=names(letter["acts"]),
        to=names(letter["to"]),
        subject=letter["subject"],
        body=letter["body"],
        line=letter.line,
    )
