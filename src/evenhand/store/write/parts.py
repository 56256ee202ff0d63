# SPDX-License-Identifier: Apache-2.0
"""Who has which part in a matter: parties as they are named, seats as they are called, taken and left."""

from collections.abc import Callable, Mapping
from typing import Any

from evenhand.store import models
from evenhand.store.keys import Keyring
from evenhand.store.write.listed import listed_as, mixed_by_now
from evenhand.store.write.rows import change, put

Said = Mapping[str, Any]
Does = Callable[[models.Entry, Said, Keyring], None]


def joined(matter: models.Matter, entry: models.Entry, said: Said) -> None:
    """Whoever has a part in the matter from this entry on."""
    for part in said.get("person.parts", ()):
        put(
            models.Part,
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
            mixed=part["kind"] == "seat" and mixed_by_now(matter, part.get("person", ""), part["role"]),
            **listed_as(matter),
        )


def _change(entry: models.Entry, said: Said, **to: Any) -> int:
    return change(models.Part, to, matter_id=entry.matter, pseudonym=said["body.seat"]["pseudonym"])


def _status(status: str) -> Does:
    def change_status(entry: models.Entry, said: Said, keyring: Keyring) -> None:
        if not _change(entry, said, status=status):
            raise models.Part.DoesNotExist(f"Nobody has the seat that is {status}.")

    return change_status


def _read(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    _change(entry, said, read=True)


def _declared(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.seat"]
    status = {"none": "sits", "declare": "declared", "bar": "left"}[about["answer"]]
    if status == "sits" and about.get("waits"):
        status = "declared"  # they declared nothing, and there is something to be ruled on all the same
    if about.get("passes"):
        status = "left"
    _change(entry, said, status=status, until=about.get("until", ""))


def _ruled(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.seat"]
    if not about["settles"]:
        return
    status = "left" if about["may"] == "nothing" else "sits"
    _change(entry, said, status=status, until="")


def _due(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    _change(entry, said, until=said["body.seat"]["until"])


def _accompanied(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    change(models.Part, {"status": "left"}, matter_id=entry.matter, pseudonym=said["body.companion"]["pseudonym"])


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
