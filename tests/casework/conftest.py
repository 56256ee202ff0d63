# SPDX-License-Identifier: Apache-2.0
"""An invented rowing union, small enough to hold in the head, with every kind of clock; and matters under way in it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from evenhand.casework.acts import Act, Request
from evenhand.casework.deciding import decide
from evenhand.casework.evolving import replay
from evenhand.casework.matter import Matter
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import Act as Rule
from evenhand.rulebook.model import (
    Book,
    CalendarRule,
    Clause,
    Clock,
    Conflicts,
    Fact,
    Limit,
    Promises,
    Role,
    Rulebook,
    Sanction,
    Span,
    Stage,
)

ROLES = (
    Role(id="member", kind="party", side="complainant"),
    Role(id="respondent", kind="party", side="respondent"),
    Role(id="clock", kind="machine"),
    Role(id="officer", groups={"officer": 4}),
    Role(id="panel", groups={"panel": 9}, seats=3, majority=2),
)
CALENDAR = CalendarRule(
    zone="Europe/London",
    holidays=(date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4)),
    service={"portal": Span(0, "d"), "post": Span(2, "wd")},
)
CODE = {
    "C1": Clause(id="C1", text="A member does not threaten another.", sanctions=("warning", "suspension")),
    "C2": Clause(id="C2", text="A member pays for the boat he breaks.", sanctions=("warning",)),
}


def wd(n: int) -> Span:
    """So many working days."""
    return Span(n, "wd")


def named(things: Iterable[Any]) -> dict[str, Any]:
    """By id, in order."""
    return {thing.id: thing for thing in things}


def a_rulebook(*books: Book, calendar: CalendarRule = CALENDAR, digest: str = "sha256:saltmarsh-1") -> Rulebook:
    """The Saltmarsh Rowing Union's rulebook around these books."""
    return Rulebook(
        id="saltmarsh", title="Rules of the (invented) Saltmarsh Rowing Union", version=1, adopted=None, in_force=None,
        replaces=None, applies={}, calendar=calendar, code=CODE, roles=named(ROLES), apart=(), conflicts=Conflicts(),
        sanctions=named((Sanction(id="warning", rank=1), Sanction(id="suspension", rank=2))), promises=Promises(),
        books=named(books), publication={}, retention={}, monitor={}, texts={}, source="", digest=digest,
    )  # fmt: skip


SUSPENDABLE = ("answer", "hearing")
DISCIPLINE = Book(
    id="discipline",
    facts=named(
        (
            Fact(id="told", kind="told"),
            Fact(id="interim", kind="measure"),
            Fact(id="fixed", kind="step"),
            Fact(id="sanctioned", kind="sanction"),
        )
    ),
    stages=named(
        (
            Stage(id="logged", clock=Clock(wd(5), ("to_panel",))),
            Stage(id="answer", clock=Clock(wd(10), ("answer_lapsed",))),
            Stage(id="hearing", clock=Clock(wd(20), ("chase", "to_others"))),
            Stage(id="decided", clock=Clock(wd(10), ("final",))),
            Stage(id="closed", end=True, clears=("interim",)),
            Stage(id="outside", end=True, handover=True, clears=("interim",)),
        )
    ),
    acts=named(
        (
            Rule(id="lodge", stages=("start",), to="logged", by=("member",), carries=("account",)),
            Rule(id="enter", stages=("start",), to="logged", by=("officer",), carries=("account", "receipt")),
            Rule(id="notify", stages=("logged",), to="answer", by=("officer",), sets=("told",), carries=("notice",)),
            Rule(id="to_panel", stages=("logged",), to="hearing", by=("clock",)),
            Rule(id="more_time", stages=("answer",), by=("officer",), max=2, days=wd(5),
                 carries=("reasons", "expiry")),
            Rule(id="note", stages=("answer", "hearing"), by=("officer", "member"), carries=("statement",)),
            Rule(id="reply", stages=("answer",), to="hearing", by=("respondent",), carries=("statement",)),
            Rule(id="answer_lapsed", stages=("answer",), to="hearing", by=("clock",)),
            Rule(
                id="suspend", stages=SUSPENDABLE, by=("panel",), needs=("told",), unless=("interim",), max=1,
                sets=("interim",), carries=("reasons", "proportionality", "expiry"), measure=True,
            ),
            Rule(id="renew", stages=SUSPENDABLE, by=("panel",), needs=("interim",), max=2, carries=("reasons",)),
            Rule(id="lift", stages=SUSPENDABLE, by=("panel",), needs=("interim",), clears=("interim",)),
            Rule(
                id="interim_ends", stages=(*SUSPENDABLE, "decided"), by=("clock",), needs=("interim",),
                clears=("interim",),
            ),
            Rule(
                id="fix",
                stages=("hearing",),
                by=("officer",),
                unless=("fixed",),
                sets=("fixed",),
                carries=("hearing",),
            ),
            Rule(id="chase", stages=("hearing",), by=("clock",), max=1, days=wd(5)),
            Rule(
                id="sanction", stages=("hearing",), to="decided", by=("panel",), needs=("told", "fixed"),
                sets=("sanctioned",), carries=("clauses", "reasons", "tariff"), merits=True,
            ),
            Rule(id="dismiss", stages=("hearing",), to="decided", by=("panel",), carries=("reasons",), merits=True),
            Rule(id="to_others", stages=("hearing",), to="outside", by=("clock",)),
            Rule(id="remit", stages=("decided",), to="hearing", by=("panel",), max=1, clears=("sanctioned", "fixed")),
            Rule(id="final", stages=("decided",), to="closed", by=("clock",)),
        )
    ),
    limits=named(
        (
            Limit(id="update", start=("notify",), stop=("sanction", "dismiss"), kind="within", span=wd(15)),
            Limit(
                id="interim", start=("suspend", "renew"), stop=("lift",), kind="within", span=Span(30, "d"),
                then="interim_ends",
            ),
            Limit(id="summons", start=("fix",), stop=("sanction",), kind="at_least", span=wd(5)),
        )
    ),
)  # fmt: skip


