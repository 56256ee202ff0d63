# SPDX-License-Identifier: Apache-2.0
"""Asks the grounds of a rulebook about people and a matter, at an instant, as something was known at an instant.

The same question is asked twice of a past act: as known then (was the rule broken?) and as known today (is it in doubt?).
What comes out is a list of reasons and never a bare yes or no.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from evenhand.conflicts.patterns import CATEGORY, FLOOR, LARGEST_GROUP, NEVER_WAIVABLE, SAYS, Asked, select_of
from evenhand.conflicts.waivers import Moment, Query, Waiver, rulings, waivers
from evenhand.rulebook.model import Ground, Role, Rulebook

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
    paths: tuple[str, ...] = ()
    """The facts of every path of the ground that is as certain: a waiver or a ruling knew of all of them, or it is dead."""
    ruled: str = ""
    """What was ruled on it: everything, no_vote, nothing; empty where nobody has ruled."""

    @property
    def bars(self) -> bool:
        """Whether it keeps the person from the act now."""
        return self.severity == "bar" and self.status == "confirmed" and self.waiver is None

    @property
    def waits(self) -> bool:
        """Whether somebody has to rule on it before the person takes a seat: a mild ground, or one that is only alleged.

        Of a matter elsewhere the person may not know, so a ground without a category is never shown and never waits.
        """
        if self.severity == "note" or self.waiver is not None or self.ruled or self.pattern not in CATEGORY:
            return False
        return self.severity == "declare" or self.status == "potential"

    @property
    def silences(self) -> bool:
        """Whether somebody who sits already has no act and no vote until it is ruled on (D03); an allegation has no such power."""
        return self.waits and self.status == "confirmed"

    @property
    def category(self) -> str:
        """What may be told of it; empty where nothing may."""
        return CATEGORY.get(self.pattern, "")


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
    day = at.astimezone(ZoneInfo(book.calendar.zone)).date()  # facts are dated by the rulebook's days
    grounds = [ground for ground in book.conflicts.grounds if covers(ground, act, book, role)]
    for start in range(0, len(persons), CHUNK):
        some = persons[start : start + CHUNK]
        found += _of_grounds(query, grounds, some, matter, role or "", day, known, relation)
    moment = Moment(matter=matter, at=text_of(at), known=text_of(known), day=day.isoformat())
    asked = frozenset((act, category(act, book, role)))
    waived = waivers(query, moment, relation) if found else {}
    ruled = rulings(query, moment, relation) if found else {}
    found = [_answered(one, asked, waived, ruled, query, relation) for one in found]
    place = {person: number for number, person in enumerate(persons)}
    found.sort(key=lambda one: place[one.person])
    return tuple(_with_sums(found, book.conflicts.declares_make_a_bar))


def bar_against(query: Query, book: Rulebook, *, person: str, **asked: Any) -> Conflict | None:
    """The first conflict that keeps one person from an act, or None. The same arguments as `conflicts_of`."""
    return next((one for one in conflicts_of(query, book, persons=[person], **asked) if one.bars), None)


def eligible(query: Query, book: Rulebook, *, pool: Sequence[str], **asked: Any) -> tuple[str, ...]:
    """Who of a pool may do it, in its order. Whoever is complained about and does not know of it gets no new seat (D02)."""
    return unbarred(pool, conflicts_of(query, book, persons=pool, **asked))


def unbarred(pool: Sequence[str], found: Iterable[Conflict]) -> tuple[str, ...]:
    """Who of a pool is left, in its order, by the conflicts that were found."""
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


def _of_grounds(
    query: Query,
    grounds: Sequence[Ground],
    persons: Sequence[str],
    matter: str,
    role: str,
    day: date,
    known: datetime,
    relation: str,
) -> list[Conflict]:
    """What stands on each of these grounds, asked in one SELECT: the database is asked of most people, and finds nothing."""
    if not grounds:
        return []
    # The text is kept by the number of people: a few sizes, filled up with one who is asked about anyway.
    asked = [*persons, *[persons[-1]] * ((1 << (len(persons) - 1).bit_length()) - len(persons))]
    patterns = tuple(
        (
            ground.pattern,
            Asked(
                persons=len(asked), relation=relation, max_distance=min(ground.max_distance or 4, 4),
                group=group_of(ground), window=months_of(ground), ground=number,
            ),
        )
        for number, ground in enumerate(grounds)
    )  # fmt: skip
    blanks: dict[str, object] = {
        "matter": f"matter:{matter}",
        "ident": matter,
        "role": role,
        "day": day.isoformat(),
        "known": text_of(known),
        **{f"p{number}": person for number, person in enumerate(asked)},
        **{f"{FLOOR}{one.window}": months_before(day, one.window).isoformat() for _, one in patterns},
    }
    text, named = select_of(patterns)
    rows: list[list[tuple[Any, ...]]] = [[] for _ in grounds]
    for number, *row in query(text, {name: value for name, value in blanks.items() if name in named}):
        rows[number].append(tuple(row))
    return [
        one for ground, some in zip(grounds, rows, strict=True) for one in _of_ground(query, ground, some, relation)
    ]


def _of_ground(query: Query, ground: Ground, rows: Sequence[tuple[Any, ...]], relation: str) -> list[Conflict]:
    best: dict[str, tuple[Any, ...]] = {}
    paths: dict[str, set[str]] = {}
    for row in sorted(rows, key=lambda row: (-row[3], row[1])):
        # One reason of each ground is enough; a certain one before a potential one.
        if best.setdefault(row[0], row)[3] == row[3]:
            paths.setdefault(row[0], set()).update(row[1].split(";"))
    return [
        replace(_conflict(ground, row, query, relation), paths=tuple(sorted(paths[person])))
        for person, row in best.items()
    ]


def _conflict(ground: Ground, row: tuple[Any, ...], query: Query, relation: str) -> Conflict:
    person, facts, path, certain = row
    idents = tuple(facts.split(";"))
    severity: Severity = ground.severity
    if severity == "bar" and ground.pattern == "same_group" and _large(query, idents[0], relation):
        severity = "note"
    if ground.pattern == "prejudged" and certain and severity == "declare":
        severity = "bar"  # only a ruling by the judge of challenges confirms such a fact (M02)
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


def _answered(
    one: Conflict,
    asked: frozenset[str],
    waived: Mapping[tuple[str, str], list[Waiver]],
    ruled: Mapping[str, tuple[str, str]],
    query: Query,
    relation: str,
) -> Conflict:
    # Both answer what was known when they were given: they die with the first fact of the path that came later.
    given, ruling = waived.get((one.person, one.ground), ()), ruled.get(one.person)
    if not given and ruling is None:
        return one
    blanks = {f"f{number}": ident for number, ident in enumerate(one.paths)}
    names = ", ".join(f":{name}" for name in blanks)
    newest = query(f"SELECT max(known) FROM {relation} WHERE ident IN ({names})", blanks)[0][0]
    if one.pattern not in NEVER_WAIVABLE:
        waiver = next((each for each in given if newest <= each.known and each.covers(asked)), None)
        one = replace(one, waiver=None if waiver is None else waiver.ident)
    if ruling is not None and newest <= ruling[1] and (one.severity == "declare" or one.status == "potential"):
        one = replace(one, ruled=ruling[0])
    return one


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
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def group_of(ground: Ground) -> str:
    """The kind of group that a ground asks about, or an empty text."""
    return ground.group if ground.pattern == "same_group" else ""


def months_of(ground: Ground) -> int:
    """The months before the day within which a fact still counts for a ground."""
    window = ground.window
    number, _, unit = window.partition(" ")
    return 0 if not window else int(number) * (12 if unit.startswith("year") else 1)


def months_before(day: date, months: int) -> date:
    """The day so many months before another."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = 28 if month == 1 else 30  # a day that a month lacks is its last one; a window is not exact to the day
    return date(years, month + 1, min(day.day, last)) if months else day
