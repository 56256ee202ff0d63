# SPDX-License-Identifier: Apache-2.0
"""A body votes by forms: it waits for all or carries out at once, and each member sees where the vote stands (F01, H06)."""

import re
from datetime import timedelta

import pytest

from evenhand.procedure.naming import name_of
from evenhand.store import models
from tests.journey.playing import Play

PANEL = "panel"


@pytest.fixture
def asked(doors):
    """A case in which the first of a panel of three proposed the day of the hearing, and waits for the others."""
    play = Play(doors).to_the_notice()
    doors.later(days=2)
    play.do("report", "investigator")
    play.do("charge", "gatekeepers")
    doors.later(days=1)
    play.do("reply", "respondent")
    play.do("fix_hearing", PANEL, votes=False)
    return play


def status(play):
    """What became of the proposal."""
    return models.Proposal.objects.get(matter_id=play.ident, role=PANEL).status


def page(play, number, path=""):
    """What one of the panel reads, without tags."""
    where = path or f"/desk/m/{play.row.slug}/"
    said = play.doors.as_(play.sitting(PANEL)[number].person).get(where).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", said))


def votes(play, number, **typed):
    """One of the panel sends the form of the vote; the answer."""
    ident = models.Proposal.objects.get(matter_id=play.ident, role=PANEL).ident
    browser = play.doors.as_(play.sitting(PANEL)[number].person)
    return browser.post(f"/desk/m/{play.row.slug}/vote/{ident}/", typed)


def name(play, number):
    """What one of the panel is called."""
    return name_of(play.made.organisation, play.sitting(PANEL)[number].person)


def test_whoever_says_nothing_else_waits_and_the_last_vote_carries_it_out(doors, asked):
    """F01: the third of three would never vote."""
    assert 302 == votes(asked, 1, choice="for", wait="wait").status_code
    assert "open" == status(asked)
    assert 302 == votes(asked, 2, choice="against", wait="wait").status_code
    assert "carried" == status(asked)


def test_a_member_carries_it_out_at_once(doors, asked):
    """H06: a limit that runs out tomorrow leaves no time to wait."""
    assert 302 == votes(asked, 1, choice="for", wait="now").status_code
    assert "carried" == status(asked)


def test_each_sees_that_enough_are_for_it_and_who_has_not_voted(doors, asked):
    """H06: nobody would know that it is their vote for which all wait."""
    votes(asked, 1, choice="for", wait="wait")
    says = f"Enough of you are for it. Not voted yet: {name(asked, 2)}."
    for number in range(3):
        seen = page(asked, number)
        assert (2, True) == (seen.count(says), "The vote is open." in seen)
        assert "Voted so far: 2 of 3." in page(asked, number, "/desk/")


def test_due_counts_only_the_votes_that_wait_for_the_reader(doors, asked):
    """H06: who has voted would be told that their vote is missing."""
    waiting = ["One vote waits for you." in page(asked, number, "/desk/") for number in range(3)]
    assert [False, True, True] == waiting


def test_the_vote_is_closed_by_a_button_only_once_enough_are_for_it(doors, asked):
    """D08: a button that one of three can press would decide alone."""
    assert "Close the vote" not in page(asked, 2)
    assert "only when enough of you are for it" in votes(asked, 2, close="1").content.decode()
    votes(asked, 1, choice="for", wait="wait")
    assert "Close the vote: " in page(asked, 2)
    assert 302 == votes(asked, 2, close="1").status_code
    assert "carried" == status(asked)
    assert "closed a vote that has its majority" in page(asked, 0)


@pytest.mark.parametrize("who", ["ada", "bero"])
def test_no_party_reads_of_an_open_vote_or_of_its_closing(doors, asked, who):
    """F01: what a body is about to decide is its own until it has."""
    votes(asked, 1, choice="for", wait="wait")
    votes(asked, 2, close="1")
    seen = doors.as_(getattr(asked, who)).get(f"/portal/m/{asked.row.slug}/").content.decode()
    assert (True, False, False) == tuple(
        says in seen for says in ("What has been done", "closed a vote", "The vote is open")
    )


def test_what_was_chosen_is_kept_where_the_form_comes_back(doors, asked):
    """H06: whoever forgets one answer would have to give the others again."""
    sent = votes(asked, 1, wait="now").content.decode()
    assert "Choose how you vote." in sent
    assert re.search(r'id="wait-2" name="wait" value="now" checked', sent)


@pytest.mark.parametrize(("early", "now"), [(30, False), (1, True)])
def test_on_the_last_day_of_the_limit_the_form_does_not_wait_by_itself(doors, asked, early, now):
    """H06: what enough are for would fall with the limit, because one of three did not look that day."""
    doors.at = asked.row.due - timedelta(hours=early)
    ident = models.Proposal.objects.get(matter_id=asked.ident, role=PANEL).ident
    browser = doors.as_(asked.sitting(PANEL)[1].person)
    page = browser.get(f"/desk/m/{asked.row.slug}/vote/{ident}/").content.decode()
    assert now == bool(re.search(r'id="wait-2" name="wait" value="now" checked', page))
