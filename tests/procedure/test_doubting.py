# SPDX-License-Identifier: Apache-2.0
"""The moment somebody becomes a respondent, they are off every seat and what they decided is listed (D10, D11, M03)."""

import pytest

from evenhand.conflicts.affected import Affected, Undisposed, check_disposition
from evenhand.procedure.asking import NotYours
from evenhand.procedure.exporting import may_read
from evenhand.store import models
from evenhand.store.opened import said
from tests.procedure.a_case import Case, to_the_hearing


@pytest.fixture
def tainted(made):
    """A first case whose panel decided two to one, and a second in which one who voted for it becomes the respondent."""
    first = to_the_hearing(Case(made))
    seats = first.seats("panel")
    first.decide("sanction", "panel")
    second = Case(made, at=first.at)
    second.complainant, second.respondent = made.people["members"][2], seats[0].person
    second.later(hours=1).lodge()
    second.do("frame", "case_officer")
    second.decide("investigate", "gatekeepers")
    second.do("notify", "case_officer")
    first.at = second.at
    return first, second, seats[0]


def test_a_respondent_is_off_every_seat_in_the_same_transaction(tainted):
    """D10: not with the next login, not with the next nightly run."""
    _, second, seat = tainted
    assert "suspended" == models.Part.objects.get(pseudonym=seat.pseudonym).status
    notify = models.Entry.objects.get(matter=second.ident, rule="discipline.notify")
    suspended = models.Entry.objects.get(rule="procedure.seat_suspended")
    assert notify.at == suspended.at


def test_the_parties_of_the_other_matter_do_not_learn_why(tainted):
    """The ground would tell them that there is a case against the judge."""
    first, _, _ = tainted
    entry = models.Entry.objects.get(matter=first.ident, rule="procedure.seat_suspended")
    party = models.Part.objects.get(matter_id=first.ident, role="complainant")
    fields = said(entry, first.made.organisation.keyring)
    assert "open_case" == fields["person.ground"]["ground"]
    assert [] == [name for name in fields if may_read(entry, party, name, fields) and "open_case" in str(fields[name])]


def test_what_they_decided_is_listed_pivotal_first(tainted):
    """S2: two of three voted and carried it; without them one would have been left."""
    first, _, seat = tainted
    rows = models.Affected.objects.filter(person=seat.person)
    decisions = [models.Entry.objects.get(id=row.decision).rule for row in rows.order_by("rank")]
    assert ["discipline.sanction"] == decisions
    listed = said(models.Entry.objects.get(id=rows[0].entry), first.made.organisation.keyring)["body.listed"]
    assert (True, "carried", "inquorate") == (listed["pivotal"], listed["was"], listed["without"])
    assert "" != listed["due"]


def test_whoever_was_suspended_has_no_access_any_more(tainted):
    """Views close at once; to them it is as if there were no such matter."""
    first, _, seat = tainted
    first.complainant = seat.person
    with pytest.raises(NotYours):
        first.do("appeal", "complainant")


A_ROW = {
    "decision": "d", "at": "2026-05-01", "kind": "barred then", "sentence": "", "was": "carried", "without": "not carried",
    "pivotal": True, "could_have_been": True, "quorum_lost": False, "casting_vote": False,
}  # fmt: skip
ENOUGH = {"reasons": "The other two agreed anyway.", "by": ["a", "b"], "took_part": ["c"], "reopening": True}


@pytest.mark.parametrize(
    ("disposition", "change", "rule"),
    [
        ("forgotten", {}, "conflicts/affected"),
        ("stands", {"reasons": "ok"}, "conflicts/affected/reasons"),
        ("stands", {"by": ["a", "c"]}, "conflicts/affected/by"),
        ("re-decided", {"reopening": False}, "conflicts/affected/route"),
    ],
)
def test_a_disposition_needs_what_it_needs(disposition, change, rule):
    """D11, G05: reasons, two people who were not on it, and a route of the rules of that day."""
    with pytest.raises(Undisposed) as refused:
        check_disposition(Affected(**A_ROW), disposition, **{**ENOUGH, **change})
    assert rule == refused.value.rule


def test_what_had_no_quorum_cannot_simply_stand():
    """Reasons do not make a body out of people who were too few."""
    with pytest.raises(Undisposed, match="no quorum"):
        check_disposition(Affected(**{**A_ROW, "quorum_lost": True}), "stands", **ENOUGH)
