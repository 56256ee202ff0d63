# SPDX-License-Identifier: Apache-2.0
"""What was asked of others and how they ruled; hearings; and how a stage was lengthened.

An act asks when it sets a fact to which others have at least two answers (each needs the fact and clears it), or when
a party leads the matter into a stage that only asking (and the clock) leads into. An appeal is what the book names as one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from evenhand.casework.clocks import stage_ends_on
from evenhand.casework.exits import appeals_of, call_ins, office_exits, offices, parties
from evenhand.casework.file_folds import day_of
from evenhand.casework.file_parts import Asked, Hearing, Lengthening
from evenhand.casework.file_steps import Step
from evenhand.casework.matter import Matter
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import START, Act

Kind = Literal["time", "measure", "appeal", "other"]
_CLOCK_STOPS = re.compile(r"\bclock\b.*\bstop|\bstop\w*\b.*\bclock\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """How one act asks: what for, the acts that answer it, and what is so as long as nobody has answered.

    `while_facts` all stand, or the matter is in `while_stage`, until it is answered.
    """

    kind: Kind
    answers: tuple[str, ...]
    while_facts: frozenset[str] = frozenset()
    while_stage: str | None = None

    def lasts(self, matter: Matter) -> bool:
        """Whether it is still unanswered in this state."""
        if self.while_stage is not None:
            return matter.stage == self.while_stage
        return not matter.over and bool(self.while_facts) and self.while_facts <= matter.facts


def askings(book: RunningBook) -> Mapping[str, Asking]:
    """By act, how it asks; acts that ask nothing are left out."""
    found = dict[str, Asking]()
    for act in book.book.acts.values():
        if START not in act.stages and act.id not in book.clocks_own:
            asking = _by_fact(book, act) or _by_stage(book, act)
            if asking is not None:
                found[act.id] = asking
            elif "request" in act.carries:
                found[act.id] = Asking(kind="other", answers=())
    return found


def _by_fact(book: RunningBook, act: Act) -> Asking | None:
    for fact in act.sets:
        if book.book.facts[fact].kind != "step":
            continue
        answers = [
            other
            for other in book.book.acts.values()
            if fact in other.needs and fact in other.clears and offices(book, other)
            if set(other.by).isdisjoint(act.by)
        ]
        if len(answers) >= 2:
            needed = frozenset.intersection(*(frozenset(answer.needs) for answer in answers))
            names = tuple(answer.id for answer in answers)
            return Asking(kind=_kind(book, act, answers), answers=names, while_facts=needed)
    return None


def _by_stage(book: RunningBook, act: Act) -> Asking | None:
    if act.to is None or act.to in act.stages or not {"grounds", "request", "reasons"} & set(act.carries):
        return None
    named = act.id in appeals_of(book, measures=False)
    called = act.id in call_ins(book)
    if not (named or called or (parties(book, act) and _only_asked_into(book, act.to))):
        return None
    answers = office_exits(book, act.to)
    kind: Kind = "appeal" if named or called else _kind(book, act, answers)
    return Asking(kind=kind, answers=tuple(answer.id for answer in answers), while_stage=act.to)


def _only_asked_into(book: RunningBook, stage: str) -> bool:
    into = [act for act in book.book.acts.values() if act.to == stage and stage not in act.stages]
    return not book.book.stages[stage].end and all(not offices(book, act) for act in into)


def _kind(book: RunningBook, act: Act, answers: Sequence[Act]) -> Kind:
    if act.id in appeals_of(book, measures=True):
        return "measure"
    if act.id in appeals_of(book, measures=False):
        return "appeal"
    return "time" if "request" in act.carries or any(answer.days is not None for answer in answers) else "other"


def asked(book: RunningBook, steps: Sequence[Step]) -> tuple[Asked, ...]:
    """Everything that was asked, with its ruling: the act after which the question does not stand any more."""
    asking, found = askings(book), list[Asked]()
    for step in steps:
        for at, one in enumerate(found):
            if one.open and not asking[one.asked.act].lasts(step.after):
                found[at] = replace(one, ruled=step.done)
        how = asking.get(step.done.act)
        if how is not None:
            found.append(Asked(asked=step.done, kind=how.kind, answers=how.answers))
    return tuple(found)


def hearings(steps: Sequence[Step]) -> tuple[Hearing, ...]:
    """Every hearing with what became of it (M20).

    An act that carries a hearing fixes it; with a statement it is the record of how it was held. What clears the facts
    that the fixing set puts the hearing off, and drops it where the matter moves on.
    """
    found, signs = list[Hearing](), frozenset[str]()
    for step in steps:
        now = found[-1] if found and found[-1].awaited else None
        if now is not None and signs and not signs <= step.after.facts:
            put_off = step.rule is not None and not step.moves
            found[-1] = replace(now, adjourned=step.done) if put_off else replace(now, dropped=step.done)
        elif now is not None and step.after.over:
            found[-1] = replace(now, dropped=step.done)
        if step.rule is None or not step.carries("hearing"):
            continue
        if not step.carries("statement"):
            found.append(_fixed(step))
            signs = frozenset(step.rule.sets)
        elif found and found[-1].awaited:
            found[-1] = replace(found[-1], held=step.done)
        else:
            found.append(replace(_fixed(step), held=step.done))
    return tuple(found)


def _fixed(step: Step) -> Hearing:
    value = step.done.carries.get("hearing")
    said = value if isinstance(value, dict) else {}
    return Hearing(
        fixed=step.done,
        day=day_of(said.get("date")),
        place=str(said.get("place", "")),
        deciders=step.done.text("person"),
    )


def lengthenings(book: RunningBook, steps: Sequence[Step]) -> tuple[Lengthening, ...]:
    """Every act that gave its stage more days (H02, H04)."""
    answers = {answer for asking in askings(book).values() for answer in asking.answers}
    fixing = {fact for act in book.book.acts.values() if "hearing" in act.carries for fact in act.sets}
    found = list[Lengthening]()
    for step in steps:
        if step.rule is not None and step.rule.days is not None and not step.moves:
            found.append(
                Lengthening(
                    done=step.done,
                    stage=step.after.stage,
                    kind=_how_longer(book, step.rule, answers, fixing),
                    span=step.rule.days,
                    last_day=stage_ends_on(book, step.after),
                )
            )
    return tuple(found)


def _how_longer(
    book: RunningBook, act: Act, answers: set[str], fixing: set[str]
) -> Literal["extension", "pause", "time", "hold", "adjournment"]:
    if "danger" in act.carries:
        return "hold"
    if act.id in answers:
        return "time"
    if fixing & set(act.clears):
        return "adjournment"
    # The format has no key for a clock stop; the words of the rulebook say that it is one (H04).
    said = [act.says, *(book.book.facts[fact].says for fact in act.sets)]
    return "pause" if any(map(_CLOCK_STOPS.search, said)) else "extension"
