# SPDX-License-Identifier: Apache-2.0
"""Which door a page of a matter is shown at; the two show the same matter under their own addresses."""

import logging
import secrets
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from evenhand.procedure.asking import NotYours
from evenhand.procedure.naming import name_of
from evenhand.procedure.reading import Opened, note_reading, open_matter
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal
from evenhand.web import clock, place
from evenhand.web.accounts.access import reader


@dataclass(frozen=True)
class Door:
    """`base` is the template of the door; `name` stands before the names of its addresses; `seats`: who has one comes here."""

    name: str
    base: str
    items: tuple[tuple[str, Any], ...]
    seats: bool = False

    def url(self, page: str, *args: str) -> str:
        """The address of one of its pages."""
        return reverse(f"{self.name}_{page}", args=args)

    def context(self, request: HttpRequest, **more: Any) -> dict[str, Any]:
        """What every page of the door needs."""
        who = reader(request)
        navigation = [
            {"url": self.url(page), "label": label, "current": request.path == self.url(page)}
            for page, label in self.items
        ]
        name = name_of(here(), who.person) if who.person else ""
        return {"base": self.base, "navigation": navigation if who.signed_in else [], "who_name": name, **more}


def here() -> Organisation:
    """The organisation that is served; a page without one is not found."""
    organisation = place.current()
    if organisation is None:
        raise Http404
    return organisation


def seal_what_was_entered() -> None:
    """Seals what was committed just now. That it could not be sealed is told to whoever runs the server, not to the complainant.

    Their complaint is entered, and the next seal takes it along; an error would make them think that it is lost.
    """
    try:
        seal(here())
    except Exception:
        logging.getLogger("evenhand.seal").exception("what was entered waits to be sealed")


def opened_or_404(request: HttpRequest, door: Door, slug: str) -> Opened:
    """A matter for the reader, or the same page as for an address that never was one.

    A seat is opened at the desk only, which asks for a second factor; a party's matter only at the portal.
    """
    try:
        opened = open_matter(here(), slug, reader(request).person, at=clock.now())
    except NotYours:
        raise Http404 from None
    if door.seats != (opened.part.kind == "seat"):
        raise Http404
    return opened


def has_read(request: HttpRequest, opened: Opened) -> None:
    """Enters, once a sitting, that the content of a matter was read from a seat: every page that shows some says so (L02)."""
    if request.method in ("GET", "POST"):
        note_reading(opened, chance=secrets.token_bytes)
