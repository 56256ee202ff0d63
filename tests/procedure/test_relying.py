# SPDX-License-Identifier: Apache-2.0
"""What a decision may rest on (E04, E06)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.evidencing import choices_for, relying_on, restrict, serve_on, supersede
from evenhand.store import models
from tests.procedure.a_case import to_the_hearing
from tests.procedure.a_file import File, after_the_notice


@pytest.fixture
def told(made):
    """A complaint of which the respondent was told."""
    return after_the_notice(made)


def test_a_decision_rests_on_what_was_served_or_withheld_with_reasons(told):
    """E06: nobody is judged on what they could not answer."""
    told.put(told.complainant)
    item = models.Item.objects.get(matter_id=told.ident)
    with pytest.raises(Refused, match="neither given to the respondent nor withheld") as refused:
        told.rests_on("E1")
    assert "evidence/reliance" == refused.value.rule
    day = told.at.date()
    about = {"ground": "safety", "reasons": "It names where she sleeps.", "until": day}
    told.handle(restrict, told.officer, item.ident, told.pseudonym("respondent"), **about)
    assert told.rests_on("E1")
    told.later(days=1)
    with pytest.raises(Refused):
        told.rests_on("E1")
    told.handle(serve_on, told.officer, item.ident, told.pseudonym("respondent"))
    assert told.rests_on("E1")


def test_what_the_respondent_submitted_need_not_be_served_on_them(told):
    """They have it."""
    told.put(told.respondent)
    assert told.rests_on("E1")


def test_a_decision_names_items_of_its_own_matter(told):
    """E7 of another matter, or of none, carries nothing."""
    assert told.rests_on("E1")  # there are no items: what it rests on is told in words
    told.put(told.respondent)
    with pytest.raises(Refused, match="no item E7"):
        told.rests_on("E7")
    assert told.rests_on("E7", act="report")  # which decides nothing


def test_a_superseded_item_is_relied_on_only_where_the_reasons_say_so(told):
    """E04, S4: when the recording has come, a report of it carries a decision no more in silence."""
    report, recording = told.put(told.respondent), told.put(told.respondent, kind="recording")
    told.handle(supersede, told.officer, report.ident, recording.ident, reasons="The recording is the event itself.")
    with pytest.raises(Refused, match="E2 took its place"):
        told.rests_on("E1", "E2", reasons="E10 and E12 agree.")
    assert told.rests_on("E1", reasons="E1 agrees with the recording.")
    assert told.may_read(report, told.officer)
    assert [True, False] == [choice.superseded for choice in choices_for(told.made.organisation, told.row)]
    for pair in ((recording, report), (report, recording), (recording, recording)):
        with pytest.raises(Refused, match="Name an item that stands"):
            told.handle(supersede, told.officer, *(one.ident for one in pair), reasons="Round and round.")


def test_what_rested_on_an_item_is_listed(made):
    """E05: when a better source comes, somebody has to look at what was decided on the old one."""
    case = to_the_hearing(File(made))
    case.put(case.respondent)
    done = case.decide("sanction", "panel")
    act = models.Entry.objects.get(rule="discipline.sanction", id__gte=done.first)
    assert act.id == relying_on(made.organisation, case.row, 1)[-1]
    assert () == relying_on(made.organisation, case.row, 2)
