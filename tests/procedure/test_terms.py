# SPDX-License-Identifier: Apache-2.0
"""Terms of office: acts after they are over are refused, and the seat passes on by itself (D17)."""

from datetime import timedelta

import pytest

from evenhand.procedure.asking import NotYours
from evenhand.procedure.authority import part_of
from evenhand.procedure.declaring import stand_back
from evenhand.procedure.importing import in_register, keep_in_step, read_registers
from evenhand.procedure.pen import Pen
from evenhand.procedure.reading import open_matter, open_review, open_sheet
from evenhand.procedure.registering import end_fact
from evenhand.procedure.working import work
from evenhand.store import models
from tests.procedure.a_case import Case
from tests.procedure.a_review import Review


@pytest.fixture
def case(made):
    """A case in which a case officer sits whose term ends tomorrow."""
    case = Case(made)
    case.lodge()
    return case


def end_the_term(case, person, *, days=1):
    """The term of a person ends so many days from now."""
    from django.db import transaction

    fact = models.Fact.objects.get(kind="holds", a=person, b__startswith="office:")
    until = (case.at + timedelta(days=days)).date().isoformat()
    with transaction.atomic():
        end_fact(Pen(case.made.organisation, case.at, case.made.chance), fact.ident, until=until)


def test_whose_term_is_over_neither_acts_nor_sees(case):
    """Whoever was voted out would go on deciding until somebody noticed."""
    seat = case.seats("case_officer")[0]
    end_the_term(case, seat.person)
    assert open_matter(case.made.organisation, case.row.slug, seat.person, at=case.at).row.ident == case.ident
    case.later(days=2)
    with pytest.raises(NotYours):
        open_matter(case.made.organisation, case.row.slug, seat.person, at=case.at)
    with pytest.raises(NotYours):
        case.do("frame", "case_officer")


def test_the_worker_passes_the_seat_on(case):
    """The matter would wait for somebody who may not come back."""
    seat = case.seats("case_officer")[0]
    end_the_term(case, seat.person)
    assert 0 == work(case.made.organisation, at=case.at, chance=case.made.chance).seats
    case.later(days=2)
    assert 1 == work(case.made.organisation, at=case.at, chance=case.made.chance).seats
    assert "left" == models.Part.objects.get(pseudonym=seat.pseudonym).status
    others = models.Part.objects.filter(matter_id=case.ident, role="case_officer", status="called")
    assert seat.person not in others.values_list("person", flat=True)
    assert 1 == others.count()
    assert 0 == work(case.made.organisation, at=case.at, chance=case.made.chance).seats


def test_who_holds_the_office_again_keeps_the_seat(case, made):
    """A second term would begin with an empty desk."""
    seat = case.seats("case_officer")[0]
    end_the_term(case, seat.person)
    from evenhand.procedure.registering import record_fact

    since = (case.at + timedelta(days=1)).date().isoformat()
    about = {"kind": "holds", "b": "office:case_officer", "since": since, "source": "register of offices"}
    record_fact(made.organisation, seat.person, at=case.at, chance=made.chance, **about)
    case.later(days=2)
    assert seat == part_of(case.row, seat.person, case.at)


def test_a_file_that_ends_a_term_takes_the_seat_in_the_same_breath(case, made, tmp_path):
    """Between the file and the next round of work the seat would still read."""
    path = tmp_path / "members.csv"
    path.write_text("number,name\nZ1,Nour Hark\n", "utf-8")
    (tmp_path / "offices.csv").write_text("number,office,since\nZ1,case_officer,2026-01-01\n", "utf-8")

    def step(members, offices):
        read = read_registers(members, offices, None, None, known=in_register(made.organisation))
        return keep_in_step(made.organisation, read, at=case.at, chance=made.chance)

    step(path, tmp_path / "offices.csv")
    person = models.Person.objects.exclude(number="").get().handle
    models.Part.objects.filter(matter_id=case.ident, role="case_officer").update(person=person, status="sits")
    (tmp_path / "offices.csv").write_text("number,office,since,until\nZ1,case_officer,2026-01-01,2026-04-02\n", "utf-8")
    counts = step(None, tmp_path / "offices.csv")
    assert (1, 1) == (counts.ended, counts.seats)
    assert "left" == models.Part.objects.get(matter_id=case.ident, person=person).status


def test_whose_term_is_over_sees_no_sheet_and_stands_back_from_nothing(case):
    """D17: the sheet names the parties, and standing back enters a ground; both are for who holds the office."""
    seat = case.seats("case_officer")[0]
    called = models.Part.objects.filter(matter_id=case.ident).exclude(role="case_officer").filter(kind="seat").first()
    for person in (seat.person, called.person):
        end_the_term(case, person)
    models.Part.objects.filter(pseudonym=called.pseudonym).update(status="called")
    case.later(days=2)
    given = {"at": case.at, "chance": case.made.chance}
    before = case.row.n
    with pytest.raises(NotYours):
        open_sheet(case.made.organisation, case.row.slug, called.person, at=case.at)
    with pytest.raises(NotYours):
        stand_back(case.made.organisation, case.ident, seat.person, category="family", **given)
    assert before == case.row.n


def test_a_reviewer_whose_term_is_over_does_not_open_the_list(made):
    """D17: decisions of many cases stand in it, by name."""
    review = Review(made)
    person = review.reviewers()[0]
    assert "overseers" == open_review(made.organisation, review.matter.slug, person, at=review.at).role
    review.first.at = review.at
    end_the_term(review.first, person)
    with pytest.raises(NotYours):
        open_review(made.organisation, review.matter.slug, person, at=review.first.later(days=2).at)
