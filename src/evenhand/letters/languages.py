# SPDX-License-Identifier: Apache-2.0
"""Letters in the language of whoever gets them (A02): the rulebook's own text, or its translation line by line.

A letter is translated whole or not at all: a rulebook of which a line has no translation sends its own text. What people
wrote stays as they wrote it.
"""

import gettext
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from evenhand.rulebook.model import Letter

Translate = Callable[[str], str]
ENGLISH = "en"
LANGUAGES = (ENGLISH, "fr")
"""The languages in which letters can be written; the first is that of the texts themselves."""


def known(code: str) -> str:
    """The language of a code such as "fr-CA": one in which letters can be written, or that of the texts."""
    short = code.strip().lower().replace("_", "-").partition("-")[0]
    return short if short in LANGUAGES else ENGLISH


@cache
def translator(language: str) -> Translate:
    """What turns a whole phrase into this language; a phrase that it does not know stays as it is."""
    if known(language) == ENGLISH:
        return str
    path = files("evenhand.letters") / "locale" / known(language) / "LC_MESSAGES" / "letters.mo"
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    return lambda text: catalogue.gettext(text) if text else text


def in_language(letter: Letter, language: str) -> tuple[Letter, str]:
    """The letter's text in this language and the language that it is in: its own where a line has no translation."""
    say = translator(language)
    lines = [letter.subject, *letter.body.splitlines()]
    said = [say(line.strip()) for line in lines]
    if say is str or any(line.strip() and new == line.strip() for line, new in zip(lines, said, strict=True)):
        return letter, ENGLISH
    return replace(letter, subject=said[0], body="\n".join(said[1:]) + "\n"), known(language)
