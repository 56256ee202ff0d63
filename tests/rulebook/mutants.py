# SPDX-License-Identifier: Apache-2.0
"""Single-fault mutants of a rulebook: what somebody could take out, soften or slip in, one thing at a time."""

from collections.abc import Iterator

from evenhand.rulebook.model import Rulebook
from tests.rulebook.mutants_acts import act_mutants
from tests.rulebook.mutants_people import people_mutants
from tests.rulebook.mutants_stages import stage_mutants
from tests.rulebook.mutation import Mutant


def mutants(rulebook: Rulebook) -> Iterator[Mutant]:
    """All single-fault mutants of a rulebook, in the order of its text."""
    yield from people_mutants(rulebook)
    for book in rulebook.books.values():
        yield from act_mutants(rulebook, book)
        yield from stage_mutants(rulebook, book)
