# SPDX-License-Identifier: Apache-2.0
"""Who acts in the end where a role cannot be filled: the bodies that step in, one after the other (D08)."""

from evenhand.rulebook.model import Rulebook


def standing_in(rulebook: Rulebook, role: str) -> tuple[str, ...]:
    """The role itself, and whoever steps in for it, in order; a body that is named again ends the chain."""
    names = [role]
    while (following := rulebook.roles[names[-1]].substitutes) is not None and following not in names:
        names.append(following)
    return tuple(names)
