# SPDX-License-Identifier: Apache-2.0
"""Whether a name names something that the rulebook declares, and what was probably meant if not."""

from collections.abc import Iterable

from evenhand.rulebook.loading_values import Place, Word, near
from evenhand.rulebook.reading import shown


def known(names: Iterable[Word], among: Iterable[str], what: str, place: Place) -> None:
    """Refuses the first name that is not among these; `what` says what it should name, as in "role"."""
    declared = set(among)
    for name in names:
        if name in declared:
            continue
        guess = near(name, sorted(declared))
        if guess is not None:
            raise place.refuse(
                name.line, f"There is no {what} {shown(name)}, named in {place.name}; did you mean {guess}?"
            )
        raise place.refuse(
            name.line, f"There is no {what} {shown(name)}, named in {place.name}; declare it or take it out."
        )
