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
    about = said["body.seat"]
    status = {"none": "sits", "declare": "declared", "bar": "left"}[about["answer"]]
    if status == "sits" and about.get("waits"):
        status = "declared"  # they declared nothing, and there is something to be ruled on all the same
    if about.get("passes"):
        status = "left"
    seat = models.Part.objects.filter(matter_id=entry.matter, pseudonym=about["pseudonym"])
    seat.update(status=status, until=about.get("until", ""))


def _ruled(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.seat"]
    if not about["settles"]:
        return
    status = "left" if about["may"] == "nothing" else "sits"
    seat = models.Part.objects.filter(matter_id=entry.matter, pseudonym=about["pseudonym"])
    seat.update(status=status, until="")


def _due(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.seat"]
    models.Part.objects.filter(matter_id=entry.matter, pseudonym=about["pseudonym"]).update(until=about["until"])


def _accompanied(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    ended = models.Part.objects.filter(matter_id=entry.matter, pseudonym=said["body.companion"]["pseudonym"])
    ended.update(status="left")


DOES: dict[str, Does] = {
    "sheet_read": _read,
    "declaration_made": _declared,
    "declaration_ruled": _ruled,
    "ruling_due": _due,
    "recused": _status("left"),
    "seat_suspended": _status("suspended"),
    "seat_passed": _status("left"),
    "companion_left": _accompanied,
}
