# SPDX-License-Identifier: Apache-2.0
"""Letters in French say what the rulebook says, blank by blank; a letter that is not translated whole is sent as it stands."""

import re
from dataclasses import replace

import pytest

from evenhand.letters.blanks import blanks_for
from evenhand.letters.languages import ENGLISH, in_language, known, translator
from evenhand.letters.writing import blanks_of, write
from tests.letters.test_writing import ABOUT, RULES, SENT, done

EACH = [pytest.param(one, id=f"{name}-{one.id}") for name, rules in RULES.items() for one in rules.texts.values()]
ENGLISH_WORDS = re.compile(r"\b(?:the|of|and|your|until|Monday|Tuesday|Wednesday|Thursday|Friday|April|May)\b")
QUOTED = re.compile(r"[A-Z]\d+: [^\n]*|the office, 01632 960 100|He shouted at her on the quay")
"""The text of a clause, the organisation's own address and what people wrote stay as they are."""


@pytest.mark.parametrize("letter", EACH)
def test_each_letter_has_a_french_text_with_the_same_blanks(letter):
    """A02: a blank that is lost takes the day, the reasons or the way to appeal out of the letter."""
    french, language = in_language(letter, "fr")
    assert "fr" == language
    assert sorted(blanks_of(letter)) == sorted(blanks_of(french))
    assert len(letter.body.splitlines()) == len(french.body.splitlines())


@pytest.mark.parametrize(("rules", "letter", "book", "act"), SENT)
def test_what_fills_the_blanks_is_french_too(rules, letter, book, act):
    """Half a sentence in each of two languages can be read by nobody."""
    running, before, after, what = done(rules, book, act)
    about = replace(ABOUT, people=(), items={})
    text, language = in_language(letter, "fr")
    support = str(rules.publication.get("support", ""))
    filled = blanks_for(running, before, after, what, about, say=translator("fr"))
    written = write(rules, text, {**filled, "support": "01632 960 111"} if support else filled, language)
    assert [] == ENGLISH_WORDS.findall(QUOTED.sub("", written.body))
    assert "fr" == written.language


def test_a_letter_of_which_one_line_has_no_translation_is_sent_in_its_own_words():
    """An organisation that words its letters anew would send a mixture without knowing."""
    letter = RULES["harbour"].texts["receipt"]
    own = replace(letter, body=letter.body + "Come to the boathouse on Sunday, {name}.\n")
    assert (own, ENGLISH) == in_language(own, "fr")


@pytest.mark.parametrize(
    ("code", "language"), [("fr", "fr"), ("fr-CA", "fr"), ("FR_ch", "fr"), ("en-gb", "en"), ("de", "en"), ("", "en")]
)
def test_a_code_is_a_language_that_letters_have(code, language):
    """A code that is not understood would stop a letter."""
    assert language == known(code)
