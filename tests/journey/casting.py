# SPDX-License-Identifier: Apache-2.0
"""A matter with a seat in every state, and another of which the respondent knows nothing: everybody who may look, or not."""

from dataclasses import dataclass

from django.test import Client

from evenhand.procedure.registering import record_fact
from evenhand.store import models
from tests.journey.playing import Play

STATES = ("called", "declared", "left", "suspended")


@dataclass(frozen=True)
class Cast:
    """`told` and `untold` are the two matters; in the first one act is proposed by the gatekeepers."""

    doors: object
    told: Play
    untold: Play
    proposal: str

    @property
    def letter(self) -> str:
        """The number of a letter to the complainant of the first matter."""
        mine = self.told.row.parts.get(role="complainant").pseudonym
        return str(models.Entry.objects.get(id=self.told.row.letters.filter(to=mine).first().entry).n)

    def who(self) -> dict[str, Client]:
        """A browser for each."""
        seats = self.told.row.parts.filter(kind="seat")
        people = {
            "member": self.doors.people["members"][3],
            "officer": self.doors.people["mediator"][0],
            "complainant": self.told.ada,
            "respondent": self.told.bero,
            "case_officer": seats.get(role="case_officer", status="sits").person,
            "gatekeepers": seats.get(role="gatekeepers", status="sits").person,
            **{state: seats.filter(status=state).first().person for state in STATES},
        }
        return {"nobody": Client(), **{name: self.doors.as_(person) for name, person in people.items()}}


def cast_of(doors) -> Cast:
    """Everybody is where they are by what was done on the pages: called, declared, stood back, found to be related."""
    told = Play(doors).to_the_notice()
    told.do("extend", "gatekeepers", votes=False)
    proposal = models.Proposal.objects.get(matter_id=told.ident, status="open").ident
    told.declare()
    url = f"/desk/m/{told.row.slug}/"
    for role in ("gatekeepers", "investigator"):
        person = told.sitting(role)[0].person
        assert 302 == doors.as_(person).post(f"{url}stand-back/", {"category": "other"}).status_code
    waiting = told.row.parts.filter(status="called", role="gatekeepers").first()
    answer = {"answer": "declare", "category": "family"}
    assert 302 == doors.as_(waiting.person).post(f"{url}declare/", answer).status_code
    related = told.sitting("safeguarder")[0].person
    about = {"kind": "family", "b": told.bero, "since": "2010-01-01", "source": "a declaration"}
    record_fact(told.made.organisation, related, at=doors.at, chance=told.made.chance, **about)
    return Cast(doors, told, Play(doors), proposal)
