# SPDX-License-Identifier: Apache-2.0
"""Which seats of one person a ground bars them from seeing, all at once: what a list and its count leave out (D01).

It is the same as asking `grounds.bar_against` of each seat, in two statements however many seats there are. The first asks
which kinds of facts there are about the person at all: for most people hardly any, and then nothing else is asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from evenhand.conflicts.facts import PARTIES
from evenhand.conflicts.grounds import covers, group_of, months_before, months_of, text_of
from evenhand.conflicts.patterns import FLOOR, LARGEST_GROUP, NEVER_WAIVABLE, PATTERNS, SEAT, Asked
from evenhand.conflicts.waivers import OF_ACTS, Query
from evenhand.rulebook.model import Ground, Rulebook

MIXED = "mixed"
RELATED = ("family", "business", "employed_by")
NEEDS: dict[str, tuple[str, ...]] = {
    "party": (*PARTIES, "companion", *RELATED, *(f"<{kind}" for kind in RELATED)),
    "witness": ("witness",),
    "present": ("present_at",),
    "open_case": ("respondent",),
    "open_complaint": ("respondent",),
    "earlier": (MIXED,),
    "below": (MIXED,),
    "reports_to": ("reports_to", "appointed_by"),
    "employer": ("employed_by",),
    "approached": ("outside_contact",),
    "spoke": ("public_statement",),
    "prejudged": ("prejudged",),
    "branch": ("branch",),
    "cosigned": ("signed",),
    "declared": ("declared",),
}
"""Without one of these facts about a person (`<`: of which they are the other end) a pattern finds nothing against them."""
Hit = tuple[str, str, str, str, int]
"""Seat (empty: every seat elsewhere), matter, facts of the path, since when each is known, size of the group."""


@dataclass(frozen=True)
class Standing:
    """What the facts say of one person in general: which kinds there are, their offices, waivers, where they stand aside."""

    has: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    waivers: tuple[tuple[str, str, str], ...] = ()
    """Matter, the ground and the acts, known since when."""
    asides: tuple[tuple[str, str, str, int], ...] = ()
    """Office, since, until, the entry that says so."""


@dataclass(frozen=True)
class Shut:
    """Which seats are not seen: those named, and where `but` is not None, all besides those in the matters of `but`."""

    seats: frozenset[str] = frozenset()
    but: frozenset[str] | None = None


def standing_of(query: Query, rules: Rulebook, person: str, *, at: datetime, offices: Iterable[str]) -> Standing:
    """What is known of a person in general at an instant; `offices` are the ends of facts that hold one. One statement."""
    wanted = {need for ground in rules.conflicts.grounds for need in _needs(ground)} - {MIXED}
    blanks: dict[str, object] = {"person": person, "known": text_of(at)}
    blanks["day"] = at.astimezone(UTC).date().isoformat()
    blanks["zoned"] = at.astimezone(ZoneInfo(rules.calendar.zone)).date().isoformat()
    ends = {f"o{number}": name for number, name in enumerate(sorted(set(offices)))}
    runs = "x.a = :person AND x.since_hi <= :day AND x.withdrawn IS NULL AND (x.until_lo IS NULL OR x.until_lo > :day)"
    fact = "FROM store_fact x WHERE"
    parts = [
        f"SELECT DISTINCT 'has', x.kind, '', '', 0 {fact} x.a = :person AND x.kind IN ({_listed(wanted, '')})",
        f"SELECT DISTINCT 'has', '<' || x.kind, '', '', 0 {fact} x.b = :person AND x.kind IN ({_listed(wanted, '<')})",
        f"SELECT DISTINCT 'has', '{MIXED}', '', '', 0 FROM {SEAT} s WHERE s.person = :person AND s.mixed",
        f"SELECT 'waived', x.b, x.source, x.known, 0 {fact} x.kind = 'waived' AND x.a = :person AND x.known <= :known "
        "AND (x.withdrawn IS NULL OR x.withdrawn > :known) AND (x.until_lo IS NULL OR x.until_lo > :zoned)",
        f"SELECT 'aside', x.b, x.since_lo, x.until_lo, x.entry {fact} x.kind = 'aside' AND {runs}",
    ]
    if ends:
        names = ", ".join(f":{name}" for name in ends)
        held = f"x.kind = 'holds' AND x.b IN ({names}) AND x.status = 'confirmed' AND {runs}"
        parts.append(f"SELECT 'office', x.b, '', '', 0 {fact} {held}")
    rows = query(" UNION ALL ".join(parts), blanks | ends)
    return Standing(
        has=frozenset(row[1] for row in rows if row[0] == "has"),
        offices=frozenset(row[1] for row in rows if row[0] == "office"),
        waivers=tuple((row[1].partition(":")[2], row[2], row[3]) for row in rows if row[0] == "waived"),
        asides=tuple(sorted((row[1], row[2], row[3] or "", row[4]) for row in rows if row[0] == "aside")),
    )


def _listed(wanted: Iterable[str], before: str) -> str:
    kinds = sorted(one.removeprefix(before) for one in wanted if one.startswith("<") == bool(before))
    return ", ".join(f"'{kind}'" for kind in kinds) or "''"


def _needs(ground: Ground) -> tuple[str, ...]:
    if ground.pattern == "same_group":
        return (group_of(ground), "<nominated_by") if group_of(ground) == "slate" else (group_of(ground),)
    return NEEDS[ground.pattern]


def shut_seats(
    query: Query, rules: Rulebook, person: str, *, act: str, at: datetime, standing: Standing, roles: Sequence[str]
) -> Shut:
    """The seats of a person from whose matter they are barred for an act, as it is known at `at`; at most one statement.

    `roles` are all that a seat can have.
    """
    asked = [
        (number, ground)
        for number, ground in enumerate(rules.conflicts.grounds)
        if ground.severity != "note" and covers(ground, act, rules) and standing.has.intersection(_needs(ground))
    ]
    if not asked:
        return Shut()
    day = at.astimezone(ZoneInfo(rules.calendar.zone)).date()
    blanks: dict[str, object] = {"p0": person, "day": day.isoformat(), "known": text_of(at)}
    windows = {months_of(ground) for _, ground in asked}
    blanks |= {f"{FLOOR}{window}": months_before(day, window).isoformat() for window in windows}
    named = {f"r{number}": role for number, role in enumerate(sorted(roles))}
    text = " UNION ALL ".join(_text(number, ground, tuple(named)) for number, ground in asked)
    blanks |= named
    grounds = dict(asked)
    here: dict[str, dict[int, list[Hit]]] = {}
    away: dict[int, dict[str, list[Hit]]] = {}
    for number, *row in query(text, {name: value for name, value in blanks.items() if f":{name}" in text}):
        hit: Hit = (row[0], row[1], row[2], row[3], row[4])
        if hit[0]:
            here.setdefault(hit[0], {}).setdefault(number, []).append(hit)
        else:
            away.setdefault(number, {}).setdefault(hit[1], []).append(hit)
    return _weighed(rules, act, grounds, here, away, standing)


def _text(number: int, ground: Ground, roles: tuple[str, ...]) -> str:
    far, group, window = min(ground.max_distance or 4, 4), group_of(ground), months_of(ground)
    asked = Asked(persons=1, max_distance=far, group=group, window=window, ground=number, roles=roles)
    return PATTERNS[ground.pattern](asked)


def _weighed(
    rules: Rulebook,
    act: str,
    grounds: dict[int, Ground],
    here: dict[str, dict[int, list[Hit]]],
    away: dict[int, dict[str, list[Hit]]],
    standing: Standing,
) -> Shut:
    """What was met, weighed as `grounds` weighs it: waivers, large groups, and the sum of what has to be declared (D04)."""
    most = rules.conflicts.declares_make_a_bar
    everywhere = {number: frozenset(matters) for number, matters in away.items()}

    def shut(matter: str, met: dict[int, list[Hit]]) -> bool:
        # A matter elsewhere bars from every one but itself; somebody complained about in two is barred from both.
        beside = [number for number, matters in everywhere.items() if matters - {matter}]
        found = [*(_severity(grounds[number], hits, matter, act, standing) for number, hits in met.items())]
        found += [grounds[number].severity for number in beside]
        return "bar" in found or (most is not None and found.count("declare") >= most)

    seats = frozenset(seat for seat, met in here.items() if shut(_matter(met), met))
    if not shut("", {}):
        return Shut(seats)
    named = {matter for matters in everywhere.values() for matter in matters}
    return Shut(seats, frozenset(matter for matter in named if not shut(matter, {})))


def _matter(met: dict[int, list[Hit]]) -> str:
    return next(hits[0][1] for hits in met.values())


def _severity(ground: Ground, hits: list[Hit], matter: str, act: str, standing: Standing) -> str:
    first = min(hits, key=lambda hit: hit[2])  # the path that `grounds` would name
    if ground.severity == "bar" and ground.pattern == "same_group" and first[4] > LARGEST_GROUP:
        return "note"
    if ground.pattern not in NEVER_WAIVABLE:
        newest = max(known for hit in hits for known in hit[3].split(";"))
        if any(newest <= since for since in _waived(ground, matter, act, standing)):
            return ""
    return "bar" if ground.pattern == "prejudged" else ground.severity


def _waived(ground: Ground, matter: str, act: str, standing: Standing) -> Iterator[str]:
    """Since when each waiver of a ground in a matter, for the act, is known."""
    for where, source, known in standing.waivers:
        name, _, acts = source.partition(OF_ACTS)
        if where == matter and name == ground.id and (not acts or act in acts.split()):
            yield known
