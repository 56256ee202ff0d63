# SPDX-License-Identifier: Apache-2.0
"""Each entry cites the version of the rulebook that was in force, and has its local day (I03, H05)."""

from datetime import timedelta

import pytest
from django.db import transaction

from evenhand.procedure.auditing import audit
from evenhand.procedure.founding import adopt, adopt_later
from evenhand.procedure.lapsing import lapse_everywhere
from evenhand.procedure.pen import Pen
from evenhand.rulebook.calendar import Calendar
from evenhand.rulebook.loading import loads
from evenhand.store import books, models
from evenhand.store.sealing import seal
from tests.databases import RULES
from tests.procedure.a_case import Case

LATER = "version: 4, adopted: 2026-04-20, in_force: 2026-05-01, replaces: 3"


@pytest.fixture
def case(made):
    """A complaint of 7 April 2026."""
    one = Case(made)
    one.lodge()
    one.do("frame", "case_officer")
    return one


@pytest.fixture
def newer():
    """The next version, in force from 1 May 2026, as its text and its rules."""
    text = RULES.replace("version: 3, adopted: 2026-03-02, in_force: 2026-04-01, replaces: 2", LATER)
    return text, loads(text, "the next version")


def found_in(case):
    """What the audit calls unlawful, and where tables differ."""
    seal(case.made.organisation)
    seen = audit(case.made.organisation, at=case.at)
    return seen.unlawful, seen.tables_differ


def note(case, rules=None, calendar=None, at=None):
    """Somebody marks the matter, citing what they like."""
    with transaction.atomic():
        pen = Pen(case.made.organisation, at or case.at, case.made.chance)
        pen.rules, pen.calendar = rules or pen.rules, calendar or pen.calendar
        return pen.note(case.ident, "matter_marked", {})


def test_a_version_that_is_not_in_force_yet_is_found(case, newer):
    """A matter could be judged by rules that nobody had to know yet."""
    adopt_later(case.made.organisation, newer[1], newer[0], at=case.at, chance=case.made.chance)
    note(case, newer[1], at=case.later(days=1).at)
    (says,), tables = found_in(case)
    assert (True, []) == (f"the rulebook {newer[1].digest}, which was not in force on 2026-04-08" in says, tables)


def test_a_version_that_is_not_in_force_any_more_is_found(case, newer):
    """A rule that was repealed could be used again when it suits."""
    older = books.in_force(case.at)
    adopt_later(case.made.organisation, newer[1], newer[0], at=case.at, chance=case.made.chance)
    case.later(days=30)
    lapse_everywhere(case.made.organisation, at=case.at, chance=case.made.chance)
    note(case, older)
    (says,), tables = found_in(case)
    assert (True, []) == (f"the rulebook {older.digest}, which was not in force on 2026-05-07" in says, tables)


def test_a_version_that_was_never_adopted_is_found(case, newer):
    """Somebody could write rules for one case."""
    note(case, newer[1])
    (says,), tables = found_in(case)
    assert (True, []) == (f"the rulebook {newer[1].digest}, which was never adopted." in says, tables)


def test_a_version_that_was_slipped_into_the_table_is_found(case, newer):
    """It would look adopted, and no entry says that it was published (I03)."""
    adopt(newer[1], newer[0], published=case.at)
    assert ([], [f"store_rulebook, row {newer[1].digest}: no entry says that it was adopted."]) == found_in(case)


def test_a_version_that_is_dated_back_is_found(case):
    """What was published after the conduct could be held against it."""
    models.Rulebook.objects.update(published=case.made.at - timedelta(days=400))
    unlawful, (says,) = found_in(case)
    assert ([], True) == (unlawful, "and was adopted on 2026-04-01" in says)


def test_a_lapse_that_was_entered_late_cites_what_was_in_force_then(case, newer):
    """An audit would call unlawful what the clock did while nobody looked, over a change of rules."""
    adopt_later(case.made.organisation, newer[1], newer[0], at=case.at, chance=case.made.chance)
    case.later(days=60)
    assert lapse_everywhere(case.made.organisation, at=case.at, chance=case.made.chance)
    lapse = models.Entry.objects.filter(type="act", role="clock").first()
    assert lapse.at.date().isoformat() < "2026-05-01"
    assert ([], []) == found_in(case)


def test_a_day_that_is_not_the_local_day_is_found(case):
    """Half an hour before midnight a limit could be a day longer (H05)."""
    rule = case_rule(case)
    note(case, calendar=Calendar(rule), at=case.later(hours=12).at.replace(hour=23, minute=30))
    (says,), tables = found_in(case)
    assert (True, []) == ("its day is 2026-04-07, and its time is on 2026-04-08." in says, tables)


def case_rule(case):
    """The calendar of the rulebook in another zone."""
    from dataclasses import replace

    return replace(books.in_force(case.at).calendar, zone="UTC")


def test_a_matter_runs_under_the_version_that_its_first_act_cites(case, newer, monkeypatch):
    """I02: the first act could say one version to its reader and run under another."""
    adopt_later(case.made.organisation, newer[1], newer[0], at=case.at, chance=case.made.chance)
    real = Pen.act

    def act(pen, matter, act, *, book, by, more=None):
        more = {**more, "body.opens": {**more["body.opens"], "rulebook": newer[1].digest}}
        return real(pen, matter, act, book=book, by=by, more=more)

    monkeypatch.setattr(Pen, "act", act)
    monkeypatch.setattr("evenhand.procedure.consequences.after", lambda *given: None)
    Case(case.made, at=case.at).lodge()
    monkeypatch.undo()
    (says,), _ = found_in(case)
    assert f"it says {newer[1].digest}, and its first act cites" in says
