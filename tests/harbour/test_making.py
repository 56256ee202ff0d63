# SPDX-License-Identifier: Apache-2.0
"""The invented federation goes through the same door as a real one, and comes out the same for the same seed."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evenhand.store.setup import set_up

set_up()

from django.db import connection  # noqa: E402

from evenhand.harbour.making import make  # noqa: E402
from evenhand.procedure.auditing import audit  # noqa: E402
from evenhand.procedure.exporting import export  # noqa: E402
from evenhand.record.files.shelf import Shelf  # noqa: E402
from evenhand.store import models  # noqa: E402
from evenhand.store.opened import forget_everything  # noqa: E402

ROOT = Path(__file__).parents[2]
RULES = (ROOT / "rulebooks/harbour.yaml").read_text("utf-8")
UNTIL = datetime(2026, 11, 25, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def federation(tmp_path_factory):
    """The federation with fewer matters, made once for this module."""
    forget_everything()
    made = make(tmp_path_factory.mktemp("demo") / "harbour", RULES, until=UNTIL, matters=24)
    yield made
    connection.close()


def test_the_same_seed_gives_the_same_federation(federation, tmp_path):
    """Whoever shows something in it must be able to show it again: not a byte of the record differs."""
    first = Shelf(federation.organisation.log).checkpoint()
    forget_everything()
    again = make(tmp_path / "again", RULES, until=UNTIL, matters=24)
    second = Shelf(again.organisation.log).checkpoint()
    from evenhand.store.connecting import connect

    connect(federation.organisation.database)
    forget_everything()
    assert (first.size, first.root) == (second.size, second.root)


def test_three_years_hold(federation, tmp_path):
    """The audit finds nothing, and the separate verifier says the same of the export."""
    seen = audit(federation.organisation, at=UNTIL)
    assert seen.holds, seen.as_data()
    export(federation.organisation, tmp_path / "export")
    key = (federation.organisation.log / "vkey").read_text("utf-8").strip()
    command = [sys.executable, str(ROOT / "verifier/evenhand_verify.py"), str(tmp_path / "export"), "--key", key]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert 0 == said.returncode, said.stdout + said.stderr


def test_open_matters_stay_under_the_rules_they_began_under(federation):
    """I02: a new version binds what begins under it."""
    versions = dict(models.Rulebook.objects.values_list("digest", "version"))
    begun = models.Matter.objects.filter(kind="discipline").values_list("opened", "rulebook")
    assert {(2, True), (3, False)} == {(versions[rules], at < datetime(2026, 4, 1, tzinfo=UTC)) for at, rules in begun}


def test_two_like_complaints_went_differently(federation):
    """S1: one respondent was told within the hour; of the other the clock alone took care."""
    shown = federation.shown
    told, silent = (models.Matter.objects.get(ident=shown[name]) for name in ("S1, overnight", "S1, nothing happens"))
    by_people = models.Entry.objects.filter(matter=silent.ident, type="act").exclude(by="")
    assert ((told.told, silent.told), 1) == ((True, False), by_people.count())


def test_an_attempt_to_reopen_without_a_route_is_refused(federation):
    """S10, G05: an outcry is no ground."""
    ident = federation.shown["S10, an attempt to reopen"]
    assert models.Entry.objects.filter(matter=ident, type="act.refused").exists()


def test_the_database_shows_no_name_and_no_word(federation):
    """L04, L06: the bytes of the file and of what is written ahead of it, whoever copies them."""
    folder = federation.organisation.folder
    stored = b"".join(path.read_bytes() for path in folder.glob("evenhand.sqlite3*"))
    names = list(federation.people.names.values())
    said = ("shouted at me", "after midnight", "Both accounts agree", "@harbour.example")
    assert len(names) == 442
    assert [] == [text for text in (*names, *said) if text.encode() in stored]