def at(day: str, hour: int = 12) -> datetime:
    """An hour (UTC) of a day of spring 2026."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def samples(book: RunningBook, when: datetime) -> dict[str, Any]:
    """For each thing an act can carry, something that holds at this moment."""
    day = book.calendar.local_day(when).isoformat()
    clauses, sanctions = list(book.rulebook.code)[:1], list(book.rulebook.sanctions)
    return {
        "account": "He shouted at the cox.", "clauses": clauses, "grounds": "The panel did not hear the cox.",
        "reasons": "Two people heard it.", "evidence": ["letter 4"], "notice": {}, "vote": {"for": 2, "against": 1},
        "hearing": {"date": day, "place": "the boathouse"}, "finding": dict.fromkeys(clauses, "found"),
        "tariff": {"sanction": sanctions[0], "reason": "It was the first time."} if sanctions else {},
        "consent": ["the cox"], "person": "an officer", "expiry": day, "proportionality": "He coaches her.",
        "statement": "I was there.", "text": "Rule 4 is repealed.", "response": "We object.", "candidates": ["A", "B"],
        "count": {"A": 3, "B": 0}, "request": "Ten more days.", "danger": {"danger": False, "unsafe_to_tell": False},
        "receipt": {"received": day},
    }  # fmt: skip


def request(book: RunningBook, act: str, by: str, when: datetime, **carries: Any) -> Request:
    """A request that carries a sample of all it has to, but for what is said otherwise."""
    sample = samples(book, when)
    return Request(act=act, by=by, carries={**{item: sample[item] for item in book.book.acts[act].carries}, **carries})


class History:
    """A matter as its acts made it; `does` asks the kernel and keeps what it gave."""

    def __init__(self, book: RunningBook) -> None:
        self.book, self.acts = book, list[Act]()

    @property
    def matter(self) -> Matter:
        """Where it stands."""
        return replay(self.book, self.acts)

    def does(self, by: str, act: str, when: datetime, **carries: Any) -> "History":
        """Somebody does something, with whatever the clock had done before."""
        self.acts += decide(self.book, self.matter, request(self.book, act, by, when, **carries), when)
        return self

    @property
    def told(self) -> list[tuple[str, str]]:
        """Every act by name, with its local day."""
        return [(act.name, self.book.calendar.local_day(act.at).isoformat()) for act in self.acts]


@pytest.fixture(scope="session")
def saltmarsh() -> RunningBook:
    """The discipline book of the rowing union."""
    return RunningBook(a_rulebook(DISCIPLINE), "discipline")


@pytest.fixture
def lodged(saltmarsh: RunningBook) -> History:
    """A complaint lodged on Wednesday, 1 April 2026, two working days before Easter."""
    return History(saltmarsh).does("member", "lodge", at("2026-04-01"))


@pytest.fixture
def noticed(lodged: History) -> History:
    """The same, and the respondent was told on the portal the day after."""
    return lodged.does("officer", "notify", at("2026-04-02"))


@pytest.fixture
def heard(noticed: History) -> History:
    """The same, and the respondent replied on Thursday, 9 April."""
    return noticed.does("respondent", "reply", at("2026-04-09"))
