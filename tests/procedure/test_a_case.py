# SPDX-License-Identifier: Apache-2.0
"""One case from complaint to remitted appeal, through the only writer, on both databases."""

from tests.procedure.a_case import Case, to_the_hearing


def test_a_case_runs_from_complaint_to_a_remitted_appeal(made):
    """Each act of the book is done by who may, and a new panel hears what is sent back (G02)."""
    case = to_the_hearing(Case(made))
    case.decide("sanction", "panel")
    first = {seat.person for seat in case.seats("panel")}
    case.later(days=1).do("appeal", "respondent")
    case.decide("remit", "appeal_panel")
    second = {seat.person for seat in case.seats("panel")}
    assert "hearing" == case.row.stage
    assert (3, set()) == (len(second), first & second)
