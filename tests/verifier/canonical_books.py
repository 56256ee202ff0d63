# SPDX-License-Identifier: Apache-2.0
"""A rulebook of the model in the shape of its canonical JSON, for random books that have no text."""

from typing import Any

from evenhand.rulebook.model import Book, Limit, Rulebook, Span


def span(value: Span) -> str:
    """As in 20wd."""
    return f"{value.n}{value.unit}"


def without_defaults(values: dict[str, Any]) -> dict[str, Any]:
    """Defaults are no part of it."""
    return {name: value for name, value in values.items() if value not in (None, False, [], {})}


def limit_of(limit: Limit) -> dict[str, Any]:
    """One limit."""
    said = {"from": list(limit.start), "to": list(limit.stop), limit.kind: span(limit.span), "then": limit.then}
    return without_defaults(said)


def book_of(book: Book) -> dict[str, Any]:
    """One book."""
    stages = [
        without_defaults(
            {
                "id": stage.id,
                "clock": {"within": span(stage.clock.within), "then": list(stage.clock.then)} if stage.clock else None,
                "end": stage.end,
                "clears": list(stage.clears),
            }
        )
        for stage in book.stages.values()
    ]
    acts = [
        without_defaults(
            {
                "id": act.id, "in": list(act.stages), "to": act.to, "by": list(act.by), "needs": list(act.needs),
                "unless": list(act.unless), "sets": list(act.sets), "clears": list(act.clears), "max": act.max,
                "days": span(act.days) if act.days else None, "carries": list(act.carries),
            }
        )
        for act in book.acts.values()
    ]  # fmt: skip
    facts = [
        without_defaults({"id": fact.id, "kind": fact.kind, "at_start": fact.at_start}) for fact in book.facts.values()
    ]
    limits = {limit.id: limit_of(limit) for limit in book.limits.values()}
    return without_defaults({"facts": facts, "stages": stages, "acts": acts, "limits": limits})


def canonical_of(rulebook: Rulebook) -> dict[str, Any]:
    """The whole, as far as a walker reads it."""
    rule = rulebook.calendar
    return {
        "language": 1,
        "calendar": {
            "zone": rule.zone,
            "weekend": list(rule.weekend),
            "holidays": [day.isoformat() for day in rule.holidays],
            "counting": {"day_one": rule.day_one, "ends": rule.ends, "roll": rule.roll},
            "service": {name: span(value) for name, value in rule.service.items()},
        },
        "roles": {role.id: {"kind": role.kind} for role in rulebook.roles.values()},
        "books": {name: book_of(book) for name, book in rulebook.books.items()},
    }
