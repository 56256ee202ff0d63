# SPDX-License-Identifier: Apache-2.0
"""Part 4: people who acted in their own cause."""

from evenhand.examine import phrases
from evenhand.examine.charts_lines import two_lines
from evenhand.examine.report_markup import Html, Piece, join, p, quiet, said, tag
from evenhand.examine.report_part import Part, absent, counted, opened, rows_behind
from evenhand.examine.report_reading import Findings

NAME = "Own cause"

NOT_SEEN = "Whether anybody acted in their own cause cannot be seen in this file."
TO_DO = (
    "It takes acts with the people who did them, and allegations, or facts about people, that name the parties. "
    "Ask for them, and give them in <code>acts.sql</code>, <code>allegations.sql</code> or <code>facts.sql</code>."
)
BOTH = (
    "{party} a person acted in a case to which that person was a party; {open} of {of} assignments were made while "
    "another case against the person was open."
)
PARTY_ONLY = "{party} a person acted in a case to which that person was a party."
OPEN_ONLY = "{open} of {of} assignments were made while another case against the person was open."
APART_ONLY = "{apart} a person acted in two roles that the rulebook keeps apart."
NONE = "Nobody was found to have acted in their own cause."

PARTY_TITLE = "In a case to which they were a party"
PARTY = "Pairs of a case and a person who acted in it and was a party to it: <b>{count}</b>."
OPEN_TITLE = "While another case against them was open"
OPEN = (
    "Of {of} of a case and a person who acted in it or was assigned to it on a day that is known, <b>{count}</b> "
    "({share}) fell on a day on which another case against that person was open."
)
OPEN_LINES = "Above, all of these pairs; below, those with another case open."
APART_TITLE = "In two roles that are kept apart"
APART = "Pairs of a case and a person who acted in it in two roles that nobody may hold in one matter: <b>{count}</b>."
HOW = (
    "A pair of a case and a person counts once, however often the person acted in the case.",
    "A party is whoever an allegation of the case names, and whoever acted in it in the role of a party. "
    "A party’s own acts as a party do not count.",
    "A case is open from the day received; on the day it is closed it is open no more.",
    "An open case says nothing about its outcome. It says that a decider was waiting for a decision.",
)


def own_cause(findings: Findings) -> Part:
    """The three questions, each with its number and its rows, or why it cannot be answered."""
    f = findings
    known = [f.number(f"own_cause.{path}") for path in ("party_in_same_case", "own_case_open.count", "roles_not_apart")]
    if all(number is None for number in known) and not isinstance(f.at("own_cause"), dict):
        return absent("own-cause", 4, NAME, NOT_SEEN, f, "own_cause", TO_DO)
    items = [
        item(PARTY_TITLE, one(f, "own_cause.party_in_same_case", PARTY)),
        item(OPEN_TITLE, while_open(f)),
        item(APART_TITLE, one(f, "own_cause.roles_not_apart", APART)),
    ]
    text: list[Piece] = [tag("ol", join(items), class_="items")]
    if all(number is None for number in known):
        text.append(tag("div", p(Html(TO_DO)), class_="empty"))
    margin = [
        counted(*HOW),
        rows_behind(f, "party_in_same_case", "own_case_open", "dated_assignments", "roles_not_apart"),
    ]
    return Part("own-cause", 4, NAME, statement(f), text, margin)


def statement(f: Findings) -> Html:
    """How often, in a sentence that holds what is known."""
    party, apart = f.number("own_cause.party_in_same_case"), f.number("own_cause.roles_not_apart")
    count, of = f.number("own_cause.own_case_open.count"), f.number("own_cause.own_case_open.of")
    known = [number for number in (party, count, apart) if number is not None]
    if not known:
        return Html(NOT_SEEN)
    if not any(known):
        return Html(NONE)
    blanks = {
        key: Html(phrases.counted(number or 0, "time", "times")) for key, number in (("party", party), ("apart", apart))
    }
    blanks |= {key: Html(phrases.count(number or 0)) for key, number in (("open", count), ("of", of))}
    if party is not None and count:
        return said(BOTH, **blanks)
    if count:
        return said(OPEN_ONLY, **blanks)
    return said(PARTY_ONLY if party else APART_ONLY, **blanks)


def item(title: str, *pieces: Piece) -> Html:
    """One question and its answer."""
    return tag("li", tag("div", tag("h3", title), *pieces))


def one(f: Findings, path: str, template: str) -> Html:
    """An answer that is one number."""
    number = f.number(path)
    return p(f.absent(path)) if number is None else p(said(template, count=opened(f, number, path)))


def while_open(f: Findings) -> Html:
    """Assignments made while another case against the person was open, of all with a day."""
    path = "own_cause.own_case_open"
    count, of = f.number(f"{path}.count"), f.number(f"{path}.of")
    if count is None or of is None:
        return p(f.absent(path))
    if not of:
        return p(said(OPEN, count=Html("0"), of=Html("0 pairs"), share=Html("none")))
    sentence = said(
        OPEN, count=opened(f, count, f"{path}.count"), of=join_pairs(f, of), share=Html(phrases.percent(count, of))
    )
    return join([p(sentence), tag("div", Html(two_lines(of, count)), quiet(Html(OPEN_LINES)), class_="clock")])


def join_pairs(f: Findings, of: int | float) -> Html:
    """So many pairs, the number a link to them."""
    number = opened(f, of, "own_cause.own_case_open.of")
    return said("{number} pairs", number=number) if of != 1 else said("{number} pair", number=number)
