# SPDX-License-Identifier: Apache-2.0
"""Invents cases: who complains about whom, under which clause, and the lawful course that each case runs."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from demo.course import Course, run_course
from demo.members import Member, Offices
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import START

LEANS_TO = "Anchor"
"""The slate whose members, alone in their case, are found against less often: an inequality that is planted."""

LEAN = 0.4
CHANNELS = ("portal", "e-mail", "post", "in person")
PROVED, NOT_PROVED = "proved", "not proved"


@dataclass
class Answer:
    """One respondent's part in a case: what was recommended, what was found, and why if it differs."""

    person: str
    recommended: str | None = None
    finding: str | None = None
    sanction: str | None = None
    reasons: str | None = None


@dataclass
class Case:
    """One invented case. `seats` maps a role to who acts in it; `actors` overrides it for single acts, by place."""

    id: str
    received: date
    channel: str
    severity: int
    clause: str
    complainant: str
    answers: list[Answer]
    course: Course
    seats: dict[str, str] = field(default_factory=dict)
    actors: dict[int, str] = field(default_factory=dict)

    @property
    def respondent(self) -> str:
        """The first respondent, who speaks for the case where there are several."""
        return self.answers[0].person


@dataclass(frozen=True)
class World:
    """What every case draws on."""

    book: RunningBook
    members: list[Member]
    offices: Offices
    weights: dict[str, float]
    until: datetime

    def slate(self, person: str) -> str:
        """The slate a member stood on, or "none"."""
        return next(member.slate for member in self.members if member.id == person)

    def weight(self, act: str) -> float:
        """How likely an act is; what nobody has thought of is rare."""
        return self.weights.get(act, 0.25)

    def leaning(self, act: str) -> float:
        """The same where the panel leans: an act that sets a sanction is less likely."""
        facts = self.book.book.facts
        sanctions = any(facts[fact].kind == "sanction" for fact in self.book.book.acts[act].sets)
        return self.weight(act) * (LEAN if sanctions else 1.0)


def invent(world: World, number: int, first: date, chance: Random) -> list[Case]:
    """So many cases, received at random between `first` and the day of the export, in order of receipt."""
    days = (world.until.date() - first).days
    received = sorted(first + timedelta(days=chance.randint(0, days)) for _ in range(number))
    plain = [member for member in world.members if not member.office]
    return [_invent(world, f"HF-{day.year}-{place:05}", day, plain, chance) for place, day in enumerate(received, 1)]


def _invent(world: World, case: str, received: date, plain: list[Member], chance: Random) -> Case:
    book = world.book
    parties = chance.sample(plain, chance.choices((2, 3, 4), (0.80, 0.15, 0.05))[0])
    openings = [act for act in book.book.acts.values() if START in act.stages]
    weights = [world.weight(act.id) for act in openings]
    opening = chance.choices(openings, weights)[0].id
    leaning = len(parties) == 2 and parties[1].slate == LEANS_TO
    course = run_course(book, opening, received, world.until, world.leaning if leaning else world.weight, chance)
    clause = chance.choice(sorted(book.rulebook.code))
    made = Case(
        id=case,
        received=course.acts[0].at.date(),
        channel=chance.choice(CHANNELS),
        severity=chance.choices((1, 2, 3), (0.5, 0.35, 0.15))[0],
        clause=clause,
        complainant=parties[0].id,
        answers=[Answer(member.id) for member in parties[1:]],
        course=course,
    )
    _find(made, book, chance)
    _seat(made, world, chance)
    return made


def _find(case: Case, book: RunningBook, chance: Random) -> None:
    """Findings as the course left them: the same for all respondents of one case, as recommended nearly always."""
    if not case.course.decided:
        return
    finding = PROVED if case.course.sanctioned else NOT_PROVED
    sanctions = book.rulebook.code[case.clause].sanctions or tuple(book.rulebook.sanctions)
    sanction = chance.choice(sanctions) if case.course.sanctioned else None
    other = NOT_PROVED if finding == PROVED else PROVED
    recommended, reasons = (
        (other, "The panel heard what the investigator had not.") if chance.random() < 0.06 else (finding, None)
    )
    for answer in case.answers:
        answer.finding, answer.sanction = finding, sanction
        answer.recommended, answer.reasons = recommended, reasons


def _seat(case: Case, world: World, chance: Random) -> None:
    """Somebody for every office that acts, each another person and none of them a party."""
    roles = world.book.rulebook.roles
    for done in case.course.acts:
        role = roles.get(done.role)
        if role is not None and role.kind == "person":
            world.offices.seat(role.id, case.seats, chance)
