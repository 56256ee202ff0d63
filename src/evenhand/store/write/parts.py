# SPDX-License-Identifier: Apache-2.0
"""Who has which part in a matter: parties as they are named, seats as they are called, taken and left."""

from collections.abc import Callable, Mapping
from typing import Any

from evenhand.store import models
from evenhand.store.keys import Keyring

Said = Mapping[str, Any]
Does = Callable[[models.Entry, Said, Keyring], None]


def joined(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    """Whoever has a part in the matter from this entry on."""
    for part in said.get("person.parts", ()):
        models.Part.objects.create(
            pseudonym=part["pseudonym"],
            matter_id=entry.matter,
            person=part.get("person", ""),
            role=part["role"],
            kind=part["kind"],
            status=part["status"],
            rank=part.get("rank", 0),
            until=part.get("until", ""),
            since=entry.at,
            entry=entry.id,
        )


def _status(status: str) -> Does:
    def change(entry: models.Entry, said: Said, keyring: Keyring) -> None:
        seat = models.Part.objects.get(matter_id=entry.matter, pseudonym=said["body.seat"]["pseudonym"])
        seat.status = status
        seat.save(force_update=True)

    return change


def _read(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    models.Part.objects.filter(matter_id=entry.matter, pseudonym=said["body.seat"]["pseudonym"]).update(read=True)


def _declared(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    status = {"none": "sits", "declare": "declared", "bar": "left"}[said["body.seat"]["answer"]]
    models.Part.objects.filter(matter_id=entry.matter, pseudonym=said["body.seat"]["pseudonym"]).update(status=status)


def _ruled(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    status = "sits" if said["body.seat"]["may"] else "left"
    models.Part.objects.filter(matter_id=entry.matter, pseudonym=said["body.seat"]["pseudonym"]).update(status=status)


def _accompanied(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    ended = models.Part.objects.filter(matter_id=entry.matter, pseudonym=said["body.companion"]["pseudonym"])
    ended.update(status="left")


DOES: dict[str, Does] = {
    "sheet_read": _read,
    "declaration_made": _declared,
    "declaration_ruled": _ruled,
    "recused": _status("left"),
    "seat_suspended": _status("suspended"),
    "seat_passed": _status("left"),
    "companion_left": _accompanied,
}
