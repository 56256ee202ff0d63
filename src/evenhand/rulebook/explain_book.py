# SPDX-License-Identifier: Apache-2.0
"""One book in plain language: how a matter begins, its stages, its acts, its limits, and what silence brings."""

from collections.abc import Iterator

from evenhand.rulebook.draw import draw
from evenhand.rulebook.draw_picture import plain, spelled
from evenhand.rulebook.explain_acts import told
from evenhand.rulebook.explain_page import Block, Drawn, Grid, Heading, Part, Said, listed, paragraph, points, said
from evenhand.rulebook.explain_words import Words, capital, free, sentence, title
from evenhand.rulebook.model import START, Act, Book, Limit, Stage
from evenhand.rulebook.silence import Silence, silences
from evenhand.rulebook.table import clock_acts


def blocks(words: Words, book: Book) -> Iterator[Block]:
    """The part of the page that is about one book."""
    yield Heading(2, title(book), book.id)
    if book.says:
        yield paragraph(sentence(book.says))
    yield Drawn(draw(words.rulebook, book.id, "svg"))
    yield Heading(3, "How it begins", f"{book.id}-begins")
    openings = [act for act in book.acts.values() if START in act.stages]
    yield points(_begun(words, book, act) for act in openings)
    yield Heading(3, "Where a matter can stand", f"{book.id}-stages")
    for stage in book.stages.values():
        yield Heading(4, capital(plain(stage.id)), f"{book.id}-stage-{stage.id}")
        yield paragraph(*_stage(words, book, stage))
        open_here = [act for act in book.acts.values() if stage.id in act.stages]
        if open_here:
            yield paragraph(("What can happen here:",))
            yield points(_here(words, book, act) for act in open_here)
    yield Heading(3, "What can be done", f"{book.id}-acts")
    for act in book.acts.values():
        yield Heading(4, capital(plain(act.id)), f"{book.id}-act-{act.id}")
        yield paragraph(*told(words, book, act))
    yield from _beside(words, book)
    yield Heading(3, "If nobody does anything", f"{book.id}-silence")
    for quiet in silences(words.rulebook, book.id):
        yield from _silence(words, book, quiet)


def _begun(words: Words, book: Book, act: Act) -> Said:
    return said("{act}; who may do it: {who}.", act=words.act(book, act.id), who=words.who(act.by))


def _here(words: Words, book: Book, act: Act) -> Said:
    if act.id in clock_acts(book, words.rulebook.roles):
        return said("{act}, by the clock alone.", act=words.act(book, act.id))
    return said("{act}; who may do it: {who}.", act=words.act(book, act.id), who=words.who(act.by))


def _stage(words: Words, book: Book, stage: Stage) -> Iterator[Said]:
    if stage.says:
        yield sentence(stage.says)
    if stage.end and stage.handover:
        yield ("The matter ends here for this organisation: other people take it over whole.",)
    elif stage.end:
        yield ("The matter ends here.",)
    if stage.clock is None:
        if not stage.end:
            yield ("No clock runs here.",)
    else:
        blanks: dict[str, Part | Said] = {
            "span": spelled(stage.clock.within),
            "first": words.act(book, stage.clock.then[0]),
        }
        if len(stage.clock.then) == 1:
            yield said(
                "A matter stands here for at most {span}; if it has not moved by then, the clock does {first}.",
                **blanks,
            )
        else:
            others = listed([words.act(book, name) for name in stage.clock.then[1:]], "or else")
            long = (
                "A matter stands here for at most {span}; if it has not moved by then, the clock does {first}, "
                "or, where that is not open, {others}."
            )
            yield said(long, **blanks, others=others)
    if stage.clears:
        yield said("Once a matter is here, this holds no longer: {facts}.", facts=words.facts(book, stage.clears))


_LIMITS = {
    "within": "{stop} must come within {span} of {start}.",
    "exactly": "{stop} must come {span} after {start}, no sooner and no later.",
    "at_least": "{stop} must come no sooner than {span} after {start}.",
}


def _beside(words: Words, book: Book) -> Iterator[Block]:
    """Limits that run beside the stages, what must or must not happen, and what binds an amendment."""
    if book.limits:
        yield Heading(3, "Other time limits", f"{book.id}-limits")
        yield points(_limit(words, book, limit) for limit in book.limits.values())
    if book.requirements:
        yield Heading(3, "What must hold over a whole matter", f"{book.id}-requirements")
        yield points(sentence(requirement.says) for requirement in book.requirements.values())
    if book.rules:
        yield Heading(3, "What binds every change", f"{book.id}-rules")
        rows = tuple(((capital(plain(key)),), (free(value),)) for key, value in book.rules.items())
        yield Grid("Rules that a change of the rules must keep", ("Rule", "What it says"), rows)


def _limit(words: Words, book: Book, limit: Limit) -> Said:
    blanks: dict[str, Part | Said] = {
        "stop": listed([words.act(book, act) for act in limit.stop], "or"),
        "start": listed([words.act(book, act) for act in limit.start], "or"),
        "span": spelled(limit.span),
    }
    told = said(_LIMITS[limit.kind], **blanks)
    if limit.says:
        told = said("{says} {limit}", says=sentence(limit.says), limit=told)
    if limit.then is None:
        return said("{limit} If it does not, the record says so.", limit=told)
    missed = "{limit} If it does not, the record says so and the clock does {then}."
    return said(missed, limit=told, then=words.act(book, limit.then))


def _silence(words: Words, book: Book, quiet: Silence) -> Iterator[Block]:
    yield paragraph((quiet.sentence,))
    yield points((_silent(words, book, step.act, step.working_days, step.to) for step in quiet.steps), ordered=True)


def _silent(words: Words, book: Book, act: str, working_days: int, to: str) -> Said:
    blanks: dict[str, Part | Said] = {"days": f"{working_days:,}", "to": words.stage(book, to)}
    if act.startswith("missed."):
        missed = plain(act.removeprefix("missed."))
        return said("After {days} working days: the limit “{limit}” is missed.", **blanks, limit=missed)
    return said("After {days} working days: {act}; the matter then stands at {to}.", **blanks, act=words.act(book, act))
