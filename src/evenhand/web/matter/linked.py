# SPDX-License-Identifier: Apache-2.0
"""What the page of a matter says of others that name it: those the reader has a part in, and the ways that are not open."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from evenhand.casework.phrases_words import role_title, stage_title
from evenhand.procedure.challenging import holders_of
from evenhand.procedure.linking import Way, linked, ways
from evenhand.procedure.reading import Opened


def links_of(opened: Opened) -> Iterator[dict[str, Any]]:
    """Each linked matter in which the reader has a part too, at the door at which they have it."""
    for one in linked(opened.row, opened.part.person, opened.at):
        door = "desk" if one.part.kind == "seat" else "portal"
        yield {
            "url": reverse(f"{door}_matter", args=(one.row.slug,)),
            "code": one.row.code,
            "title": gettext(one.title),
            "role": role_title(one.part.role, translate=gettext).lower(),
            "stage": stage_title(one.row.stage, translate=gettext).lower(),
            "over": one.row.over,
            "names_this": one.names_this,
        }


def shut_ways(opened: Opened) -> Iterator[dict[str, str]]:
    """Each other way that the rules know and that is not open to the reader now, and why."""
    for way in ways(opened.row, opened.part, opened.at):
        sentence, rule = _why(opened, way)
        if sentence:
            yield {"title": gettext(way.title), "why": gettext(sentence), "rule": rule}


def _why(opened: Opened, way: Way) -> tuple[str, str]:
    if way.why is not None:
        return way.why.sentence, way.why.rule
    if way.kind != "challenge":
        return "", ""
    holders = holders_of(opened.organisation, opened.row, opened.part)
    if all(one.open for one in holders):
        says = gettext("Nobody holds a seat in this matter now to whom you could object.")
        if holders:
            says = gettext("Your objection is open to everybody who holds a seat; see the linked matters.")
        return says, "conflicts/challenge"
    return "", ""
