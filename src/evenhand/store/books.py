# SPDX-License-Identifier: Apache-2.0
"""The versions of the rulebook that the organisation has had, ready to run matters (I01, I02, I03)."""

from datetime import datetime
from functools import lru_cache

from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.calendar import Calendar
from evenhand.rulebook.loading import loads
from evenhand.rulebook.model import Rulebook
from evenhand.store import models
from evenhand.store.rows import column
from evenhand.store.trouble import Trouble


class NoRules(Trouble, LookupError):
    """No version of the rulebook is known under this digest, or none was in force on this day."""


@lru_cache(maxsize=64)
def _loaded(digest: str, source: str) -> Rulebook:
    rules = loads(source, "rulebook")
    if rules.digest != digest:
        raise NoRules(
            f"The rulebook stored as {digest} is {rules.digest}: its text was altered. Bring it back from a copy."
        )
    return rules


@lru_cache(maxsize=256)
def _running(digest: str, source: str, book: str) -> RunningBook:
    return RunningBook(_loaded(digest, source), book)


def rules_of(digest: str) -> Rulebook:
    """The version with this digest. `NoRules` if there is none."""
    return _loaded(digest, _source(digest))


def running(digest: str, book: str) -> RunningBook:
    """One book of a version, ready to run; made once. `NoRules` for an unknown version, `KeyError` for a book it lacks."""
    return _running(digest, _source(digest), book)


@lru_cache(maxsize=64)
def _calendar(digest: str) -> Calendar:
    return Calendar(rules_of(digest).calendar)


def calendar_of(rules: Rulebook) -> Calendar:
    """The calendar of a version that is stored here, made ready once; its digest says all that it holds."""
    return _calendar(rules.digest)


def read(digest: str, source: str) -> Rulebook:
    """The version that a text is, held to the digest under which it is kept. `NoRules` where it is another."""
    return _loaded(digest, source)


def text_of(digest: str) -> str:
    """The text of a version as it was published. `NoRules` for one that is not stored here."""
    return _source(digest)


def in_force(at: datetime) -> Rulebook:
    """The version in force at an instant: published by then, and the last to have come into force (I03)."""
    begun = {"published__lte": at, "in_force__lte": at.date()}
    found = column(models.Rulebook, "digest", order=("-in_force", "-version"), most=1, **begun)
    if not found:
        raise NoRules(f"No rulebook was in force on {at.date().isoformat()}; adopt one that was published by then.")
    return rules_of(found[0])


def versions(at: datetime) -> tuple[Rulebook, list[Rulebook]]:
    """The version in force at an instant, and every one that there is; one statement. `NoRules` as above."""
    rows = list(models.Rulebook.objects.order_by("in_force", "version").values_list("digest", "published", "in_force"))
    lawful = [digest for digest, published, day in rows if published <= at and day <= at.date()]
    if not lawful:
        raise NoRules(f"No rulebook was in force on {at.date().isoformat()}; adopt one that was published by then.")
    return rules_of(lawful[-1]), [rules_of(digest) for digest, _, _ in rows]


_known: dict[str, str] = {}


def _source(digest: str) -> str:
    if digest not in _known:
        found = models.Rulebook.objects.filter(digest=digest).values_list("source", flat=True).first()
        if found is None:
            raise NoRules(f"The rulebook {digest} is not stored here.")
        _known[digest] = found  # a digest has one text; `_loaded` holds the text to it
    return _known[digest]
