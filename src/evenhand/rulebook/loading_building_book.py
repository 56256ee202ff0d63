# SPDX-License-Identifier: Apache-2.0
"""Turns one book as read into the values of `model`."""

from typing import Any

from evenhand.rulebook.loading_shapes import Section
from evenhand.rulebook.model import Act, Book, Clock, Fact, Limit, Requirement, Stage


def book_of(name: str, book: Section) -> Book:
    """The book of this name."""
    return Book(
        id=name,
        title=book.get("title", ""),
        says=book.get("says", ""),
        facts={key: _fact(key, fact) for key, fact in book.get("facts", {}).items()},
        stages={key: _stage(key, stage) for key, stage in book["stages"].items()},
        acts={key: _act(key, act) for key, act in book["acts"].items()},
        limits={key: _limit(key, limit) for key, limit in book.get("limits", {}).items()},
        requirements={key: _requirement(key, found) for key, found in book.get("requirements", {}).items()},
        rules={key: _plain(value) for key, value in book.get("rules", {}).items()},
        line=book.line,
    )


def _names(section: Section, key: str) -> tuple[str, ...]:
    return tuple(str(name) for name in section.get(key, ()))


def _name(section: Section, key: str) -> str | None:
    return str(section[key]) if key in section else None


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_plain(inner) for inner in value)
    return str(value) if isinstance(value, str) else value


def _literal(section: Section, key: str) -> Any:
    return str(section[key])


def _fact(name: str, fact: Section) -> Fact:
    return Fact(
        id=name,
        kind=_literal(fact, "kind"),
        at_start=fact.get("at_start", False),
        says=fact.get("says", ""),
        line=fact.line,
    )


def _stage(name: str, stage: Section) -> Stage:
    clock = stage.get("clock")
    return Stage(
        id=name,
        clock=None if clock is None else Clock(within=clock["within"], then=_names(clock, "then")),
        end=stage.get("end", False),
        handover=stage.get("handover", False),
        clears=_names(stage, "clears"),
        says=stage.get("says", ""),
        line=stage.line,
    )


def _act(name: str, act: Section) -> Act:
    return Act(
        id=name,
        stages=_names(act, "in"),
        to=_name(act, "to"),
        by=_names(act, "by"),
        carries=_names(act, "carries"),
        needs=_names(act, "needs"),
        unless=_names(act, "unless"),
        sets=_names(act, "sets"),
        clears=_names(act, "clears"),
        max=act.get("max"),
        days=act.get("days"),
        adverse=_names(act, "adverse"),
        appeal=_name(act, "appeal"),
        merits=act.get("merits", False),
        measure=act.get("measure", False),
        outcome=act.get("outcome"),
        title=act.get("title", ""),
        says=act.get("says", ""),
        line=act.line,
    )


def _limit(name: str, limit: Section) -> Limit:
    kind = next(key for key in ("within", "exactly", "at_least") if key in limit)
    return Limit(
        id=name,
        start=_names(limit, "from"),
        stop=_names(limit, "to"),
        kind=_literal_kind(kind),
        span=limit[kind],
        then=_name(limit, "then"),
        says=limit.get("says", ""),
        line=limit.line,
    )


def _literal_kind(kind: str) -> Any:
    return kind


def _requirement(name: str, found: Section) -> Requirement:
    return Requirement(
        id=name,
        says=found["says"],
        when=_names(found, "when"),
        must=_names(found, "must"),
        never=_names(found, "never"),
        line=found.line,
    )
