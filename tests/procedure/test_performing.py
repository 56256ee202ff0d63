# SPDX-License-Identifier: Apache-2.0
"""What the only writer refuses, and what it does not do twice."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Asked, Changed, NotYours
from evenhand.procedure.declaring import declare, read_sheet
from evenhand.procedure.lapsing import lapse_everywhere
from evenhand.procedure.performing import perform
from evenhand.procedure.registering import record_fact
from evenhand.store import models
from tests.procedure.a_case import Case


def ask(case, act, by, person, **more):
    """A request in the case's matter."""
    asked = Asked(act=act, by=by, person=person, matter=case.ident, carries=case._carries(act, {}), **more)
    return perform(case.made.organisation, asked, at=case.at, chance=case.made.chance, sealing=False)


@pytest.fixture
def case(made):
    """A complaint that was just lodged."""
    case = Case(made)
    case.lodge()
    return case


def test_somebody_without_a_part_learns_nothing(case):
    """D01, L07: the same as if there were no such matter."""
    stranger = case.made.people["members"][3]
    with pytest.raises(NotYours):
        ask(case, "flag_danger", "complainant", stranger)
    with pytest.raises(NotYours):
        perform(
            case.made.organisation,
            Asked(act="x", by="y", person=stranger, matter="0" * 32),
            at=case.at,
            chance=case.made.chance,
        )


def test_the_respondent_has_no_part_before_they_are_told(case):
    """M14: nobody learns of a complaint from the software."""
    with pytest.raises(NotYours):
        ask(case, "contest", "respondent", case.respondent)


def test_what_is_refused_is_in_the_record(case):
    """D13: an attempt is counted and cannot be denied, and is no act."""
    with pytest.raises(Refused, match="stands in"):
        ask(case, "appeal", "complainant", case.complainant)
    newest = models.Entry.objects.filter(matter=case.ident).order_by("-n").first()
    assert ("act.refused", "discipline.appeal") == (newest.type, newest.rule)


def test_a_form_that_is_sent_twice_does_nothing_twice(case):
    """Double submission and the back button are harmless."""
    first = ask(case, "flag_danger", "complainant", case.complainant, key="k1")
    again = ask(case, "flag_danger", "complainant", case.complainant, key="k1")
    assert (first.last, True) == (again.last, again.again)


def test_whoever_looked_before_somebody_acted_is_told_what_changed(case):
    """Two people at once: one wins, the other sees what changed."""
    seen = case.row.n
    ask(case, "flag_danger", "complainant", case.complainant)
    with pytest.raises(Changed) as changed:
        ask(case, "flag_danger", "complainant", case.complainant, seen=seen)
    assert models.Entry.objects.filter(matter=case.ident, n__gt=seen).count() == len(changed.value.since)


def test_two_at_one_instant_make_one_act(case):
    """On both databases: the second finds what the first did."""
    ends = []

    def act():
        try:
            ask(case, "flag_danger", "complainant", case.complainant, seen=seen)
            ends.append("done")
        except (Changed, Refused) as error:
            ends.append(type(error).__name__)
        finally:
            connection.close()

    seen = case.row.n
    both = [threading.Thread(target=act) for _ in range(2)]
    [one.start() for one in both]
    [one.join() for one in both]
    assert ["Changed", "done"] == sorted(ends)
    assert 1 == case.rules().count("discipline.flag_danger")


def test_whoever_is_called_has_no_access_before_they_declare(case):
    """D02: no declaration, no access."""
    seat = models.Part.objects.filter(matter_id=case.ident, role="case_officer").get()
    with pytest.raises(NotYours):
        ask(case, "frame", "case_officer", seat.person)
    read_sheet(case.made.organisation, case.ident, seat.person, at=case.at, chance=case.made.chance)
    declare(case.made.organisation, case.ident, seat.person, "none", at=case.at, chance=case.made.chance)
    assert "discipline.frame" == models.Entry.objects.get(id=ask(case, "frame", "case_officer", seat.person).first).rule


def test_whoever_declares_a_bar_is_followed_by_the_next(case):
    """The seat is not empty, and they have seen nothing."""
    seat = models.Part.objects.filter(matter_id=case.ident, role="case_officer").get()
    declare(
        case.made.organisation, case.ident, seat.person, "bar", category="family", at=case.at, chance=case.made.chance
    )
    called = models.Part.objects.filter(matter_id=case.ident, role="case_officer", status="called").get()
    assert seat.person != called.person


def test_a_fact_that_comes_later_takes_the_seat_in_the_same_moment(case):
    """D01: whoever was given the seat before it was known is off it, and the next is called."""
    officer = case.seats("case_officer")[0].person
    about = {"kind": "family", "b": case.complainant, "since": "2020-01-01", "source": "declaration"}
    record_fact(case.made.organisation, officer, at=case.at, chance=case.made.chance, **about)
    with pytest.raises(NotYours):
        ask(case, "frame", "case_officer", officer)
    assert 1 == models.Part.objects.filter(matter_id=case.ident, role="case_officer", status="called").count()


def test_a_handler_who_is_complained_about_is_never_called(made):
    """A08: not to a seat, and so not to a list, a count or a letter."""
    case = Case(made)
    case.respondent = made.people["gatekeepers"][0]
    case.lodge()
    case.everybody_declares()
    assert case.respondent not in [
        seat.person for seat in models.Part.objects.filter(matter_id=case.ident, kind="seat")
    ]


def test_a_month_without_a_worker_gives_the_same_lapses(case):
    """H03: each is dated when it fell due, in order, whenever somebody looks."""
    until = case.at + timedelta(days=45)
    lapse_everywhere(case.made.organisation, at=until, chance=case.made.chance)
    clock = models.Entry.objects.filter(matter=case.ident, type="act", by="").order_by("n")
    told = [(one.rule, one.at.date().isoformat()) for one in clock]
    expected = [
        ("discipline.accept_in_silence", "2026-04-21"),
        ("discipline.missed.notice-sent", "2026-04-28"),
        ("discipline.notice_late", "2026-04-28"),
        ("discipline.notice_to_arbitrator", "2026-05-13"),
    ]
    assert expected == told
    assert list(clock.values_list("n", flat=True)) == sorted(clock.values_list("n", flat=True))
