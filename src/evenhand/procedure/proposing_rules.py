# SPDX-License-Identifier: Apache-2.0
"""A new version of the rulebook from the desk: one person lays its text before another, who publishes it (I01, I03).

Whoever holds the office by which the rulebook's own procedure of change publishes a text may do both, and nobody does both
with the same text. The record says who decided the change and by which vote; nothing is ever in force backwards.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.procedure.adopting import Adopted, NotAdopted, Ready, enter_version, examined
from evenhand.procedure.asking import NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import holders, offices_of, standing_aside_from
from evenhand.procedure.own_file import begin_own, note_by
from evenhand.procedure.performing import keep, repeated
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

PROPOSED, WITHDRAWN, ADOPTED = "procedure.rules_proposed", "procedure.rules_withdrawn", "procedure.rulebook_adopted"
MOST = 180_000
"""Bytes of a text that fit into one field of the record; a longer one is adopted with the command."""
RULE = "procedure/rules"
SAYS = {
    "decided": "Say in a sentence who decided this change, on which day, and by which vote; “without a vote” is an answer, too.",
    "reasons": "Say in a sentence why this text is not published.",
    "long": f"This text is longer than {MOST:,} bytes, which is what the record takes from the desk. Shorten it, or let whoever "
    "runs the server adopt it with “evenhand adopt”.",
    "same": "You laid this text before the others yourself. Another person publishes it, or nobody.",
    "open": "This text waits for a second person already.",
    "over": "This text does not wait any more: it was published, or it was taken back.",
}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A text that waits, or waited, for a second person. `status` is open, published or withdrawn; `person` proposed it."""

    ident: str
    person: str
    role: str
    at: datetime
    version: int
    digest: str
    in_force: date
    text: str
    decided: str
    despite: Mapping[str, str]
    status: str = "open"
    reasons: str = ""


def publishing_roles(rules: Rulebook) -> tuple[str, ...]:
    """The roles of people that publish a text in a procedure of change: an act with the text and a notice that decides nothing."""
    acts = [act for book in rules.books.values() if book.rules for act in book.acts.values()]
    publish = [act for act in acts if {"text", "notice"} <= set(act.carries) and not act.merits]
    named = dict.fromkeys(role for act in publish for role in act.by)
    return tuple(role for role in named if rules.roles[role].kind == "person")


def publishes_rules(person: str, at: datetime) -> str:
    """The role in which somebody may propose and publish a version; empty for everybody else.

    Whoever stands aside from the office does neither meanwhile (M01).
    """
    rules = books.in_force(at)
    for role in publishing_roles(rules) if person else ():
        offices = offices_of(rules, role) & set(rules.roles[role].groups or (role,))
        held = any(person in holders(office, at) for office in offices)
        if held and person not in standing_aside_from({role, *offices}, at):
            return role
    return ""


@once_more
def propose_rules(
    organisation: Organisation,
    text: str,
    person: str,
    *,
    decided: str,
    at: datetime,
    chance: Chance,
    in_force: date | None = None,
    despite: Mapping[str, str] | None = None,
    key: str = "",
) -> str:
    """Lays a text before the others; its identifier. `Malformed`, `NotAdopted`, `Refused`; `NotYours` for who may not.

    Everything that would stand against publishing it now is told now.
    """
    role = publishes_rules(person, at)
    if not role:
        raise NotYours
    decided = clean(decided)
    if len(text.encode("utf-8", "replace")) > MOST:
        raise Refused(f"{RULE}/long", SAYS["long"])
    ready = examined(text, at=at, in_force=in_force, despite=despite, name="the text")
    if len(decided.split()) < 3:
        raise Refused(f"{RULE}/decided", SAYS["decided"])
    with transaction.atomic():
        pen, file = begin_own(organisation, at, chance)
        again = repeated(key, person)
        if again is not None:
            return str(said(models.Entry.objects.get(id=again.first), organisation.keyring)["body.proposed"]["ident"])
        if any(one.status == "open" and one.digest == ready.rules.digest for one in proposals(organisation)):
            raise Refused(f"{RULE}/open", SAYS["open"])
        about = {
            "ident": pen.hex(), "digest": ready.rules.digest, "version": ready.rules.version,
            "in_force": ready.day.isoformat(),
        }  # fmt: skip
        fields: dict[str, object] = {"body.proposed": about, "text.rules": text, "text.decided": decided}
        if ready.reasons:
            fields["text.despite"] = json.dumps(dict(ready.reasons), ensure_ascii=False, sort_keys=True)
        note_by(pen, file.ident, "rules_proposed", fields, person, role)
        keep(pen, key, file.ident, person)
    seal(organisation)
    return str(about["ident"])


