# SPDX-License-Identifier: Apache-2.0
"""Plays a case through the pages: fills in the forms, declares, proposes and votes, each in the browser of whoever does it."""

import re
from datetime import timedelta

from evenhand.procedure.asking import Asked
from evenhand.procedure.opening import Party, lodge
from evenhand.store import models

REASONS = "Both accounts agree on what was said; what remains open does not change it."
TYPED = {
    "reasons": REASONS, "account": "He shouted on the quay.", "clauses": "C1", "evidence": "E1 the statement of a witness",
    "person": "an investigator", "grounds": "The panel did not hear my witness.", "statement": "Both came, and both were heard.",
    "finding_C1": "found", "sanction": "warning", "sanction_clause": "C1", "hearing_place": "the boathouse",
}  # fmt: skip


class Play:
    """Plays a case through the pages."""

    def __init__(self, doors, *, about="") -> None:
        self.doors, self.made = doors, doors.made
        self.ada, self.bero = doors.people["members"][:2]
        self.bero = about or self.bero
        carries = {"account": "x", "danger": {"danger": False, "unsafe_to_tell": False}, "notice": {"how": "portal"}}
        asked = Asked(act="lodge", by="complainant", person=self.ada, carries=carries)
        party = Party(role="respondent", person=self.bero)
        self.ident = lodge(self.made.organisation, asked, at=doors.at, chance=self.made.chance, parties=[party]).matter

    @property
    def row(self):
        """The matter as the table has it."""
        return models.Matter.objects.get(ident=self.ident)

    def declare(self) -> None:
        """Everybody who is called opens the sheet and declares that they have no conflict."""
        while (seat := models.Part.objects.filter(matter_id=self.ident, status="called").first()) is not None:
            browser = self.doors.as_(seat.person)
            assert 302 == browser.get(f"/desk/m/{self.row.slug}/").status_code
            assert 200 == browser.get(f"/desk/m/{self.row.slug}/declare/").status_code
            assert 302 == browser.post(f"/desk/m/{self.row.slug}/declare/", {"answer": "none"}).status_code

    def seats(self, role):
        """Who sits for a role; whoever is called declares first."""
        self.declare()
        return self.sitting(role)

    def sitting(self, role):
        """Who sits for a role as it is."""
        return list(models.Part.objects.filter(matter_id=self.ident, role=role, status="sits").order_by("rank"))

    def typed(self, page, days):
        """Fills in what the form asks for."""
        names = set(re.findall(r'name="([a-zA-Z0-9_.]+)"', page))
        hidden = dict(re.findall(r'type="hidden" name="(seen|key)" value="([^"]*)"', page))
        day = (self.doors.at.date() + timedelta(days=days)).isoformat().split("-")
        parts = list(zip(("year", "month", "day"), day, strict=True))
        dates = {f"{name}.{part}": value for name in ("hearing_date", "expiry") for part, value in parts}
        known = TYPED | dates | hidden | {"danger": "no", "unsafe_to_tell": "no"}
        return {name: known[name] for name in names if name in known}

    def do(self, act, role, *, days=20, votes=True):
        """One person acts, or proposes; the others of the body vote for it."""
        self.doors.later(minutes=20)
        door = "portal" if role in ("complainant", "respondent") else "desk"
        party = {"complainant": self.ada, "respondent": self.bero}.get(role)
        people = [party] if party else [one.person for one in self.seats(role)]
        browser, url = self.doors.as_(people[0]), f"/{door}/m/{self.row.slug}/do/{act}/"
        page = browser.get(url)
        assert 200 == page.status_code, (act, page.status_code)
        sent = browser.post(url, self.typed(page.content.decode(), days))
        assert 302 == sent.status_code, re.sub(r"<[^>]+>|\s+", " ", sent.content.decode())[-3000:]
        for person in people[1:] if votes else ():
            open_one = models.Proposal.objects.filter(matter_id=self.ident, status="open").first()
            if open_one is not None:
                vote = f"/desk/m/{self.row.slug}/vote/{open_one.ident}/"
                assert 200 == self.doors.as_(person).get(vote).status_code
                assert 302 == self.doors.as_(person).post(vote, {"choice": "for"}).status_code

    def to_the_notice(self) -> "Play":
        """From the complaint until the respondent has been told."""
        self.do("frame", "case_officer")
        self.do("investigate", "gatekeepers")
        self.do("notify", "case_officer")
        return self

    def to_the_hearing(self) -> "Play":
        """From the notice until the hearing is fixed."""
        self.doors.later(days=2)
        self.do("report", "investigator")
        self.do("charge", "gatekeepers")
        self.doors.later(days=1)
        self.do("reply", "respondent")
        self.do("fix_hearing", "panel")
        return self

    def to_the_remit(self) -> "Play":
        """From the hearing to the appeal that sends it back."""
        self.doors.later(days=21)
        self.do("hear", "panel", days=0)
        self.do("sanction", "panel")
        self.doors.later(days=1)
        self.do("appeal", "respondent")
        self.do("remit", "appeal_panel")
        return self
