# SPDX-License-Identifier: Apache-2.0
"""Words that no text about equal treatment may use, as data; the tests search templates, code and manual for them.

Each would claim more than counts can carry: a motive, a verdict, a certainty, a ranking. The last means
something else in other fields.
"""

import re

BANNED: tuple[str, ...] = (
    r"bias\w*",
    r"discriminat\w*",
    r"prove|proves|proved|proven|proving|proofs?",
    r"guilt\w*",
    r"significan\w*",
    r"(?:un)?fair(?:ly|ness|er|est)?",
    r"leagues?",
    r"worst",
    r"e-values?",
)
"""Regular expressions for whole words, small and capital letters alike."""

ALLOWED: tuple[str, ...] = ("not proof of equal treatment",)
"""Phrases in which a banned word says the opposite of what it is banned for."""

SEARCH = re.compile(rf"(?<![\w-])(?:{'|'.join(BANNED)})(?![\w])", re.IGNORECASE)


def banned_in(text: str) -> list[tuple[int, str]]:
    """Every banned word of a text with its line, counted from 1; line breaks inside an allowed phrase do not matter."""
    for phrase in ALLOWED:
        pattern = r"[\s*_]+".join(re.escape(word) for word in phrase.split())
        text = re.sub(pattern, lambda match: "\n" * match.group().count("\n"), text, flags=re.IGNORECASE)
    return [(text.count("\n", 0, match.start()) + 1, match.group()) for match in SEARCH.finditer(text)]
