# SPDX-License-Identifier: Apache-2.0
"""The pages on which rules are written and matters erased, in a real browser, narrow and wide (L09)."""

import pytest

from evenhand.procedure.erasing import ask_erasure
from evenhand.procedure.proposing_rules import propose_rules
from tests.journey.test_in_chromium import here, looks
from tests.procedure.test_adopting import ALONE, newer
from tests.procedure.test_erasing import Keeping
from tests.web.conftest import site, window

__all__ = ["here", "site", "window"]
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("made", ["sqlite"], indirect=True)]


def test_writing_rules_has_no_barrier(window, doors):
    """Whoever changes the rules could not read what stands in the way on a telephone, or with a screen reader."""
    found = []
    one, other = doors.people["reviewers"][:2]
    text = newer().replace("threaten or demean", "threaten, mock or demean")
    ident = propose_rules(
        doors.made.organisation, text, one, decided="The members, 61 to 12", at=doors.at, chance=doors.made.chance
    )
    for look in looks(window, doors, found):
        look.as_(other).at("/desk/rules/", "rules").at("/desk/rules/new/", "rules-new")
        for name, typed in (("wrong", text.replace("code:", "cod:")), ("failing", ALONE)):
            look.page.locator("textarea[name=text]").fill(typed)
            look.press(look.page.locator("button[value=check]"))
            look.now(f"rules-{name}")
        look.press(look.page.locator("button[value=propose]"))
        look.now("rules-refused")
        look.at(f"/desk/rules/proposed/{ident}/", "rules-proposed")
        look.as_(one).at(f"/desk/rules/proposed/{ident}/", "rules-mine")
    assert [] == found


def test_retention_has_no_barrier(window, doors):
    """Whoever erases could not see what."""
    found, keeping = [], Keeping(doors.made)
    doors.at = keeping.at
    ident = keeping.case.ident
    for look in looks(window, doors, found):
        look.as_(keeping.one).at("/desk/retention/", "retention")
        look.press(look.page.locator("button[value=ask]"))
        look.now("retention-refused")
    ask_erasure(doors.made.organisation, [ident], keeping.one, "", at=doors.at, chance=doors.made.chance)
    for look in looks(window, doors, found):
        look.as_(keeping.second).at("/desk/retention/", "retention-waits")
    assert [] == found
