# SPDX-License-Identifier: Apache-2.0
"""Who one can be in the invented federation: one link for each kind of person, somebody for whom there is something to see."""

import os
from datetime import datetime, timedelta

from evenhand.procedure.naming import name_of
from evenhand.store import models
from evenhand.store.organisation import Organisation
from evenhand.web.accounts import links
from evenhand.web.accounts.models import Account

LASTS = timedelta(days=30)
SEATS = (
    ("case_officer", "a case officer"),
    ("gatekeepers", "a gatekeeper, who decides with another what becomes of complaints"),
    ("investigator", "an investigator"),
    ("panel", "a member of the panel"),
    ("appeal_panel", "a member of the appeal panel"),
    ("reviewers", "a reviewer from the sister federation"),
    ("overseers", "an overseer from the sister federation"),
)
PARTIES = (("complainant", "a complainant"), ("respondent", "a respondent"))


def links_for(organisation: Organisation, *, at: datetime) -> list[tuple[str, str]]:
    """What each link makes one, and its token."""
    found = []
    for role, says in (*PARTIES, *SEATS):
        person = _somebody(role)
        if person is not None:
            name = name_of(organisation, person)
            found.append((f"{name}, {says}", _link(person, at)))
    plain = models.Person.objects.filter(kind="member").exclude(handle__in=models.Part.objects.values("person")).first()
    if plain is not None:
        found.append(
            (f"{name_of(organisation, plain.handle)}, a member with no part in anything", _link(plain.handle, at))
        )
    return found


def _somebody(role: str) -> str | None:
    """Somebody with this role in a matter that is open, the one with the most of them; else in one that is over."""
    parts = models.Part.objects.filter(role=role, status__in=("sits", "party")).exclude(person="")
    for chosen in (parts.filter(matter__over=False), parts):
        told = chosen.filter(matter__told=True) if role == "respondent" else chosen
        people = list(told.order_by("person").values_list("person", flat=True))
        if people:
            return max(sorted(set(people)), key=people.count)
    return None


def _link(person: str, at: datetime) -> str:
    account = Account.objects.filter(person=person).first()
    if account is None:
        account = Account.objects.open(handle=os.urandom(16).hex(), at=at, person=person)
    return links.issue(account, at=at, lifetime=LASTS, purpose="demo")
