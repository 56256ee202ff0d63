# SPDX-License-Identifier: Apache-2.0
"""One case from complaint to remitted appeal with everybody signed in, by forms alone, on both databases."""

import re
from datetime import timedelta

import pytest

from evenhand.procedure.asking import Asked
from evenhand.procedure.auditing import audit
from evenhand.procedure.opening import Party, lodge
from evenhand.store import models
from evenhand.store.sealing import seal

REASONS = "Both accounts agree on what was said; what remains open does not change it."
TYPED = {
    "reasons": REASONS, "account": "He shouted on the quay.", "clauses": "C1", "evidence": "E1 the statement of a witness",
    "person": "an investigator", "grounds": "The panel did not hear my witness.", "statement": "Both came, and both were heard.",
    "finding_C1": "found", "sanction": "warning", "sanction_clause": "C1", "hearing_place": "the boathouse",
}  # fmt: skip


class Play:
    """Plays a case through the pages."""

    def __init__(self, doors) -> None:
        self.doors, self.made = doors, doors.made
        self.ada, self.bero = doors.people["members"][:2]
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

    def do(self, act, role, *, days=20):
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
        for person in people[1:]:
            open_one = models.Proposal.objects.filter(matter_id=self.ident, status="open").first()
            if open_one is not None:
                vote = f"/desk/m/{self.row.slug}/vote/{open_one.ident}/"
                assert 200 == self.doors.as_(person).get(vote).status_code
                assert 302 == self.doors.as_(person).post(vote, {"choice": "for"}).status_code


@pytest.fixture
def remitted(doors):
    """From the complaint to the appeal that sends it back."""
    play = Play(doors)
    play.do("frame", "case_officer")
    play.do("investigate", "gatekeepers")
    play.do("notify", "case_officer")
    doors.later(days=2)
    play.do("report", "investigator")
    play.do("charge", "gatekeepers")
    doors.later(days=1)
    play.do("reply", "respondent")
    play.do("fix_hearing", "panel")
    doors.later(days=21)
    play.do("hear", "panel", days=0)
    play.do("sanction", "panel")
    doors.later(days=1)
    play.do("appeal", "respondent")
    play.do("remit", "appeal_panel")
    return play


def test_a_case_is_played_to_a_remitted_appeal_by_forms_alone(remitted):
    """No script, no shell: what people need is on the pages. The audit holds afterwards."""
    assert "hearing" == remitted.row.stage
    seal(remitted.made.organisation)
    seen = audit(remitted.made.organisation, at=remitted.doors.at)
    assert seen.holds, seen.as_data()


def test_both_sides_read_the_same_of_it(remitted):
    """B07: the same stage, the same clock, the same list of what is missing."""
    url, sides = f"/portal/m/{remitted.row.slug}/", (remitted.ada, remitted.bero)
    pages = [remitted.doors.as_(person).get(url).content.decode() for person in sides]
    missing = [re.search(r'id="missing".*?</section>', page, re.S)[0] for page in pages]
    clocks = [re.search(r'class="clock".*?</div>', page, re.S)[0] for page in pages]
    assert (missing[0], clocks[0]) == (missing[1], clocks[1])


def test_nobody_else_learns_that_it_exists(remitted):
    """D01, L07: the same page as for an address that never was one, byte for byte."""
    stranger = remitted.doors.as_(remitted.doors.people["members"][3])
    officer = remitted.doors.as_(remitted.doors.people["mediator"][0])
    for browser, door in ((stranger, "portal"), (officer, "desk")):
        for rest in ("", "do/appeal/", "receipts/"):
            real = browser.get(f"/{door}/m/{remitted.row.slug}/{rest}")
            never = browser.get(f"/{door}/m/{'0' * 24}/{rest}")
            assert (404, 404) == (real.status_code, never.status_code)
            assert real.content == never.content
        assert remitted.row.code not in browser.get(f"/{door}/").content.decode()


def test_a_form_that_was_left_open_tells_what_changed(doors):
    """Two people at once: what the second wrote is still in the form."""
    play = Play(doors)
    browser, url = doors.as_(play.ada), f"/portal/m/{play.row.slug}/do/withdraw/"
    typed = {**play.typed(browser.get(url).content.decode(), 0), "grounds": "I want no part in it any more."}
    play.do("frame", "case_officer")
    said = browser.post(url, typed)
    page = said.content.decode()
    assert 409 == said.status_code
    assert "Somebody acted while you were writing" in page
    assert "no part in it any more" in page


def test_a_draft_is_kept(doors):
    """Whoever is called to the telephone loses nothing."""
    play = Play(doors)
    browser, url = doors.as_(play.ada), f"/portal/m/{play.row.slug}/do/withdraw/"
    browser.post(url, {"grounds": "Half a sentence", "keep": "1"})
    assert "Half a sentence" in browser.get(url).content.decode()


def test_an_act_that_is_not_lawful_is_told_with_its_rule(doors):
    """The attempt is in the record, and what was written is in the form."""
    play = Play(doors)
    browser, url = doors.as_(play.ada), f"/portal/m/{play.row.slug}/do/appeal/"
    said = browser.post(url, {"grounds": "I see it otherwise."})
    page = said.content.decode()
    assert (422, True, True) == (said.status_code, "This is not lawful now" in page, "I see it otherwise." in page)
    assert "act.refused" == models.Entry.objects.filter(matter=play.ident).order_by("-n").first().type


def test_the_receipts_can_be_downloaded(remitted):
    """A02: one file, for every entry."""
    said = remitted.doors.as_(remitted.ada).get(f"/portal/m/{remitted.row.slug}/receipts/")
    assert remitted.row.n == said.content.decode().count("c2sp.org/tlog-proof@v1\n")
