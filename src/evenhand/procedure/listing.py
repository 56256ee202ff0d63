# SPDX-License-Identifier: Apache-2.0
"""The seats that somebody may see in a list: what is not theirs is left out before anything is counted (D01, D17, L07).

The same is asked as when a matter is opened: that they sit, that no ground bars them from seeing it, that they still hold
the office behind the seat. It takes three statements, however many seats there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from evenhand.conflicts.listing import Shut, Standing, shut_seats, standing_of
from evenhand.procedure.authority import OFFICE, offices_of
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.store.querying import query

SEE = "see"


@dataclass(frozen=True)
class Sight:
    """What somebody may see in lists at an instant: the rules in force, what the facts say of them, what is shut to them."""

    person: str
    at: datetime
    rules: Rulebook
    standing: Standing
    shut: Shut
    closed_roles: tuple[tuple[str, frozenset[str]], ...] = ()
    """By the version of the rulebook that a matter runs under: the roles whose office the person does not hold."""
    every_office: frozenset[str] = frozenset()
    """The ends of facts that hold an office under any version."""

    @property
    def offices(self) -> set[str]:
        """The offices that the person holds."""
        return {one.removeprefix(OFFICE) for one in self.standing.offices}

    def seats(self) -> "QuerySet[models.Part]":
        """The seats in which the person sits and which they may see."""
        return self._seen(models.Part.objects.filter(person=self.person, status="sits"))

    def calls(self) -> "QuerySet[models.Part]":
        """The seats in open matters to which the person is called, or whose declaration waits for a ruling."""
        called = models.Part.objects.filter(person=self.person, status__in=("called", "declared"), over=False)
        return self._seen(called)

    def _seen(self, parts: "QuerySet[models.Part]") -> "QuerySet[models.Part]":
        if not self.person:
            return parts.none()
        if self.shut.seats:
            parts = parts.exclude(pseudonym__in=sorted(self.shut.seats))
        if self.shut.but is not None:
            parts = parts.filter(matter__in=sorted(self.shut.but))
        return parts.exclude(self._out_of_office()) if any(roles for _, roles in self.closed_roles) else parts

    def _out_of_office(self) -> Q:
        if len({roles for _, roles in self.closed_roles}) == 1:
            return Q(role__in=sorted(self.closed_roles[0][1]))
        found = Q(pk__in=())
        for digest, roles in self.closed_roles:
            found |= Q(matter__rulebook=digest, role__in=sorted(roles))
        return found


def sight_of(person: str, at: datetime) -> Sight:
    """What somebody may see in lists at an instant. `NoRules` where no rulebook is in force."""
    now = at.astimezone(UTC)
    rules, every = books.versions(now)
    if not person:
        return Sight(person, now, rules, Standing(), Shut())
    offices = {f"{OFFICE}{one}" for book in every for role in book.roles for one in offices_of(book, role)}
    standing = standing_of(query, rules, person, at=now, offices=offices)
    roles = sorted({role for book in every for role in book.roles})
    shut = shut_seats(query, rules, person, act=SEE, at=now, standing=standing, roles=roles)
    held = {one.removeprefix(OFFICE) for one in standing.offices}
    closed = [(book.digest, _closed(book, rules, held)) for book in every]
    return Sight(person, now, rules, standing, shut, tuple(closed), frozenset(offices))


def _closed(own: Rulebook, in_force: Rulebook, held: Iterable[str]) -> frozenset[str]:
    """The roles that are filled from offices, none of which is held; both versions are asked (`authority.out_of_office`)."""
    found = set()
    for role in {*own.roles, *in_force.roles}:
        offices = offices_of(own, role) | offices_of(in_force, role)
        if offices and not offices.intersection(held):
            found.add(role)
    return frozenset(found)


def my_seats(person: str, *, at: datetime) -> "QuerySet[models.Part]":
    """The seats of a person in matters that they may open now, each with its matter."""
    return sight_of(person, at).seats().select_related("matter")
