# SPDX-License-Identifier: Apache-2.0
"""An audit looks at one state of everything while people go on acting (L01)."""

from threading import Thread
from time import monotonic

import pytest
from django.db import connection, transaction

from evenhand.procedure import auditing_tables
from evenhand.procedure.asking import Asked
from evenhand.procedure.auditing import audit
from evenhand.procedure.auditing_tables import rows
from evenhand.procedure.performing import perform
from evenhand.store import models
from evenhand.store.sealing import seal
from evenhand.store.snapshot import snapshot
from tests.procedure.a_case import Case, to_the_hearing


@pytest.fixture
def played(made):
    """A case as far as its hearing, sealed."""
    case = to_the_hearing(Case(made))
    seal(made.organisation)
    return case


def meanwhile(monkeypatch, does):
    """Has somebody else do something in the middle of an audit, in a thread of their own; how long they waited for it."""
    waited = []

    def in_a_thread():
        began = monotonic()
        does()
        connection.close()
        waited.append(monotonic() - began)

    def rebuild(organisation, **more):
        real(organisation, **more)
        somebody = Thread(target=in_a_thread, daemon=True)
        somebody.start()
        somebody.join(10)

    real = auditing_tables.rebuild
    monkeypatch.setattr(auditing_tables, "rebuild", rebuild)
    return waited


def speak(played):
    """The respondent says something, by a request of its own that is sealed at once."""
    asked = Asked(
        act="speak", by="respondent", person=played.respondent, matter=played.ident,
        carries={"statement": "I was at sea."},
    )  # fmt: skip
    perform(played.made.organisation, asked, at=played.at, chance=played.made.chance)


def test_whoever_acts_during_an_audit_does_not_wait_for_it(played, monkeypatch):
    """An audit every night would be a night in which nobody can complain."""
    before = models.Entry.objects.count()
    waited = meanwhile(monkeypatch, lambda: speak(played))
    seen = audit(played.made.organisation, at=played.at)
    assert [True] == [seconds < 5 for seconds in waited]
    assert models.Entry.objects.count() > before
    assert seen.holds, seen


def test_what_arrives_during_an_audit_is_audited_by_the_next(played, monkeypatch):
    """An act that slips between two audits would be one that nobody held against the rules."""
    meanwhile(monkeypatch, lambda: speak(played))
    first = audit(played.made.organisation, at=played.at)
    monkeypatch.undo()
    second = audit(played.made.organisation, at=played.at)
    assert second.holds, second
    assert first.entries < second.entries == models.Entry.objects.exclude(matter="").count()


def test_a_cell_that_was_changed_is_found_though_somebody_acts_meanwhile(played, monkeypatch):
    """Somebody who changes a cell could otherwise hide it by keeping the organisation busy."""
    models.Matter.objects.filter(ident=played.ident).update(stage="closed")
    meanwhile(monkeypatch, lambda: speak(played))
    seen = audit(played.made.organisation, at=played.at)
    assert ["stage is 'closed'"] == [one.partition(": ")[2].partition(",")[0] for one in seen.tables_differ]


def test_an_audit_changes_nothing_and_leaves_nothing(played, monkeypatch, tmp_path):
    """A copy of the tables that is left lying about tells who is in which matter."""
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(aside))
    within = []
    real = auditing_tables.rebuild
    monkeypatch.setattr(
        auditing_tables, "rebuild", lambda *one, **more: (real(*one, **more), within.extend(aside.iterdir()))
    )
    before = lying(played), {table: list(rows(table)) for table in models.READ_TABLES}
    assert audit(played.made.organisation, at=played.at).holds
    assert before == (lying(played), {table: list(rows(table)) for table in models.READ_TABLES})
    assert [] == within == list(aside.iterdir())


def test_after_an_error_the_database_is_the_real_one_again(played, monkeypatch):
    """Acts that went on into a copy would be lost."""

    def fails(organisation, **more):
        models.Vote.objects.all().delete()
        raise ValueError("no")

    monkeypatch.setattr(auditing_tables, "rebuild", fails)
    before, files, votes = connection.connection, lying(played), models.Vote.objects.count()
    seen = audit(played.made.organisation, at=played.at)
    assert ["The tables cannot be made from the entries: no"] == seen.tables_differ
    assert (before, files, votes) == (connection.connection, lying(played), models.Vote.objects.count())
    assert votes


def test_no_snapshot_is_taken_inside_a_transaction(made):
    """It would hold the lock of that transaction for as long as somebody looks."""
    with transaction.atomic(), pytest.raises(RuntimeError), snapshot():
        raise AssertionError


def lying(played):
    """What lies in the organisation's folder, without the marks of who holds the database open."""
    return sorted(
        str(path) for path in played.made.organisation.folder.rglob("*") if not path.name.endswith(("-wal", "-shm"))
    )
