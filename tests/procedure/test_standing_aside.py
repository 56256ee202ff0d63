# SPDX-License-Identifier: Apache-2.0
"""A respondent stands aside from an office: bounded in time, appealable, and never removed from it (M01)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.authority import holds, pool_of, refuse_conflict
from evenhand.procedure.declaring import declare
from evenhand.procedure.pen import Pen
from evenhand.procedure.registering import record_fact
from evenhand.procedure.standing_aside import appeal, asides_of, rule
from evenhand.procedure.working import work
from evenhand.store import models
from tests.procedure.a_case import Case
from tests.procedure.a_review import becomes_a_respondent

GROUNDS = "The case has nothing to do with the council."
AT = {"kind": "holds", "b": "office:council", "since": "2026-01-01", "source": "register of offices"}


class Councillor:
    """A member of the council who became a respondent."""

    def __init__(self, made) -> None:
        self.made, self.person = made, made.people["members"][1]
        first = Case(made)
        record_fact(made.organisation, self.person, **AT, at=first.at, chance=made.chance)
        self.case = becomes_a_respondent(made, self.person, at=first.at)
        self.matter = models.Matter.objects.get(kind="aside")

    @property
    def now(self):
        """The instant and the chance."""
        return {"at": self.case.at, "chance": self.made.chance}

    @property
    def offices(self):
        """From which offices they stand aside now."""
        return [one.office for one in asides_of(self.person, self.case.at)]

    def judge(self):
        """The judge of challenges, once they declared."""
        seat = models.Part.objects.get(matter=self.matter, role="recusal_judge")
        if seat.status == "called":
            declare(self.made.organisation, self.matter.ident, seat.person, "none", **self.now)
        return seat.person

    def ruled(self, *, goes_on):
        """They ask for a ruling and get one."""
        appeal(self.made.organisation, self.matter.ident, self.person, GROUNDS, **self.now)
        rule(
            self.made.organisation, self.matter.ident, self.judge(), goes_on=goes_on, reasons="So it seems to me now.",
            **self.now,
        )  # fmt: skip
        self.matter.refresh_from_db()


@pytest.fixture
def councillor(made):
    """A member of the council who became a respondent."""
    return Councillor(made)


def test_they_stand_aside_with_a_last_day_and_hold_the_office(councillor):
    """M01: bounded in time, and never a removal from an elected office."""
    aside = asides_of(councillor.person, councillor.case.at)
    assert ["council"] == [one.office for one in aside]
    assert "2026-10" < aside[0].until < "2026-11"
    assert holds(councillor.person, "council", councillor.case.at)


def test_nobody_without_such_an_office_stands_aside(made):
    """An office without a term is no governing body: its seats are seen to by the conflict rules."""
    becomes_a_respondent(made, made.people["panel"][0], at=Case(made).at)
    assert not models.Matter.objects.filter(kind="aside").exists()


def test_they_are_called_to_no_seat_by_that_office(councillor):
    """New seats of that kind go to others."""
    pen = Pen(councillor.made.organisation, **councillor.now)
    assert councillor.person not in pool_of(pen, "council")


def test_they_act_in_no_change_of_the_rules(councillor):
    """Who is judged by the code does not meanwhile write it, even where a rulebook's grounds would let them."""
    pen = Pen(councillor.made.organisation, **councillor.now)
    row = models.Matter(ident="f" * 32, book="amendment", rulebook=pen.rules.digest)
    part = models.Part(matter=row, person=councillor.person, role="council", kind="seat", status="sits")
    with pytest.raises(Refused, match="stand aside") as refused:
        refuse_conflict(pen, row, part, "publish")
    assert "conflicts/aside" == refused.value.rule


def test_they_appoint_nobody(councillor):
    """M01: whoever is complained about does not choose who judges."""
    with pytest.raises(Refused, match="appoints nobody"):
        record_fact(
            councillor.made.organisation, councillor.made.people["panel"][1], kind="appointed_by", b=councillor.person,
            since="2026-04-08", source="register of offices", **councillor.now,
        )  # fmt: skip


def test_it_ends_with_the_case(councillor):
    """Nobody has to remember to end it."""
    councillor.case.later(days=1).do("report", "investigator")
    councillor.case.decide("no_case", "gatekeepers")
    councillor.case.later(days=120)
    work(councillor.made.organisation, **councillor.now)
    assert councillor.case.row.over
    councillor.matter.refresh_from_db()
    assert ([], True) == (councillor.offices, councillor.matter.over)


def test_it_ends_on_its_last_day_while_the_case_goes_on(councillor):
    """A case that drags on would be a removal from office otherwise; and the day does not depend on a worker."""
    until = asides_of(councillor.person, councillor.case.at)[0].until
    models.Matter.objects.filter(ident=councillor.case.ident).update(due=None)
    councillor.case.later(days=300)
    assert [] == councillor.offices
    work(councillor.made.organisation, **councillor.now)
    ended = models.Entry.objects.get(matter=councillor.matter.ident, rule="procedure.aside_ended")
    local = Pen(councillor.made.organisation, **councillor.now).calendar.local_day(ended.at)
    assert until == local.isoformat()


@pytest.mark.parametrize("goes_on", [True, False])
def test_the_judge_of_challenges_rules_on_it(councillor, goes_on):
    """M01: appealable, to somebody who has no other part."""
    councillor.ruled(goes_on=goes_on)
    assert (["council"] if goes_on else [], not goes_on) == (councillor.offices, councillor.matter.over)


def test_only_they_appeal_and_only_the_judge_rules(councillor):
    """To everybody else there is no such matter."""
    with pytest.raises(NotYours):
        appeal(
            councillor.made.organisation,
            councillor.matter.ident,
            councillor.case.complainant,
            GROUNDS,
            **councillor.now,
        )
    with pytest.raises(NotYours):
        rule(
            councillor.made.organisation, councillor.matter.ident, councillor.person, goes_on=False, reasons="I say so.",
            **councillor.now,
        )  # fmt: skip


def test_a_second_appeal_waits_for_the_first_ruling(councillor):
    """Asking every day would be a way to be left in peace."""
    appeal(councillor.made.organisation, councillor.matter.ident, councillor.person, GROUNDS, **councillor.now)
    with pytest.raises(Refused, match="already"):
        appeal(councillor.made.organisation, councillor.matter.ident, councillor.person, GROUNDS, **councillor.now)


def test_the_tables_can_be_made_anew_from_it(councillor):
    """What it does to the tables follows from its entries."""
    councillor.ruled(goes_on=False)
    found = audit(councillor.made.organisation, at=councillor.case.at)
    assert [] == [*found.tables_differ, *found.unlawful, *found.numbering]
