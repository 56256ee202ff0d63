# SPDX-License-Identifier: Apache-2.0
"""A complaint that takes another route, by the forms alone: what is refused is told on the page, and what the clock owes is due."""

import re

from evenhand.procedure.auditing import audit
from evenhand.procedure.lapsing import lapse_everywhere
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.journey.playing import Play

MORE = {"proportionality": "Keeping them apart on the quay would not do.", "request": "I need ten days more."}


class Route(Play):
    """Plays a complaint; `asks` fills in one form and gives the page back, whatever it says."""

    def typed(self, page, days):
        """Consent is given in one's own name; who mediates writes down whose it was."""
        own = re.search(r'type="checkbox"[^>]*name="consent" value="([^"]*)"', page)
        consent = own[1] if own else "complainant\nrespondent"
        names = set(re.findall(r'name="([a-zA-Z0-9_.]+)"', page))
        more = {name: value for name, value in (MORE | {"consent": consent}).items() if name in names}
        return super().typed(page, days) | more

    def asks(self, act, role, *, days=20, place=0):
        """One person fills in the form of an act; what comes back."""
        self.doors.later(minutes=20)
        party = {"complainant": self.ada, "respondent": self.bero}.get(role)
        person = party or self.seats(role)[place].person
        browser, url = self.doors.as_(person), f"/{'portal' if party else 'desk'}/m/{self.row.slug}/do/{act}/"
        page = browser.get(url)
        assert 200 == page.status_code, (act, page.status_code)
        return browser.post(url, self.typed(page.content.decode(), days))

    def refused(self, act, role, **how) -> str:
        """What the page says where the act is not lawful now."""
        said = self.asks(act, role, **how)
        assert 422 == said.status_code, (act, said.status_code)
        return re.sub(r"<[^>]+>|\s+", " ", re.search(r'class="problems".*?</div>', said.content.decode(), re.S)[0])

    def vote(self, person, choice="for") -> None:
        """One member of a body votes on what is proposed."""
        about = models.Proposal.objects.get(matter_id=self.ident, status="open")
        url = f"/desk/m/{self.row.slug}/vote/{about.ident}/"
        assert 302 == self.doors.as_(person).post(url, {"choice": choice}).status_code

    def waits(self, days) -> "Route":
        """Days go by, and the clock does what is due."""
        self.doors.later(days=days)
        lapse_everywhere(self.made.organisation, at=self.doors.at, chance=self.made.chance)
        return self

    def done(self) -> list[str]:
        """The acts of the matter, by name, in their order; refused attempts are no acts."""
        acts = models.Entry.objects.filter(matter=self.ident, type="act").order_by("n")
        return [rule.partition(".")[2] for rule in acts.values_list("rule", flat=True)]

    def facts(self) -> set[str]:
        """What is so in the matter as the kernel has it."""
        return set(self.row.state["facts"])

    def opens(self, person, door="portal") -> str:
        """The page of the matter for somebody in it."""
        said = self.doors.as_(person).get(f"/{door}/m/{self.row.slug}/")
        assert 200 == said.status_code
        return said.content.decode()

    def letters(self, role, act) -> list[str]:
        """The letters that went to a party with an act, as they read them on the page."""
        part = self.row.parts.get(role=role, kind="party")
        browser, found = self.doors.as_(part.person), []
        for letter in self.row.letters.filter(to=part.pseudonym).order_by("entry"):
            entry = models.Entry.objects.get(id=letter.entry)
            before = models.Entry.objects.filter(matter=self.ident, type="act", n__lt=entry.n).order_by("-n").first()
            if before.rule == f"{self.row.book}.{act}":
                found.append(browser.get(f"/portal/m/{self.row.slug}/letters/{entry.n}/").content.decode())
        return found

    def to_the_answer(self) -> "Route":
        """From the complaint to the charges."""
        self.to_the_notice()
        self.doors.later(days=2)
        self.do("report", "investigator")
        self.do("charge", "gatekeepers")
        return self

    def audited(self) -> None:
        """Everything that was done is in the record, lawful and without a gap."""
        seal(self.made.organisation)
        seen = audit(self.made.organisation, at=self.doors.at)
        assert seen.holds, seen.as_data()
