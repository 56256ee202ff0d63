# SPDX-License-Identifier: Apache-2.0
"""Writes a letter from the text that the rulebook has for it (B08): every blank is filled, or it is not written."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.rulebook.model import Letter, Rulebook

BLANK = re.compile(r"\{([a-z]+)\}")
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Signs that turn the order of letters around, break lines unseen, or are no letters: a name must not be able to rewrite a
letter. The joiners U+200C and U+200D are not among them: Persian and several scripts of India are spelt with them."""


class Unwritten(ValueError):
    """A blank of a letter was not given; the letter does not go out with a hole in it."""


@dataclass(frozen=True)
class Written:
    """A letter as it goes out, and which text of which version of the rulebook it is (`ID@DIGEST`)."""

    subject: str
    body: str
    template: str
    language: str = "en"


def letters_for(rules: Rulebook, book: str, act: str) -> tuple[Letter, ...]:
    """The letters that go out with an act, in the order of the rulebook."""
    return tuple(letter for letter in rules.texts.values() if f"{book}.{act}" in letter.acts)


def blanks_of(letter: Letter) -> tuple[str, ...]:
    """The names of the blanks of a letter, each once."""
    return tuple(dict.fromkeys(BLANK.findall(letter.subject + letter.body)))


def write(rules: Rulebook, letter: Letter, blanks: Mapping[str, str], language: str = "en") -> Written:
    """The letter with its blanks filled in. What stands in a value is text and is not filled in again.

    `language` is that of the letter's text (see `languages.in_language`).

    `Unwritten` names a blank that has no value.
    """

    def value(found: re.Match[str]) -> str:
        given = visible(blanks.get(found[1], ""))
        if not given:
            raise Unwritten(f"The letter {letter.id} has the blank {{{found[1]}}}, and nothing to fill it with.")
        # The text closes the sentence itself; what was quoted as one has closed it already.
        closed = given.endswith(".") and not given.endswith("..") and found.string.startswith(".", found.end())
        return given[:-1] if closed else given

    # Normal form once more over the whole: a value may begin with a sign that joins the one before it.
    subject = visible(" ".join(BLANK.sub(value, letter.subject).split()))
    return Written(subject, visible(BLANK.sub(value, letter.body)) + "\n", f"{letter.id}@{rules.digest}", language)


def visible(text: str) -> str:
    """The text without signs that nobody sees, in normal form, which comes last: taking one out can bring two together."""
    return unicodedata.normalize("NFC", UNSEEN.sub("", text)).strip()
