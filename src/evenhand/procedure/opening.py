# SPDX-License-Identifier: Apache-2.0
"""Opens a matter: a complaint comes in, is entered before anybody can open it, and its parties are known by pseudonyms.

Whoever complains need cite no clause (M18) and need not know whom the rules make responsible: the officer frames and names.
If they do name a holder of an office, that person is left out of every seat from the first moment (A08).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from evenhand.casework.acts import Request
from evenhand.casework.deciding import decide
from evenhand.casework.matter import new_matter
from evenhand.casework.refusal import Refused
from evenhand.procedure import consequences, retaliation
from evenhand.procedure.asking import Asked, Done, NotYours
from evenhand.procedure.authority import holders
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep, repeated
from evenhand.procedure.registering import Newcomer, record_newcomer
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal


@dataclass(frozen=True, kw_only=True)
class Party:
    """Somebody who is a party from the beginning: a person of the register, or a newcomer who is recorded first."""

    role: str
    person: str = ""
    newcomer: Newcomer | None = None


def lodge(
    organisation: Organisation,
    asked: Asked,
    *,
    at: datetime,
    chance: Chance,
    parties: Sequence[Party] = (),
    about: str = "",
    conduct: str = "",
    names: str = "",
    channel: str = "portal",
    sealing: bool = True,
) -> Done:
    """Opens a matter with its first act, by the person who asks and for the parties named.

    `about` are the complainant's words for whom it concerns; `conduct` the day of the conduct, which says under which
    version of the code it is judged (I02); `names` an older matter that this one names (G05); `channel` how it came.
    `Refused` where the rulebook in force does not allow it.
    """
    now = at.astimezone(UTC)
    with transaction.atomic():
        again = repeated(asked.key, asked.person)
        if again is not None:
            return again
        pen = Pen(organisation, now, chance)
        book = books.running(pen.rules.digest, asked.book)
        _may_open(pen.rules, asked, now)
        state = new_matter(book)
        act = decide(book, state, Request(act=asked.act, by=asked.by, carries=asked.carries), now)[-1]
        everybody = [_known(pen, party) for party in parties]
        ident = pen.open()
        mine = {"pseudonym": pen.hex(), "person": asked.person, "role": asked.by, **_standing(pen.rules, asked.by)}
        parts = [mine, *({"pseudonym": pen.hex(), **one} for one in everybody if one["person"] != asked.person)]
        opens: dict[str, Any] = {
            "kind": asked.book,
            "book": asked.book,
            "rulebook": pen.rules.digest,
            "conduct": _conduct_rules(conduct, pen.rules),
            "raised": channel,
            "names": names,
        }
        more: dict[str, Any] = {"body.opens": opens, "person.parts": parts, **asked.more}
        if retaliation.possible(one["person"] for one in everybody if one["role"] == "respondent"):
            # Sealed from the parties: whoever complains would learn from it who has complained (M05).
            more["person.mark"] = {"why": "the respondent complained, or is a witness, in an open matter"}
        told = {name: value for name, value in (("words", about.strip()), ("conduct", conduct)) if value}
        if told:
            more["person.about"] = told
        pen.act(ident, act, book=asked.book, by=mine["pseudonym"], more=more)
        consequences.after(pen, ident, act, state)
        done = keep(pen, asked.key, ident, asked.person)
    if sealing:
        seal(organisation)
    return done


def _may_open(rules: Rulebook, asked: Asked, at: datetime) -> None:
    role = rules.roles.get(asked.by)
    if role is None or not asked.person:
        raise NotYours
    if (
        role.kind == "party"
        and role.side in (None, "both", "complainant", "respondent")
        and not _is_organisation(rules, asked.by)
    ):
        return
    offices = role.groups or (rules.conflicts.applies_to if _is_organisation(rules, asked.by) else (asked.by,))
    groups = [
        group for office in offices for group in (rules.roles[office].groups if office in rules.roles else (office,))
    ]
    if not any(asked.person in holders(group, at) for group in groups):
        raise Refused(f"roles/{asked.by}", f"Only who holds the office can act as {asked.by.replace('_', ' ')}.")


def _is_organisation(rules: Rulebook, role: str) -> bool:
    """Whether a party of the complaining side is the organisation itself: the second of that side in every rulebook (M06)."""
    side = [one.id for one in rules.roles.values() if one.kind == "party" and one.side == "complainant"]
    return role in side[1:]


def _standing(rules: Rulebook, role: str) -> Mapping[str, str]:
    if rules.roles[role].kind == "party":
        return {"kind": "party", "status": "party"}
    return {"kind": "seat", "status": "sits"}


def _known(pen: Pen, party: Party) -> dict[str, str]:
    person = party.person or (record_newcomer(pen, party.newcomer) if party.newcomer else "")
    return {"person": person, "role": party.role, **_standing(pen.rules, party.role)}


def _conduct_rules(conduct: str, now: Rulebook) -> str:
    """The version of the code in force on the day of the conduct, or the oldest where none was yet (I02, I03)."""
    if not conduct:
        return now.digest
    found = models.Rulebook.objects.filter(in_force__lte=conduct, published__date__lte=conduct)
    newest = found.order_by("-in_force", "-version").first()
    return newest.digest if newest else ""
