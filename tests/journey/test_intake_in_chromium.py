# SPDX-License-Identifier: Apache-2.0
"""The pages by which a matter begins at the desk, in a real browser: sizes, schemes, mistakes, and no script (L09, M15)."""

import pytest

from evenhand.store import models
from tests.journey.playing import Play
from tests.journey.test_in_chromium import Look, here, looks
from tests.web.conftest import site, window

__all__ = ["here", "site", "window"]
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("made", ["sqlite"], indirect=True)]
TYPED = {
    "account": "He shouted at me on the quay.",
    "complainant": "Ada",
    "respondent": "Bero",
    "words": "the tall one",
}


def fill(page):
    """Fills in what the page asks, with the last of each choice."""
    for name in {one.get_attribute("name") for one in page.locator("main input[type=radio]").all()}:
        page.locator(f"main input[name='{name}']").last.check()
    for field in page.locator("main textarea, main input[type=text]").all():
        name = field.get_attribute("name")
        if name.endswith((".day", ".month", ".year")) and name.startswith("received"):
            field.fill({"day": "2", "month": "4", "year": "2026"}[name.rpartition(".")[2]])
        elif name in TYPED:
            field.fill(TYPED[name])


def test_entering_a_letter_has_no_barrier(window, doors):
    """An officer who cannot see, or has a small screen, enters a letter like any other."""
    found = []
    for look in looks(window, doors, found):
        look.as_(doors.people["case_officer"][0]).at("/desk/", "desk-due-officer").at("/desk/enter/", "enter-came")
        page = look.page
        for _ in range(9):
            step = page.url.rstrip("/").rpartition("/")[2]
            if step == "check":
                break
            look.now(f"enter-{step}")
            if page.locator("main input[type=radio], main textarea[name=account]").count():
                look.send(f"enter-{step}-error")
                assert page.title().startswith("Error: ")
            fill(page)
            look.press(page.get_by_role("button", name="Continue"))
        look.now("enter-check").send("enter-done")
        assert page.locator(".slip").is_visible()
    assert [] == found


def test_a_letter_is_entered_without_a_script(window, doors):
    """A browser that runs nothing loses no day and no code."""
    look = Look(doors, window(script=False), "plain", [])
    look.as_(doors.people["case_officer"][0])
    look.page.goto("/desk/enter/")
    for _ in range(9):
        if look.page.url.endswith("/check/"):
            break
        fill(look.page)
        look.page.get_by_role("button", name="Continue").click()
        look.page.wait_for_load_state()
    look.page.get_by_role("button", name="Enter it").click()
    look.page.wait_for_url("**/done/")
    assert 1 == models.Matter.objects.filter(kind="discipline").count()


def test_the_steps_of_the_office_have_no_barrier(window, doors):
    """Naming somebody, looking up a membership and linking: full, with a mistake, and with what was found."""
    found, play = [], Play(doors)
    play.declare()
    for _ in range(5):
        other = Play(doors.later(minutes=1))
        other.declare()
    mine, url = play.sitting("case_officer")[0].person, f"/desk/m/{play.row.slug}/"
    for look in looks(window, doors, found):
        look.as_(mine).at(url, "desk-matter-arrived")
        for name in ("name-party", "membership", "link"):
            look.at(f"{url}step/{name}/", f"step-{name}")
            if name != "membership":
                look.send(f"step-{name}-error")
                assert look.page.title().startswith("Error: ")
    look.at(f"{url}step/name-party/", "step-name-party")
    look.page.locator("input[name=role]").last.check()
    look.page.locator("input[name=who]").fill("Nobody Knows")
    look.send("step-name-party-refused")
    assert "not in the register" in look.page.locator(".problems").inner_text()
    assert [] == found
