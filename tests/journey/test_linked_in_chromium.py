# SPDX-License-Identifier: Apache-2.0
"""The pages about matters that name one another, in a real browser, with and without mistakes (D06, G05)."""

import pytest

from evenhand.store import models
from tests.journey.playing import Play
from tests.journey.test_in_chromium import Look, here, looks
from tests.journey.test_linked import Beside, objected, passing
from tests.web.conftest import site, window

__all__ = ["here", "site", "window"]
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("made", ["sqlite"], indirect=True)]


def objecting(look: Look, url: str) -> Look:
    """The form of an objection, empty and with its mistakes."""
    return look.at(f"{url}step/object/", "linked-object").send("linked-object-error")


def test_objecting_to_a_person_has_no_barrier(window, doors):
    """A party could not say whom they do not trust, or follow what becomes of it."""
    found, play = [], Play(doors)
    other = objected(play, "case_officer")
    officer = other.row.parts.get(role="challenged").person
    judge = other.seats("recusal_judge")[0].person
    for look in looks(window, doors, found):
        objecting(look.as_(play.ada).at(f"/portal/m/{play.row.slug}/", "linked-main"), f"/portal/m/{play.row.slug}/")
        look.at(f"/portal/m/{other.row.slug}/", "linked-challenge")
        look.as_(officer).at(f"/desk/m/{play.row.slug}/", "linked-challenged-main")
        look.at(f"/portal/m/{other.row.slug}/", "linked-challenged")
        look.as_(judge).at(f"/desk/m/{other.row.slug}/", "linked-judge")
    assert [] == found


def test_asking_to_reopen_has_no_barrier(window, doors):
    """A party could not bring new evidence once a matter is over."""
    found, play = [], Play(doors)
    play.do("out_of_scope", "gatekeepers")
    passing(play, 40)
    for look in looks(window, doors, found):
        look.as_(play.ada).at(f"/portal/m/{play.row.slug}/", "linked-over")
        look.at(f"/portal/m/{play.row.slug}/step/reopen/", "linked-reopen").send("linked-reopen-error")
    assert [] == found
    assert not models.Matter.objects.filter(names=play.ident).exists()
    assert Beside(play, play.ident).row.over
