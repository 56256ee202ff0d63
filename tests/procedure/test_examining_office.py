# SPDX-License-Identifier: Apache-2.0
"""The doctor finds what is wrong with an organisation that runs: each fault is planted, found, and told with what to do."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from evenhand.procedure.adopting import adopt_version
from evenhand.procedure.examining_deployment import examine
from evenhand.procedure.examining_office import flushed
from evenhand.procedure.pen import Pen
from evenhand.procedure.rebuilding import rebuild
from evenhand.procedure.registering import end_fact, record_fact
from evenhand.store import models
from tests.procedure.a_case import Case
from tests.procedure.a_review import Review
from tests.procedure.test_adopting import newer


def told(made, at=None):
    """Everything that is found, as one text."""
    return "\n".join(f"{one.what} {one.mend}" for one in examine(made.organisation.folder, at=at or made.at))


def leave(made, office, *, keep=0):
    """The terms of all who hold an office end today, but of so many."""
    with transaction.atomic():
        pen = Pen(made.organisation, made.at, made.chance)
        for one in list(models.Fact.objects.filter(kind="holds", b=f"office:{office}").order_by("a"))[keep:]:
            end_fact(pen, one.ident, until=made.at.date().isoformat())


def test_a_whole_organisation_has_none_of_these_faults(made):
    """A doctor that always finds something is not listened to."""
    Case(made).lodge()
    found = told(made, made.at + timedelta(days=6, hours=3))
    words = ("Nobody holds", "seats, and", "waited", "are late", "registers", "journal mode", "in the clear")
    assert [] == [one for one in words if one in found]


@pytest.mark.parametrize("office", ["case_officer", "recusal_judge", "safeguarder"])
def test_an_office_that_nobody_holds_any_more(made, office):
    """D17: every matter would wait for somebody who is not there."""
    leave(made, office)
    says = f"Nobody holds the office {office.replace('_', ' ')}; the last term ended on 2026-04-01. Enter a term"
    assert says in told(made)


def test_an_oversight_body_of_one(made):
    """D11: whoever is left could decide nothing, and decisions in doubt would wait for the second one."""
    leave(made, "overseers", keep=1)
    assert "The body overseers has 2 seats, and 1 of them can be filled. Enter more terms" in told(made)


def test_a_version_to_come_whose_offices_nobody_holds(made):
    """I03: on its first day nobody could act under it."""
    text = newer().replace("mediator:       {pool: 5,", "mediator:       {pool: {peacemakers: 5},")
    assert text != newer()
    adopt_version(made.organisation, text, at=made.at, chance=made.chance)
    found = told(made, made.at + timedelta(minutes=1))
    assert "Version 4 comes into force on 2026-06-01, and nobody holds peacemakers." in found


def test_letters_that_nobody_tried_to_hand_over(made):
    """A02: whoever complained would hear nothing, and nobody would notice."""
    case = Case(made)
    case.lodge()
    found = told(made, case.at + timedelta(days=2))
    assert "letters have waited for a day, and nobody tried to hand them over." in found


def test_seats_that_nobody_passed_on(made):
    """D02: whoever does not declare would hold up the matter for ever."""
    case = Case(made)
    case.lodge()
    assert "seats have waited beyond their last day" in told(made, case.at + timedelta(days=9))


def test_decisions_in_doubt_that_are_late(made):
    """D11: silence never makes a decision stand, and somebody has to say so."""
    review = Review(made)
    due = models.Affected.objects.exclude(due="").first()
    assert due is not None
    assert "decisions in doubt are late" in told(made, review.at + timedelta(days=60))


def test_registers_that_nobody_reads_any_more(made):
    """M16: without today's registers no conflict of today is found."""
    assert "Nothing was entered in the registers since 2026-04-01. Read the files of today" in told(
        made, made.at + timedelta(days=200)
    )


def test_registers_that_are_empty(made):
    """M16: an organisation without members has no conflicts, and no seats."""
    models.Entry.objects.filter(rule__startswith="procedure.person_").delete()
    models.Entry.objects.filter(rule__startswith="procedure.fact_").delete()
    assert "The registers are empty" in told(made)


def test_a_database_that_could_lose_what_it_acknowledged(made):
    """L01: a power cut would take back what somebody was told is entered."""
    how = {"sqlite": "PRAGMA synchronous = OFF", "postgres": "SET synchronous_commit = off"}[made.kind]
    says = {"sqlite": "journal mode wal and synchronous 0", "postgres": "synchronous_commit = off"}[made.kind]
    before = [what for what, _ in flushed(made.organisation, made.at)]  # a server for tests flushes nothing itself
    assert [] == [what for what in before if says in what]
    with connection.cursor() as cursor:
        cursor.execute(how)
    assert 1 == sum(says in what for what, _ in flushed(made.organisation, made.at))


def test_names_that_an_older_version_left_in_the_clear(made):
    """L06: whoever has the database alone would read who works for whom; making the tables anew mends it."""
    person = made.people["panel"][0]
    about = {
        "kind": "employed_by",
        "b": "employer:Tarbet Shipping",
        "since": "2020",
        "source": "the staff list of 2026",
    }
    record_fact(made.organisation, person, at=made.at, chance=made.chance, **about)
    assert "in the clear" not in told(made)
    fact = models.Fact.objects.filter(kind="employed_by")
    fact.update(b="employer:Tarbet Shipping", source="the staff list of 2026")
    assert "1 facts name an employer, a slate or a source in the clear, from an older version." in told(made)
    rebuild(made.organisation)
    assert "in the clear" not in told(made)


def test_whoever_stands_aside_is_not_taken_for_a_name_in_the_clear(made):
    """M01: the source is the matter that it came from; a doctor that calls it a leak is not listened to."""
    record_fact(
        made.organisation, made.people["panel"][0], at=made.at, chance=made.chance,
        kind="aside", b="office:council", since="2026-04-01", source=f"matter:{'0' * 32}",
    )  # fmt: skip
    assert "in the clear" not in told(made)
