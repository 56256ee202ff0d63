# SPDX-License-Identifier: Apache-2.0
"""The rulebook as plain values: what the text says, nothing derived from it.

Every tuple keeps the order of the text. `line` is the line of the file on which the thing begins,
so that whatever is said about it can say where. Nothing here is checked: `loading` refuses what is malformed,
`checks` judges what is well formed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Literal

START = "start"
FACT_KINDS = ("told", "step", "charge", "measure", "sanction")


@dataclass(frozen=True)
class Span:
    """A length of time: `Span(20, "wd")` is twenty working days, `Span(90, "d")` ninety local days."""

    n: int
    unit: Literal["d", "wd"]

    def __str__(self) -> str:
        return f"{self.n}{self.unit}"


@dataclass(frozen=True, kw_only=True)
class Role:
    """A capacity in a matter.

    `groups` maps a group of eligible people to its size; two roles that name the same group draw on the same people.
    `majority` of the `seats` must agree before the role has acted; `turnout` (a share of the pool) is the least
    that must take part in a vote of members, and then stands in place of the seats.
    """

    id: str
    kind: Literal["person", "party", "machine"] = "person"
    side: Literal["complainant", "respondent", "both"] | None = None
    groups: Mapping[str, int] = field(default_factory=dict)
    seats: int = 1
    majority: int = 1
    chosen: str = ""
    substitutes: str | None = None
    external: bool = False
    turnout: Fraction | None = None
    share: Fraction | None = None
    term: str = ""
    says: str = ""
    line: int = 0

    @property
    def pool(self) -> int:
        """How many people are eligible."""
        return sum(self.groups.values())

    @property
    def people(self) -> int:
        """How many people must agree before this role has acted; parties and the clock count nobody."""
        if self.kind != "person":
            return 0
        if self.turnout is not None and self.share is not None:
            voters = -(-self.pool * self.turnout.numerator // self.turnout.denominator)
            return int(-(-voters * self.share.numerator // self.share.denominator))
        return self.majority


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that is or is not so in a matter; its kind says what follows from it for the checks.

    `at_start` marks what already stands when the matter opens because the matter that it names left it so:
    in an appeal of its own, the sanction appealed against.
    """

    id: str
    kind: Literal["told", "step", "charge", "measure", "sanction"]
    at_start: bool = False
    says: str = ""
    line: int = 0


@dataclass(frozen=True)
class Clock:
    """The limit of a stage, and the acts of which the first lawful one is done by the clock when it passes."""

    within: Span
    then: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Where a matter stands. `handover` marks an end at which other people take the matter over whole."""

    id: str
    clock: Clock | None = None
    end: bool = False
    handover: bool = False
    clears: tuple[str, ...] = ()
    says: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody, or the clock, may do. `to` is None where the act stays in its stage."""

    id: str
    stages: tuple[str, ...]
    to: str | None = None
    by: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    max: int | None = None
    days: Span | None = None
    adverse: tuple[str, ...] = ()
    appeal: str | None = None
    merits: bool = False
    measure: bool = False
    outcome: str | None = None
    title: str = ""
    says: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A time limit between two acts that runs beside the stage's clock.

    `start` and `stop` are acts, any of which starts or stops it. Missed, it derives the act `missed.ID`, which
    moves no stage; `then` names an act of the clock that follows and at most clears a measure.
    """

    id: str
    start: tuple[str, ...]
    stop: tuple[str, ...]
    kind: Literal["within", "exactly", "at_least"]
    span: Span
    then: str | None = None
    says: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """Of matters in which any act of `when` occurs: some act of `must` occurs, or none of `never` does."""

    id: str
    says: str
    when: tuple[str, ...]
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Book:
    """One procedure: its facts, stages, acts, limits and requirements, in the order of the text."""

    id: str
    title: str = ""
    says: str = ""
    facts: Mapping[str, Fact]
    stages: Mapping[str, Stage]
    acts: Mapping[str, Act]
    limits: Mapping[str, Limit] = field(default_factory=dict)
    requirements: Mapping[str, Requirement] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class CalendarRule:
    """How days are counted: pinned holidays, the zone, and the counting rule of the text."""

    zone: str = "UTC"
    weekend: tuple[str, ...] = ("sat", "sun")
    holidays: tuple[date, ...] = ()
    day_one: Literal["next day", "same day"] = "next day"
    ends: str = "23:59"
    roll: bool = False
    service: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One numbered provision of the code of conduct."""

    id: str
    text: str
    examples: tuple[str, ...] = ()
    sanctions: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Sanction:
    """A sanction of the closed list; `rank` orders severity, `needs` is the share of the panel's seats."""

    id: str
    rank: int
    max: str = ""
    needs: Fraction | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A ground of conflict: a pattern over dated facts and what follows from it (D01 to D05)."""

    id: str
    pattern: str
    severity: Literal["bar", "declare", "note"]
    acts: tuple[str, ...] = ("all",)
    waivable_by: str | None = None
    window: str = ""
    max_distance: int | None = None
    group: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Conflicts:
    """The conflict rules: grounds, who rules on a challenge, the roles they bind, the body of last resort."""

    grounds: tuple[Ground, ...] = ()
    applies_to: tuple[str, ...] = ()
    challenge_by: tuple[str, ...] = ()
    challenge_decided_by: str | None = None
    challenge_within: Span | None = None
    challenge_meanwhile: str = ""
    whole_body: str | None = None
    declare: Mapping[str, Any] = field(default_factory=dict)
    declares_make_a_bar: int | None = None
    reveal: str = "never"
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Promises:
    """The thresholds that the checks hold the books to; None means that nothing was promised."""

    longest: Span | None = None
    bury_needs: int | None = None
    conflicted: int | None = None
    amend_needs: int | None = None


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter's text: the acts (`book.act`) it goes out with, to whom, and its words with named blanks."""

    id: str
    acts: tuple[str, ...]
    to: tuple[str, ...]
    subject: str
    body: str
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """An organisation's rules, one version.

    `digest` is "sha256:..." of the canonical JSON and is its identity; `source` is the file it was read from.
    """

    id: str
    title: str
    version: int
    adopted: date | None
    in_force: date | None
    replaces: int | None
    applies: Mapping[str, str]
    calendar: CalendarRule
    code: Mapping[str, Clause]
    sanctions: Mapping[str, Sanction]
    roles: Mapping[str, Role]
    apart: tuple[tuple[str, ...], ...]
    conflicts: Conflicts
    promises: Promises
    books: Mapping[str, Book]
    publication: Mapping[str, Any]
    retention: Mapping[str, Any]
    monitor: Mapping[str, Any]
    texts: Mapping[str, Letter]
    source: str
    digest: str
    apart_lines: tuple[int, ...] = ()

    def apart_from(self, one: str, other: str) -> bool:
        """Whether nobody may hold both roles in the same matter."""
        return one != other and any(one in group and other in group for group in self.apart)
