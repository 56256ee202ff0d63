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
from django.db.models import Count  # noqa: E402

from evenhand.harbour.making import make  # noqa: E402
from evenhand.procedure.auditing import audit  # noqa: E402
from evenhand.procedure.exporting import export  # noqa: E402
from evenhand.procedure.opening_items import check_files  # noqa: E402
from evenhand.record.files.shelf import Shelf  # noqa: E402
from evenhand.store import models  # noqa: E402
from evenhand.store.opened import forget_everything, said  # noqa: E402

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
    """S10, G05: an outcry is no ground; new evidence is one, and other people look at it."""
    ident = federation.shown["S10, an attempt to reopen"]
    refused = models.Entry.objects.filter(matter=ident, type="act.refused").order_by("n").values_list("rule", flat=True)
    review = models.Matter.objects.get(ident=federation.shown["S10, on a ground of the rules"])
    assert ["discipline.frame_again", "review.ask"] == list(refused)
    assert (ident, "stands") == (review.names, review.outcome)


def test_a_complaint_about_somebody_who_is_no_member_is_refused_with_reasons_and_looked_at_again(federation):
    """S11, A10, A11, A12: the register was looked up first, the refusal has reasons, and strangers have looked at it."""
    row = models.Matter.objects.get(ident=federation.shown["S11"])
    respondent = row.parts.get(role="respondent").person
    rules = models.Entry.objects.filter(matter=row.ident, type="act").order_by("n").values_list("rule", flat=True)
    acts = [rule.partition(".")[2] for rule in rules]
    assert "outsider" == models.Person.objects.get(handle=respondent).kind
    assert ["lodge", "not_a_member", "ask_review", "confirm_ending", "confirmed_ends"] == acts
    checked = models.Entry.objects.filter(matter=row.ident, rule="procedure.membership_checked")
    assert (False, "not a member", 1) == (row.told, row.outcome, checked.count())


def test_whoever_of_the_panel_decided_most_becomes_a_respondent_and_all_of_it_is_listed(federation):
    """S2, D10, D11: every vote of theirs stands in the list, and none of it is left without a word from others."""
    decider = models.Matter.objects.get(ident=federation.shown["S2"]).parts.get(role="respondent").person
    people = models.Part.objects.filter(person=decider, kind="seat").values_list("pseudonym", flat=True)
    own = set(models.Fact.objects.filter(kind="decided", a=decider).values_list("entry", flat=True))
    listed = models.Affected.objects.filter(person=decider)
    assert own <= set(listed.values_list("decision", flat=True))
    assert 0 == listed.filter(disposition="", review__names="").exclude(due="").count()
    rows = [said(models.Entry.objects.get(id=one.entry), federation.organisation.keyring) for one in listed]
    assert {True, False} == {row["body.listed"]["pivotal"] for row in rows if row["body.listed"].get("vote")}
    sitting = models.Part.objects.filter(person=decider, kind="seat", status="sits", matter__over=False)
    assert (True, 0) == (bool(people), sitting.count())


def test_one_complainant_files_a_third(federation):
    """S12, A15: nobody is named, and the share can be told."""
    parts = models.Part.objects.filter(role="complainant", kind="party", matter__kind="discipline")
    counted = parts.values("person").annotate(many=Count("matter")).order_by("-many").values_list("many", flat=True)
    assert 8 == counted[0]


def test_evidence_was_handed_in_served_read_and_relied_on(federation):
    """E02, E03, E06, L02: of several kinds, in several matters, and the files are whole."""
    served = models.Handed.objects.filter(status="served").count()
    kinds = set(models.Item.objects.values_list("kind", flat=True))
    read = models.Entry.objects.filter(rule="procedure.content_read").count()
    assert {"recording", "document", "first_hand", "second_hand", "published"} == kinds
    assert (True, True) == (served > 5, read > 5)
    assert [] == list(check_files(federation.organisation, whole=True))


def test_the_database_shows_no_name_and_no_word(federation):
    """L04, L06: the bytes of the file and of what is written ahead of it, whoever copies them."""
    folder = federation.organisation.folder
    stored = b"".join(path.read_bytes() for path in folder.glob("evenhand.sqlite3*"))
    names = list(federation.people.names.values())
    said = ("shouted at me", "after midnight", "Both accounts agree", "@harbour.example")
    assert len(names) == 442
    assert [] == [text for text in (*names, *said) if text.encode() in stored]
