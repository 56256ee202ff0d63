# SPDX-License-Identifier: Apache-2.0
"""Marks a complaint against somebody who complained, or gives evidence, in an open matter (M05)."""

from collections.abc import Iterable

from evenhand.store import models

PROTECTED = ("complainant", "witness", "affected", "signatory")


def possible(respondents: Iterable[str]) -> bool:
    """Whether one of these people complained or is a witness in a matter that is not over; the mark accuses nobody."""
    people = [person for person in respondents if person]
    parts = models.Part.objects.filter(person__in=people, kind="party", role__in=PROTECTED, matter__over=False)
    return bool(people) and parts.exists()
