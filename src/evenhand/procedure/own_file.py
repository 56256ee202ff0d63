# SPDX-License-Identifier: Apache-2.0
"""The organisation's own file: what somebody enters there in an office, such as a signed month or a public promise."""

from collections.abc import Mapping
from datetime import UTC, datetime

from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.authority import locked
from evenhand.procedure.opening import enters_as
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import repeated
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation


def begin_own(organisation: Organisation, at: datetime, chance: Chance) -> tuple[Pen, models.Matter]:
    """A pen, and the file, locked: two people who act on it at one moment do it one after the other.

    Within a transaction. The pen writes at `at`, or where that lies before the newest entry of the file, at that instant.
    """
    file = locked(models.Matter.objects.values_list("ident", flat=True).get(kind="organisation"))
    return Pen(organisation, max(at.astimezone(UTC), file.last), chance), file


def begin_entering(
    organisation: Organisation, person: str, *, at: datetime, chance: Chance, key: str
) -> tuple[Pen, models.Matter, str] | Done:
    """The same for whoever enters complaints, with their role; what was done where the form was sent before. `NotYours`."""
    pen, file = begin_own(organisation, at, chance)
    role = enters_as(person, pen.at)
    if not role:
        raise NotYours
    return repeated(key, person) or (pen, file, role)


def note_by(pen: Pen, file: str, name: str, fields: Mapping[str, object], person: str, role: str) -> models.Entry:
    """An entry in the organisation's own file by somebody who holds an office; the part says who it was, and opens nothing."""
    mine = {"pseudonym": pen.hex(), "person": person, "role": role, "kind": "seat", "status": "left"}
    return pen.note(file, name, {**fields, "person.parts": [mine]}, role=role, by=mine["pseudonym"])
