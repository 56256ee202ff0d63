# SPDX-License-Identifier: Apache-2.0
"""Every notice of the shipped books has its letter, and no letter says what must not be told, or cannot be known."""

from pathlib import Path
from string import Formatter

import pytest

from evenhand.rulebook.model import Act, Letter
from tests.rulebook.shipped import NAMES, acts, by_clock, moves, offices, shipped

pytestmark = pytest.mark.parametrize("name", NAMES)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "books.md"
CARRIED = {
    "account": {"account"}, "allegations": {"clauses"}, "evidence": {"evidence"}, "expiry": {"expiry"},
    "hearing": {"hearing"}, "person": {"person"}, "proportionality": {"proportionality"}, "reasons": {"reasons"},
    "response": {"response"}, "result": {"vote", "count"}, "sanction": {"tariff"}, "text": {"text"},
}  # fmt: skip
"""Blanks that only what the act carries can fill."""


def blanks(letter: Letter) -> set[str]:
    """The named blanks of a letter."""
    return {blank for text in (letter.subject, letter.body) for _, blank, _, _ in Formatter().parse(text) if blank}


def sent_with(name: str) -> list[tuple[Letter, str, Act]]:
    """Each letter with the book and each act with which it goes out; missed limits aside."""
    found = []
    for letter in shipped(name).texts.values():
        for path in letter.acts:
            book, _, act = path.partition(".")
            if not act.startswith("missed."):
                found.append((letter, book, acts(name, book)[act]))
    return found


def test_every_act_that_carries_notice_has_a_letter(name):
    """B08: the rulebook would promise a notice of which nobody has written a word."""
    written = {(book, act.id) for _, book, act in sent_with(name)}
    noticed = {
        (book.id, act.id)
        for book in shipped(name).books.values()
        for act in book.acts.values()
        if "notice" in act.carries
    }
    assert set() == noticed - written
    assert set() == written - noticed


def test_a_blank_is_filled_by_what_the_act_carries(name):
    """B08: an unfilled blank refuses the sending, and the notice is late."""
    for letter, _, act in sent_with(name):
        for blank in blanks(letter) & CARRIED.keys():
            assert CARRIED[blank] & set(act.carries), (letter.id, act.id, blank)


def test_people_are_named_only_where_people_acted(name):
    """B08: a lapse of the clock would be signed by somebody who did nothing."""
    for letter, _, act in sent_with(name):
        if "people" in blanks(letter):
            assert offices(name, act), (letter.id, act.id)


def test_the_manual_explains_every_blank(name):
    """Whoever writes a letter could not know what a blank will say."""
    known = PAGE.read_text(encoding="utf-8")
    for letter in shipped(name).texts.values():
        for blank in blanks(letter):
            assert f"| `{{{blank}}}` |" in known, (letter.id, blank)


def test_no_letter_reaches_a_respondent_who_was_not_told(name):
    """M14: the letter, not the notice, would tell the respondent."""
    written = {act.id for letter, book, act in sent_with(name) if book == "discipline" and "respondent" in letter.to}
    assert [] == [
        move for move in moves(name, "discipline") if move.act.id in written and "told" not in move.facts | move.then
    ]


def test_whoever_was_told_is_told_how_it_ends(name):
    """B09: a person who is cleared would hear of it from others, or never."""
    written = {act.id for letter, book, act in sent_with(name) if book == "discipline" and "respondent" in letter.to}
    ending = {"confirm_settlement", "confirm_withdrawal_told", "no_case", "end_as_left", "no_breach", "sanction"}
    assert ending <= written
    assert "confirm_ending_told" in written


def test_both_sides_have_a_letter_of_every_decision(name):
    """B07, F11: one side would wait for what the other one has read."""
    for decision in ("no_breach", "sanction", "confirm_settlement", "charge", "notify"):
        to = {
            role
            for letter, book, act in sent_with(name)
            if (book, act.id) == ("discipline", decision)
            for role in letter.to
        }
        assert {"complainant", "respondent"} <= to, decision


def test_every_letter_to_a_party_names_support_and_somebody_to_write_to(name):
    """B12: the hardest letters would be those that leave people alone with them."""
    for letter, book, _ in sent_with(name):
        assert "contact" in blanks(letter), letter.id
        if book in ("discipline", "review", "challenge", "appeal", "objection"):
            assert "support" in blanks(letter), letter.id
    assert "support" in shipped(name).publication


def test_a_letter_about_an_adverse_act_says_how_to_have_it_looked_at_again(name):
    """G01, F11: a right of appeal that the letter does not mention has passed before it is known."""
    for letter, book, act in sent_with(name):
        if act.appeal is not None and set(act.adverse) & set(letter.to):
            said = letter.body.lower()
            assert any(word in said for word in ("appeal", "review", "look", "challenge", "object", "say so by")), (
                letter.id
            )
            if book == "discipline" and not act.measure:
                assert "{due}" in letter.body, letter.id


def test_the_notice_of_investigation_says_all_that_it_must(name):
    """B02: who is told of a complaint without being told of what can answer nothing."""
    letter = shipped(name).texts["notice_of_investigation"]
    assert {"allegations", "version", "evidence", "person", "due", "contact", "support"} <= blanks(letter)
    for duty in ("bring somebody with you", "more time", "object"):
        assert duty in letter.body


def test_a_concern_of_the_organisation_is_never_called_a_members_complaint(name):
    """M06: the letter would say what the record does not."""
    for letter in shipped(name).texts.values():
        assert "a member has complained" not in letter.body
    assert "raised" in blanks(shipped(name).texts["notice_of_investigation"])


def test_letters_of_the_clock_are_fixed_texts(name):
    """F12, M14: nobody adopts the words of a lapse, so they may quote nobody."""
    quoting = set(CARRIED) - {"text"}
    for letter, _, act in sent_with(name):
        if by_clock(name, act):
            assert set() == blanks(letter) & quoting, letter.id
