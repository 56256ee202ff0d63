# SPDX-License-Identifier: Apache-2.0
"""What no book orders, for everybody: a step is open exactly where the page of the matter offers it (L07, D13)."""

import re

from evenhand.web.matter.steps import every_step
from tests.journey.casting import cast_of

DOORS = ("desk", "portal")


def offered(browser, slug, door) -> set[str]:
    """The steps that the page of the matter offers."""
    page = browser.get(f"/{door}/m/{slug}/")
    return set(re.findall(rf"/{door}/m/{slug}/step/([\w-]+)/", page.content.decode()))


def test_a_step_is_open_exactly_where_it_is_offered(doors):
    """An address that is guessed opens nothing, and one that is offered is no dead end; nobody is asked at two doors."""
    cast = cast_of(doors)
    slug, found = cast.told.row.slug, []
    for person, browser in cast.who().items():
        for door in DOORS:
            listed = offered(browser, slug, door)
            for step in every_step():
                said = browser.get(f"/{door}/m/{slug}/step/{step}/").status_code
                expected = 200 if step in listed else 302 if person == "nobody" else 404
                if said != expected:
                    found.append(f"{person} at {door}, {step}: {said}, and not {expected}")
    assert [] == found


def test_where_there_is_no_matter_every_step_looks_alike(doors):
    """The page for a step must not tell that a matter is there: the same answer, byte for byte (D01)."""
    cast = cast_of(doors)
    found = []
    for person in ("member", "officer", "left", "suspended"):
        browser = cast.who()[person]
        for door in DOORS:
            for step in every_step():
                there = browser.get(f"/{door}/m/{cast.told.row.slug}/step/{step}/")
                none = browser.get(f"/{door}/m/{'0' * 24}/step/{step}/")
                if (there.status_code, there.content) != (none.status_code, none.content):
                    found.append((person, door, step))
    assert [] == found
