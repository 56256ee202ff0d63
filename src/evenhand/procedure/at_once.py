# SPDX-License-Identifier: Apache-2.0
"""When several people act at the same moment, and the database undoes what one of them did so that the others can go on.

It is done once more, on what the others have left; if that goes wrong in the same way, the person is told that somebody
acted meanwhile. Nothing of the first try is left, because it was one transaction.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection

from evenhand.procedure.asking import Changed

P = ParamSpec("P")
R = TypeVar("R")
UNDONE = ("40P01", "40001", "55P03", "23505")
"""Codes of PostgreSQL: a deadlock, an order that cannot be, a lock that is not to be had, a number that is taken."""
SAYS = ("database is locked", "UNIQUE constraint failed")
"""How SQLite says the same."""


def once_more(does: Callable[P, R]) -> Callable[P, R]:
    """Does it again where others were faster, once; then `Changed`. Within somebody else's transaction it is theirs to do."""

    @wraps(does)
    def done(*given: P.args, **named: P.kwargs) -> R:
        if connection.in_atomic_block:
            return does(*given, **named)
        return tried(lambda: does(*given, **named), times=2)

    return done


def tried(does: Callable[[], R], *, times: int) -> R:
    """Does a whole transaction so many times at most, as long as others are faster; then `Changed`.

    More than twice where nobody could do it in the person's place: a complaint must not be lost because others complain.
    """
    for _ in range(times):
        try:
            return does()
        except (IntegrityError, OperationalError) as trouble:
            if not collided(trouble):
                raise
    raise Changed(())


def collided(trouble: Exception) -> bool:
    """Whether the database undid a transaction because of another one, and not because of what was asked of it."""
    code = getattr(trouble.__cause__, "sqlstate", None)
    return code in UNDONE if code else str(trouble).startswith(SAYS)
