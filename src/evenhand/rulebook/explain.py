# SPDX-License-Identifier: Apache-2.0
"""The whole rulebook in plain language, for a member (I12), made from the same text that binds the process.

Nothing is added to what the text says and nothing of it is judged: that is `checking`. The same rulebook gives the same
bytes.
"""

from collections.abc import Iterator
from typing import Literal

from evenhand.rulebook import explain_book, explain_conflicts, explain_people
from evenhand.rulebook.carries import CARRIES
from evenhand.rulebook.draw_picture import plain, spelled
from evenhand.rulebook.explain_forms import html, markdown
from evenhand.rulebook.explain_page import Block, Grid, Heading, Name, Quoted, Said, listed, paragraph, points, said
from evenhand.rulebook.explain_words import WEEKDAYS, Words, capital, day, free, number, title
from evenhand.rulebook.model import START, Rulebook

Form = Literal["markdown", "html"]
FORMS: tuple[Form, ...] = ("markdown", "html")


def explain(rulebook: Rulebook, form: Form = "markdown") -> str:
    """A walk-through for a member. `ValueError` for a form that is not one of `FORMS`."""
    if form not in FORMS:
        raise ValueError(f"A rulebook is explained as {' or '.join(FORMS)}, not as {form}.")
    page = tuple(_page(Words(rulebook)))
    return markdown(page) if form == "markdown" else html(page)


def _page(words: Words) -> Iterator[Block]:
    rulebook = words.rulebook
    yield Heading(1, f"{rulebook.title or capital(plain(rulebook.id))}, in plain language", "top")
    yield paragraph(*_version(rulebook))
    yield Heading(2, "Who may begin a matter", "begin")
    yield points(_beginnings(words))
    yield from explain_people.code(words)
    yield from explain_people.roles(words)
    yield from explain_conflicts.blocks(words)
    for book in rulebook.books.values():
        yield from explain_book.blocks(words, book)
    yield from explain_people.sanctions(words)
    yield from _promises(words)
    yield from _changes(words)
    yield from _days(words)
    yield from _left_free(words)
    yield from _carried(words)
    yield from _letters(words)


def _version(rulebook: Rulebook) -> Iterator[Said]:
    yield (f"This is version {rulebook.version}.",)
    if rulebook.adopted is not None:
        yield (f"It was adopted on {day(rulebook.adopted)}.",)
    if rulebook.in_force is not None:
        yield (f"It is in force from {day(rulebook.in_force)}.",)
    if rulebook.replaces is not None:
        yield (f"It replaces version {rulebook.replaces}.",)
    if "conduct" in rulebook.applies:
        yield said("Conduct is judged by: {which}.", which=rulebook.applies["conduct"])
    if "procedure" in rulebook.applies:
        yield said("A matter is handled by: {which}.", which=rulebook.applies["procedure"])
    yield (f"Its fingerprint is {rulebook.digest}: whoever has a text with the same fingerprint has the same rules.",)


def _beginnings(words: Words) -> Iterator[Said]:
    """Who may begin a matter of each book, by which act."""
    for book in words.rulebook.books.values():
        for act in book.acts.values():
            if START in act.stages:
                name, who = Name(title(book), book.id), words.who(act.by)
                yield said("{book}: {act}; who may do it: {who}.", book=name, act=words.act(book, act.id), who=who)


def _promises(words: Words) -> Iterator[Block]:
    promises, kept = words.rulebook.promises, []
    if promises.longest is not None:
        kept.append(said("No matter lasts longer than {span}.", span=spelled(promises.longest)))
    if promises.bury_needs is not None:
        bury = "No fewer than {n} people, acting together, can make a complaint disappear."
        kept.append(said(bury, n=number(promises.bury_needs)))
    if promises.conflicted is not None:
        staffed = "With {n} of those eligible standing aside, every role can still be filled."
        kept.append(said(staffed, n=number(promises.conflicted)))
    if promises.amend_needs is not None:
        kept.append(said("No fewer than {n} people can change these rules.", n=number(promises.amend_needs)))
    if kept:
        yield Heading(2, "What is promised", "promises")
        yield points(kept)


def _changes(words: Words) -> Iterator[Block]:
    yield Heading(2, "How these rules are changed", "changes")
    book = words.rulebook.books.get("amendment")
    if book is None:
        yield paragraph(("This text does not say how it is changed.",))
        return
    openings = [act for act in book.acts.values() if START in act.stages]
    who = words.who(dict.fromkeys(role for act in openings for role in act.by))
    yield paragraph(
        said("A change follows the steps of “{book}”.", book=Name(title(book), book.id)),
        said("Who may propose one: {who}.", who=who),
    )


def _days(words: Words) -> Iterator[Block]:
    rule = words.rulebook.calendar
    yield Heading(2, "How days are counted", "days")
    first = "the day after" if rule.day_one == "next day" else "the same day"
    rows = [
        ("Time zone", rule.zone),
        ("Not working days", ", ".join(WEEKDAYS[name] for name in rule.weekend) or "none"),
        ("Holidays", "; ".join(day(holiday) for holiday in rule.holidays) or "none"),
        ("Day 1 of a limit", first),
        ("The last day ends at", rule.ends),
    ]
    if rule.roll:
        rows.append(("A limit in days that ends on a day that is no working day", "runs to the next working day"))
    rows += [(f"Counts as received by {plain(way)} after", spelled(span)) for way, span in rule.service.items()]
    yield Grid("The calendar of these rules", ("What", "How"), tuple(((what,), (how,)) for what, how in rows))


def _left_free(words: Words) -> Iterator[Block]:
    """What is published, how long things are kept, what is compared: the text's own words."""
    rulebook = words.rulebook
    for heading, anchor, texts in (
        ("What is published", "publication", rulebook.publication),
        ("How long things are kept", "retention", rulebook.retention),
        ("What is compared, so that people are treated alike", "monitor", rulebook.monitor),
    ):
        if texts:
            yield Heading(2, heading, anchor)
            rows = tuple(((capital(plain(key)),), (free(value),)) for key, value in texts.items())
            yield Grid(heading, ("What", "What the text says"), rows)


def _carried(words: Words) -> Iterator[Block]:
    """What the names of the things mean that acts must carry; only those that this text uses."""
    acts = [act for book in words.rulebook.books.values() for act in book.acts.values()]
    used = {thing for act in acts for thing in act.carries}
    rows = tuple(((thing,), (meaning.says,)) for thing, meaning in CARRIES.items() if thing in used)
    if rows:
        yield Heading(2, "What acts must carry", "carries")
        yield Grid("The things that an act must carry, and what each is", ("Name", "What it is"), rows)


def _letters(words: Words) -> Iterator[Block]:
    texts = words.rulebook.texts
    if texts:
        yield Heading(2, "Letters", "letters")
        yield paragraph(("What stands in braces is filled in when the letter is sent.",))
    for letter in texts.values():
        yield Heading(3, letter.subject, f"letter-{letter.id}")
        sent = listed([_sent(words, act) for act in letter.acts], "or")
        yield paragraph(
            said("To: {to}.", to=words.roles(letter.to, "and")),
            said("It goes out with {acts}.", acts=sent) if letter.acts else None,
        )
        yield Quoted(letter.body)


def _sent(words: Words, act: str) -> Said:
    """An act that a letter goes out with; a missed limit sends letters too and is no act of the text."""
    home, _, name = act.partition(".")
    book = words.rulebook.books.get(home)
    if book is None or name not in book.acts:
        return (f"“{plain(act)}”",)
    return words.act(book, name)
