# SPDX-License-Identifier: Apache-2.0
"""How the founding story is told: its people, its matters by name, and what each step left in the record.

Each step is something that people do on a day, at an hour. What the rules refuse stays refused and stays in the record; a
step that could not be taken at all is left out, and the tour says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction

from evenhand.casework.refusal import Refused
from evenhand.harbour.people import People
from evenhand.harbour.playing import Nobody, Play
from evenhand.procedure import doubting
from evenhand.procedure.asking import NotYours
from evenhand.procedure.pen import Pen
from evenhand.procedure.registering import fact, record_facts
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation

THURSDAY = 3


@dataclass
class Telling:
    """The story while it is told: `cast` are people by the part they play in it, `scenes` its matters by name."""

    organisation: Organisation
    people: People
    chance: Chance
    start: datetime
    at: datetime
    cast: dict[str, str] = field(default_factory=dict)
    scenes: dict[str, Play] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    event: str = ""

    def scene(self, name: str) -> Play:
        """A matter of the story, at the instant of the step."""
        found = self.scenes[name]
        found.at = max(self.at, found.row.last)
        return found

    def new(self, name: str, **about: Any) -> Play:
        """A matter that begins now."""
        self.scenes[name] = Play(self.organisation, self.at, self.chance, **about)
        return self.scenes[name]

    def refused(self, attempt: Callable[[], Any]) -> None:
        """Somebody tries what the rules refuse. `LookupError` if it was not refused: the story would tell what is not so."""
        try:
            attempt()
        except Refused as said:
            self.refusals.append(said.rule)
        else:
            raise LookupError("This should have been refused, and was not.")

    def day(self) -> str:
        """The local day of the step."""
        return self.at.date().isoformat()

    def record(self, person: str, facts: Sequence[dict[str, str]], *, unseats: Sequence[str] = ()) -> None:
        """Dated facts are entered in a file of the register; whoever they bar leaves their seats at once."""
        with transaction.atomic():
            pen = Pen(self.organisation, self.at, self.chance)
            record_facts(pen, person, [fact(pen, **one) for one in facts])
            for one in unseats:
                doubting.suspend(pen, one)


@dataclass(frozen=True)
class Step:
    """What is done `day` days after the meeting at `hour` (UTC); steps of one name are one step of the tour."""

    name: str
    day: int
    hour: str
    do: Callable[[Telling], Play | None]

    def at(self, start: datetime) -> datetime:
        """Its instant."""
        hour, minute = self.hour.split(":")
        return (start + timedelta(days=self.day)).replace(hour=int(hour), minute=int(minute))


def begins(until: datetime, days: int) -> datetime:
    """The evening of the meeting: a Thursday, so many days or a few more before the end of the three years."""
    day = until - timedelta(days=days)
    return (day - timedelta(days=(day.weekday() - THURSDAY) % 7)).replace(hour=19, minute=0, second=0, microsecond=0)


def tell(telling: Telling, steps: Sequence[Step]) -> Iterator[datetime]:
    """Plays the steps in the order of time; gives the instant of the next one, and does it when asked again."""
    ordered = sorted(steps, key=lambda step: step.at(telling.start))
    for step, following in pairwise((*ordered, ordered[-1])):
        _one(telling, step)
        yield following.at(telling.start)


def _one(telling: Telling, step: Step) -> None:
    telling.at = step.at(telling.start)
    telling.refusals.clear()
    before = dict(models.Matter.objects.filter(ident__in=_idents(telling)).values_list("ident", "n"))
    try:
        where = step.do(telling)
    except (Refused, NotYours, Nobody, LookupError) as trouble:
        telling.steps.setdefault(step.name, {"missing": str(trouble) or type(trouble).__name__})
        return
    if where is None or not where.ident:
        return
    row = where.row
    at = step.at(telling.start).isoformat()
    known = telling.steps.get(step.name, {"at": at})
    if known.get("matter") != row.ident:
        known |= {"matter": row.ident, "from": before.get(row.ident, 0) + 1}
    known |= {"to": row.n, "from": min(known["from"], row.n), "until": at}
    telling.steps[step.name] = known
    if telling.refusals:
        known["refused"] = telling.refusals[0]


def _idents(telling: Telling) -> list[str]:
    return [scene.ident for scene in telling.scenes.values() if scene.ident]
