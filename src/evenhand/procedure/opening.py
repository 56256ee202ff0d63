# SPDX-License-Identifier: Apache-2.0
"""Opens a matter: a complaint comes in, is entered before anybody can open it, and its parties are known by pseudonyms.

Whoever complains need cite no clause (M18) and need not know whom the rules make responsible: the officer frames and names.
If they do name a holder of an office, that person is left out of every seat from the first moment (A08). Whoever was harmed
and whoever saw it are named apart from who complains, and a name opens nothing to them (A05).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from evenhand.casework.acts import Request
from evenhand.casework.deciding import decide
from evenhand.casework.matter import new_matter
from evenhand.casework.refusal import Refused
from evenhand.casework.ways_in import entering_roles, organisation_role, respondent_role
from evenhand.procedure import consequences, doubting, retaliation, seating
from evenhand.procedure.asking import Asked, Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import holders
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep, repeated
from evenhand.procedure.registering import Newcomer, record_newcomer
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

NAMED = "named"
"""The status of a part that opens nothing: whoever was harmed or saw it, and a body that complains by somebody else."""
APART = ("affected", "witness")
"""Those who are in the matter without being a side of it (A05)."""


@dataclass(frozen=True, kw_only=True)
class Party:
    """Somebody who is a party from the beginning: a person of the register, or a newcomer who is recorded first.

    `role` is a party of the rulebook, or one of `APART`. Without `acts` the part opens nothing and is sent nothing.
    """

    role: str
    person: str = ""
    newcomer: Newcomer | None = None
    acts: bool = True


@once_more
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
    under: str = "",
    channel: str = "portal",
    told: Mapping[str, str] | None = None,
    sealing: bool = True,
) -> Done:
    """Opens a matter with its first act, by the person who asks and for the parties named.

    `about` are the complainant's words for whom it concerns; `conduct` the day of the conduct, which says under which
    version of the code it is judged (I02); `names` an older matter that this one names (G05), and `under` the version whose
    route it takes, if not the one in force; `channel` how it came; `told` is what was said at the door besides, for the eyes
    of those who handle it alone. `Refused` where that rulebook does not allow it, and for whoever names the person who asks
    as respondent.
    """
    now = at.astimezone(UTC)
    with transaction.atomic():
        again = repeated(asked.key, asked.person)
        if again is not None:
            return again
        pen = Pen(organisation, now, chance)
        rules = books.rules_of(under) if under else pen.rules
        book = books.running(rules.digest, asked.book)
        _may_open(rules, asked, now)
        state = new_matter(book)
        act = decide(book, state, Request(act=asked.act, by=asked.by, carries=asked.carries), now)[-1]
        everybody = [_known(pen, rules, party) for party in parties]
        if not names:
            _not_about_themselves(rules, everybody, asked.person)
        ident = pen.open()
        mine = {"pseudonym": pen.hex(), "person": asked.person, "role": asked.by, **_standing(rules, asked.by)}
        if mine["kind"] == "seat" and asked.by in entering_roles(rules, rules.books[asked.book]):
            # They know the letter, and not who else is named in it: they declare as every officer does (D02).
            until = pen.calendar.due(pen.calendar.local_day(pen.at), seating.TO_DECLARE).isoformat()
            mine |= {"status": "called", "until": until}
        others = [one for one in everybody if (one["person"], one["role"]) != (asked.person, asked.by)]
        parts = [mine, *({"pseudonym": pen.hex(), **one} for one in others)]
        opens: dict[str, Any] = {
            "kind": asked.book,
            "book": asked.book,
            "rulebook": rules.digest,
            "conduct": _conduct_rules(conduct, rules),
            "raised": channel,
            "names": names,
        }
        more: dict[str, Any] = {"body.opens": opens, "person.parts": parts, **asked.more}
        accused = [one["person"] for one in everybody if one["role"] == respondent_role(rules)]
        if not names and retaliation.possible(accused):
            # Sealed from the parties: whoever complains would learn from it who has complained (M05).
            more["person.mark"] = {"why": retaliation.WHY}
        said = {"words": about.strip(), "conduct": conduct, **(told or {})}
        if any(said.values()):
            more["person.about"] = {name: value for name, value in said.items() if value}
        pen.act(ident, act, book=asked.book, by=mine["pseudonym"], more=more)
        consequences.after(pen, ident, act, state)
        if mine["kind"] == "seat" and not names:
            # An officer may be related to somebody whom the letter names: they entered it, and go no further.
            seating.leave_to_others(pen, ident)
            doubting.suspend(pen, asked.person)
        done = keep(pen, asked.key, ident, asked.person)
    if sealing:
        seal(organisation)
    return done


def _may_open(rules: Rulebook, asked: Asked, at: datetime) -> None:
    role = rules.roles.get(asked.by)
    if role is None or not asked.person:
        raise NotYours
    own = asked.by == organisation_role(rules)
    if role.kind == "party" and role.side in (None, "both", "complainant", "respondent") and not own:
        return
    if not (may_raise(rules, asked.person, at) if own else may_enter(rules, asked.by, asked.person, at)):
        raise Refused(f"roles/{asked.by}", f"Only who holds the office can act as {asked.by.replace('_', ' ')}.")


def may_raise(rules: Rulebook, person: str, at: datetime) -> bool:
    """Whether a person can raise a concern of the organisation itself: who holds an office that handles matters (M06)."""
    return bool(organisation_role(rules)) and _holds_one(rules, rules.conflicts.applies_to, person, at)


def may_enter(rules: Rulebook, role: str, person: str, at: datetime) -> bool:
    """Whether a person can open a matter in the seat of this role: who holds the office behind it."""
    return role in rules.roles and _holds_one(rules, (role,), person, at)


def enters_as(person: str, at: datetime, book: str = "discipline") -> str:
    """The role in which a person enters what came by post, by e-mail or in speech, or an empty text (M15)."""
    rules = books.in_force(at)
    roles = entering_roles(rules, rules.books[book]) if book in rules.books else ()
    return next((role for role in roles if may_enter(rules, role, person, at)), "")


def entering_role(rules: Rulebook, held: Iterable[str], book: str = "discipline") -> str:
    """The same for who holds these offices."""
    offices = set(held)
    roles = entering_roles(rules, rules.books[book]) if book in rules.books else ()
    return next((one for one in roles if one in rules.roles and offices & set(rules.roles[one].groups or (one,))), "")


def _holds_one(rules: Rulebook, offices: Sequence[str], person: str, at: datetime) -> bool:
    groups = {group for office in offices if office in rules.roles for group in rules.roles[office].groups or (office,)}
    return bool(person) and any(person in holders(group, at) for group in groups)


def _not_about_themselves(rules: Rulebook, everybody: Sequence[Mapping[str, str]], person: str) -> None:
    side = respondent_role(rules)
    named = {one["person"] for one in everybody if one["role"] == side}
    others = {person, *(one["person"] for one in everybody if one["role"] not in (side, *APART))}
    if named & others:
        says = (
            "One person cannot be both who complains, or enters it, and who is complained about. "
            "Choose somebody else, or let another person enter it."
        )
        raise Refused(f"roles/{side}", says)


def _standing(rules: Rulebook, role: str) -> Mapping[str, str]:
    if role in APART:
        return {"kind": "party", "status": NAMED}
    if rules.roles[role].kind == "party":
        return {"kind": "party", "status": "party"}
    return {"kind": "seat", "status": "sits"}


def _known(pen: Pen, rules: Rulebook, party: Party) -> dict[str, str]:
    person = party.person or (record_newcomer(pen, party.newcomer) if party.newcomer else "")
    standing = _standing(rules, party.role) if party.acts else {"kind": "party", "status": NAMED}
    return {"person": person, "role": party.role, **standing}


def _conduct_rules(conduct: str, now: Rulebook) -> str:
    """The version of the code in force on the day of the conduct, or the oldest where none was yet (I02, I03)."""
    if not conduct:
        return now.digest
    found = models.Rulebook.objects.filter(in_force__lte=conduct, published__date__lte=conduct)
    newest = found.order_by("-in_force", "-version").first()
    return newest.digest if newest else ""
