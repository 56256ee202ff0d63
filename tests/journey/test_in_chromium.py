# SPDX-License-Identifier: Apache-2.0
"""Every page of the desk and the portal in a real browser, full and empty, with and without mistakes (L09)."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache

from evenhand.store import models
from evenhand.web.accounts import links
from evenhand.web.accounts.models import Account
from tests.journey.playing import Play
from tests.web.conftest import site, window
from tests.web.test_looks_browser import SIZES, barriers

__all__ = ["site", "window"]
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("made", ["sqlite"], indirect=True)]
SHOTS = os.environ.get("EVENHAND_SHOTS", "")


@pytest.fixture
def here(doors):
    """The organisation whose pages the browser is shown."""
    return doors.made.organisation


class Look:
    """Looks at pages as one person in one window, and keeps what stands in the way of anybody."""

    def __init__(self, doors, page, label, found) -> None:
        self.doors, self.page, self.label, self.found = doors, page, label, found

    def as_(self, person) -> "Look":
        """Signs in."""
        self.page.context.clear_cookies()
        cache.clear()  # nobody signs in as so many people from one machine in a minute, and the limit would hold
        account = Account.objects.filter(person=person).first() or Account.objects.open(
            handle=os.urandom(16).hex(), at=self.doors.at, person=person
        )
        token = links.issue(account, at=self.doors.at, lifetime=timedelta(days=1), purpose="demo")
        self.page.goto(f"/in/{token}/")
        self.press(self.page.locator("main button").first)
        return self

    def at(self, url, name) -> "Look":
        """Looks at a page."""
        said = self.page.goto(url)
        if said.status >= 400:
            self.found.append(f"{name}: {said.status}")
        return self.now(name)

    def now(self, name) -> "Look":
        """Looks at the page that is shown, with everything on it unfolded."""
        if SHOTS:
            Path(SHOTS).mkdir(exist_ok=True)
            self.page.screenshot(path=f"{SHOTS}/{name}-{self.label}.png", full_page=True)
        self.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        self.found += [f"{name} {self.label}: {what}" for what in barriers(self.page)]
        return self

    def send(self, name) -> "Look":
        """Sends the form as it is and looks at what comes back."""
        self.press(self.page.locator("main form button").first)
        return self.now(name)

    def press(self, goal) -> None:
        """Presses something and waits for the page to which it leads."""
        self.page.evaluate("document.documentElement.dataset.old = 'yes'")
        goal.click()
        self.page.locator("html:not([data-old])").wait_for(state="attached")
        self.page.wait_for_load_state()


@pytest.fixture
def case(doors):
    """A case before its hearing, with the findings still to come."""
    return Play(doors).to_the_notice().to_the_hearing()


def looks(window, doors, found):
    """A window of each size and scheme."""
    for width, dark in SIZES:
        yield Look(doors, window(width=width, dark=dark), f"{width}-{'dark' if dark else 'light'}", found)


def test_complaining_has_no_barrier(window, doors):
    """Somebody could not say what happened to them."""
    found = []
    for look in looks(window, doors, found):
        page = look.at("/portal/complain/", "complain").page
        for step in ("danger", "whom", "account", "harmed", "about", "you"):
            look.at(f"/portal/complain/{step}/", f"complain-{step}")
            if step == "about":
                page.get_by_label("Day").fill("77")
            if step != "you":
                look.send(f"complain-{step}-error")
                assert page.title().startswith("Error: ")
            for answer in page.get_by_label("No", exact=True).all():
                answer.check()
            if step in ("whom", "harmed"):
                page.locator("main input[type=radio]").first.check()
            for field in page.locator("main textarea").all():
                field.fill("He shouted at me on the quay.\n\nTwo people heard it.")
            for field in page.locator(".days input").all():
                field.fill("")
            look.press(page.get_by_role("button", name="Continue"))
        look.now("complain-check").send("complain-done")
        assert page.locator(".slip").is_visible()
    assert [] == found


def test_the_portal_has_no_barrier(window, doors, case):
    """A party could not follow their own matter."""
    found, url = [], f"/portal/m/{case.row.slug}/"
    for look in looks(window, doors, found):
        look.as_(doors.people["members"][3]).at("/portal/", "portal-empty")
        look.as_(case.bero).at("/portal/", "portal-mine").at(url, "portal-matter")
        look.press(look.page.locator("a[href*='/letters/']").first)
        look.now("portal-letter").at(f"{url}do/ask_time/", "portal-act").send("portal-act-error")
    assert [] == found


def test_the_desk_has_no_barrier(window, doors, case):
    """An officer could not do what the rules ask of them."""
    found, url = [], f"/desk/m/{case.row.slug}/"
    other = Play(doors)
    doors.later(days=21)
    case.do("hear", "panel", days=0)
    case.do("sanction", "panel", votes=False)
    first, second = (seat.person for seat in case.sitting("panel")[:2])
    proposal = case.row.proposals.get(status="open").ident
    called = other.row.parts.filter(status="called").first()
    for look in looks(window, doors, found):
        look.as_(doors.people["mediator"][0]).at("/desk/", "desk-empty").at("/desk/matters/", "desk-matters-empty")
        look.as_(first).at("/desk/", "desk-due").at("/desk/matters/", "desk-matters").at("/desk/rules/", "desk-rules")
        look.at("/desk/matters/?state=over", "desk-matters-none")
        look.page.goto("/desk/matters/?since=77&state=open")
        look.now("desk-matters-error")
        look.at(url, "desk-matter").at(f"{url}do/sanction/", "desk-act").send("desk-act-error")
        look.at(f"{url}do/adjourn/", "desk-refused")
        look.page.locator("main textarea").fill("It was too soon.")
        look.send("desk-refused-said")
        look.as_(second).at("/desk/", "desk-due-vote").at(f"{url}vote/{proposal}/", "desk-vote").send("desk-vote-error")
        look.at(f"{url}stand-back/", "desk-stand-back").send("desk-stand-back-error")
        sheet = f"/desk/m/{other.row.slug}/declare/"
        look.as_(called.person).at("/desk/", "desk-called").at(sheet, "desk-sheet").send("desk-sheet-error")
    assert [] == found


def test_a_complaint_is_made_by_keyboard_alone_and_without_scripts(window, doors):
    """Who has no mouse, and a browser that runs nothing, complains like anybody else."""
    page = window(width=360, script=False)

    def tab_to(text) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            focus = page.locator(":focus")
            if not focus.count():
                continue
            name = focus.get_attribute("name") or ""
            if text in (name, (focus.text_content() or "").strip()):
                return
        raise AssertionError(f"{text} is not reached by the keyboard at {page.url}")

    def enter(text, where) -> None:
        tab_to(text)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/complain/{where}/")

    page.goto("/portal/complain/")
    enter("Begin", "danger")
    for name in ("danger", "unsafe_to_tell"):
        tab_to(name)
        page.keyboard.press("ArrowDown")
    enter("Continue", "whom")
    tab_to("way")
    page.keyboard.press("Space")
    enter("Continue", "account")
    tab_to("account")
    page.keyboard.type("He shouted at me on the quay.")
    enter("Continue", "harmed")
    tab_to("harmed")
    page.keyboard.press("Space")
    enter("Continue", "about")
    enter("Continue", "you")
    enter("Continue", "check")
    enter("Send it", "done")
    page.locator(".slip").wait_for()
    assert 1 == models.Matter.objects.filter(kind="discipline").count()


def test_a_mistake_takes_the_focus_without_a_script(window, doors, case):
    """Who cannot see the page learns at once that nothing was sent, and is led to the field."""
    found = []
    look = Look(doors, window(script=False), "plain", found).as_(case.bero)
    look.page.goto(f"/portal/m/{case.row.slug}/do/ask_time/")
    look.press(look.page.locator("main form button").first)
    assert look.page.title().startswith("Error: ")
    assert "problems" in (look.page.locator(":focus").get_attribute("class") or "")
    look.page.locator(".problems a").first.click()
    assert 1 == look.page.locator(":target").count()
