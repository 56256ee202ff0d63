# SPDX-License-Identifier: Apache-2.0
"""The file of a matter: what its acts have made of it, in the words of those who read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.casework.acts import Act
from evenhand.casework.file_asks import asked, hearings, lengthenings
from evenhand.casework.file_folds import (
    allegations,
    clocks,
    dangers,
    day_of,
    decisions,
    last_finding,
    measures,
    missed,
    outcomes,
    texts,
)
from evenhand.casework.file_parts import (
    Allegation,
    Asked,
    Clock,
    Danger,
    Decision,
    Done,
    Hearing,
    Lengthening,
    Measure,
    Missed,
    Outcome,
)
from evenhand.casework.file_steps import Step, steps_of
from evenhand.casework.matter import Matter, new_matter
from evenhand.casework.running_book import RunningBook


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """The readable state of one matter; every tuple in the order in which things happened.

    `received` is the local day of receipt; `told` the act since which the respondent knows. `outcome` is what people
    last decided in the words of the rulebook, or None where the decision on the merits has come since. `requests` and
    `appeals` are all that was asked, answered or not; `people` every act that names somebody.
    """

    matter: Matter
    acts: tuple[Done, ...]
    received: date | None
    told: Done | None
    allegations: tuple[Allegation, ...]
    measures: tuple[Measure, ...]
    hearings: tuple[Hearing, ...]
    requests: tuple[Asked, ...]
    appeals: tuple[Asked, ...]
    lengthenings: tuple[Lengthening, ...]
    decisions: tuple[Decision, ...]
    outcomes: tuple[Outcome, ...]
    outcome: Outcome | None
    missed: tuple[Missed, ...]
    dangers: tuple[Danger, ...]
    clocks: tuple[Clock, ...]
    accounts: tuple[Done, ...]
    statements: tuple[Done, ...]
    people: tuple[Done, ...]
    evidence: tuple[str, ...]
    candidates: tuple[str, ...]

    @property
    def measure(self) -> Measure | None:
        """The interim measure in force, or None."""
        return self.measures[-1] if self.measures and self.measures[-1].standing else None

    @property
    def hearing(self) -> Hearing | None:
        """The hearing that is still to come, or None."""
        return self.hearings[-1] if self.hearings and self.hearings[-1].awaited else None

    @property
    def clock(self) -> Clock | None:
        """The clock of the stage, or None."""
        return next((clock for clock in self.clocks if clock.limit is None), None)

    @property
    def decision(self) -> Decision | None:
        """The decision whose findings stand, or None."""
        return last_finding(self.decisions)


def file_of(book: RunningBook, acts: Sequence[Act]) -> CaseFile:
    """The file that these acts have made; `NotOfThisMatter` for a history that the kernel did not make."""
    steps = steps_of(book, acts)
    matter = steps[-1].after if steps else new_matter(book)
    decided, questions = decisions(book, steps), asked(book, steps)
    named = (id_ for step in steps for id_ in texts(step.done.carries.get("evidence")))
    lists = [texts(step.done.carries.get("candidates")) for step in steps if step.carries("candidates")]
    return CaseFile(
        matter=matter,
        acts=tuple(step.done for step in steps),
        received=_received(book, acts),
        told=_told(book, steps),
        allegations=allegations(book, steps, decided),
        measures=measures(book, steps),
        hearings=hearings(steps),
        requests=tuple(one for one in questions if one.kind != "appeal"),
        appeals=tuple(one for one in questions if one.kind == "appeal"),
        lengthenings=lengthenings(book, steps),
        decisions=decided,
        outcomes=outcomes(steps),
        outcome=_outcome(book, steps, decided),
        missed=missed(book, steps),
        dangers=dangers(steps),
        clocks=clocks(book, steps, matter),
        accounts=_carrying(steps, "account"),
        statements=_carrying(steps, "statement"),
        people=_carrying(steps, "person"),
        evidence=tuple(dict.fromkeys(named)),
        candidates=lists[-1] if lists else (),
    )


def _outcome(book: RunningBook, steps: Sequence[Step], decided: Sequence[Decision]) -> Outcome | None:
    by_people = [one for one in outcomes(steps) if one.done.act not in book.clocks_own]
    since = max((one.done.place for one in decided if one.stands), default=0)
    return by_people[-1] if by_people and by_people[-1].done.place >= since else None


def _carrying(steps: Sequence[Step], item: str) -> tuple[Done, ...]:
    return tuple(step.done for step in steps if step.carries(item))


def _received(book: RunningBook, acts: Sequence[Act]) -> date | None:
    if not acts:
        return None
    receipt = acts[0].carries.get("receipt")
    day = day_of(receipt.get("received")) if isinstance(receipt, dict) else None
    return day or book.calendar.local_day(acts[0].at)


def _told(book: RunningBook, steps: Sequence[Step]) -> Done | None:
    """The act since which the respondent knows, as long as that stands."""
    kinds, found = {fact.id for fact in book.book.facts.values() if fact.kind == "told"}, None
    for step in steps:
        known = bool(kinds & step.after.facts)
        if known and found is None and step.rule is not None and kinds & set(step.rule.sets):
            found = step.done
        elif not known:
            found = None
    return found
