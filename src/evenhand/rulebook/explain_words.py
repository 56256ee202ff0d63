# SPDX-License-Identifier: Apache-2.0
"""How the walk-through names things: acts, stages, roles and facts of a book as a person reads them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from evenhand.rulebook.draw_picture import plain, spelled
from evenhand.rulebook.explain_page import Name, Said, listed, said
from evenhand.rulebook.model import START, Book, Role, Rulebook, Span

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SPAN = re.compile(r"(\d+)(wd|d)")
WEEKDAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday",
    "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True)
class Words:
    """The names of one rulebook, each with the anchor at which it is explained."""

    rulebook: Rulebook

    def act(self, book: Book, name: str) -> Said:
        """An act in quotation marks; `book.act` names one of another book, which is said."""
        home, _, act = name.rpartition(".")
        elsewhere = self.rulebook.books.get(home, book)
        quoted: Said = ("“", Name(plain(act), f"{elsewhere.id}-act-{act}"), "”")
        if elsewhere.id == book.id:
            return quoted
        return said("{act} (see: {book})", act=quoted, book=Name(title(elsewhere), elsewhere.id))

    def stage(self, book: Book, stage: str) -> Said:
        """A stage in quotation marks."""
        if stage == START:
            return ("the beginning",)
        return ("“", Name(plain(stage), f"{book.id}-stage-{stage}"), "”")

    def stages(self, book: Book, stages: Iterable[str]) -> Said:
        """Any of several stages."""
        return listed([self.stage(book, stage) for stage in stages], "or")

    def role(self, role: str) -> Name:
        """A role by its name."""
        return Name(plain(role), "roles")

    def roles(self, roles: Iterable[str], last: str = "or") -> Said:
        """Any of several roles."""
        return listed([self.role(role) for role in roles], last)

    def who(self, roles: Iterable[str]) -> Said:
        """Who may act: where several people sit, how many of them must agree."""
        return listed([self._seated(self.rulebook.roles[role]) for role in roles], "or")

    def _seated(self, role: Role) -> Said:
        if role.kind != "person" or role.seats < 2:
            return (self.role(role.id),)
        most = number(role.majority)
        return said(
            "{role} ({majority} of {seats} must agree)",
            role=self.role(role.id),
            majority=most,
            seats=number(role.seats),
        )

    def facts(self, book: Book, facts: Iterable[str]) -> Said:
        """What is or is not so, in the words of the text where it has some."""
        return listed([f"“{(book.facts[fact].says or plain(fact)).rstrip('.')}”" for fact in facts])


def number(n: int) -> str:
    """A small number in words, a larger one in digits."""
    return NUMBERS[n] if 0 <= n < len(NUMBERS) else f"{n:,}"


def day(when: date) -> str:
    """A day in words, the same in every locale: "2 March 2026"."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def share(part: Fraction) -> str:
    """A share of a whole: "2/3", "1/5"; the whole is "all"."""
    return "all" if part == 1 else f"{part.numerator}/{part.denominator}"


def title(book: Book) -> str:
    """What a book is called."""
    return book.title or capital(plain(book.id))


def capital(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> Said:
    """Words of the text as a sentence: with a capital letter, and a full stop if they end in no mark of their own."""
    flat = " ".join(text.split())
    return (capital(flat) + ("" if flat.endswith((".", "!", "?", "…")) else "."),)


def free(value: Any) -> str:
    """Whatever the text leaves free, on one line: lists with commas, pairs with colons, spans in words."""
    if isinstance(value, Mapping):
        return "; ".join(f"{plain(str(key))}: {free(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(free, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    span = _SPAN.fullmatch(str(value))
    if span:
        return spelled(Span(int(span[1]), "wd" if span[2] == "wd" else "d"))
    return plain(str(value))
