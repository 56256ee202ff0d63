# SPDX-License-Identifier: Apache-2.0
"""What a picture of a book shows, before anybody decides where on the page.

A box for each stage, one arrow for all acts that lead from one stage to another. An act that stays in its stage is a
line inside the box: an arrow back to where one stands says nothing that a line does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evenhand.rulebook.model import START, Act, Book, Limit, Rulebook, Span
from evenhand.rulebook.table import clock_acts

_UNITS = {"d": "days", "wd": "working days"}
_UNIT = {"d": "day", "wd": "working day"}


@dataclass(frozen=True)
class Label:
    """One act on an arrow. `by` names who may do it; `limit` is the time after which the clock does it, else empty."""

    act: str
    by: str
    limit: str = ""

    def __str__(self) -> str:
        return f"{self.act} (the clock, after {self.limit})" if self.limit else f"{self.act} ({self.by})"


@dataclass(frozen=True)
class Box:
    """A stage. `limit` says how long it lasts at most; `here` are the acts that stay in it."""

    id: str
    title: str
    kind: Literal["begin", "stage", "end", "handover"]
    limit: str = ""
    here: tuple[Label, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """All acts that lead from one stage to another; `clock` where nobody but the clock does any of them."""

    source: str
    target: str
    labels: tuple[Label, ...]
    clock: bool


@dataclass(frozen=True)
class Picture:
    """A book as boxes, arrows, and the limits that run beside the stages, each a sentence."""

    id: str
    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    limits: tuple[str, ...]

    def sentences(self) -> Iterator[str]:
        """The whole picture in words, for whoever does not see it."""
        titles = {box.id: box.title for box in self.boxes}
        for arrow in self.arrows:
            acts = "; ".join(str(label) for label in arrow.labels)
            yield f"From {titles[arrow.source]} to {titles[arrow.target]}: {acts}."
        for box in self.boxes:
            if box.here:
                yield f"Within {box.title}: {'; '.join(str(label) for label in box.here)}."
        yield from self.limits


def plain(name: str) -> str:
    """A name of the text as a person reads it: `case_officer` is "case officer"."""
    return name.replace("_", " ")


def spelled(span: Span) -> str:
    """A length of time in words: "10 working days"."""
    return f"{span.n} {_UNIT[span.unit] if span.n == 1 else _UNITS[span.unit]}"


def picture(rulebook: Rulebook, book_id: str) -> Picture:
    """What is to be seen of a book; nothing is left out but needs, facts and what acts carry."""
    book = rulebook.books[book_id]
    by_clock = clock_acts(book, rulebook.roles)
    moving: dict[tuple[str, str], list[Act]] = {}
    staying: dict[str, list[Act]] = {}
    for act in book.acts.values():
        for here in dict.fromkeys(act.stages):
            if act.to in (None, here):
                staying.setdefault(here, []).append(act)
            else:
                moving.setdefault((here, str(act.to)), []).append(act)
    arrows = tuple(
        Arrow(source, target, tuple(_label(book, by_clock, act, source) for act in acts), _all(by_clock, acts))
        for (source, target), acts in moving.items()
    )
    stays = {stage: tuple(_label(book, by_clock, act, stage) for act in acts) for stage, acts in staying.items()}
    title = f"{rulebook.title or plain(rulebook.id)}: {book.title or plain(book.id)}"
    return Picture(book_id, title, tuple(_boxes(book, stays)), arrows, tuple(map(_said, book.limits.values())))


def _all(by_clock: frozenset[str], acts: list[Act]) -> bool:
    return all(act.id in by_clock for act in acts)


def _boxes(book: Book, here: dict[str, tuple[Label, ...]]) -> Iterator[Box]:
    if any(START in act.stages for act in book.acts.values()):
        yield Box(START, "begin", "begin", here=here.get(START, ()))
    for stage in book.stages.values():
        kind: Literal["stage", "end", "handover"] = "stage"
        if stage.end:
            kind = "handover" if stage.handover else "end"
        limit = spelled(stage.clock.within) if stage.clock else ""
        yield Box(stage.id, plain(stage.id), kind, limit, here.get(stage.id, ()))


def _label(book: Book, by_clock: frozenset[str], act: Act, stage: str) -> Label:
    by = ", ".join(map(plain, act.by))
    clock = book.stages[stage].clock if stage in book.stages else None
    if act.id in by_clock and clock is not None and act.id in clock.then:
        return Label(plain(act.id), by, spelled(clock.within))
    return Label(plain(act.id), by)


def _said(limit: Limit) -> str:
    how = {"within": "within", "exactly": "exactly", "at_least": "at the earliest"}[limit.kind]
    after = " or ".join(map(plain, limit.start))
    blanks = {"stop": " or ".join(map(plain, limit.stop)), "how": how, "span": spelled(limit.span), "start": after}
    if limit.then is None:
        return "Limit: {stop} {how} {span} after {start}.".format(**blanks)
    return "Limit: {stop} {how} {span} after {start}; else the clock does {then}.".format(
        **blanks, then=plain(limit.then)
    )