@once_more
def publish_rules(organisation: Organisation, ident: str, person: str, *, at: datetime, chance: Chance) -> Adopted:
    """A second person publishes a text. `NotYours`, `Refused` for who proposed it, `NotAdopted` where it may not be any more."""
    role = publishes_rules(person, at)
    one = proposal(organisation, ident)
    if not role or one is None:
        raise NotYours
    if one.status != "open":
        raise Refused(f"{RULE}/over", SAYS["over"])
    if one.person == person:
        raise Refused(f"{RULE}/same", SAYS["same"])
    ready: Ready = examined(one.text, at=at, in_force=one.in_force, despite=one.despite, name="the text")
    if ready.rules.digest != one.digest:
        raise NotAdopted("The text is not the one that was laid before the others; lay it before them again.")
    with transaction.atomic():
        pen, _ = begin_own(organisation, at, chance)
        _still_open(organisation, ident)
        done = enter_version(
            organisation, ready, at=pen.at, chance=chance, signed=(person, role), about={"proposed": ident},
            more={"text.decided": one.decided},
        )  # fmt: skip
    seal(organisation)
    return done


@once_more
def withdraw_rules(
    organisation: Organisation, ident: str, person: str, reasons: str, *, at: datetime, chance: Chance
) -> None:
    """Takes a text back, or declines to publish it. `NotYours` for who may not, `Refused` without reasons or when it is over."""
    role, reasons = publishes_rules(person, at), clean(reasons)
    with transaction.atomic():
        pen, file = begin_own(organisation, at, chance)
        one = proposal(organisation, ident)
        if not role or one is None:
            raise NotYours
        _still_open(organisation, ident)
        if len(reasons.split()) < 3:
            raise Refused(f"{RULE}/reasons", SAYS["reasons"])
        how = "taken back" if one.person == person else "declined"
        fields = {"body.withdrawn": {"ident": ident, "how": how}, "text.reasons": reasons}
        note_by(pen, file.ident, "rules_withdrawn", fields, person, role)
    seal(organisation)


def proposals(organisation: Organisation) -> list[Proposal]:
    """Every text that was laid before a second person at the desk, the newest first."""
    found: dict[str, Proposal] = {}
    asked = models.Entry.objects.filter(rule__in=(PROPOSED, WITHDRAWN, ADOPTED), type="procedure").order_by("id")
    for entry in asked:
        try:
            says = said(entry, organisation.keyring)
        except Erased:
            continue
        if entry.rule == PROPOSED:
            found[says["body.proposed"]["ident"]] = _proposal(entry, says)
        elif entry.rule == WITHDRAWN:
            ident = says["body.withdrawn"]["ident"]
            found[ident] = _over(found[ident], "withdrawn", says["text.reasons"])
        elif says["body.rulebook"].get("proposed") in found:
            ident = says["body.rulebook"]["proposed"]
            found[ident] = _over(found[ident], "published")
    return list(reversed(found.values()))


def proposal(organisation: Organisation, ident: str) -> Proposal | None:
    """One of them."""
    return next((one for one in proposals(organisation) if one.ident == ident), None)


def _proposal(entry: models.Entry, says: Mapping[str, object]) -> Proposal:
    about, parts = says["body.proposed"], says["person.parts"]
    assert isinstance(about, Mapping)
    assert isinstance(parts, list)
    return Proposal(
        ident=about["ident"], person=parts[0]["person"], role=entry.role, at=entry.at, version=about["version"],
        digest=about["digest"], in_force=date.fromisoformat(about["in_force"]), text=str(says["text.rules"]),
        decided=str(says["text.decided"]), despite=json.loads(str(says.get("text.despite", "{}"))),
    )  # fmt: skip


def _over(one: Proposal, status: str, reasons: str = "") -> Proposal:
    return Proposal(**{**one.__dict__, "status": status, "reasons": reasons})


def _still_open(organisation: Organisation, ident: str) -> None:
    one = proposal(organisation, ident)
    if one is None or one.status != "open":
        raise Refused(f"{RULE}/over", SAYS["over"])
