# SPDX-License-Identifier: Apache-2.0
"""A bar that comes while somebody is at work: nothing of theirs counts from that moment, and what was done before is listed."""

from threading import Event
from time import sleep

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure import doubting, voting
from evenhand.procedure.asking import Asked, NotYours
from evenhand.procedure.counting import count_now
from evenhand.procedure.registering import record_fact
from evenhand.procedure.voting import propose, vote
from evenhand.store import models
from evenhand.store.opened import said
from tests.procedure.a_case import Case, to_the_hearing
from tests.procedure.test_at_once import holds, together


class Panel:
    """A case whose hearing was held; the first of the panel has proposed a sanction."""

    def __init__(self, made) -> None:
        self.made, self.case = made, to_the_hearing(Case(made))
        self.seats = self.case.seats("panel")
        carries = self.case._carries("sanction", {})
        asked = Asked(act="sanction", by="panel", person=self.seats[0].person, matter=self.case.ident, carries=carries)
        propose(made.organisation, asked, **self.now(), sealing=False)
        self.ident = models.Proposal.objects.get(matter_id=self.case.ident, status="open").ident

    def now(self):
        """A few minutes later."""
        return {"at": self.case.later(minutes=5).at, "chance": self.made.chance}

    def vote(self, number):
        """One of them votes for it."""
        return vote(self.made.organisation, self.ident, self.seats[number].person, "for", **self.now(), sealing=False)

    def listed(self, number):
        """The rules of what is listed of one of them."""
        decisions = models.Affected.objects.filter(person=self.seats[number].person).values_list("decision", flat=True)
        return set(models.Entry.objects.filter(id__in=list(decisions)).values_list("rule", flat=True))


def admitted(made, complainant, respondent, at):
    """A complaint up to the notice, and what the notice did."""
    case = Case(made, at=at)
    case.complainant, case.respondent = complainant, respondent
    case.later(hours=1).lodge()
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    return case, case.do("notify", "case_officer")


def test_a_respondent_on_a_running_panel_is_off_it_in_the_same_moment(made):
    """D08, D10: the ballot is withdrawn, the majority is counted anew, another one is called, and their own clock runs."""
    panel = Panel(made)
    theirs, done = admitted(made, made.people["members"][2], panel.seats[0].person, panel.case.at)
    panel.case.at = theirs.at
    suspended = models.Entry.objects.get(matter=panel.case.ident, rule="procedure.seat_suspended")
    assert done.first <= suspended.id <= done.last
    about = models.Proposal.objects.get(ident=panel.ident)
    counted = count_now(made.organisation, panel.case.row, about, at=theirs.at)
    assert ({}, False) == (dict(counted.cast), counted.reached)
    called = panel.case.row.parts.filter(role="panel", status="called")
    assert (1, False) == (called.count(), called.filter(person=panel.seats[0].person).exists())
    panel.vote(1)
    assert "hearing" == panel.case.row.stage
    panel.vote(2)
    entry = models.Entry.objects.get(matter=panel.case.ident, rule="discipline.sanction")
    cast = dict(said(entry, made.organisation.keyring)["body.votes"]["cast"])
    assert {seat.pseudonym for seat in panel.seats[1:]} == set(cast)
    assert theirs.row.due is not None
    assert holds(made, panel.case.at)


@pytest.mark.parametrize("first", ["vote", "fact"])
def test_a_vote_and_the_fact_that_bars_it_never_miss_each_other(made, monkeypatch, first):
    """D10: in one order the vote is refused, in the other it is listed; whoever comes second waits for the first to end."""
    panel, holding = Panel(made), Event()
    where, name = (voting, "count") if first == "vote" else (doubting, "bar_against")
    real = getattr(where, name)

    def slowly(*about, **more):
        if not holding.is_set():
            holding.set()
            sleep(0.7)  # the other has begun meanwhile, and is kept out by the lock on the matter
        return real(*about, **more)

    monkeypatch.setattr(where, name, slowly)
    about = {"kind": "witness", "b": f"matter:{panel.case.ident}", "since": "2026-04-01", "source": "the report"}
    now, person = panel.now(), panel.seats[1].person
    votes = {"vote": lambda: vote(made.organisation, panel.ident, person, "for", **now)}
    doing = votes | {"fact": lambda: record_fact(made.organisation, person, **about, **now)}
    second = next(one for one in doing if one != first)
    came = together(doing[first], lambda: holding.wait(20) and doing[second]())
    monkeypatch.undo()
    refused = [one for one in came if isinstance(one, Exception)]
    if first == "vote":
        assert ([], "decided") == (refused, panel.case.row.stage)
        assert "discipline.sanction" in panel.listed(1)
    else:
        assert [True] == [isinstance(one, NotYours | Refused) for one in refused]
        assert ("hearing", False) == (panel.case.row.stage, "discipline.sanction" in panel.listed(1))
    status = models.Part.objects.get(matter_id=panel.case.ident, person=person, role="panel").status
    assert "suspended" == status
    assert holds(made, panel.case.at)


def test_a_party_does_not_unseat_a_decider_by_a_complaint(made):
    """S13: after others have admitted it the seat is gone, and what was decided before is listed."""
    panel = Panel(made)
    case, decider = panel.case, panel.seats[0].person
    other = Case(made, at=case.at)
    other.complainant, other.respondent = case.respondent, decider
    other.later(minutes=5).lodge()
    panel.case.at = other.at
    panel.vote(1)
    assert ("decided", "sits") == (case.row.stage, case.row.parts.get(person=decider).status)
    other.later(hours=1).do("frame", "case_officer")
    other.decide("investigate", "gatekeepers")
    other.do("notify", "case_officer")
    assert "suspended" == case.row.parts.get(person=decider).status
    assert {"discipline.sanction"} <= panel.listed(0)
    gates = [set(one.row.parts.filter(role="gatekeepers").values_list("person", flat=True)) for one in (case, other)]
    assert set() == gates[0] & gates[1]


@pytest.mark.parametrize(("barred", "flagged"), [(5, [(5, 12)]), (4, [])])
def test_a_ground_that_bars_more_than_a_third_of_a_pool_is_flagged_and_the_case_goes_on(made, barred, flagged):
    """S13: rules that bar can be used to empty a panel; the judge of challenges is called, and the bars stay in force."""
    case = Case(made)
    about = {"kind": "slate", "b": "slate:open_quay", "since": "2025-06-01", "source": "nomination papers"}
    off = made.people["panel"][:barred]
    for person in (case.complainant, *off):
        record_fact(made.organisation, person, at=case.at, chance=made.chance, **about)
    to_the_hearing(case)
    entries = models.Entry.objects.filter(matter=case.ident, rule="procedure.pool_flagged")
    told = [said(entry, made.organisation.keyring)["body.flag"] for entry in entries]
    assert flagged == [(one["barred"], one["pool"]) for one in told if one["role"] == "panel"]
    assert bool(flagged) == case.row.parts.filter(role="recusal_judge").exists()
    sits = set(case.row.parts.filter(role="panel", status="sits").values_list("person", flat=True))
    assert ("hearing", 3, set()) == (case.row.stage, len(sits), sits & set(off))
