# SPDX-License-Identifier: Apache-2.0
"""Makes a book large without changing what holds of it: counted statements that may come at any time multiply its states."""

from dataclasses import replace

from evenhand.rulebook.model import Act, Rulebook


def enlarged(rulebook: Rulebook, book_id: str, *, by: str, acts: int, times: int) -> Rulebook:
    """The rulebook with so many more acts in this book, each counted: a party's statement in every open stage.

    Each multiplies the states by up to `times` + 1. The statements change nothing, so every check that held holds.
    """
    book = rulebook.books[book_id]
    stages = tuple(stage.id for stage in book.stages.values() if not stage.end)
    more = {
        name: Act(id=name, stages=stages, by=(by,), carries=("statement",), max=times)
        for name in (f"statement_{number}" for number in range(acts))
    }
    return replace(rulebook, books={**rulebook.books, book_id: replace(book, acts={**book.acts, **more})})
