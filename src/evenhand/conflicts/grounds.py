# SPDX-License-Identifier: Apache-2.0
"""Asks the grounds of a rulebook about people and a matter, at an instant, as something was known at an instant.

The same question is asked twice of a past act: as known then (was the rule broken?) and as known today (is it in doubt?).
What comes out is a list of reasons and never a bare yes or no.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal

from evenhand.conflicts.patterns import LARGEST_GROUP, NEVER_WAIVABLE, PATTERNS, SAYS, Asked
from evenhand.rulebook.model import Ground, Role, Rulebook

Query = Callable[[str, Mapping[str, object]], list[tuple[Any, ...]]]
"""Runs one SELECT with named blanks and gives its rows; the caller knows the database."""
Severity = Literal["bar", "declare", "note"]
CHUNK = 200


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One reason: who, on which ground, how grave, on which path of facts. `waiver` is the fact that waives it, if any.

    `status` is potential where a fact of the path is, or where a date is too vague to be sure (`imprecise`).
    """

    person: str
    ground: str
    pattern: str
    severity: Severity
    sentence: str
    facts: tuple[str, ...]
    path: str
    status: Literal["confirmed", "potential"]
    imprecise: bool
    waiver: str | None = None

    @property
    def bars(self) -> bool:
        """Whether it keeps the person from the act now."""
        return self.severity == "bar" and self.status == "confirmed" and self.waiver is None


def conflicts_of(
    query: Query,
    book: Rulebook,
    *,
    persons: Sequence[str],
    matter: str,
    act: str,
    role: str | None,
    at: datetime,
    known: datetime,
    relation: str = "store_fact",
) -> tuple[Conflict, ...]:
    """Every conflict of these people for an act in a matter at `at`, on what was known by `known`.

    In the order of the people, then of the rulebook's grounds. As many `declare` as the rulebook says make a bar (D04).
    """
    found: list[Conflict] = []
    for start in range(0, len(persons), CHUNK):
        some = persons[start : start + CHUNK]
        for ground in book.conflicts.grounds:
            if covers(ground, act, book, role):
                found += _of_ground(query, ground, some, matter, role or "", at, known, relation)
    waived = _waivers(query, persons, matter, at, known, relation)
    found = [_with_waiver(one, waived, query, relation) for one in found]
    place = {person: number for number, person in enumerate(persons)}
    found.sort(key=lambda one: place[one.person])
    return tuple(_with_sums(found, book.conflicts.declares_make_a_bar))


def bar_against(query: Query, book: Rulebook, *, person: str, **asked: Any) -> Conflict | None:
    """The first conflict that keeps one person from an act, or None. The same arguments as `conflicts_of`."""
    return next((one for one in conflicts_of(query, book, persons=[person], **asked) if one.bars), None)


def eligible(query: Query, book: Rulebook, *, pool: Sequence[str], **asked: Any) -> tuple[str, ...]:
    """Who of a pool may do it, in its order. New seats are not given to whoever has to be ruled on first (D02, D03)."""
    found = conflicts_of(query, book, persons=pool, **asked)
    barred = {
        one.person for one in found if one.bars or (one.pattern == "open_complaint" and one.status == "confirmed")
    }
    return tuple(person for person in pool if person not in barred)


def covers(ground: Ground, act: str, book: Rulebook, role: str | None = None) -> bool:
    """Whether a ground is asked about this act: all, or those that the rulebook names."""
    return "all" in ground.acts or act in ground.acts or category(act, book, role) in ground.acts


def category(act: str, book: Rulebook, role: str | None = None) -> str:
    """What kind of act it is for the conflict rules; where the rulebook does not tell, deciding, which is the strictest."""
    if act in ("assign", "see", "advise", "investigate", "chair", "settle", "review", "open", "count", "present"):
        return act
    rules = [one.acts[act] for one in book.books.values() if act in one.acts]
    if any({"consent", "account"} <= set(rule.carries) for rule in rules):
        return "settle"
    held: Role | None = book.roles.get(role or "")
    return "investigate" if held is not None and "fact" in held.says and held.seats == 1 else "decide"


def _of_ground(
    query: Query,
    ground: Ground,
    persons: Sequence[str],
    matter: str,
    role: str,
    at: datetime,
    known: datetime,
    relation: str,
) -> list[Conflict]:
    asked = Asked(
        persons=len(persons), relation=relation, max_distance=min(ground.max_distance or 4, 4), group=_group(ground)
    )
    day = at.astimezone(UTC).date()
    blanks: dict[str, object] = {
        "matter": f"matter:{matter}",
        "ident": matter,
        "role": role,
        "day": day.isoformat(),
        "floor": (_months_before(day, _months(ground.window))).isoformat(),
        "known": text_of(known),
        **{f"p{number}": person for number, person in enumerate(persons)},
    }
    text = PATTERNS[ground.pattern](asked)
    rows = query(text, {name: value for name, value in blanks.items() if f":{name}" in text})
    best: dict[str, tuple[Any, ...]] = {}
    for row in sorted(rows, key=lambda row: (-row[3], row[1])):
        best.setdefault(row[0], row)  # one reason of each ground is enough; a certain one before a potential one
    return [_conflict(ground, row, query, relation) for row in best.values()]


