# SPDX-License-Identifier: Apache-2.0
"""Who belongs to the organisation now, by its register: asked when somebody signs in by its provider, and ever after.

No claim of a provider makes anybody a member or gives them an office; the register alone says so (L07, D17).
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from evenhand.procedure.authority import held_by
from evenhand.procedure.registering import MEMBER
from evenhand.store import models
from evenhand.store.organisation import Organisation


@dataclass(frozen=True)
class Belonging:
    """What the register says of a person now: whether a member, and whether they hold an office."""

    member: bool = False
    office: bool = False

    @property
    def any(self) -> bool:
        """Whether they belong to the organisation at all."""
        return self.member or self.office


def belonging(person: str, *, at: datetime) -> Belonging:
    """Whether a person is a member now and holds an office now; neither for who is not in the register. Two statements."""
    row = models.Person.objects.filter(handle=person).values_list("kind", "since", "until").first() if person else None
    if row is None:
        return Belonging()
    kind, since, until = row
    day = at.astimezone(UTC).date().isoformat()
    inside = kind == MEMBER and since <= day and (not until or until > day)
    return Belonging(member=inside, office=bool(held_by(at, person).get(person)))


def meant_by(organisation: Organisation, value: str, *, address: bool) -> list[str]:
    """The people of the register with this number, or this e-mail address: none, one, or two of several."""
    if not value.strip():
        return []
    index = organisation.keyring.index(value)
    asked = {"address": index} if address else {"number": index}
    return list(models.Person.objects.filter(**asked).values_list("handle", flat=True)[:2])
