# SPDX-License-Identifier: Apache-2.0
"""One case from complaint to remitted appeal in a real browser, everybody in a window of their own, on both databases."""

import pytest

from evenhand.procedure.auditing import audit
from evenhand.procedure.exporting import export
from evenhand.procedure.naming import name_of
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.journey.in_chromium import Windows
from tests.journey.playing import Play
from tests.procedure.test_exporting import verify
from tests.web.conftest import site, window

__all__ = ["site", "window"]
pytestmark = pytest.mark.browser
WORDS = "He shouted at me on the quay.\n\nTwo people heard it."


@pytest.fixture
def here(doors):
    """The organisation whose pages the browser is shown."""
    return doors.made.organisation


class Seen(Play):
    """The same case, from the first question of the complaint on, with a window for each person."""

    def __init__(self, windows) -> None:
        self.doors, self.made = windows, windows.made
        self.ada, self.bero = windows.people["members"][:2]
        self.ident = self.complained()
        self.named()

    def complained(self) -> str:
        """The member answers one question after the other, describes the other side and sends it."""
        hands = self.doors.as_(self.ada)
        page = hands.page
        page.goto("/portal/complain/")
        hands.press(page.get_by_role("link", name="Begin"))
        while not page.url.endswith("/check/"):
            for answer in page.get_by_label("No", exact=True).all():
                answer.check()
            if page.url.endswith(("/whom/", "/harmed/")):
                page.locator("main input[type=radio]").first.check()
            for field in page.locator("main textarea").all():
                field.fill(WORDS)
            if page.url.endswith("/about/"):
                page.get_by_label("Name or description").fill("the tall one with the red cap")
            hands.press(page.get_by_role("button", name="Continue"))
        hands.press(page.get_by_role("button", name="Send it"))
        assert page.locator(".slip").is_visible()
        return models.Matter.objects.get(kind="discipline").ident

    def named(self) -> None:
        """The officer finds out who it is about, and names them from the register."""
        officer = self.seats("case_officer")[0].person
        hands, url = self.doors.as_(officer), f"/desk/m/{self.row.slug}/step/name-party/"
        assert 200 == hands.get(url).status_code
        known = {"role": "respondent", "who": name_of(self.made.organisation, self.bero), "where": "register"}
        assert 302 == hands.post(url, known).status_code


def test_a_case_is_played_in_a_browser_to_a_remitted_appeal(doors, window, tmp_path):
    """B07, G01: more than five people are signed in at once; what each needs is on a page; the audit holds afterwards."""
    windows = Windows(doors, window)
    play = Seen(windows).to_the_notice().to_the_hearing().to_the_remit()
    assert "hearing" == play.row.stage
    assert len(windows.open) >= 5
    both = [windows.as_(person).get(f"/portal/m/{play.row.slug}/") for person in (play.ada, play.bero)]
    assert [True, True] == ["at the stage “hearing”" in side.content.decode() for side in both]
    seal(play.made.organisation)
    seen = audit(play.made.organisation, at=doors.at)
    assert seen.holds, seen.as_data()
    assert export(play.made.organisation, tmp_path / "export") > 100
    said = verify(play, tmp_path / "export")
    assert (0, True) == (said.returncode, "Everything that was checked holds." in said.stdout), said.stdout
