# SPDX-License-Identifier: Apache-2.0
"""A party asks for what they need to take part, is answered with reasons, and the other side learns nothing of it (B10)."""

from datetime import timedelta

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.adjusting import adjustments, answer_adjustment, ask_adjustment, counted
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.exporting import receipts_of
from evenhand.procedure.reading import open_matter
from evenhand.procedure.working import work
from evenhand.record.disclosures import read
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.procedure.a_file import after_the_notice, under_investigation

NEED = "I read large print; I cannot read a screen for long."


@pytest.fixture
def told(made):
    """A matter of which the respondent was told."""
    return after_the_notice(made)


def seen_by(case, person):
    """The requests that somebody reads."""
    return adjustments(open_matter(case.made.organisation, case.row.slug, person, at=case.at))


def asked(case, person=None, kind="format", words=NEED):
    """A party asks; the request."""
    case.later(minutes=1).handle(ask_adjustment, person or case.complainant, kind, words)
    return seen_by(case, person or case.complainant)[0]


def test_it_is_asked_for_and_answered_with_reasons(told):
    """B10: somebody could not take part, and nobody could say whether they were heard."""
    one = asked(told)
    assert ("format", NEED, "") == (one.kind, one.words, one.answer)
    told.handle(answer_adjustment, told.officer, one.ident, "partly", "Letters in large print; the hearing is by day.")
    done = seen_by(told, told.complainant)[0]
    assert ("partly", True) == (done.answer, done.reasons.startswith("Letters in large print"))
    assert done == seen_by(told, told.who("investigator"))[0]


def test_the_other_side_does_not_learn_that_somebody_asked(told):
    """It can tell of a person's health, and the number of an entry tells nothing."""
    one = asked(told)
    told.handle(answer_adjustment, told.officer, one.ident, "granted", "Of course.")
    seal(told.made.organisation)
    part = models.Part.objects.get(matter=told.row, role="respondent")
    held = {entry.rule: receipt for entry, receipt in receipts_of(told.made.organisation, part)}
    for rule in ("procedure.adjustment_asked", "procedure.adjustment_answered"):
        assert {"type", "day", "at", "matter", "n"} == {read(text).name for text in held[rule].disclosures}
    assert [] == seen_by(told, told.respondent)


def test_it_is_answered_once_and_by_the_office_that_administers(told):
    """A second answer would take back the first, and a judge would give what the office has to find."""
    one = asked(told)
    for person in (told.who("investigator"), told.complainant, told.made.people["members"][3]):
        with pytest.raises(NotYours):
            told.handle(answer_adjustment, person, one.ident, "granted", "Yes.")
    with pytest.raises(NotYours):
        told.handle(answer_adjustment, told.officer, "0" * 32, "granted", "Yes.")
    told.handle(answer_adjustment, told.officer, one.ident, "declined", "There is no lift; we meet elsewhere.")
    with pytest.raises(Refused, match="answered already"):
        told.handle(answer_adjustment, told.officer, one.ident, "granted", "Yes.")


def test_what_is_missing_is_said(told):
    """Bad input gets a sentence that says what to do."""
    one = asked(told)
    for what, person, names, says in (
        (ask_adjustment, told.complainant, ("money", NEED), "Say what it is about"),
        (ask_adjustment, told.complainant, ("format", " "), "Say what you need"),
        (answer_adjustment, told.officer, (one.ident, "perhaps", "Yes."), "granted in part"),
        (answer_adjustment, told.officer, (one.ident, "granted", ""), "Give the reasons"),
    ):
        with pytest.raises(Refused, match=says):
            told.handle(what, person, *names)


def test_each_side_is_told_by_mail_that_there_is_something(told):
    """B08: an answer that nobody knows of helps nobody; the mail says no more."""
    work(told.made.organisation, at=told.at, chance=told.made.chance)
    before = set(told.made.organisation.outgoing.iterdir())
    one = asked(told)
    told.handle(answer_adjustment, told.officer, one.ident, "granted", "Of course.")
    work(told.made.organisation, at=told.at, chance=told.made.chance)
    mails = [path.read_text("utf-8") for path in set(told.made.organisation.outgoing.iterdir()) - before]
    assert [(True, False)] == [("ada@harbour.example" in mail, "large" in mail) for mail in mails]


def test_they_are_counted(told):
    """K01: a report could not say how often it was asked and how often granted."""
    began = told.at
    first, second = asked(told), asked(told, kind="language")
    asked(told, told.respondent, "time")
    told.later(days=2)
    told.handle(answer_adjustment, told.officer, first.ident, "granted", "Of course.")
    told.handle(answer_adjustment, told.officer, second.ident, "declined", "Nobody here speaks it.")
    day = timedelta(days=1)
    count = lambda since, until: dict(counted(told.made.organisation, since=since, until=until))  # noqa: E731
    assert {"granted": 1, "declined": 1, "waiting": 1} == count(began, told.at + day)
    assert ({"waiting": 3}, {}) == (count(began, began + day), count(told.at, told.at + day))


def test_a_respondent_who_was_not_told_asks_for_nothing(made):
    """M14, L07: to them it must look as if there were no matter."""
    case = under_investigation(made)
    for person in (case.respondent, case.officer):
        with pytest.raises(NotYours):
            case.handle(ask_adjustment, person, "format", NEED)


def test_the_record_holds(told):
    """E10: it is numbered with the acts of the matter and moves none of them."""
    stage = told.row.stage
    one = asked(told)
    told.handle(answer_adjustment, told.officer, one.ident, "granted", "Of course.")
    seal(told.made.organisation)
    seen = audit(told.made.organisation, at=told.at)
    assert (stage, True) == (told.row.stage, seen.holds), seen.as_data()
