# SPDX-License-Identifier: Apache-2.0
"""The parts of the walk-through on the code of conduct, on who does what, and on sanctions."""

from collections.abc import Iterator

from evenhand.rulebook.draw_picture import plain
from evenhand.rulebook.explain_page import Block, Grid, Heading, Said, listed, paragraph, points, said
from evenhand.rulebook.explain_words import Words, capital, free, number, sentence, share
from evenhand.rulebook.model import Role, Sanction

_SIDES = {"complainant": "The side that complains.", "respondent": "The side that answers.", "both": "Either side."}


def code(words: Words) -> Iterator[Block]:
    """The clauses of the code, word for word."""
    if not words.rulebook.code:
        return
    yield Heading(2, "What the code of conduct says", "code")
    for clause in words.rulebook.code.values():
        yield Heading(3, clause.id, f"clause-{clause.id}")
        yield paragraph((clause.text.strip(),))
        if clause.examples:
            yield paragraph(("Examples that the text gives:",))
            yield points((example.strip(),) for example in clause.examples)
        if clause.sanctions:
            sanctions = listed([plain(sanction) for sanction in clause.sanctions], "or")
            yield paragraph(said("What may follow: {sanctions}.", sanctions=sanctions))


def roles(words: Words) -> Iterator[Block]:
    """Who does what: parties, offices, and the clock."""
    if not words.rulebook.roles:
        return
    yield Heading(2, "Who does what", "roles")
    rows = tuple(((plain(role.id),), _role(words, role)) for role in words.rulebook.roles.values())
    yield Grid("The roles of these rules", ("Role", "Who that is"), rows)


def _role(words: Words, role: Role) -> Said:
    sentences = list(_about(words, role))
    return tuple(part for at, sentence in enumerate(sentences) for part in ((" ",) if at else ()) + sentence)


def _about(words: Words, role: Role) -> Iterator[Said]:
    if role.says:
        yield sentence(role.says)
    if role.kind == "machine":
        yield ("The clock: what happens by itself when a limit has passed.",)
        return
    if role.kind == "party":
        yield (_SIDES[role.side] if role.side else "They act for themselves.",)
        return
    if role.turnout is not None and role.share is not None:
        voted = "A vote of all {pool}: at least {turnout} of them take part, and {share} of the votes carry it."
        yield said(voted, pool=f"{role.pool:,}", turnout=share(role.turnout), share=share(role.share))
    elif role.seats > 1:
        blanks = {"seats": number(role.seats), "pool": f"{role.pool:,}", "majority": number(role.majority)}
        yield said("Seats: {seats}, filled from {pool} people who are eligible; {majority} must agree.", **blanks)
    elif role.pool == 1:
        yield ("One person, who holds the office alone.",)
    else:
        yield said("One person of {pool} who are eligible.", pool=f"{role.pool:,}")
    if role.chosen:
        yield said("Chosen: {chosen}.", chosen=role.chosen.strip().rstrip("."))
    if role.term:
        yield said("Term: {term}.", term=role.term.strip().rstrip("."))
    if role.external:
        yield ("They come from outside the organisation.",)
    if role.substitutes is not None:
        yield said("Where too few of them may act, this body takes their place: {body}.", body=plain(role.substitutes))


def sanctions(words: Words) -> Iterator[Block]:
    """The closed list of sanctions, mildest first."""
    if not words.rulebook.sanctions:
        return
    yield Heading(2, "What can be imposed", "sanctions")
    yield paragraph(("Nothing else can be imposed than what stands in this list, mildest first.",))
    rows = sorted(words.rulebook.sanctions.values(), key=lambda sanction: sanction.rank)
    yield Grid("The sanctions", ("Sanction", "What the text says"), tuple(map(_sanction, rows)))


def _sanction(sanction: Sanction) -> tuple[Said, Said]:
    terms = []
    if sanction.max:
        terms.append(f"At most {sanction.max.strip().rstrip('.')}.")
    if sanction.needs is not None:
        terms.append(f"Needed: {share(sanction.needs)} of the seats.")
    terms += [f"{capital(plain(key))}: {free(value)}." for key, value in sanction.extra.items()]
    return ((plain(sanction.id),), (" ".join(terms) or "No more than its name.",))
