# SPDX-License-Identifier: Apache-2.0
"""Marks a complaint against somebody who complained, or gives evidence, in an open matter, and keeps it out of the same hands.

The mark accuses nobody. Who handles the first matter handles no marked one, so that nobody can answer a complaint about
their own work with another, and nobody is judged by those whom they helped to judge (M05).
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from evenhand.casework.ways_in import complaining_side, respondent_role
from evenhand.store import books, models, rows

PROTECTED = ("witness", "affected", "signatory")
"""Besides the parties of the complaining side."""
WHY = "the respondent complained, or is a witness, in an open matter"


def possible(respondents: Iterable[str]) -> bool:
    """Whether one of these people complained or is a witness in a matter that is not over; the mark accuses nobody."""
    people = [person for person in respondents if person]
    return bool(people) and any(_protects(part) for part in _parts(people).filter(matter__over=False))


def _parts(people: Iterable[str]) -> QuerySet[models.Part]:
    return models.Part.objects.filter(person__in=list(people), kind="party").exclude(matter__book="")


def _protects(part: models.Part) -> bool:
    return part.role in PROTECTED or part.role in complaining_side(books.rules_of(part.matter.rulebook))


def handled_the_first(row: models.Matter) -> frozenset[str]:
    """Who holds or held a seat in a matter for which the respondent of a marked one may now be punished; else nobody."""
    if not row.marked:
        return frozenset()
    side = respondent_role(books.rules_of(row.rulebook))
    respondents = row.parts.filter(role=side).exclude(person="").values_list("person", flat=True)
    # A matter that ended later was open then, and they still judge their own work.
    then = _parts(respondents).exclude(matter=row).filter(Q(matter__over=False) | Q(matter__last__gte=row.opened))
    first = {part.matter_id for part in then.select_related("matter") if _protects(part)}
    seats = models.Part.objects.filter(matter__in=first, kind="seat").exclude(person="")
    return frozenset(seats.values_list("person", flat=True))


def judged_with_them(row: models.Matter) -> frozenset[str]:
    """Who holds a seat in a matter in which the respondent holds one and the complainant is a party; else nobody.

    A party cannot take a decider off by a complaint that the decider's own colleagues admit, nor save one (S13).
    """
    rules = books.rules_of(row.rulebook)
    accused = rows.column(models.Part, "person", matter_id=row.ident, role=respondent_role(rules) or "")
    held = rows.column(models.Part, "matter_id", person__in=accused, kind="seat") if any(accused) else []
    if not held:
        return frozenset()
    side = tuple(complaining_side(rules))
    mine = rows.column(models.Part, "person", matter_id=row.ident, role__in=side, kind="party")
    shared = rows.column(models.Part, "matter_id", person__in=[*mine, ""], matter_id__in=held, kind="party")
    people = rows.column(models.Part, "person", matter_id__in=shared, kind="seat") if shared else []
    return frozenset(person for person in people if person)
