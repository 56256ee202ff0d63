# SPDX-License-Identifier: Apache-2.0
"""What stands on the page of a matter beside its acts: messages, adjustments, companions, contact from outside."""

from datetime import date
from typing import Any

from django.utils.translation import gettext

from evenhand.casework.phrases_words import day_words, moment_words, title_of
from evenhand.procedure.accompanying import companions_of
from evenhand.procedure.adjusting import adjustments
from evenhand.procedure.confiding import COMPANION
from evenhand.procedure.contacting import contacts
from evenhand.procedure.messaging import may_write, messages
from evenhand.procedure.naming import name_in
from evenhand.procedure.reading import Opened
from evenhand.web.matter.door import Door
from evenhand.web.matter.messages import shown_messages
from evenhand.web.matter.steps_people import ADJUSTMENTS, ANSWERS

NEWEST = 3
"""So many messages stand on the page of the matter itself."""


def beside(opened: Opened, door: Door) -> dict[str, Any]:
    """What the reader may see of it; a section of which they may see nothing is not there."""
    found = messages(opened)
    party = opened.part.kind == "party"
    names = {part.pseudonym: name_in(opened.organisation, part) for part in opened.row.parts.filter(kind="party")}
    accompanied = next(companions_of(opened.part), None) if party else None
    return {
        "messages_url": door.url("messages", opened.row.slug) if found or party or may_write(opened) else "",
        "messages_count": len(found),
        "newest_messages": shown_messages(opened, found[:NEWEST]),
        "adjustments": [
            {
                "kind": gettext(ADJUSTMENTS[one.kind]),
                "words": one.words,
                "who": "" if party else names.get(one.side, ""),
                "at": moment_words(opened.book, one.at, translate=gettext),
                "answer": gettext(ANSWERS[one.answer]) if one.answer else "",
                "reasons": one.reasons,
            }
            for one in adjustments(opened)
        ],
        "contacts": [
            {
                "who": one.who,
                "approached": one.approached,
                "kind": title_of(one.kind, translate=gettext).lower(),
                "day": day_words(date.fromisoformat(one.day), translate=gettext),
                "words": one.words,
            }
            for one in contacts(opened)
        ],
        "companion_url": door.url("companion", opened.row.slug) if party and opened.part.role != COMPANION else "",
        "companion": name_in(opened.organisation, accompanied) if accompanied else "",
        "accompanies": party and opened.part.role == COMPANION,
    }
