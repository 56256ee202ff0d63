# SPDX-License-Identifier: Apache-2.0
"""A public promise, such as all cases before a day resolved by another, with its list of cases frozen when it is made (H07).

Nobody can shorten the list afterwards, and nobody says whether the promise was kept: both follow from the record. What
ended because somebody left, or was withdrawn, is counted as such beside what was decided (F09).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Done
from evenhand.procedure.at_once import once_more
from evenhand.procedure.backlog import open_matters
from evenhand.procedure.own_file import begin_entering, note_by
from evenhand.procedure.performing import keep
from evenhand.rulebook.calendar import Calendar
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

MADE = "procedure.promise_made"
RULE = "procedure/promise"
A_FIELD = 3000
"""So many cases stand in one field of the entry."""
FURTHEST = timedelta(days=1100)
MANY = 500
SAYS = {
    "before": "Choose the day before which the cases came in; it is today or earlier.",
    "until": "Choose the day by which they are to be resolved: after today, and within three years.",
    "says": "Write the promise as it is made in public, in a sentence.",
    "none": "No case that came in before this day is open. There is nothing to promise.",
}


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A promise as it was made: the cases are those that were open then and had come in before `before`."""

    ident: str
    at: datetime
    person: str
    before: date
    until: date
    says: str
    cases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Fulfilment:
    """What became of the cases of a promise, and how those ended that did. The first three add up to the list.

    `missed` says that the promise is not kept: something of it was open, or ended later than its day.
    """

    in_time: int
    late: int
    open: int
    outcomes: Mapping[str, int]
    over: bool

    @property
    def missed(self) -> bool:
        """Whether it can be said that it was not kept."""
        return self.late > 0 or (self.over and self.open > 0)

    @property
    def kept(self) -> bool:
        """Whether everything of it ended in time."""
        return self.late == 0 and self.open == 0


@once_more
def promise(
    organisation: Organisation,
    person: str,
    *,
    before: date,
    until: date,
    says: str,
    at: datetime,
    chance: Chance,
    key: str = "",
) -> Done:
    """Makes a promise and freezes its list. `NotYours` for who does not enter complaints; `Refused` with a sentence."""
    says = clean(says).strip()
    with transaction.atomic():
        begun = begin_entering(organisation, person, at=at, chance=chance, key=key)
        if isinstance(begun, Done):
            return begun
        pen, file, role = begun
        today = pen.calendar.local_day(pen.at)
        _refuse("before", before > today)
        _refuse("until", not today < until <= today + FURTHEST)
        _refuse("says", len(says.split()) < 3)
        cases = sorted(_came_before(pen.calendar, before))
        _refuse("none", not cases)
        about = {"ident": pen.hex(), "before": before.isoformat(), "until": until.isoformat(), "count": len(cases)}
        fields: dict[str, object] = {"body.promise": about, "text.says": says}
        for start in range(0, len(cases), A_FIELD):
            fields[f"body.cases_{start // A_FIELD + 1}"] = cases[start : start + A_FIELD]
        note_by(pen, file.ident, MADE.partition(".")[2], fields, person, role)
        done = keep(pen, key, file.ident, person)
    seal(organisation)
    return done


def _came_before(calendar: Calendar, day: date) -> Iterator[str]:
    found = open_matters().filter(opened__lt=calendar.begins(day))
    yield from found.values_list("ident", flat=True)


def _refuse(what: str, so: bool) -> None:
    if so:
        raise Refused(f"{RULE}/{what}", SAYS[what])


def promises(organisation: Organisation) -> list[Promise]:
    """Every promise that was made, the newest first."""
    found = []
    for entry in models.Entry.objects.filter(rule=MADE).order_by("-id"):
        try:
            one = said(entry, organisation.keyring)
        except Erased:
            continue
        about = one["body.promise"]
        fields = sorted((name for name in one if name.startswith("body.cases_")), key=lambda name: int(name[11:]))
        cases = tuple(case for name in fields for case in one[name])
        found.append(
            Promise(
                ident=about["ident"], at=entry.at, person=one["person.parts"][0]["person"],
                before=date.fromisoformat(about["before"]), until=date.fromisoformat(about["until"]),
                says=one["text.says"], cases=cases,
            )
        )  # fmt: skip
    return found


def fulfilment(one: Promise, *, at: datetime) -> Fulfilment:
    """What became of a promise, read off the record; of a case that is erased its row still says how it ended."""
    calendar = books.calendar_of(books.in_force(at))
    in_time, late, waiting, outcomes = 0, 0, 0, Counter[str]()
    for over, outcome, ended in _ends(one.cases):
        if not over or ended is None or ended > at.astimezone(UTC):
            waiting += 1
            continue
        outcomes[outcome] += 1
        if calendar.local_day(ended) <= one.until:
            in_time += 1
        else:
            late += 1
    return Fulfilment(
        in_time=in_time, late=late, open=waiting, outcomes=dict(sorted(outcomes.items())),
        over=calendar.local_day(at) > one.until,
    )  # fmt: skip


def _ends(cases: tuple[str, ...]) -> Iterator[tuple[bool, str, datetime | None]]:
    """Of each case whether it is over, how it ended, and when: with its last act, whatever was noted or read afterwards."""
    for start in range(0, len(cases), MANY):
        some = cases[start : start + MANY]
        rows = {
            row[0]: row[1:]
            for row in models.Matter.objects.filter(ident__in=some).values_list("ident", "over", "outcome")
        }
        acts = models.Entry.objects.filter(matter__in=some, type="act").order_by().values("matter")
        ended = dict(acts.annotate(last=Max("at")).values_list("matter", "last"))
        for case in some:
            over, outcome = rows.get(case, (False, ""))
            yield over, outcome, ended.get(case)