def _conflict(ground: Ground, row: tuple[Any, ...], query: Query, relation: str) -> Conflict:
    person, facts, path, certain = row
    idents = tuple(facts.split(";"))
    severity: Severity = ground.severity
    if severity == "bar" and ground.pattern == "same_group" and _large(query, idents[0], relation):
        severity = "note"
    statuses = [] if certain else _statuses(query, idents, relation)
    return Conflict(
        person=person,
        ground=ground.id,
        pattern=ground.pattern,
        severity=severity,
        sentence=f"The person {SAYS[ground.pattern]} ({path}).",
        facts=idents,
        path=path,
        status="confirmed" if certain else "potential",
        imprecise=not certain and all(status == "confirmed" for status in statuses),
    )


def _large(query: Query, fact: str, relation: str) -> bool:
    text = f"SELECT count(DISTINCT o.a) FROM {relation} f, {relation} o WHERE f.ident = :fact AND o.kind = f.kind AND o.b = f.b"
    return bool(query(text, {"fact": fact})[0][0] > LARGEST_GROUP)


def _statuses(query: Query, idents: Iterable[str], relation: str) -> list[str]:
    blanks = {f"f{number}": ident for number, ident in enumerate(idents)}
    names = ", ".join(f":{name}" for name in blanks)
    return [row[0] for row in query(f"SELECT status FROM {relation} WHERE ident IN ({names})", blanks)]


def _waivers(
    query: Query, persons: Sequence[str], matter: str, at: datetime, known: datetime, relation: str
) -> dict[tuple[str, str], tuple[str, str]]:
    """(person, ground) -> the waiver, and since when it is known."""
    text = (
        f"SELECT w.a, w.source, w.ident, w.known FROM {relation} w WHERE w.kind = 'waived' AND w.b = :matter "
        "AND w.known <= :known AND (w.withdrawn IS NULL OR w.withdrawn > :known) AND w.since_lo <= :day "
        "AND (w.until_lo IS NULL OR w.until_lo > :day)"
    )
    day = at.astimezone(UTC).date().isoformat()
    rows = query(text, {"matter": f"matter:{matter}", "known": text_of(known), "day": day})
    return {(person, ground): (ident, since) for person, ground, ident, since in rows if person in persons}


def _with_waiver(
    one: Conflict, waived: Mapping[tuple[str, str], tuple[str, str]], query: Query, relation: str
) -> Conflict:
    # A waiver answers what was known when it was given: it dies with the first fact of the path that came later.
    found = waived.get((one.person, one.ground))
    if found is None or one.pattern in NEVER_WAIVABLE:
        return one
    blanks = {f"f{number}": ident for number, ident in enumerate(one.facts)}
    names = ", ".join(f":{name}" for name in blanks)
    newest = query(f"SELECT max(known) FROM {relation} WHERE ident IN ({names})", blanks)[0][0]
    return replace(one, waiver=found[0]) if newest <= found[1] else one


def _with_sums(found: list[Conflict], most: int | None) -> list[Conflict]:
    if most is None:
        return found
    summed = list(found)
    for person in dict.fromkeys(one.person for one in found):
        mild = [
            one
            for one in found
            if one.person == person and one.severity == "declare" and not one.waiver and one.status == "confirmed"
        ]
        if len(mild) >= most:
            sentence = (
                f"As many as {len(mild)} grounds that must be declared stand against the person; together they bar."
            )
            facts = tuple(fact for one in mild for fact in one.facts)
            summed.append(
                replace(mild[0], ground="declares_make_a_bar", severity="bar", sentence=sentence, facts=facts)
            )
    return summed


def text_of(at: datetime) -> str:
    """An instant as the relation holds it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _group(ground: Ground) -> str:
    return ground.group if ground.pattern == "same_group" else ""


def _months(window: str) -> int:
    number, _, unit = window.partition(" ")
    return 0 if not window else int(number) * (12 if unit.startswith("year") else 1)


def _months_before(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = 28 if month == 1 else 30  # a day that a month lacks is its last one; a window is not exact to the day
    return date(years, month + 1, min(day.day, last)) if months else day
