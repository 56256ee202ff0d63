# SPDX-License-Identifier: Apache-2.0
"""The main pages in French in a real browser: no barrier, and nothing wider than a telephone (L09, B10).

French needs about a fifth more room than English, so a page that just fits in one language breaks in the other.
"""

import pytest
from django.conf import settings

from tests.journey.playing import Play
from tests.journey.test_in_chromium import Look, here
from tests.web.conftest import site, window

__all__ = ["here", "site", "window"]
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("made", ["sqlite"], indirect=True)]
WIDTHS = (360, 1280)


class InFrench(Look):
    """One person in one window, who has chosen French."""

    def as_(self, person) -> "InFrench":
        """Signs in, and chooses the language at the foot of the page."""
        super().as_(person)
        return self.choose()

    def choose(self) -> "InFrench":
        """Presses the link of the language, as anybody would."""
        self.page.goto("/")
        self.press(self.page.get_by_role("link", name="Français"))
        assert "fr" == self.page.locator("html").get_attribute("lang")
        assert settings.LANGUAGE_COOKIE_NAME in {one["name"] for one in self.page.context.cookies()}
        return self


@pytest.fixture
def case(doors):
    """A case of which the respondent was told."""
    return Play(doors).to_the_notice()


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_for_anybody_fit_in_french(window, doors, case, width):
    """Somebody who reads French could not complain, or read the rules, on a telephone."""
    found = []
    look = InFrench(doors, window(width=width), f"{width}-fr", found).choose()
    for url in ("/", "/accounts/login/", "/code/", "/portal/complain/", "/public/", "/public/tour/", "/nowhere/"):
        if url == "/nowhere/":
            look.page.goto(url)
            look.now("nowhere")
        else:
            look.at(url, url.strip("/") or "start")
    for step in ("danger", "whom", "account", "harmed", "about", "you"):
        look.at(f"/portal/complain/{step}/", f"complain-{step}").send(f"complain-{step}-error")
    assert [] == found


@pytest.mark.parametrize("width", WIDTHS)
def test_a_matter_fits_in_french(window, doors, case, width):
    """A party or an officer who reads French could not follow the matter or act in it."""
    found, look = [], None
    portal, desk = f"/portal/m/{case.row.slug}/", f"/desk/m/{case.row.slug}/"
    officer = case.sitting("case_officer")[0].person
    look = InFrench(doors, window(width=width), f"{width}-fr", found)
    look.as_(case.ada).at("/portal/", "portal").at(portal, "portal-matter").at(f"{portal}messages/", "portal-messages")
    look.at(f"{portal}step/adjustment/", "portal-step").send("portal-step-error")
    look.as_(officer).at("/desk/", "desk-due").at("/desk/matters/", "desk-matters").at("/desk/rules/", "desk-rules")
    look.at(desk, "desk-matter").at(f"{desk}evidence/", "desk-evidence").at("/accounts/security/", "security")
    assert [] == found
