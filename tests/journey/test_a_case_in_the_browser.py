# SPDX-License-Identifier: Apache-2.0
"""One case from complaint to remitted appeal with everybody signed in, by forms alone, on both databases."""

import re

import pytest

from evenhand.procedure.auditing import audit
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.journey.playing import Play


@pytest.fixture
def remitted(doors):
    """From the complaint to the appeal that sends it back."""
    return Play(doors).to_the_notice().to_the_hearing().to_the_remit()


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
