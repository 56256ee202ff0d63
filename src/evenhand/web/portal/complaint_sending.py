# SPDX-License-Identifier: Apache-2.0
"""Makes of the answers what the rulebook's act carries, and who is in the matter from its beginning (A04, A05, M06)."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from evenhand.casework.ways_in import respondent_role, served_by
from evenhand.procedure.asking import Asked, Done
from evenhand.procedure.opening import Party, lodge
from evenhand.procedure.reading import holders_named
from evenhand.procedure.registering import BODY, OUTSIDER, Newcomer
from evenhand.store import books
from evenhand.web.matter.door import here
from evenhand.web.matter.questions import Typed
from evenhand.web.portal.complaint_questions import ME, SOMEBODY, THEM, act_for

SIGNS = ("danger", "unsafe_to_tell")


def lodged(request: HttpRequest, typed: Typed, read: Mapping[str, Any], *, person: str, key: str, at: datetime) -> Done:
    """Enters the complaint of a person, with the parties that they name. `Refused` where the rules do not allow it."""
    rules = books.in_force(at)
    danger = {name: bool(read[name]) for name in SIGNS}
    role, act = act_for(request, typed, urgent=any(danger.values()))
    known = {
        "account": read["account"],
        "danger": danger,
        "notice": {"how": served_by(rules, "portal")},
        "consent": _consent(read),
        "reasons": read.get("reasons"),
    }
    asked = Asked(
        act=act.id, by=role, person=person, carries={item: known[item] for item in act.carries}, key=key
    )  # fmt: skip
    about = [] if read["holder"] == "none" else [Party(role=respondent_role(rules), person=read["holder"])]
    body = [Party(role=role, newcomer=Newcomer(name=read["body"], kind=BODY), acts=False)] if read["body"] else []
    return lodge(
        here(), asked, at=at, chance=secrets.token_bytes, sealing=False, parties=[*about, *body, *_apart(read, person, at)],
        about=read["words"] or "", conduct=read["conduct"] or "", told=_told(read, act.carries),
    )  # fmt: skip


def _apart(read: Mapping[str, Any], person: str, at: datetime) -> list[Party]:
    """Who was harmed and who saw it. Somebody with the name of who holds an office is taken to be them, and sits nowhere."""
    harmed = {SOMEBODY: read["harmed_names"] or [], THEM: read.get("for_whom") or []}.get(read["harmed"], [])
    others = [] if read["harmed"] == THEM else read.get("for_whom") or []

    holders = _holders(at) if harmed or others or read["seen_by"] else {}

    def named(role: str, name: str) -> Party:
        known = holders.get(name.casefold(), "")
        return Party(role=role, person=known, newcomer=None if known else Newcomer(name=name, kind=OUTSIDER))

    me = [Party(role="affected", person=person)] if read["harmed"] == ME else []
    affected = [named("affected", name) for name in dict.fromkeys([*harmed, *others])]
    return [*me, *affected, *(named("witness", name) for name in read["seen_by"] or [])]


def _holders(at: datetime) -> dict[str, str]:
    return {name.casefold(): handle for handle, name, _ in holders_named(here(), at)}


def _consent(read: Mapping[str, Any]) -> list[str]:
    """What the act carries as their consent: whose it is, or that and why it could not be had."""
    if read.get("agreed"):
        return read.get("for_whom") or [gettext("Those for whom the complaint is made agree; they are not named.")]
    return [gettext("Not had. {why}").format(why=read.get("not_agreed") or "")]


def _told(read: Mapping[str, Any], carries: Iterable[str]) -> dict[str, str]:
    """What was said at the door besides: the urgent act carries neither consent nor reasons, and they are not lost."""
    told = {"harmed": str(read["harmed"]), "body": read["body"] or ""}
    if "agreed" in read and "consent" not in carries:
        told["consent"] = "; ".join(_consent(read))
    if read.get("reasons") and "reasons" not in carries:
        told["reasons"] = read["reasons"]
    return told
