# SPDX-License-Identifier: Apache-2.0
"""What the file of a matter is made of: allegations, measures, hearings, requests, decisions, each with its act.

A rulebook names its acts as it likes, so each part is known by what an act carries, sets and clears. `Done` says where
among the acts it stands, so that a page can give its rule and its receipt. What an act carries may be missing here
where a reader may not see it; then the text is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from evenhand.rulebook.model import Span


@dataclass(frozen=True, kw_only=True)
class Done:
    """Where something was done: its place among the acts (0 is the first), the act, by which role, when (UTC)."""

    place: int
    act: str
    by: str
    at: datetime
    carries: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reasons(self) -> str:
        """The reasons it carries, or an empty text."""
        return self.text("reasons")

    def text(self, item: str) -> str:
        """A text that it carries, or an empty one."""
        value = self.carries.get(item)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, kw_only=True)
class Allegation:
    """One clause that the matter is about; each gets its own finding (A07).

    `charged` is the act that made a charge of it. `finding` is the word of the decision that stands, `found` its act.
    """

    number: int
    clause: str
    text: str
    framed: Done
    charged: Done | None = None
    finding: str | None = None
    found: Done | None = None


@dataclass(frozen=True, kw_only=True)
class Measure:
    """An interim measure: since when, until which day it runs at most, and what became of it (C01 to C03).

    `contested` is the challenge that nobody has ruled on yet.
    """

    imposed: Done
    until: date | None
    renewed: tuple[Done, ...] = ()
    contested: Done | None = None
    ended: Done | None = None

    @property
    def since(self) -> datetime:
        """When it began."""
        return self.imposed.at

    @property
    def standing(self) -> bool:
        """Whether it is in force."""
        return self.ended is None


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """A hearing: its day and place, who decides, whether it was put off, and how it was held (M20).

    `dropped` is the act by which the matter went on without it.
    """

    fixed: Done
    day: date | None
    place: str
    deciders: str
    adjourned: Done | None = None
    held: Done | None = None
    dropped: Done | None = None

    @property
    def awaited(self) -> bool:
        """Whether it is still to come."""
        return self.adjourned is None and self.held is None and self.dropped is None

    @property
    def attendance(self) -> str:
        """Who came, who did not and who was heard, as it was written down."""
        return self.held.text("statement") if self.held else ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Something asked of others in the matter: more time, a ruling on a measure, a second look (M17, G01, A11).

    `answers` are the acts that can answer it, none where nobody has to. `ruled` is the act that settled it, the clock's
    too.
    """

    asked: Done
    kind: Literal["time", "measure", "appeal", "other"]
    answers: tuple[str, ...]
    ruled: Done | None = None

    @property
    def open(self) -> bool:
        """Whether nobody has ruled on it yet."""
        return self.ruled is None and bool(self.answers)


@dataclass(frozen=True, kw_only=True)
class Lengthening:
    """An act that gave a stage more days, and how it did so: H02 extension, H04 clock stop, M17, M14, M20."""

    done: Done
    stage: str
    kind: Literal["extension", "pause", "time", "hold", "adjournment"]
    span: Span
    last_day: date | None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision on the merits; `set_aside` is the later act by which it no longer stands."""

    done: Done
    findings: Mapping[str, str]
    tariff: Mapping[str, Any] | None
    vote: Mapping[str, int]
    evidence: tuple[str, ...]
    outcome: str
    sanctions: bool
    set_aside: Done | None = None

    @property
    def stands(self) -> bool:
        """Whether it stands."""
        return self.set_aside is None


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A limit that was missed (H03); `kept_late` is the act that did in the end what was due.

    `expired`: the limit was the end of an interim measure, which nobody failed to do anything about.
    """

    limit: str
    says: str
    at: datetime
    done: Done
    expired: bool = False
    kept_late: Done | None = None


@dataclass(frozen=True, kw_only=True)
class Danger:
    """The two questions of urgency and how they were answered (M14)."""

    done: Done
    danger: bool
    unsafe_to_tell: bool


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was decided, in the words of the rulebook."""

    done: Done
    says: str


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A clock that runs: its rule, the act that started it, from which day it counts, and its last day.

    `act` is what the clock does when it has run; `limit` is the id of the limit, or None for the clock of the stage.
    """

    rule: str
    limit: str | None
    started: Done
    counts_from: date
    last_day: date
    ends: datetime
    act: str | None
