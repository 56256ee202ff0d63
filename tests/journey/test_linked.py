# SPDX-License-Identifier: Apache-2.0
"""Objecting to a person and reopening a matter, by the forms alone, each in the browser of whoever does it."""

import re

import pytest

from evenhand.procedure.auditing import audit
from evenhand.procedure.lapsing import lapse_everywhere
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.journey.playing import Play


class Beside(Play):
    """A matter that names another one, played by the same people."""

    def __init__(self, main, ident) -> None:
        self.doors, self.made, self.ada, self.bero, self.ident = main.doors, main.made, main.ada, main.bero, ident


def step(play, person, name, *, door="portal", **typed):
    """Fills in a form that no book orders; the answer."""
    play.doors.later(minutes=5)
    browser, url = play.doors.as_(person), f"/{door}/m/{play.row.slug}/step/{name}/"
    page = browser.get(url)
    assert 200 == page.status_code, (name, page.status_code)
    key = re.search(r'name="key" value="([^"]*)"', page.content.decode())[1]
    return browser.post(url, {"key": key, **typed})


def objected(play, role) -> Beside:
    """The complainant objects to the first person in a role."""
    seat = play.seats(role)[0]
    said = step(play, play.ada, "object", who=seat.pseudonym, grounds="They row in one boat.")
    assert 302 == said.status_code, said.content.decode()[-2000:]
    return Beside(play, models.Matter.objects.get(names=play.ident, over=False).ident)


def passing(play, days) -> None:
    """Days go by, and the clock does what is due."""
    play.doors.later(days=days)
    lapse_everywhere(play.made.organisation, at=play.doors.at, chance=play.made.chance)


def page_of(play, person, door="portal") -> str:
    """The page of a matter, for somebody in it."""
    return play.doors.as_(person).get(f"/{door}/m/{play.row.slug}/").content.decode()


@pytest.fixture
def play(doors):
    """A complaint that was just lodged."""
    return Play(doors)


def test_a_challenge_from_the_objection_to_another_person_in_the_seat(play):
    """D06: raised, answered, ruled on by somebody else with reasons; the matter goes on with another person."""
    other = objected(play, "case_officer")
    officer = other.row.parts.get(role="challenged").person
    shut = play.doors.as_(officer).post(f"/desk/m/{play.row.slug}/do/frame/", {"clauses": "C1", "reasons": "x"})
    assert (422, True) == (shut.status_code, "Until it is ruled on, you do not act" in shut.content.decode())
    assert f"/portal/m/{other.row.slug}/" in page_of(play, officer, "desk")
    answer = play.doors.as_(officer).post(f"/portal/m/{other.row.slug}/do/answer/", {"statement": "We met once."})
    assert 302 == answer.status_code
    other.do("stand_aside", "recusal_judge")
    assert 404 == play.doors.as_(officer).get(f"/desk/m/{play.row.slug}/").status_code
    play.do("frame", "case_officer")
    assert officer != play.sitting("case_officer")[0].person
    seal(play.made.organisation)
    seen = audit(play.made.organisation, at=play.doors.at)
    assert seen.holds, seen.as_data()


def test_an_objection_says_until_when_and_what_is_missing(play):
    """A bad form keeps what was written and says what to do."""
    play.declare()
    page = play.doors.as_(play.ada).get(f"/portal/m/{play.row.slug}/step/object/").content.decode()
    assert "You can object until" in page
    said = step(play, play.ada, "object", grounds="They row in one boat.")
    told = said.content.decode()
    assert (422, True, True) == (said.status_code, "They row in one boat." in told, 'class="problems"' in told)


def test_a_late_objection_needs_a_fact_that_could_not_be_known(play):
    """D06: the window is told in the refusal, and nothing that was written is lost."""
    seat = play.seats("case_officer")[0]
    play.doors.later(days=9)
    typed = {"who": seat.pseudonym, "grounds": "They row in one boat."}
    said = step(play, play.ada, "object", **typed)
    assert (422, True) == (said.status_code, "Later only on a fact" in said.content.decode())
    assert 302 == step(play, play.ada, "object", **typed, late="A photograph of yesterday.").status_code


def test_the_form_that_is_sent_twice_opens_one_matter(play):
    """The back button is harmless."""
    seat = play.seats("case_officer")[0]
    browser, url = play.doors.as_(play.ada), f"/portal/m/{play.row.slug}/step/object/"
    typed = {"who": seat.pseudonym, "grounds": "x", "key": "k1"}
    browser.get(url)
    answers = [browser.post(url, typed).status_code for _ in range(2)]
    assert ([302, 302], 1) == (answers, models.Matter.objects.filter(names=play.ident).count())


def test_the_page_says_which_ways_are_not_open_and_why(play):
    """G05: a reopening while it runs, and none made up."""
    page = page_of(play, play.ada)
    assert "Other ways" in page
    assert "The matter still goes on. It can be reopened once it is over." in page
    assert 404 == play.doors.as_(play.ada).get(f"/portal/m/{play.row.slug}/step/reopen/").status_code


def test_a_matter_that_is_over_is_reopened_before_other_people(play):
    """G05, G02: asked on a listed ground, decided by others, and begun anew; each names the one before."""
    play.do("out_of_scope", "gatekeepers")
    first = {seat.person for seat in play.sitting("gatekeepers")}
    passing(play, 40)
    said = step(
        play, play.ada, "reopen", ground="new evidence", grounds="A letter was found.", evidence="a letter of May"
    )
    assert 302 == said.status_code, said.content.decode()[-2000:]
    review = Beside(play, models.Matter.objects.get(names=play.ident).ident)
    review.do("reopen", "reviewers")
    new = Beside(play, models.Matter.objects.get(names=review.ident).ident)
    assert set() == first & {seat.person for seat in new.seats("gatekeepers")}
    assert "What was decided in the matter is stayed" in page_of(play, play.ada)
    assert review.row.code in page_of(new, play.ada)
    assert new.row.code not in page_of(review, play.bero)
    new.do("frame", "case_officer")
    new.do("investigate", "gatekeepers")
    seal(play.made.organisation)
    seen = audit(play.made.organisation, at=play.doors.at)
    assert seen.holds, seen.as_data()


def test_a_ground_that_the_rules_do_not_list_is_refused(play):
    """G05: the form offers those of the list and takes no other."""
    play.do("out_of_scope", "gatekeepers")
    passing(play, 40)
    said = step(play, play.ada, "reopen", ground="I do not like it", grounds="x", evidence="y")
    assert (422, 0) == (said.status_code, models.Matter.objects.filter(names=play.ident).count())


def test_a_stranger_learns_of_no_linked_matter(play):
    """L07: byte for byte what they see of a matter that never was."""
    other = objected(play, "gatekeepers")
    stranger = play.doors.as_(play.doors.people["members"][3])
    colleague = play.sitting("gatekeepers")[1].person
    for slug in (other.row.slug, play.row.slug):
        real = stranger.get(f"/portal/m/{slug}/step/object/")
        never = stranger.get(f"/portal/m/{'0' * 24}/step/object/")
        assert (404, real.content) == (real.status_code, never.content)
    assert other.row.code not in page_of(play, colleague, "desk")
