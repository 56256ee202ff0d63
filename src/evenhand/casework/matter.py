# SPDX-License-Identifier: Apache-2.0
"""Where one matter stands: all that the kernel has to know of its history, and nothing that time alone changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import START, Span


class OtherRules(ValueError):
    """A matter was brought before another book, or another version of it, than the one it was opened under."""


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A matter between two acts.

    `rulebook` and `book` name the version it was opened under, and it stays under that version (I02). `uses` counts
    the acts that may be done a limited number of times. The stage's clock counts from the local day `counts_from` and
    was lengthened by each of `longer`; `running` maps each limit that runs beside it to its last local day. `owed` is
    the act of the clock that follows at once from a limit just missed. `last` is the instant of the last act.
    """

    rulebook: str
    book: str
    stage: str = START
    over: bool = False
    facts: frozenset[str] = frozenset()
    uses: Mapping[str, int] = field(default_factory=dict)
    last: datetime | None = None
    entered: datetime | None = None
    counts_from: date | None = None
    longer: tuple[Span, ...] = ()
    running: Mapping[str, date] = field(default_factory=dict)
    owed: str | None = None


def new_matter(book: RunningBook) -> Matter:
    """A matter in which nothing has been done yet."""
    facts = frozenset(fact.id for fact in book.book.facts.values() if fact.at_start)
    return Matter(rulebook=book.rulebook.digest, book=book.id, facts=facts)


def same_rules(book: RunningBook, matter: Matter) -> None:
    """`OtherRules` unless the matter was opened under this book of this version."""
    if (matter.rulebook, matter.book) != (book.rulebook.digest, book.id):
        raise OtherRules(
            f"This matter runs under the book {matter.book} of the rulebook {matter.rulebook}, "
            f"not under the book {book.id} of {book.rulebook.digest}."
        )
