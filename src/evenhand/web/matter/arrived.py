# SPDX-License-Identifier: Apache-2.0
"""How a matter came, and what was said at the door besides the account: for those who handle it, and nobody else (A05, M15)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext

from evenhand.casework.phrases_words import day_words
from evenhand.procedure.incidents import linked_with
from evenhand.procedure.reading import Opened
from evenhand.web.matter.door import Door


def arrived(opened: Opened) -> Iterator[tuple[str, str]]:
    """Label and value of each; nothing for a party, to whom it would tell who somebody is."""
    if opened.part.kind != "seat" or not opened.lines:
        return
    first = opened.lines[0].said
    entered = opened.book.calendar.local_day(opened.row.opened)
    received = date.fromisoformat(first.get("body.receipt", {}).get("received", entered.isoformat()))
    yield gettext("It came"), _channel(opened.row.raised)
    yield gettext("Received"), day_words(received, translate=gettext)
    if received != entered:
        late = max(opened.book.calendar.working_days(received, entered), 0)
        says = gettext("{day}, working days later: {late}")
        yield gettext("Entered"), says.format(day=day_words(entered, translate=gettext), late=late)
    if "person.consent" in first:
        yield gettext("Their consent"), "; ".join(first["person.consent"])
    about = first.get("person.about", {})
    for name, label in _labels().items():
        if about.get(name):
            yield label, _value(name, str(about[name]))


def linked(opened: Opened, door: Door) -> list[tuple[str, str]]:
    """Address and code name of the other matters about the same incident in which the reader has a seat, too (A06)."""
    if opened.part.kind != "seat":
        return []
    return [
        (door.url("matter", one.slug), one.code) for one in linked_with(opened.row, opened.part.person, at=opened.at)
    ]


def context_of_arrival(opened: Opened, door: Door) -> dict[str, Any]:
    """Both, for the page of a matter."""
    return {"arrived": list(arrived(opened)), "incident": linked(opened, door)}


def _labels() -> dict[str, str]:
    return {
        "words": gettext("Whom it is about, in their words"),
        "conduct": gettext("Day of the conduct"),
        "harmed": gettext("Who was harmed"),
        "body": gettext("The body that complains"),
        "consent": gettext("Their consent"),
        "reasons": gettext("Why it was raised"),
    }


def _value(name: str, value: str) -> str:
    if name == "conduct":
        return day_words(date.fromisoformat(value), translate=gettext)
    if name == "harmed":
        who = {
            "me": gettext("whoever complains"),
            "them": gettext("those for whom the complaint is made"),
            "somebody": gettext("somebody else, who is named"),
            "nobody": gettext("nobody in particular"),
        }
        return who.get(value, value)
    return value


def _channel(raised: str) -> str:
    words = {
        "portal": gettext("by the portal"),
        "post": gettext("by post"),
        "e-mail": gettext("by e-mail"),
        "spoken": gettext("in speech"),
    }
    return words.get(raised, raised)
