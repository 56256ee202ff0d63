# SPDX-License-Identifier: Apache-2.0
"""Where a matter stands in one sentence, the same for the desk and for the parties, and its clock in words.

The sentences stand here whole, with named blanks, so that they can be read one beside the other and translated.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from evenhand.casework.exits import clears_kind, closing, who_frames, who_has
from evenhand.casework.file import CaseFile
from evenhand.casework.file_folds import ending_limits
from evenhand.casework.file_parts import Clock
from evenhand.casework.phrases_words import (
    Translate,
    act_title,
    day_words,
    number_words,
    sanction_words,
    sentence,
    stage_title,
    the_roles,
)
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import START

Side = Literal["complainant", "respondent"]

STATES = {
    "start": "Nothing has been done in this matter yet.",
    "over": "The matter is over.",
    "over_outcome": "The matter is over; it ended as: {outcome}.",
    "over_found": "The matter is over: a breach was found, with the sanction {sanction}.",
    "over_found_only": "The matter is over: a breach was found.",
    "over_not_found": "The matter is over: no breach was found.",
    "handed_over": "The matter was handed over to others.",
    "handed_over_to": "The matter was handed over: {says}",
    "found": "A breach was found, with the sanction {sanction}; it is final after {day} unless somebody takes it further.",
    "found_only": "A breach was found; it is final after {day} unless somebody takes it further.",
    "not_found": "No breach was found; it is final after {day} unless somebody takes it further.",
    "ended": "The matter ended as: {outcome}; it is final after {day} unless somebody takes it further.",
    "ended_only": "The matter has ended; it is final after {day} unless somebody takes it further.",
    "appeal": "The decision is under appeal, in the hands of {who} until {day}.",
    "looked_at": "How the matter ended is being looked at again, in the hands of {who} until {day}.",
    "hearing": "The hearing is on {hearing}; the matter is in the hands of {who} until {day}.",
    "heard": "The hearing was held; the decision is in the hands of {who} until {day}.",
    "turn": "It is the turn of the respondent to answer, until {day}.",
    "your_turn": "It is your turn to answer, until {day}.",
    "one": "One allegation is at the stage “{stage}”, in the hands of {who} until {day}.",
    "many": "{count} allegations are at the stage “{stage}”, in the hands of {who} until {day}.",
    "one_about_you": "One allegation about you is at the stage “{stage}”, in the hands of {who} until {day}.",
    "many_about_you": "{count} allegations about you are at the stage “{stage}”, in the hands of {who} until {day}.",
    "your_complaint": "Your complaint is at the stage “{stage}”, in the hands of {who} until {day}.",
    "matter": "The matter is at the stage “{stage}”, in the hands of {who} until {day}.",
    "waiting": "The matter is at the stage “{stage}” until {day}.",
    "standing": "The matter is at the stage “{stage}”.",
    "nothing_found": "Nothing has been found.",
}  # fmt: skip
"""Every sentence about where a matter stands."""

CLOCKS = {
    "day_of": "Day {day} of {of}.",
    "many_left": "{n} working days are left.",
    "one_left": "One working day is left.",
    "many_days_left": "{n} days are left.",
    "one_day_left": "One day is left.",
    "today": "It ends today at {time}.",
    "past": "It ended on {day}.",
    "moves": "If nothing is done by then, the clock moves the matter to the stage “{stage}”, in the hands of {who}.",
    "moves_only": "If nothing is done by then, the clock moves the matter to the stage “{stage}”.",
    "ends": "If nothing is done by then, the matter is over.",
    "hands_over": "If nothing is done by then, the matter is handed over to others.",
    "hands_over_to": "If nothing is done by then, the matter is handed over: {says}",
    "does": "If nothing is done by then, the clock does this: {act}.",
    "nothing": "If nothing is done by then, nothing follows by itself.",
    "missed": "If it is not done by then, that is recorded as a missed limit, and nobody can remove it.",
    "missed_and": "If it is not done by then, that is recorded as a missed limit, and what is in force for the time being ends.",
    "expires": "What is in force for the time being ends by itself after that day.",
}  # fmt: skip
"""Every sentence about a clock."""


@dataclass(frozen=True, kw_only=True)
class ClockWords:
    """A clock as a page shows it: day `day` of `of`, `left` days after today, in working days or in days.

    `counted`, `remains` and `then` are the sentences; `last_day` the last day in words; `late` whether it has run.
    """

    clock: Clock
    day: int
    of: int
    left: int
    unit: Literal["wd", "d"]
    late: bool
    counted: str
    remains: str
    then: str
    last_day: str

    @property
    def sentence(self) -> str:
        """All three sentences."""
        return " ".join((self.counted, self.remains, self.then))


def state_of(
    book: RunningBook, file: CaseFile, at: datetime, *, side: Side | None = None, translate: Translate = str
) -> str:
    """Where the matter stands, in a sentence; for a party (`side`) the same, spoken to them.

    A respondent is also told, as long as it is so, that nothing has been found.
    """
    key, blanks = _state(book, file, side, translate)
    day = file.clock.last_day if file.clock else None
    today = book.calendar.local_day(at)
    said = translate(STATES[key]).format(day=day_words(day, today=today, translate=translate) if day else "", **blanks)
    open_question = not file.matter.over and file.decision is None and file.matter.stage != START
    if side == "respondent" and open_question and not closing(book, file.matter.stage):
        return f"{said} {translate(STATES['nothing_found'])}"
    return said


def _state(book: RunningBook, file: CaseFile, side: Side | None, translate: Translate) -> tuple[str, dict[str, str]]:
    stage = file.matter.stage
    if stage == START:
        return "start", {}
    rule = book.book.stages[stage]
    if rule.handover:
        says = sentence(rule.says, translate=translate)
        return ("handed_over_to", {"says": says[:1].lower() + says[1:]}) if says else ("handed_over", {})
    if closing(book, stage):
        return _ending(file, translate)
    who = the_roles(who_has(book, stage), translate=translate)
    blanks = {"who": who, "stage": stage_title(stage, translate=translate).lower()}
    if not who:
        return ("waiting" if file.clock else "standing"), blanks
    if file.clock is None:
        return "standing", blanks
    if any(one.open for one in file.appeals):
        return ("appeal" if any(one.stands for one in file.decisions) else "looked_at"), blanks
    if file.hearing is not None and file.hearing.day is not None:
        return "hearing", {**blanks, "hearing": day_words(file.hearing.day, translate=translate)}
    if file.hearings and file.hearings[-1].held is not None and file.decision is None and _sits(book, file):
        return "heard", blanks
    if _is_turn(book, stage):
        return ("your_turn" if side == "respondent" else "turn"), blanks
    return _count(book, file, side), {**blanks, "count": number_words(len(file.allegations), translate=translate)}


def _ending(file: CaseFile, translate: Translate) -> tuple[str, dict[str, str]]:
    over, decided, outcome = file.matter.over, file.decision, file.outcome
    if decided is not None:
        if "found" not in decided.findings.values() and not decided.sanctions:
            return ("over_not_found" if over else "not_found"), {}
        tariff = next((one.tariff for one in reversed(file.decisions) if one.stands and one.tariff), None)
        if tariff is None:
            return ("over_found_only" if over else "found_only"), {}
        return ("over_found" if over else "found"), {"sanction": sanction_words(tariff, translate=translate)}
    if outcome is not None:
        return ("over_outcome" if over else "ended"), {"outcome": translate(outcome.says)}
    return ("over" if over else "ended_only"), {}


def _sits(book: RunningBook, file: CaseFile) -> bool:
    """Whether the hearing that was held is still the one on which the decision rests: not so after a remit."""
    held = file.hearings[-1].held
    rule = book.book.acts[held.act] if held is not None else None
    return rule is not None and file.matter.stage in rule.stages and file.matter.facts.issuperset(rule.sets)


def _is_turn(book: RunningBook, stage: str) -> bool:
    roles = who_has(book, stage)
    return bool(roles) and all(book.rulebook.roles[role].side == "respondent" for role in roles)


def _count(book: RunningBook, file: CaseFile, side: Side | None) -> str:
    count = len(file.allegations)
    if side == "respondent" and count:
        return "one_about_you" if count == 1 else "many_about_you"
    if side == "complainant" and not count and who_frames(book):
        return "your_complaint"
    return "matter" if not count else "one" if count == 1 else "many"


def clock_words(book: RunningBook, clock: Clock, at: datetime, *, translate: Translate = str) -> ClockWords:
    """A clock in words: its day, what is left of it, and what it does if nobody does anything."""
    calendar, today = book.calendar, book.calendar.local_day(at)
    # Where the day itself is day 1, the day before it is day 0.
    zero = clock.counts_from - timedelta(days=calendar.rule.day_one == "same day")
    unit = _unit(book, clock)

    def between(first: date, last: date) -> int:
        return calendar.working_days(first, last) if unit == "wd" else (last - first).days

    of, left = max(between(zero, clock.last_day), 0), max(between(today, clock.last_day), 0)
    day, late = max(between(zero, today), 0), at >= clock.ends
    last = day_words(clock.last_day, today=today, translate=translate)
    if late:
        remains = translate(CLOCKS["past"]).format(day=last)
    elif today >= clock.last_day or left == 0:
        remains = translate(CLOCKS["today"]).format(time=calendar.rule.ends) if today == clock.last_day else ""
    else:
        many, one = ("many_left", "one_left") if unit == "wd" else ("many_days_left", "one_day_left")
        remains = translate(CLOCKS[one]) if left == 1 else translate(CLOCKS[many]).format(n=left)
    return ClockWords(
        clock=clock, day=day, of=of, left=left, unit=unit, late=late,
        counted=translate(CLOCKS["day_of"]).format(day=day, of=of),
        remains=remains, then=_then(book, clock, translate), last_day=last,
    )  # fmt: skip


def _unit(book: RunningBook, clock: Clock) -> Literal["wd", "d"]:
    if clock.limit is not None:
        return book.book.limits[clock.limit].span.unit
    stage = next(id_ for id_ in book.book.stages if book.path("stages", id_, "clock") == clock.rule)
    rule = book.book.stages[stage].clock
    return rule.within.unit if rule else "wd"


def _then(book: RunningBook, clock: Clock, translate: Translate) -> str:
    """What the clock does when it has run."""
    if clock.limit is not None:
        if clock.limit in ending_limits(book):
            return translate(CLOCKS["expires"])
        then = book.book.limits[clock.limit].then
        ends_measure = then is not None and clears_kind(book, book.book.acts[then], "measure")
        return translate(CLOCKS["missed_and" if ends_measure else "missed"])
    rule = book.book.acts.get(clock.act or "")
    if rule is None:
        return translate(CLOCKS["nothing"])
    stage = book.book.stages.get(rule.to or "")
    if stage is None:
        return translate(CLOCKS["does"]).format(act=act_title(book, rule.id, translate=translate))
    if stage.handover:
        says = sentence(stage.says, translate=translate)
        key = "hands_over_to" if says else "hands_over"
        return translate(CLOCKS[key]).format(says=says[:1].lower() + says[1:])
    if stage.end:
        return translate(CLOCKS["ends"])
    who = the_roles(who_has(book, stage.id), translate=translate)
    key = "moves" if who else "moves_only"
    return translate(CLOCKS[key]).format(stage=stage_title(stage.id, translate=translate).lower(), who=who)
