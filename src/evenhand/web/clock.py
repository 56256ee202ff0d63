# SPDX-License-Identifier: Apache-2.0
"""The one clock of the doors. Everything below is told the time; only here is it read.

A test, or the tour of an invented organisation, puts another clock in its place for the whole process.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone

Clock = Callable[[], datetime]
"""Says what time it is, as an instant with a zone."""

_clock: Clock = timezone.now


def now() -> datetime:
    """This instant, in UTC unless another clock says otherwise."""
    return _clock()


def set_clock(clock: Clock | None) -> None:
    """Puts another clock in place, or the real one back with `None`."""
    global _clock
    _clock = clock or timezone.now


@contextmanager
def standing_at(at: datetime) -> Iterator[None]:
    """While this lasts, it is always `at`. `ValueError` if `at` has no zone."""
    if at.tzinfo is None:
        raise ValueError("A clock needs a time zone.")
    before = _clock
    set_clock(lambda: at)
    try:
        yield
    finally:
        set_clock(before)
