# SPDX-License-Identifier: Apache-2.0
"""Why not, in a reader's words: the same obstacle as the kernel's, without the names of the rulebook's text."""

import re

import pytest

from evenhand.casework.lawful import why_not
from evenhand.casework.phrases_why import why_words
from tests.casework.a_case import Case, at


def said(case, act, by, day):
    """The sentence for one act."""
    found = next(one for one in why_not(case.book, case.matter, by, at(day)) if one.act == act)
    return why_words(case.book, found)


@pytest.mark.parametrize(
    ("act", "by", "sentence"),
    [
        ("frame_again", "complainant", "This is done by the case officer."),
        ("accept_in_silence", "case_officer", "The clock does this when its limit has run, and nobody else."),
        ("notify", "case_officer", "This is done in the stage notice, and the matter stands in investigation."),
        ("lodge", "complainant", "This opens a matter, and the matter is open already."),
        ("suspend", "duty_panel", "Something has to come first: the case officer has asked for an interim suspension."),
        ("contest", "respondent", "Something has to come first: the respondent is suspended for the time being."),
    ],
)
def test_each_reason_is_told_in_words(act, by, sentence):
    """“suspend needs what is not so in this matter: interim_asked” sends a member of a panel to whoever wrote the rules."""
    assert sentence == said(Case().noticed(), act, by, "2026-04-13")


def test_what_shuts_an_act_is_told_by_what_stands():
    """Somebody would look for the button that is gone."""
    case = Case().noticed().did("case_officer", "ask_interim", "2026-04-13")
    expected = "This is not open any more: the case officer has asked for an interim suspension."
    assert expected == said(case, "ask_interim", "case_officer", "2026-04-14")


@pytest.mark.parametrize("name", ["harbour", "quay_club", "lantern_foundation"])
def test_no_name_of_the_text_is_left_in_any_sentence(name):
    """Under every rulebook and for every role: a word with an underscore is a name, and no word."""
    case = Case(name).noticed()
    roles = {by for act in case.book.book.acts.values() for by in act.by if by != "clock"}
    every = [
        why_words(case.book, one) for role in roles for one in why_not(case.book, case.matter, role, at("2026-04-13"))
    ]
    assert [] == [sentence for sentence in every if re.search(r"\w_\w", sentence)]
