# SPDX-License-Identifier: Apache-2.0
"""What a page of a matter shows: sentences and lists, ready for a template that decides nothing."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from evenhand.casework.acts import MISSED
from evenhand.casework.exits import who_frames
from evenhand.casework.missing import missing
from evenhand.casework.phrases import clock_words, state_of
from evenhand.casework.phrases_why import why_words
from evenhand.casework.phrases_words import (
    act_says,
    act_title,
    day_words,
    finding_words,
    held_words,
    limit_says,
    moment_words,
    role_title,
    said_of,
    stage_title,
    the_roles,
    title_of,
)
from evenhand.casework.standing import STANDING
from evenhand.procedure.before_the_record import known_of
from evenhand.procedure.confiding import COMPANION, concerns
from evenhand.procedure.exporting import may_read
from evenhand.procedure.reading import Line, Opened, readers_of
from evenhand.procedure.relying import choices_for
from evenhand.web.matter.arrived import context_of_arrival
from evenhand.web.matter.between import beside
from evenhand.web.matter.door import Door
from evenhand.web.matter.linked import links_of, shut_ways
from evenhand.web.matter.steps import steps_for
from evenhand.web.matter.votes import OF_A_BODY, open_votes

QUIET = frozenset(
    (
        "seat_called",
        "draw_made",
        "sheet_read",
        "content_read",
        "letter_sent",
        "message_sent",
        "vote_cast",
        "declaration_made",
    )
)
"""What is not shown in the timeline line by line: it is counted, and each of it has its receipt."""


def context_of(opened: Opened, door: Door) -> dict[str, Any]:
    """The page of a matter for its reader."""
    book, file, at = opened.book, opened.file, opened.at
    side = opened.book.rulebook.roles[opened.eyes.role].side if opened.part.kind == "party" else None
    stage_clock, votes = file.clock, list(open_votes(opened, door))
    return {
        "row": opened.row,
        "role": held_words(book.rulebook.roles, opened.part.role, translate=gettext),
        "stage": stage_title(opened.row.stage, translate=gettext).lower(),
        "state": state_of(book, file, at, side=side if side != "both" else None, translate=gettext),
        "clock": clock_words(book, stage_clock, at, translate=gettext) if stage_clock else None,
        "missing": [
            {
                "what": one.what,
                "roles": ", ".join(role_title(role, translate=gettext).lower() for role in one.roles),
                "by": day_words(one.by, translate=gettext) if one.by else "",
                "rule": one.rule,
            }
            for one in missing(book, file, at, translate=gettext)
            if side != "respondent" or not one.guarded  # what tells of danger is not for them (M14)
        ],
        "allegations": [
            {
                "number": one.number,
                "clause": one.clause,
                "text": " ".join(one.text.split()),
                "finding": finding_words(one.finding, translate=gettext) if one.finding else gettext("none yet"),
            }
            for one in file.allegations
        ],
        "framers": the_roles(who_frames(book), translate=gettext),
        **context_of_arrival(opened, door),
        "measure": file.measure,
        "hearing": file.hearing,
        "timeline": list(reversed(list(_timeline(opened, {one["ident"]: one["stands"] for one in votes})))),
        "count": opened.row.n,
        "readers": readers_of(opened.row),
        "acts": list(_acts(opened, door)),
        "steps": list(steps_for(opened, door)),
        "links": list(links_of(opened)),
        "shut_ways": list(shut_ways(opened)),
        "whynot": [
            {
                "title": act_title(book, one.act, translate=gettext),
                "says": why_words(book, one, translate=gettext),
                "rule": breakable(one.rule),
            }
            for one in sorted(opened.not_open, key=lambda one: one.reason == "role")  # one's own acts first
        ],
        "people": list(_people(opened)),
        "proposals": votes,
        "letters": [
            {
                "url": door.url("letter", opened.row.slug, str(line.entry.n)),
                "subject": line.said.get("text.subject", ""),
                "at": moment_words(book, line.entry.at, translate=gettext),
            }
            for line in reversed(opened.letters())
        ],
        "version": book.rulebook.version,
        "before": known_of(opened.organisation, opened.row),
        "support": opened.book.rulebook.publication.get("support", ""),
        "evidence_url": door.url("evidence", opened.row.slug),
        "items": [one.says for one in choices_for(opened.organisation, opened.row, opened.part)],
        "receipts_url": door.url("receipts", opened.row.slug),
        "door": door,
        **beside(opened, door),
    }


def _acts(opened: Opened, door: Door) -> Iterator[dict[str, str]]:
    for act in opened.open_to_me:
        yield {
            "url": door.url("act", opened.row.slug, act),
            "title": act_title(opened.book, act, translate=gettext),
            "says": act_says(opened.book, act, translate=gettext),
        }


def _timeline(opened: Opened, votes: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    party = opened.part.kind == "party"
    names = {part.pseudonym: name for part, name in opened.people()}
    for line in opened.lines:
        if line.entry.type == "procedure" and (line.name in QUIET or (party and line.name in OF_A_BODY)):
            continue
        if line.name == "vote_closed" and line.entry.role != opened.part.role:
            continue
        if not concerns(line.entry, opened.eyes, line.said):
            continue
        yield {
            "n": line.entry.n,
            "at": line.entry.at,
            "moment": moment_words(opened.book, line.entry.at, translate=gettext),
            "title": _title(opened, line),
            "by": names.get(line.entry.by, ""),
            "role": role_title(line.entry.role, translate=gettext).lower(),
            "clock": line.entry.type == "act" and not line.entry.by,
            "refused": line.entry.type == "act.refused",
            "texts": list(_texts(opened, line)),
            "stands": votes.get(line.said.get("body.proposal", {}).get("ident", ""), ""),
            "rule": breakable(line.entry.rule),
        }


def breakable(rule: str) -> SafeString:
    """A name of a rule that can be broken where a reader would break it."""
    parts = re.split(r"(?<=[._/])", rule)
    return format_html_join(SafeString("<wbr>"), "{}", ((part,) for part in parts))


def _title(opened: Opened, line: Line) -> str:
    if line.name == "proposal_made" and "body.proposal" in line.said:
        act = act_title(opened.book, str(line.said["body.proposal"]["act"]), translate=gettext)
        return gettext("Proposed: {act}").format(act=act)
    if line.entry.type == "procedure":
        known = STANDING.get(line.name)
        return gettext(known.says) if known is not None else title_of(line.name, translate=gettext)
    if line.entry.type == "act.refused":
        return gettext("An attempt was refused: {act}").format(act=act_title(opened.book, line.name, translate=gettext))
    if line.name.startswith(MISSED):
        return gettext("A limit was missed: {limit}").format(
            limit=limit_says(opened.book, line.name.removeprefix(MISSED), translate=gettext)
        )
    return act_title(opened.book, line.name, translate=gettext)


def _texts(opened: Opened, line: Line) -> Iterator[tuple[str, str]]:
    """What was said in words, as far as the reader reads it: the same as their receipts open to them."""
    for field, value in line.said.items():
        shown = field.startswith("text.") and field not in ("text.proposed", "text.refusal")
        if shown and may_read(line.entry, opened.eyes, field, line.said):
            yield title_of(field.removeprefix("text."), translate=gettext), value
    waived = line.said.get("body.waiver")
    if waived:  # both parties read of which kind, and for which acts; the path stays sealed (D03, D05)
        kind, acts = (
            title_of(one, translate=gettext).lower() for one in (waived["category"], ", ".join(waived["acts"]))
        )
        yield gettext("Waived"), gettext("{kind}, for these acts: {acts}").format(kind=kind, acts=acts)
    tariff = line.said.get("body.tariff")
    if tariff:
        yield gettext("Sanction"), " ".join(str(value) for name, value in tariff.items() if name != "clause")


def _people(opened: Opened) -> Iterator[dict[str, str]]:
    words = {
        "called": gettext("called, has not declared yet"),
        "declared": gettext("declared a conflict, waits for a ruling"),
        "sits": gettext("declared none"),
        "left": gettext("no longer"),
        "suspended": gettext("taken off because of a conflict"),
        "party": gettext("party"),
        "named": gettext("named, and told nothing by this page"),
    }
    for part, name in opened.people():
        role = role_title(part.role, translate=gettext)
        with_one = part.role == COMPANION and part.status == "party"
        yield {
            "role": role,
            "name": name,
            "status": gettext("accompanies a party") if with_one else words.get(part.status, part.status),
            "chosen": _chosen(opened, part.role),
        }


def _chosen(opened: Opened, role: str) -> str:
    found = opened.book.rulebook.roles.get(role)
    return said_of(found.chosen, translate=gettext) if found is not None else ""
