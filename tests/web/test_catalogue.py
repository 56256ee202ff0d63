# SPDX-License-Identifier: Apache-2.0
"""The French catalogue is whole: every text has its French, every blank is kept, and what is compiled is what is written."""

import re
from functools import cache

import pytest

from tools import messages

MENDS = f"`make messages` ({messages.COMMAND}) brings the catalogue up to date and prints what has no French text yet."
BLANK = re.compile(r"\{[a-z_]*\}|%\([a-z_]+\)[sd]|%%|</?[a-z]+[^>]*>")


@cache
def made():
    """The catalogue as the sources ask for it, with the French that stands in the file."""
    return messages.catalogue(messages.gathered(), messages.stored())


def forms(text) -> tuple[str, ...]:
    """One text, or both forms of one with a plural."""
    return tuple(text) if isinstance(text, tuple | list) else (text,)


def test_every_text_has_its_french():
    """Half a page in French helps nobody."""
    assert [] == list(messages.lacking(made())), MENDS


def test_no_french_is_a_guess():
    """A text that a program guessed from a similar one says something else."""
    assert [] == [one.id for one in messages.stored() if one.fuzzy and one.id]


def test_every_blank_is_kept():
    """A blank that is lost takes a day or a name out of the page; one that is misspelt breaks it."""
    wrong = []
    for one in made():
        sides = [{*BLANK.findall(text)} for text in forms(one.id)] if one.id else []
        for n, text in enumerate(forms(one.string) if sides and all(forms(one.string)) else ()):
            # A form for one may say “one” in the place of the number, as in English; any other keeps every blank.
            if {*BLANK.findall(text)} not in (sides[min(n, len(sides) - 1)], sides[-1]):
                wrong.append((one.id, text))
    assert [] == wrong


def test_what_is_written_is_what_is_compiled():
    """Pages and letters would say what somebody has mended long ago."""
    differ = [path.name for path, text in messages.written(made()).items() if path.read_bytes() != text]
    assert [] == differ, MENDS


def test_the_texts_are_found():
    """The tests above would hold of an empty catalogue."""
    known = messages.gathered()
    for text in (
        "Leave this page",
        ("You have %(n)s passkey.", "You have %(n)s passkeys."),
        "It is your turn to answer, until {day}.",
        "the case officer",
        "Notice of investigation ({reference})",
        "Somebody stood back from a seat.",
    ):
        assert text in known


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("complainant", "partie plaignante"),
        ("the respondent", "la personne mise en cause"),
        ("{weekday} 1 {month}", "{weekday} 1er {month}"),
    ],
)
def test_words_stand_as_the_manual_says(text, french):
    """Two words for one thing make a reader look for two things."""
    assert french == made().get(text).string
