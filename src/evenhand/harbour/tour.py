# SPDX-License-Identifier: Apache-2.0
"""Who one can be in the invented federation: one way in for each kind of person, somebody for whom there is something to see."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta

from evenhand.procedure.naming import name_of
from evenhand.store import models
from evenhand.store.organisation import Organisation
from evenhand.web.accounts import codes, links
from evenhand.web.accounts.models import Account

LASTS = timedelta(days=30)
PARTIES = (
    ("complainant", "a complainant"),
    ("respondent", "a respondent, who was told"),
    ("companion", "a companion of a respondent"),
)
SEATS = (
    ("case_officer", "a case officer"),
    ("safeguarder", "a safeguarder, who reads first what is dangerous"),
    ("gatekeepers", "a gatekeeper, who decides with another what becomes of complaints"),
    ("mediator", "a mediator"),
    ("investigator", "an investigator"),
    ("panel", "a member of the panel"),
    ("appeal_panel", "a member of the appeal panel"),
    ("recusal_judge", "a judge of challenges"),
    ("council", "a councillor, who votes on motions"),
    ("reviewers", "a reviewer from the sister federation"),
    ("overseers", "an overseer from the sister federation"),
)
NAMELESS = "somebody who complained without a name"


@dataclass(frozen=True, kw_only=True)
class Entrance:
    """A way in: whom it makes one, the path of its page, and the code to type there where it is one of a receipt."""

    says: str
    path: str
    code: str = ""


def entrances(organisation: Organisation, *, at: datetime) -> list[Entrance]:
    """One for each kind of person who has something to see here; old links go on working, an old code does not."""
    found = []
    for role, says in (*PARTIES, *SEATS):
        person = _somebody(role)
        if person is not None:
            found.append(_by_link(f"{name_of(organisation, person)}, {says}", person, at))
    body = _of_kind("body")
    if body is not None:
        found.append(_by_link(f"{name_of(organisation, body)}, an affiliated body that complained", body, at))
    plain = models.Person.objects.filter(kind="member").exclude(handle__in=models.Part.objects.values("person")).first()
    if plain is not None:
        found.append(
            _by_link(f"{name_of(organisation, plain.handle)}, a member with no part in anything", plain.handle, at)
        )
    nameless = _of_kind("anonymous")
    if nameless is not None:
        found.append(Entrance(says=NAMELESS, path="/code/", code=_code(nameless, at)))
    return found


def _of_kind(kind: str) -> str | None:
    """The party of this kind whose matter is newest."""
    people = models.Person.objects.filter(kind=kind).values("handle")
    parts = models.Part.objects.filter(person__in=people, kind="party").order_by("-matter__opened", "person")
    return parts.values_list("person", flat=True).first()


def _somebody(role: str) -> str | None:
    """Somebody with this role in a matter that is open, the one with the most of them; else in one that is over."""
    parts = models.Part.objects.filter(role=role, status__in=("sits", "party")).exclude(person="")
    for chosen in (parts.filter(matter__over=False), parts):
        told = chosen.filter(matter__told=True) if role == "respondent" else chosen
        people = list(told.order_by("person").values_list("person", flat=True))
        if people:
            return max(sorted(set(people)), key=people.count)
    return None


def _by_link(says: str, person: str, at: datetime) -> Entrance:
    account = Account.objects.filter(person=person).first()
    if account is None:
        account = Account.objects.open(handle=os.urandom(16).hex(), at=at, person=person)
    return Entrance(says=says, path=f"/in/{links.issue(account, at=at, lifetime=LASTS, purpose='demo')}/")


def _code(person: str, at: datetime) -> str:
    """A new code for somebody without a name: nobody keeps a code, so the one of yesterday cannot be printed again."""
    Account.objects.filter(person=person).delete()
    code = codes.make(os.urandom)
    account = codes.open_account(code, at=at, chance=os.urandom)
    account.person = person
    account.save(update_fields=["person"])
    return code
