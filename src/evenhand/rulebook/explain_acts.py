# SPDX-License-Identifier: Apache-2.0
"""One act in sentences: who may do it and when, what it carries and needs, and what may be done against it."""

from collections.abc import Iterator

from evenhand.rulebook.draw_picture import plain, spelled
from evenhand.rulebook.explain_page import Part, Said, listed, said
from evenhand.rulebook.explain_words import Words, number, sentence
from evenhand.rulebook.model import START, Act, Book
from evenhand.rulebook.table import clock_acts


def told(words: Words, book: Book, act: Act) -> Iterator[Said]:
    """The sentences on one act, in the order in which a member would ask."""
    if act.says:
        yield sentence(act.says)
    yield from _who_and_when(words, book, act)
    yield from _what(words, book, act)
    yield from _against(words, book, act)


def _who_and_when(words: Words, book: Book, act: Act) -> Iterator[Said]:
    if act.id in clock_acts(book, words.rulebook.roles):
        yield from _by_clock(words, book, act)
        return
    blanks = {"who": words.who(act.by), "to": words.stage(book, act.to or START)}
    open_in = [stage for stage in act.stages if stage != START]
    moves = act.to is not None and set(open_in) != {act.to}
    if START in act.stages:
        begins = "This begins a matter; who may do it: {who}. The matter then stands at {to}."
        yield said(begins if act.to else "This may be done before a matter begins; who may do it: {who}.", **blanks)
    if open_in and moves:
        moving = "Who may do it: {who}, while the matter stands at {stages}. The matter then stands at {to}."
        yield said(moving, **blanks, stages=words.stages(book, open_in))
    elif open_in:
        staying = "Who may do it: {who}, while the matter stands at {stages}. The matter stays where it is."
        yield said(staying, **blanks, stages=words.stages(book, open_in))


def _by_clock(words: Words, book: Book, act: Act) -> Iterator[Said]:
    waiting = [s.id for s in book.stages.values() if s.clock and act.id in s.clock.then and s.id in act.stages]
    limits = [limit for limit in book.limits.values() if limit.then == act.id]
    if waiting:
        sentence = (
            "Nobody does this: it happens when the limit of {stages} has passed, and the matter then stands at {to}."
        )
        if act.to is None:
            sentence = "Nobody does this: it happens when the limit of {stages} has passed."
        yield said(sentence, stages=words.stages(book, waiting), to=words.stage(book, act.to or START))
    for limit in limits:
        starts = listed([words.act(book, name) for name in limit.start], "or")
        blanks: dict[str, Part | Said] = {"span": spelled(limit.span), "start": starts}
        yield said("Nobody does this: it happens {span} after {start}, unless what is due has come before.", **blanks)


def _what(words: Words, book: Book, act: Act) -> Iterator[Said]:
    if act.carries:
        yield said("It must carry: {things}.", things=listed(act.carries))
    if act.needs:
        yield said("It is open only where this holds: {facts}.", facts=words.facts(book, act.needs))
    if act.unless:
        yield said("It is not open where this holds: {facts}.", facts=words.facts(book, act.unless))
    if act.max is not None:
        often = "It may be done once in a matter." if act.max == 1 else "It may be done at most {n} times in a matter."
        yield said(often, n=number(act.max))
    if act.days is not None:
        yield said("The limit that is running becomes longer by {span}.", span=spelled(act.days))
    if act.sets:
        yield said("From then on this holds: {facts}.", facts=words.facts(book, act.sets))
    if act.clears:
        yield said("From then on this holds no longer: {facts}.", facts=words.facts(book, act.clears))
    if act.merits:
        yield ("It decides the substance of the matter.",)
    if act.measure:
        yield ("It is an interim measure: it decides nothing about the substance.",)
    if act.outcome:
        yield said("The outcome is recorded as “{outcome}”.", outcome=plain(act.outcome))
    letters = [plain(text.id) for text in words.rulebook.texts.values() if f"{book.id}.{act.id}" in text.acts]
    if letters:
        yield said("This letter goes out with it: {letters}.", letters=listed([f"“{letter}”" for letter in letters]))


def _against(words: Words, book: Book, act: Act) -> Iterator[Said]:
    if not act.adverse and act.appeal is None:
        return
    blanks = {"whom": words.roles(act.adverse, "and")}
    if act.appeal is None:
        yield said("It goes against {whom}, and the text names nothing that may be done against it.", **blanks)
        return
    home, _, name = act.appeal.rpartition(".")
    elsewhere = words.rulebook.books.get(home, book)
    appeal = elsewhere.acts.get(name)
    blanks |= {"appeal": words.act(book, act.appeal), "who": words.roles(appeal.by if appeal else ())}
    if act.adverse:
        yield said("It goes against {whom}. What may be done against it: {appeal}, by {who}.", **blanks)
    else:
        yield said("What may be done against it: {appeal}, by {who}.", **blanks)
